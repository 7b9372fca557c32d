/**
 * `npm run races`: links that many proven keys claim at once, over and over, on PGlite and on PostgreSQL with two brokers.
 * `--rounds 200` links, `--callers 50` keys each, `--on pglite` (or `postgresql`) one of them alone.
 */
import { parseArgs } from 'node:util';
import { ClaimRaces, type Kind } from './claim-races.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    callers: { type: 'string', default: '50' },
    on: { type: 'string' },
  },
});
const [rounds, callers] = [Number(values.rounds), Number(values.callers)];
if (!(rounds >= 1 && callers >= 1)) throw new TypeError('Rounds and callers are numbers from 1');
const kinds = (['pglite', 'postgresql'] satisfies Kind[]).filter((kind) => (values.on ?? kind) === kind);
if (kinds.length === 0) throw new TypeError('--on is pglite or postgresql');

let isHeld = true;
// The round that is under way comes to its end, and what was seen is told; a second signal ends the process.
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isStopped = true;
  });
}
for (const kind of kinds) {
  if (isStopped) break;
  const races = await ClaimRaces.start(kind, callers);
  const times: number[] = [];
  let wins = 0;
  let bad = 0;
  for (let round = 0; round < rounds && !isStopped; round++) {
    const { won, milliseconds, wrong } = await races.round();
    wins += won;
    times.push(milliseconds);
    if (wrong.length > 0) bad++;
    for (const what of wrong) console.log(`${kind}, round ${round}: ${what}`);
  }
  await races.close();
  isHeld &&= bad === 0;
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)]?.toFixed(0);
  const slowest = times.at(-1)?.toFixed(0);
  console.log(
    `${kind}: ${times.length} rounds of ${callers} keys, ${wins} won, ${bad} rounds wrong; a round ${median} ms (median), ${slowest} ms (slowest)`,
  );
}
process.exit(isHeld ? 0 : 1);
