import { and, desc, eq, inArray } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { ledgerEntry } from '../audit/schema.ts';
import type { Log } from '../base/log.ts';
import type { Database, Queries } from '../database/index.ts';
import type { KeyRing } from '../identity/key-ring.ts';
import { ledgerCheckpoint, ledgerNode } from './schema.ts';
import { Hashes, type Stored } from './tree.ts';

/** What everything in this room is given as its first argument. */
export interface LedgerDeps {
  readonly config: { readonly publicUrl: string };
  readonly db: Database;
  readonly keys: { readonly ledger: KeyRing };
  readonly log: Log;
  /** ms since epoch */
  readonly now: () => number;
}

export type SignedHead = typeof ledgerCheckpoint.$inferSelect;

/** The latest; undefined while nothing has been written. */
export async function latestCheckpoint(q: Pick<Queries, 'select'>): Promise<SignedHead | undefined> {
  const [latest] = await q.select().from(ledgerCheckpoint).orderBy(desc(ledgerCheckpoint.size)).limit(1);
  return latest;
}

/** Looks up stored hashes: at most fifteen for each level of what is asked for, in two queries. */
export async function readHashes(q: Pick<Queries, 'select'>, wanted: readonly Stored[]): Promise<Hashes> {
  const hashes = new Hashes();
  const indexes = new Map<number, number[]>();
  for (const { level, first, end } of wanted) {
    const ofLevel = indexes.get(level) ?? [];
    for (let index = first; index < end; index++) ofLevel.push(index);
    if (ofLevel.length > 0) indexes.set(level, ofLevel);
  }
  const leaves = indexes.get(0) ?? [];
  indexes.delete(0);
  // A query for each level, sent as one: with an OR between them the whole table is read (10 ms at 20,000 entries).
  const above = [...indexes].map(([level, at]) =>
    q
      .select()
      .from(ledgerNode)
      .where(and(eq(ledgerNode.level, level), inArray(ledgerNode.index, at))),
  );
  const entries =
    leaves.length > 0
      ? await q
          .select({ leaf: ledgerEntry.leaf, hash: ledgerEntry.leafHash })
          .from(ledgerEntry)
          .where(inArray(ledgerEntry.leaf, leaves))
      : [];
  const [lowest, second, ...others] = above;
  const nodes = lowest && second ? await unionAll(lowest, second, ...others) : ((await lowest) ?? []);
  for (const { leaf, hash } of entries) if (leaf !== null) hashes.add({ level: 0, index: leaf }, hash);
  for (const { hash, ...place } of nodes) hashes.add(place, hash);
  return hashes;
}
