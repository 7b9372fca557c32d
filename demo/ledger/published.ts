import { chmod, type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type LedgerDeps, latestCheckpoint } from './store.ts';

export const CHECKPOINT_FILE = 'checkpoints.txt';

/**
 * Adds the latest checkpoint to the file in a folder, unless it stands there as the last. Nothing that stands there is
 * changed: a folder that is copied elsewhere, or can only be added to, holds the broker to its history. Others may read
 * it, unlike all else that the broker writes.
 */
export async function publishCheckpoint({ db }: Pick<LedgerDeps, 'db'>, folder: string): Promise<void> {
  const latest = await latestCheckpoint(db.q);
  if (!latest) return;
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o755);
  const file = await open(join(folder, CHECKPOINT_FILE), 'a+');
  try {
    const end = await endOf(file, Buffer.byteLength(latest.note));
    if (end === latest.note) return;
    // A line that a crash has torn must not spoil the next checkpoint.
    const torn = end === '' || end.endsWith('\n') ? '' : '\n';
    await file.write(torn + latest.note);
    if (end === '') await file.chmod(0o644);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Its last bytes alone: the file grows for years, and this is done with every checkpoint. */
async function endOf(file: FileHandle, bytes: number): Promise<string> {
  const { size } = await file.stat();
  const start = Math.max(0, size - bytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  return buffer.toString('utf8', 0, bytesRead);
}
