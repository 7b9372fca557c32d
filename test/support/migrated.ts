import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { openPglite } from '../../demo/database/index.ts';

/**
 * PGlite's files with the tables and nothing in them, made once for these migrations. To make them takes 4 s of a
 * processor; from the copy of a folder a database opens in 0.3 s, from a dump in memory in 0.35 s.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MIGRATIONS = join(ROOT, 'demo/database/migrations');
const CACHE = join(ROOT, 'node_modules/.cache/secure-upload');

/** Puts them into `folder`, where a broker finds a database that never held anything. */
export async function copyMigrated(folder: string): Promise<void> {
  cpSync(join(await made(), 'data'), folder, { recursive: true });
}

/** For PGlite in memory. */
export async function migratedDump(): Promise<Blob> {
  return new Blob([readFileSync(join(await made(), 'data.tar'))], { type: 'application/x-tar' });
}

async function made(): Promise<string> {
  const folder = join(CACHE, `pglite-${migrationsHash()}`);
  if (existsSync(folder)) return folder;
  const mine = `${folder}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  await makeSmall(join(mine, 'data'));
  const db = await openPglite({ dataDir: join(mine, 'data') });
  const dump = await db.dump();
  await db.close();
  await writeFile(join(mine, 'data.tar'), new Uint8Array(await dump.arrayBuffer()));
  // At once and whole, so that another test process reads no half of it; whoever comes second has the same.
  await rename(mine, folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    rmSync(mine, { recursive: true });
  });
  // Those of migrations that were otherwise: 30 MB each.
  for (const name of readdirSync(CACHE)) {
    if (!join(CACHE, name).startsWith(folder)) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
  return folder;
}

/** 15 MB where PGlite makes 41, and 4 MB of buffers where it clears 128: each database of a test begins with both. */
async function makeSmall(dataDir: string): Promise<void> {
  const client = new PGlite({ dataDir, initDbStartParams: ['--wal-segsize=1', '-c', 'shared_buffers=4MB'] });
  for (const name of ['template0', 'template1']) {
    await client.exec(`alter database ${name} is_template false`);
    await client.exec(`drop database ${name}`);
  }
  await client.close();
}

function migrationsHash(): string {
  const makers = [join(ROOT, 'node_modules/@electric-sql/pglite/package.json'), fileURLToPath(import.meta.url)];
  const hash = createHash('sha256');
  for (const path of makers) hash.update(readFileSync(path));
  for (const name of readdirSync(MIGRATIONS, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(sql|json)$/.test(name)) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
