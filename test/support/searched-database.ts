import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../demo/database/index.ts';
import { operate } from '../../demo/operator/commands.ts';
import type { TestDeps } from './broker.ts';
import { openTestPglite, openTestPostgres } from './database.ts';

/** Where words are found in a database: in its rows, and in the bytes of its files. */

/** As it stands, and as the middle of a base64 (a receipt is one), which begins at one of three places of its bytes. */
function waysOf(text: string): string[] {
  const inBase64 = [0, 1, 2].map((at) => {
    const whole = Buffer.concat([Buffer.alloc(at), Buffer.from(text)]).toString('base64url');
    return whole.slice(4, -4);
  });
  return [text, ...inBase64];
}

export const places = (texts: Iterable<readonly [where: string, text: string]>, needle: string): string[] =>
  [...texts].filter(([, text]) => waysOf(needle).some((way) => text.includes(way))).map(([where]) => where);

/** Every file under a folder, byte for byte. */
export function* filesIn(folder: string): Generator<[string, string]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) yield [file.slice(folder.length + 1), readFileSync(file, 'latin1')];
  }
}

/** Every row of every table as text, of the queue and of the planner's samples too. */
export async function rowsIn(db: Database): Promise<[string, string][]> {
  const { rows: tables } = await db.execute(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname <> 'information_schema'",
  );
  const texts: [string, string][] = [];
  for (const { name } of tables as { name: string }[]) {
    const { rows } = await db.execute(`select x::text as row from ${name} x`);
    texts.push([name, (rows as { row: string }[]).map(({ row }) => row).join('\n')]);
  }
  return texts;
}

/** A database whose files can be read, and what its operator does so that what was deleted leaves them. */
export interface SearchedPlace {
  readonly db: Database;
  readonly folder: string;
  stop(): Promise<void>;
  scrub(deps: TestDeps): Promise<void>;
}

export async function onPglite(): Promise<SearchedPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'su-erase-'));
  const db = await openTestPglite({ dataDir: folder });
  const stop = async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  };
  return { db, folder, stop, scrub: async () => {} };
}

/** What an operator does, with what `docs/ledger.md` says of the server's own log. */
export async function onPostgres(): Promise<SearchedPlace> {
  const server = await openTestPostgres();
  const db = await server.open();
  for (const step of ['alter system set wal_recycle = off', 'select pg_reload_conf()']) await db.execute(step);
  const scrub = async ({ registry, config, now }: TestDeps) => {
    await operate({ db, registry, config, now }, ['scrub']);
    for (const step of ['select pg_switch_wal()', 'checkpoint']) await db.execute(step);
  };
  const stop = async () => {
    await db.close();
    await server.stop();
  };
  return { db, folder: server.folder, stop, scrub };
}
