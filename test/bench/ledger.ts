import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { record } from '../../demo/audit/index.ts';
import { ledgerEntry } from '../../demo/audit/schema.ts';
import type { Database } from '../../demo/database/index.ts';
import { consistencyProof, inclusionProof } from '../../demo/ledger/proofs.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import { testDeps } from '../support/broker.ts';
import { openTestPglite } from '../support/database.ts';
import { median } from './figures.ts';

export const LEDGER_ENTRIES = 100_000;
const AT_A_TIME = 1000;
const PROOFS = 200;

/** Fills a ledger by thousands and takes proofs from it; answers the line to print. Times are this machine's. */
export async function benchLedger({
  entries,
  tell,
  signal,
  db,
}: {
  entries: number;
  tell: (text: string) => void;
  signal: AbortSignal;
  db?: Database;
}) {
  const load = loadavg()[0] ?? 0;
  const deps = await testDeps({ db: db ?? (await openTestPglite()) });
  const appends: number[] = [];
  try {
    for (let written = 0; written < entries; written += AT_A_TIME) {
      signal.throwIfAborted();
      const acts = Array.from({ length: AT_A_TIME }, (_, i) => ({
        ...{ tenant: 'acme', app: 'cases', actor: 'broker', act: 'upload.expired' },
        subject: `upload-${written + i}`,
        facts: { size: i },
      }));
      await deps.db.transaction((tx) => record(tx, new Date(deps.now()), ...acts));
      const began = performance.now();
      await sequence(deps);
      appends.push(performance.now() - began);
      if ((written / AT_A_TIME) % 10 === 9) tell(`ledger: ${written + AT_A_TIME} of ${entries} entries`);
    }
    const ids = await deps.db.q.select({ id: ledgerEntry.id }).from(ledgerEntry);
    const inclusion: number[] = [];
    const consistency: number[] = [];
    for (let i = 0; i < PROOFS; i++) {
      const at = Math.floor((i * 7919 * ids.length) / PROOFS) % ids.length;
      const began = performance.now();
      await inclusionProof(deps, ids[at]?.id ?? '');
      inclusion.push(performance.now() - began);
      const then = performance.now();
      await consistencyProof(deps, at + 1, ids.length);
      consistency.push(performance.now() - then);
    }
    const ms = (list: readonly number[]) => Math.round((median([...list]) ?? 0) * 100) / 100;
    const tenth = Math.max(1, Math.floor(appends.length / 10));
    return {
      case: `ledger-${entries}`,
      append_1000_ms: { first: ms(appends.slice(0, tenth)), last: ms(appends.slice(-tenth)) },
      append_ratio: Math.round((ms(appends.slice(-tenth)) / ms(appends.slice(0, tenth))) * 100) / 100,
      inclusion_ms: ms(inclusion),
      consistency_ms: ms(consistency),
      load: Number(load.toFixed(1)),
    };
  } finally {
    await deps.db.close();
  }
}
