import { asc, eq } from 'drizzle-orm';
import type { ConsistencyProof, InclusionProof, RecordProof } from '../../src/contract/index.ts';
import { recordOf } from '../audit/commitment.ts';
import { audit, ledgerEntry } from '../audit/schema.ts';
import { Problem } from '../base/problem.ts';
import { sequence } from './sequence.ts';
import { type LedgerDeps, latestCheckpoint, readHashes } from './store.ts';
import { consistencyPath, inclusionPath, type Range, storedUnder } from './tree.ts';

const base64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');

/** That an entry is in the tree of the latest checkpoint; it is put there where it still waited. Fails with not_found. */
export async function inclusionProof(deps: LedgerDeps, entry: string): Promise<InclusionProof> {
  const found = await findEntry(deps, entry);
  const { leaf, leafHash } = found.leaf === null ? await placed(deps, entry) : found;
  const head = await latestCheckpoint(deps.db.q);
  if (leaf === null || !head) throw new Problem('internal', { cause: 'an entry that has no place' });
  const { size, note } = head;
  const path = await headsOf(deps, inclusionPath(leaf, { from: 0, to: size }));
  return { entry, leaf, leaf_hash: base64(leafHash), size, path, checkpoint: note };
}

/** With what was written: for those whom it concerns alone. Fails with not_found, also once the record was erased. */
export async function recordProof(deps: LedgerDeps, entry: string): Promise<RecordProof> {
  const proof = await inclusionProof(deps, entry);
  const { key } = await findEntry(deps, entry);
  const acts = await deps.db.q.select().from(audit).where(eq(audit.entry, entry)).orderBy(asc(audit.seq));
  const [first] = acts;
  if (!key || !first) throw new Problem('not_found');
  return { ...proof, key: base64(key), record: recordOf(entry, first.at, acts) };
}

/** That the tree of size `to` holds the one of size `from` unchanged. Fails with bad_request. */
export async function consistencyProof(deps: LedgerDeps, from: number, to: number): Promise<ConsistencyProof> {
  const size = (await latestCheckpoint(deps.db.q))?.size ?? 0;
  if (from < 1 || from > to || to > size) throw new Problem('bad_request', { cause: 'sizes' });
  return { from, to, path: await headsOf(deps, consistencyPath(from, to)) };
}

async function placed(deps: LedgerDeps, entry: string) {
  await sequence(deps);
  return findEntry(deps, entry);
}

async function findEntry({ db }: LedgerDeps, id: string) {
  const [found] = await db.q.select().from(ledgerEntry).where(eq(ledgerEntry.id, id));
  if (!found) throw new Problem('not_found');
  return found;
}

async function headsOf({ db }: LedgerDeps, ranges: readonly Range[]): Promise<string[]> {
  const hashes = await readHashes(db.q, ranges.flatMap(storedUnder));
  return ranges.map((range) => base64(hashes.head(range)));
}
