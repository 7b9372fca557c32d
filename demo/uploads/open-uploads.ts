import type { UploadStatus } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import { clearSoon, endUpload } from './end-upload.ts';
import { storedParts } from './multipart.ts';
import { findOne, isOpen, toStoredFile } from './upload-store.ts';

/** State of an upload; asks the storage, because a page may have lost the answer to its PUT. */
export async function uploadStatus(deps: Deps, caller: Caller, id: string): Promise<UploadStatus> {
  const row = await findOne(deps, caller, id);
  if (row.state === 'deleted') throw new Problem('not_found');
  const isInParts = row.partBytes !== null && isOpen(deps, row);
  const parts = isInParts ? await storedParts(deps, row) : null;
  // Asked for after the parts: what was put together meanwhile is there by now.
  const isInStorage = (await deps.storage.head(row.objectKey)) !== null;
  const isLost = isInParts && !parts && !isInStorage;
  return {
    id,
    state: isLost ? 'expired' : row.state, // The store has forgotten it: no part of it can be sent any more.
    expires_at: row.expiresAt.toISOString(),
    is_in_storage: isInStorage,
    ...(parts && { parts }),
    ...(row.state === 'stored' && { file: await toStoredFile(deps, row) }),
  };
}

/** Ends an open upload. Again is fine; a stored one is a file by now (upload_over). */
export async function abortUpload(deps: Deps, caller: Caller, id: string): Promise<void> {
  const row = await findOne(deps, caller, id);
  const isAborted = await endUpload(deps, row, 'aborted');
  if (isAborted) await clearSoon(deps, row);
  else if ((await findOne(deps, caller, id)).state === 'stored') throw new Problem('upload_over');
}
