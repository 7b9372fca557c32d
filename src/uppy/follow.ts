import { UploadError } from '../errors.ts';
import type { Outcome } from './complete.ts';
import { isPassing } from './patience.ts';

/** Of an Uppy what is listened to and told. */
export interface FollowedUppy {
  on(event: 'file-removed', hear: (file: FollowedFile) => void): unknown;
  on(event: 'upload-error', hear: (file: FollowedFile | undefined, error: Error) => void): unknown;
  off(event: 'file-removed', hear: (file: FollowedFile) => void): unknown;
  off(event: 'upload-error', hear: (file: FollowedFile | undefined, error: Error) => void): unknown;
  emit(event: 'upload-error', file: FollowedFile | undefined, error: Error): unknown;
  getFile(id: string): FollowedFile | undefined;
  setFileMeta(id: string, meta: Record<string, string>): void;
  setFileState(id: string, state: object): void;
  addPostProcessor(settle: (ids: string[]) => Promise<void>): void;
  removePostProcessor(settle: (ids: string[]) => Promise<void>): unknown;
}
export interface FollowedFile {
  readonly id: string;
  readonly error?: string | null | undefined;
  readonly isRemote?: boolean | undefined;
  readonly size?: number | null | undefined;
}

interface Followed {
  completeAll(files: readonly { readonly id: string }[]): Promise<Outcome[]>;
  abort(file: { readonly id: string }): Promise<void>;
}

/** Ties an Uppy's uploads to what the broker makes of them. Answers how to undo it. */
export function follow(uppy: FollowedUppy, uploads: Followed): () => void {
  const settle = async (ids: string[]): Promise<void> => {
    const sent = ids.flatMap((id) => uppy.getFile(id) ?? []).filter(({ error, isRemote }) => !error && !isRemote);
    const outcomes = await uploads.completeAll(sent);
    for (const [i, { id }] of sent.entries()) {
      const [outcome, file] = [outcomes[i], uppy.getFile(id)];
      if (!outcome || !file) continue; // Removed meanwhile.
      if (outcome instanceof Error) uppy.emit('upload-error', file, outcome);
      else uppy.setFileMeta(id, { upload: outcome.id, reference: outcome.reference, receipt: outcome.receipt });
    }
  };
  // An upload that a store or broker cannot be asked to end now is ended by its age.
  const abort = (file: FollowedFile) => void uploads.abort(file).catch(() => {});
  const mend = (file: FollowedFile | undefined, error: Error): void => {
    if (!file || !isLost(error)) return;
    abort(file);
    if (!uppy.getFile(file.id)) return;
    const started = { percentage: 0, bytesUploaded: false, bytesTotal: file.size, uploadComplete: false };
    uppy.setFileState(file.id, { s3Multipart: undefined, progress: { ...started, uploadStarted: null } });
  };

  uppy.addPostProcessor(settle);
  uppy.on('file-removed', abort);
  uppy.on('upload-error', mend);
  return () => {
    uppy.removePostProcessor(settle);
    uppy.off('file-removed', abort);
    uppy.off('upload-error', mend);
  };
}

/** Whether nothing more can come of the upload, so that a retry has to begin a new one. */
function isLost(error: Error): boolean {
  return error instanceof UploadError && !isPassing(error) && !/^(sign_in|proof)_/.test(error.code);
}
