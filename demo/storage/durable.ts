import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A rename is only there after a power cut when the folder that holds the name was synced too. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Moves a finished, synced file to its name: readers see the old one or the new one, never a half. */
export async function publish(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

export async function writeDurably(path: string, text: string, temporaryFolder: string): Promise<void> {
  const temporary = join(temporaryFolder, randomUUID());
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await publish(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}
