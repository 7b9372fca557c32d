import './private-files.ts';
import './quiet.ts';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FolderBusy, lockFolder } from './database/folder-lock.ts';
import { Refused, startParts } from './parts.ts';
import { BadSetting, readSettings } from './settings.ts';

/** Starts every part and prints where they are. Each refusal is one line with the next step, and exit 1. */

/** SIGTERM must have stopped everything within two seconds. */
const STOP_MS = 1500;

const closers: (() => unknown)[] = [];

try {
  const settings = readSettings(process.env);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('exit', takeFolder(settings.dataDir));
  const write = (line: string) => process.env.LOG === '1' && process.stderr.write(`${line}\n`);
  console.log(await startParts(settings, write, (close) => closers.push(close)));
} catch (error) {
  if (!(error instanceof Refused || error instanceof BadSetting)) throw error;
  console.error(error.message);
  if (process.env.DEBUG === '1') console.error(error.stack);
  process.exit(1);
}

/** One process on one folder: PGlite itself would lose data in silence. Answers what gives the folder back. */
function takeFolder(folder: string): () => void {
  try {
    const release = lockFolder(folder);
    if (process.argv.includes('--fresh')) {
      for (const part of ['broker', 'storage', 'storage-key.json'])
        rmSync(join(folder, part), { recursive: true, force: true });
    }
    return release;
  } catch (error) {
    if (error instanceof FolderBusy) {
      throw new Refused(`Another demo uses ${folder} (process ${error.pid}). Stop it, or set DATA_DIR.`);
    }
    throw new Refused(`The folder ${folder} cannot be written. Check its owner, or set DATA_DIR.`);
  }
}

function stop(): void {
  setTimeout(() => process.exit(0), STOP_MS).unref();
  Promise.allSettled(closers.reverse().map(async (close) => close())).then(() => process.exit(0));
}
