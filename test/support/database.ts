import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Database, openPglite, openPostgres } from '../../demo/database/index.ts';
import { copyMigrated, migratedDump } from './migrated.ts';

/** A migrated PGlite in memory, or in an empty folder. */
export async function openTestPglite(place: { dataDir?: string } = {}): Promise<Database> {
  if (place.dataDir === undefined) return await openPglite({ load: await migratedDump() });
  await copyMigrated(place.dataDir);
  return await openPglite({ dataDir: place.dataDir });
}

export interface TestPostgres {
  /** Opens one more connection pool, as another broker process would. */
  open(): Promise<Database>;
  readonly url: string;
  /** Of its files. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL of this test file alone, reached by a socket in a temporary folder, gone with the process. */
export async function openTestPostgres(): Promise<TestPostgres> {
  const binaries = postgresBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'su-pg-'));
  const owner = await postgresOwner();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  // PostgreSQL refuses to run as root. With the parent's death comes SIGQUIT: an immediate shutdown, nothing left behind.
  const asOwner = owner
    ? ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', '--pdeathsig=QUIT']
    : [];
  const start = (program: string, args: string[]) => {
    const [command = '', ...rest] = [...asOwner, join(binaries, program), ...args];
    return spawn(command, rest, { cwd: folder, env: { LC_ALL: 'C', PATH: process.env.PATH }, stdio: 'ignore' });
  };
  const data = join(folder, 'data');
  const init = start('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  const [code] = await once(init, 'exit');
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
  const settings = ['fsync=off', 'listen_addresses=', `unix_socket_directories=${folder}`, 'shared_buffers=16MB'];
  const server = start('postgres', ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]);
  const ended = once(server, 'exit');
  const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
  const stop = async () => {
    server.kill('SIGQUIT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, () => server.exitCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, folder: data, open: () => openPostgres(url), stop };
}

function postgresBinaries(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')));
  if (!found) throw new Error('PostgreSQL is not installed: no initdb in /usr/lib/postgresql or PATH');
  return found;
}

/** Whom to run it as: null where this process is not root. */
async function postgresOwner(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) throw new Error('root needs a user "postgres" to run PostgreSQL as');
  return { uid: Number(uid), gid: Number(gid) };
}

/** The socket listens before the server takes queries, so only a query tells. */
async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 600 && !hasEnded(); attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch {
      await pause(50);
    }
  }
  throw new Error('PostgreSQL did not start');
}
