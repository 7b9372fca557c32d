import { asc, isNull, sql } from 'drizzle-orm';
import { ledgerEntry } from '../audit/schema.ts';
import type { Transaction } from '../database/index.ts';
import { originIn, originOf, signCheckpoint } from './note.ts';
import { ledgerCheckpoint, ledgerNode } from './schema.ts';
import { type LedgerDeps, latestCheckpoint, readHashes, type SignedHead } from './store.ts';
import { append, frontier } from './tree.ts';

/** So many leaves are added at a time: a tenth of a second, in which nobody else sequences. */
const MOST_AT_A_TIME = 1000;

/**
 * Gives every entry that is committed its place, and signs the head. Safe in several processes at once: one works, the
 * others wait for it. Answers the last head that it signed, or null where nothing waited.
 */
export async function sequence(deps: LedgerDeps): Promise<SignedHead | null> {
  await deps.keys.ledger.refresh();
  for (let last: SignedHead | null = null; ; ) {
    if (!(await isWaiting(deps))) return last;
    last = (await deps.db.transaction((tx) => sequenceSome(deps, tx))) ?? last;
  }
}

async function isWaiting({ db }: LedgerDeps): Promise<boolean> {
  // In the order of its index, or PostgreSQL may look for the one through the whole table.
  const [one] = await db.q
    .select({ id: ledgerEntry.id })
    .from(ledgerEntry)
    .where(isNull(ledgerEntry.leaf))
    .orderBy(asc(ledgerEntry.seq))
    .limit(1);
  return one !== undefined;
}

async function sequenceSome(deps: LedgerDeps, tx: Transaction): Promise<SignedHead | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(72019)`);
  const waiting = await tx
    .select({ id: ledgerEntry.id, hash: ledgerEntry.leafHash })
    .from(ledgerEntry)
    .where(isNull(ledgerEntry.leaf))
    .orderBy(asc(ledgerEntry.seq))
    .limit(MOST_AT_A_TIME);
  if (waiting.length === 0) return null;
  const before = await latestCheckpoint(tx);
  const from = before?.size ?? 0;
  const size = from + waiting.length;
  const hashes = await readHashes(tx, frontier(from));
  const made = append(
    hashes,
    from,
    waiting.map(({ hash }) => hash),
  );
  const root = hashes.head({ from: 0, to: size });
  await tx.execute(sql`
    update ${ledgerEntry} set leaf = ${from}::bigint + placed.nth - 1
    from unnest(string_to_array(${waiting.map(({ id }) => id).join(' ')}, ' ')) with ordinality as placed (id, nth)
    where ${ledgerEntry.id} = placed.id`);
  if (made.length > 0) await tx.insert(ledgerNode).values(made);
  const origin = before ? originIn(before.note) : originOf(deps.config.publicUrl);
  const note = await signCheckpoint(deps.keys.ledger.current, origin, size, root);
  const head = { size, root, note, at: new Date(deps.now()), postedAt: null };
  await tx.insert(ledgerCheckpoint).values(head);
  return head;
}
