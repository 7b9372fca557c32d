import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in a data folder: the database with its signing keys, and the storage of the demo. */
const PARTS = ['broker', 'storage'];
const isOurs = (name: string) => PARTS.includes(name) || name === 'storage-key.json' || /^lock(\.|$)/.test(name);

/**
 * Makes a data folder, or takes one that is there, so that no other user of the machine reaches what is in it. PGlite gives
 * its files 0666 whatever the umask says, so it is the folders that are closed. One that holds other things too (somebody
 * set DATA_DIR to /srv) keeps its own mode, and our folders in it are closed.
 */
export function closeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).every(isOurs)) chmodSync(folder, 0o700);
  for (const part of PARTS.map((name) => join(folder, name))) if (existsSync(part)) chmodSync(part, 0o700);
}
