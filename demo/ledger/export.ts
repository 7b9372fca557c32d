import { and, asc, eq, gt, gte, inArray, lt, lte } from 'drizzle-orm';
import type { LedgerLine } from '../../src/contract/index.ts';
import { recordOf } from '../audit/commitment.ts';
import { audit, ledgerEntry } from '../audit/schema.ts';
import { ledgerCheckpoint } from './schema.ts';
import { type LedgerDeps, latestCheckpoint } from './store.ts';

const PAGE = 1000;

/**
 * The latest checkpoint, every leaf under it, each earlier checkpoint after the last leaf that it signs, and the records of
 * one app (of all, for the operator). What others did is a leaf hash that says nothing.
 */
export async function* exportLedger(deps: LedgerDeps, app: string | null): AsyncGenerator<LedgerLine> {
  const { q } = deps.db;
  const latest = await latestCheckpoint(q);
  if (!latest) return;
  const { size } = latest;
  yield { checkpoint: latest.note };
  for (let from = 0; from < size; from += PAGE) {
    const to = Math.min(from + PAGE, size);
    const leaves = await q
      .select()
      .from(ledgerEntry)
      .where(and(gte(ledgerEntry.leaf, from), lt(ledgerEntry.leaf, to)))
      .orderBy(asc(ledgerEntry.leaf));
    const heads = await q
      .select({ size: ledgerCheckpoint.size, note: ledgerCheckpoint.note })
      .from(ledgerCheckpoint)
      .where(and(gt(ledgerCheckpoint.size, from), lte(ledgerCheckpoint.size, to), lt(ledgerCheckpoint.size, size)));
    const notes = new Map(heads.map(({ size, note }) => [size, note]));
    const records = await recordsOf(
      deps,
      leaves.map(({ id }) => id),
      app,
    );
    for (const { id, key, leaf, leafHash } of leaves) {
      const place = { leaf: leaf ?? 0, leaf_hash: base64(leafHash) };
      const record = records.get(id);
      yield record && key ? { ...place, key: base64(key), record } : place;
      const note = notes.get(place.leaf + 1);
      if (note !== undefined) yield { checkpoint: note };
    }
  }
}

async function recordsOf({ db }: LedgerDeps, ids: readonly string[], app: string | null) {
  const acts = await db.q
    .select()
    .from(audit)
    .where(and(inArray(audit.entry, [...ids]), app === null ? undefined : eq(audit.app, app)))
    .orderBy(asc(audit.seq));
  const together = new Map<string, (typeof acts)[number][]>();
  for (const act of acts) {
    const several = together.get(act.entry ?? '');
    if (several) several.push(act);
    else together.set(act.entry ?? '', [act]);
  }
  return new Map([...together].map(([id, several]) => [id, recordOf(id, several[0]?.at ?? new Date(0), several)]));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
