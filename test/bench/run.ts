/**
 * `npm run bench -- transfer [--case NAME]… [--rounds N] [--size MiB] [--check]`: how fast a page uploads, in ratios to
 * bare requests of the same run. `npm run bench -- paint [--rounds N]`: how soon the box is painted, beside a page without
 * it. `npm run bench -- list [--rounds N]`: how long 10,000 files hold up the page. `npm run bench -- ledger`: what 100,000
 * entries cost the ledger. One JSON line per case on the standard
 * output, what happens meanwhile beside it.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { transferCases } from './cases.ts';
import { caseFigures } from './figures.ts';
import { benchLedger, LEDGER_ENTRIES } from './ledger.ts';
import { benchLedgerCost, COST_ROUNDS } from './ledger-cost.ts';
import { benchList, LIST_ROUNDS } from './list.ts';
import { benchPaint, ROUNDS } from './paint/paint.ts';
import { runRounds } from './rounds.ts';
import { Site } from './site.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    case: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    size: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const rounds = countOf('rounds', values.rounds);
const all = transferCases(countOf('size', values.size));
const cases = values.case === undefined ? all : all.filter(({ name }) => values.case?.includes(name));
const [bench] = positionals;
const isKnown = bench === 'transfer' || bench === 'paint' || bench === 'list' || bench === 'ledger';
if (positionals.length !== 1 || !isKnown || cases.length === 0) {
  refuse(
    `npm run bench -- ledger [--rounds N]\nnpm run bench -- paint [--rounds N]\nnpm run bench -- list [--rounds N]\nnpm run bench -- transfer [--case ${all.map(({ name }) => name).join('|')}] [--rounds N] [--size MiB] [--check]`,
  );
}

// The run under way fails, and takes everything along that was started.
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const tell = (text: string): void => console.error(text);
if (bench === 'paint') {
  console.log(JSON.stringify(await benchPaint({ rounds: rounds ?? ROUNDS, tell, signal: stopping.signal })));
} else if (bench === 'list') {
  console.log(JSON.stringify(await benchList({ rounds: rounds ?? LIST_ROUNDS, tell, signal: stopping.signal })));
} else if (bench === 'ledger') {
  const cost = await benchLedgerCost({ rounds: rounds ?? COST_ROUNDS, tell, signal: stopping.signal });
  console.log(JSON.stringify(cost));
  console.log(JSON.stringify(await benchLedger({ entries: LEDGER_ENTRIES, tell, signal: stopping.signal })));
} else await benchTransfer();

async function benchTransfer(): Promise<void> {
  const site = await Site.start();
  try {
    for (const one of cases) {
      const load = loadavg()[0] ?? 0;
      const runs = await runRounds(site, one, {
        rounds: rounds ?? one.rounds,
        isChecking: values.check,
        tell,
        signal: stopping.signal,
      });
      console.log(JSON.stringify(caseFigures(one.name, runs, load)));
    }
  } finally {
    await site.stop();
  }
}

function countOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  return Number.isInteger(count) && count > 0 ? count : refuse(`--${name} takes a whole number above 0`);
}

function refuse(text: string): never {
  console.error(text);
  process.exit(1);
}
