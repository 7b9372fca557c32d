import { inArray, or } from 'drizzle-orm';
import { newId } from '../base/ids.ts';
import type { Transaction } from '../database/index.ts';
import { commit, recordOf } from './commitment.ts';
import { audit, ledgerEntry } from './schema.ts';

export interface Act {
  readonly tenant: string;
  readonly app: string;
  /** `person:{id}`, `recipient:{link}`, `broker`. */
  readonly actor: string;
  /** noun.past-tense: `upload.granted`, `link.claimed`. */
  readonly act: string;
  /** Id of the thing it was done to. */
  readonly subject: string;
  readonly reference?: string | null;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Writes acts in the transaction that does them, so that neither is there without the other, and what the ledger will hold
 * of them. What one person does in one call is one entry (a batch of grants is one leaf). Answers the entries' ids in the
 * order of their first act.
 */
export async function record(tx: Transaction, at: Date, ...acts: readonly Act[]): Promise<string[]> {
  if (acts.length === 0) return [];
  const entries = [...together(acts)].map((several) => {
    const id = newId();
    const whole = several.map((act) => ({ reference: null, ...act, facts: { ...act.facts } }));
    return { id, whole, ...commit(recordOf(id, at, whole)) };
  });
  const written = tx.$with('written').as(
    tx
      .insert(ledgerEntry)
      .values(entries.map(({ id, key, leafHash }) => ({ id, key, leafHash })))
      .returning({ id: ledgerEntry.id }),
  );
  // One statement for both: an act costs one way to the database, as before.
  await tx
    .with(written)
    .insert(audit)
    .values(entries.flatMap(({ id, whole }) => whole.map((act) => ({ at, entry: id, ...act }))));
  return entries.map(({ id }) => id);
}

/** The broker's own acts concern different people, who can be forgotten one without the other: each stands alone. */
function together(acts: readonly Act[]): Iterable<readonly Act[]> {
  const groups = new Map<string, Act[]>();
  for (const [i, act] of acts.entries()) {
    const group = JSON.stringify([act.tenant, act.app, act.actor, act.actor === 'broker' ? i : '']);
    const several = groups.get(group);
    if (several) several.push(act);
    else groups.set(group, [act]);
  }
  return groups.values();
}

/** Whose records go: as actors (`recipient:{link}`, `person:{id}`) or as what something was done to (ids of links, uploads). */
export interface Forgotten {
  readonly actors?: readonly string[];
  readonly subjects?: readonly string[];
}

/**
 * Erases what was written of somebody, with the keys: leaves and proofs stay as they are, and nobody can tell any more what
 * they stand for. An entry goes as a whole. Answers how many went. Old row versions stay in the files of the database until
 * its `scrub`.
 */
export async function eraseRecords(tx: Transaction, { actors = [], subjects = [] }: Forgotten): Promise<number> {
  if (actors.length + subjects.length === 0) return 0;
  const theirs = or(inArray(audit.actor, [...actors]), inArray(audit.subject, [...subjects]));
  const entries = tx.select({ entry: audit.entry }).from(audit).where(theirs);
  const forgotten = await tx
    .update(ledgerEntry)
    .set({ key: null })
    .where(inArray(ledgerEntry.id, entries))
    .returning({ id: ledgerEntry.id });
  await tx.delete(audit).where(or(theirs, inArray(audit.entry, entries)));
  return forgotten.length;
}
