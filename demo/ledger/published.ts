import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LedgerDeps, latestCheckpoint } from './store.ts';

export const CHECKPOINT_FILE = 'checkpoints.txt';

/**
 * Adds the latest checkpoint to the file in a folder, unless it stands there as the last. Nothing that stands there is
 * changed: a folder that is copied elsewhere, or can only be added to, holds the broker to its history.
 */
export async function publishCheckpoint({ db }: Pick<LedgerDeps, 'db'>, folder: string): Promise<void> {
  const latest = await latestCheckpoint(db.q);
  if (!latest) return;
  const file = join(folder, CHECKPOINT_FILE);
  const written = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true });
    return '';
  });
  if (written.endsWith(latest.note)) return;
  // A line that a crash has torn must not spoil the next checkpoint.
  const torn = written === '' || written.endsWith('\n') ? '' : '\n';
  await appendFile(file, torn + latest.note, { flush: true });
}
