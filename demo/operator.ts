import './private-files.ts';
import './quiet.ts';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { demoApps } from './apps.ts';
import { Problem } from './base/problem.ts';
import { FolderBusy, lockFolder } from './database/folder-lock.ts';
import { type Database, openPglite, openPostgres } from './database/index.ts';
import { BadCommand, HELP, operate } from './operator/commands.ts';
import { createRegistry } from './registry/registry.ts';
import { BadSetting, readSettings, type Settings } from './settings.ts';

/** `npm run operator -- …`: one command on the brokers' database, one line of what it did, exit 1 with one line if not. */
async function main(words: readonly string[]): Promise<string> {
  if (words.length === 0 || words.includes('--help')) return HELP;
  const settings = readSettings(process.env);
  const registry = createRegistry(demoApps(''), settings.services);
  const { db, close } = await open(settings);
  try {
    return await operate({ db, registry, config: { times: settings.times }, now: Date.now }, words);
  } finally {
    await close();
  }
}

async function open({ databaseUrl, dataDir }: Settings): Promise<{ db: Database; close: () => Promise<void> }> {
  if (databaseUrl) {
    const db = await openPostgres(databaseUrl);
    return { db, close: () => db.close() };
  }
  const release = lockFolder(dataDir);
  const db = await openPglite({ dataDir: join(dataDir, 'broker') });
  return {
    db,
    close: async () => {
      await db.close();
      release();
    },
  };
}

function lineOf(error: unknown): string {
  if (error instanceof BadCommand || error instanceof BadSetting) return error.message;
  if (error instanceof Problem && error.code === 'not_found') return 'The app knows no such person.';
  if (error instanceof FolderBusy)
    return `A broker uses this folder (process ${error.pid}), and PGlite is for one process. Stop it first, or use PostgreSQL.`;
  return `Nothing was done: ${error instanceof Error ? error.name : 'unknown'}. Is the database there?`;
}

/** `-` as the last word is asked for instead, so that a mail address is in no shell's history and no list of processes. */
async function withAsked(words: readonly string[]): Promise<readonly string[]> {
  if (words.at(-1) !== '-') return words;
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stderr.write('Mail address: ');
  for await (const line of lines) return [...words.slice(0, -1), line.trim()];
  return words;
}

try {
  console.log(await main(await withAsked(process.argv.slice(2))));
} catch (error) {
  console.error(process.env.DEBUG === '1' ? error : lineOf(error));
  process.exitCode = 1;
}
