import { and, eq, inArray, lt, type SQL } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { Problem } from '../base/problem.ts';
import type { Storage } from '../bucket/storage.ts';
import type { Deps } from '../context/deps.ts';
import { release } from './quota.ts';
import { upload } from './schema.ts';
import { actOn, type UploadRow } from './upload-store.ts';

/** States in which an upload has no object any more, or must not have. */
export const OVER = ['aborted', 'refused', 'expired', 'deleted'] as const;

/** Open → over, once. Its room stays set aside until its last grant is over and the storage is seen to be empty. */
export async function endUpload(
  deps: Deps,
  row: UploadRow,
  state: 'aborted' | 'refused',
  facts: Record<string, string> = {},
  only?: SQL,
): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const [ended] = await tx
      .update(upload)
      .set({ state })
      .where(and(eq(upload.id, row.id), eq(upload.state, 'open'), only))
      .returning();
    if (ended) await record(tx, new Date(deps.now()), actOn(row, `upload.${state}`, facts));
    return ended !== undefined;
  });
}

/**
 * Removes what the storage has of an upload that is over. While a grant for it lives, somebody may PUT it again: its room
 * counts as free only when none does and the storage was seen to be empty after that (decision 2).
 */
async function clearUpload(deps: Deps, row: UploadRow): Promise<void> {
  const began = new Date(deps.now());
  // Parts first: what is open may become an object, and what is ended never does.
  const isEnded = row.partBytes === null || (await clearMultiparts(deps.storage, row.objectKey));
  const found = await deps.storage.head(row.objectKey);
  if (found) await deps.storage.remove(row.objectKey);
  if (!isEnded || (found && (await deps.storage.head(row.objectKey)))) return;
  // The row may have been granted again after it was read, but not since it is over.
  const isFree = and(eq(upload.isCharged, true), inArray(upload.state, OVER), lt(upload.grantedUntil, began));
  await deps.db.transaction(async (tx) => {
    const [freed] = await tx
      .update(upload)
      .set({ isCharged: false })
      .where(and(eq(upload.id, row.id), isFree))
      .returning();
    if (!freed) return;
    await release(tx, freed, freed.size);
    const facts = { bytes: freed.size, had_object: found !== null };
    await record(tx, new Date(deps.now()), actOn(freed, 'upload.cleared', facts, 'broker'));
  });
}

/**
 * Ends all that is open in the store for this key. True where it then knows none: a part on its way may keep one alive,
 * and it has to be ended again.
 */
export async function clearMultiparts(storage: Storage, key: string): Promise<boolean> {
  const open = await storage.listMultiparts(key);
  for (const uploadId of open) await storage.abortMultipart(key, uploadId);
  return open.length === 0 || (await storage.listMultiparts(key)).length === 0;
}

/** At once where the storage answers; else the sweep does it. */
export async function clearSoon(deps: Deps, row: UploadRow): Promise<void> {
  try {
    await clearUpload(deps, row);
  } catch (error) {
    deps.log('warn', 'upload.not-cleared', { id: row.id, reason: error instanceof Problem ? error.code : 'unknown' });
  }
}
