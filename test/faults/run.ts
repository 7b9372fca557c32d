/**
 * `npm run faults`: uploads in a real browser through a network that fails, over and over.
 * `--runs 200` runs, `--seed 7` (else drawn, and printed), `--run 12` that one alone, `--short` as in `npm test`.
 */
import { parseArgs } from 'node:util';
import { type Outcome, runOnce } from './one-run.ts';
import { report, summary } from './report.ts';
import { Rig } from './rig.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string' },
    run: { type: 'string' },
    short: { type: 'boolean', default: false },
    factor: { type: 'string', default: '6' },
    trace: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const numbers =
  values.run === undefined ? Array.from({ length: Number(values.runs) }, (_, i) => i) : [Number(values.run)];
if (![seed, Number(values.factor), ...numbers].every(Number.isFinite)) throw new TypeError('A number was expected');
console.log(`seed ${seed}, ${numbers.length} runs`);

const rig = await Rig.start(Number(values.factor));
const outcomes: Outcome[] = [];
// The run that is under way comes to its end; a second signal ends the process.
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isStopped = true;
  });
}
for (const run of numbers) {
  if (isStopped) break;
  const outcome = await runOnce(rig, seed, run, { isShort: values.short, hasReload: true });
  outcomes.push(outcome);
  console.log(report(seed, outcome, values.trace));
}
await rig.close();
console.log(summary(outcomes));
process.exit(outcomes.every(({ wrong }) => wrong.length === 0) ? 0 : 1);
