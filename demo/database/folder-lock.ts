import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeFolder } from './closed-folder.ts';

/** PGlite takes no lock on its folder, and two processes on one folder lose data in silence (measured). This takes one. */
export class FolderBusy extends Error {
  readonly pid: number;
  constructor(pid: number) {
    super(`folder in use by process ${pid}`);
    this.name = 'FolderBusy';
    this.pid = pid;
  }
}

/** Also closes the folder to everybody else. Fails with FolderBusy, or with the file system's own error where the folder cannot be written. */
export function lockFolder(folder: string): () => void {
  closeFolder(folder);
  const lock = join(folder, 'lock');
  const mine = join(folder, `lock.${process.pid}`);
  writeFileSync(mine, `${process.pid} ${startOf(process.pid)}\n`);
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(mine, lock); // Fails if `lock` exists; atomic also between processes.
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 3) throw error;
        const holder = livingHolder(lock);
        if (holder !== null) throw new FolderBusy(holder);
        setAside(lock, `${mine}.stale`);
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** The process that holds the lock, if it is still the one that took it (a pid alone may have been given away again). */
function livingHolder(lock: string): number | null {
  try {
    const [pid, start] = readFileSync(lock, 'utf8').trim().split(' ');
    process.kill(Number(pid), 0);
    return startOf(Number(pid)) === start ? Number(pid) : null;
  } catch {
    return null;
  }
}

function setAside(lock: string, to: string): void {
  try {
    renameSync(lock, to);
    rmSync(to);
  } catch {
    // Another starter was faster; the next attempt sees whose lock it is.
  }
}

/** When a process started, in clock ticks since boot (field 22 of /proc/PID/stat); '' where there is no /proc. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
