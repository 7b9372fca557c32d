import type { ChosenFileDetail, UploadedFileDetail } from '../events.ts';
import type { ItemSnapshot } from './upload-snapshot.ts';

/** What the upload flow tells, by name; the element dispatches them again as its public events. */
export interface UploadFlowEvents {
  /** Cancelable: `preventDefault()` keeps the files out of the list. */
  accepted: { readonly files: readonly ChosenFileDetail[] };
  rejected: { readonly files: readonly (ChosenFileDetail & { readonly code: string })[] };
  /** At most ten times a second. Bytes of the running batch. */
  progress: { readonly sent: number; readonly total: number };
  done: { readonly reference: string; readonly files: readonly UploadedFileDetail[] };
  failed: { readonly files: readonly (ChosenFileDetail & { readonly code: string })[] };
  'signed-in': { readonly name: string };
  'signed-out': null;
}

export function chosenFile({ name, path, size, type }: ItemSnapshot): ChosenFileDetail {
  return { name, ...(path !== undefined && { path }), size, type };
}

export function refusedFile(item: ItemSnapshot): ChosenFileDetail & { readonly code: string } {
  return { ...chosenFile(item), code: item.problem?.code ?? 'internal' };
}

/** Nothing for a file that is not stored. */
export function uploadedFile({ stored }: ItemSnapshot): UploadedFileDetail[] {
  if (!stored) return [];
  const { id, name, path, size, type, sha256, part_bytes: partBytes, receipt } = stored;
  return [
    {
      id,
      name,
      ...(path !== undefined && { path }),
      size,
      type,
      sha256,
      ...(partBytes !== undefined && { partBytes }),
      receipt,
    },
  ];
}
