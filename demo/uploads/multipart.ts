import { and, eq, isNull } from 'drizzle-orm';
import type { UploadStatus } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import { clearSoon, endUpload } from './end-upload.ts';
import { upload } from './schema.ts';
import { isOpen, type UploadRow } from './upload-store.ts';

/**
 * Opens the store's side of an upload in parts, once its row is there: what the store opens is then found by its key,
 * also where this process dies before it is written down. Fails with upload_over, store_down.
 */
export async function openMultipart(deps: Deps, row: UploadRow): Promise<void> {
  if (!isOpen(deps, row)) throw new Problem('upload_over');
  if (row.multipartId !== null) return;
  const multipartId = await create(deps, row);
  const [opened] = await deps.db.q
    .update(upload)
    .set({ multipartId })
    .where(and(eq(upload.id, row.id), eq(upload.state, 'open'), isNull(upload.multipartId)))
    .returning();
  if (opened) return;
  // It was ended while the store was at it, or a repeat of the start was faster.
  await deps.storage.abortMultipart(row.objectKey, multipartId);
  const [found] = await deps.db.q.select().from(upload).where(eq(upload.id, row.id));
  if (!found || !isOpen(deps, found)) throw new Problem('upload_over');
}

/** An upload that the store does not open holds no room. */
async function create(deps: Deps, row: UploadRow): Promise<string> {
  try {
    return await deps.storage.createMultipart(row.objectKey, row.type);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const isEnded = await endUpload(deps, row, 'aborted', { code: error.code }, isNull(upload.multipartId));
    if (isEnded) await clearSoon(deps, row);
    throw error;
  }
}

/**
 * What the storage has of an open upload in parts. A store that keeps no checksums cannot prove what a part is: such
 * parts are not named, and are sent again.
 */
export async function storedParts(
  { storage }: Deps,
  { objectKey, multipartId }: UploadRow,
): Promise<NonNullable<UploadStatus['parts']> | null> {
  if (multipartId === null) return [];
  const parts = await storage.listParts(objectKey, multipartId);
  return parts?.flatMap(({ number, size, sha256 }) => (sha256 === null ? [] : [{ number, size, sha256 }])) ?? null;
}
