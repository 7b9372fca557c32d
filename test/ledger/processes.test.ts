import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ledgerEntry } from '../../demo/audit/schema.ts';
import { type Database, openPglite } from '../../demo/database/index.ts';
import { exportLedger } from '../../demo/ledger/export.ts';
import { ledgerKeys, originOf } from '../../demo/ledger/note.ts';
import { ledgerCheckpoint } from '../../demo/ledger/schema.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import { checkLedger } from '../../src/verify/index.ts';
import { testDeps } from '../support/broker.ts';
import { openTestPostgres, type TestPostgres } from '../support/database.ts';

const PROGRAM = fileURLToPath(new URL('../support/ledger-process.ts', import.meta.url));

/** A process that writes; `told` are the entries that it saw committed. */
class Writer {
  readonly told: string[] = [];
  readonly #child: ChildProcess;
  readonly #more = new Set<() => void>();
  #isDone = false;

  constructor(...words: string[]) {
    this.#child = fork(PROGRAM, words, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (id: string) => {
      if (id === 'done') this.#isDone = true;
      else this.told.push(id);
      for (const look of this.#more) look();
    });
  }

  /** Until it has told of so many entries, or is done. */
  async hasTold(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.#isDone || this.told.length >= count) resolve();
      };
      this.#more.add(look);
      look();
    });
  }

  async end(signal?: 'SIGKILL'): Promise<void> {
    const exit = once(this.#child, 'exit');
    if (signal) this.#child.kill(signal);
    else this.#child.disconnect();
    await exit;
  }
}

/** What everybody can check of a ledger, and which of these entries it lacks. */
async function look(db: Database, told: readonly string[]) {
  const deps = await testDeps({ db });
  await sequence(deps);
  const rows = await db.q.select().from(ledgerEntry).orderBy(ledgerEntry.leaf);
  const lines: string[] = [];
  for await (const line of exportLedger(deps, null)) lines.push(JSON.stringify(line));
  const keys = await ledgerKeys(deps.keys.ledger, originOf(deps.config.publicUrl));
  const { findings } = await checkLedger(lines, { keys });
  const known = new Set(rows.map(({ id }) => id));
  return {
    places: rows.map(({ leaf }) => leaf),
    findings,
    lacking: told.filter((id) => !known.has(id)),
    checkpoints: (await db.q.select().from(ledgerCheckpoint)).length,
  };
}
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('processes that write at the same time', () => {
  let server: TestPostgres;
  let db: Database;
  const folder = mkdtempSync(join(tmpdir(), 'su-ledger-'));
  before(async () => {
    server = await openTestPostgres();
    db = await server.open();
  });
  after(async () => {
    await db.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('sequence on PostgreSQL without a gap or a double, also where one is killed', async () => {
    const writers = [new Writer(server.url, 'a', 'sequences', '60'), new Writer(server.url, 'b', 'sequences', '60')];
    const killed = new Writer(server.url, 'c', 'sequences', '10000');
    await Promise.all(writers.map((writer) => writer.hasTold(240)));
    await killed.hasTold(40);
    await killed.end('SIGKILL');
    await Promise.all(writers.map((writer) => writer.end()));
    const told = [...writers, killed].flatMap((writer) => writer.told);
    const { places, findings, lacking, checkpoints } = await look(db, told);
    assert.deepEqual({ findings, lacking }, { findings: [], lacking: [] });
    assert.ok(places.length >= told.length && told.length >= 520);
    assert.deepEqual(places, upTo(places.length));
    assert.ok(checkpoints > 3, 'the processes signed while they wrote');
  });

  for (const kind of ['PostgreSQL', 'PGlite'] as const) {
    test(`lose nothing on ${kind} when killed between the act and its sequencing`, async () => {
      const place = kind === 'PGlite' ? join(folder, 'broker') : server.url;
      const writer = new Writer(place, 'alone', 'waits', '10000');
      await writer.hasTold(50);
      await writer.end('SIGKILL');
      const reopened = kind === 'PGlite' ? await openPglite({ dataDir: place }) : db;
      const { places, findings, lacking } = await look(reopened, writer.told);
      assert.deepEqual({ findings, lacking }, { findings: [], lacking: [] });
      assert.deepEqual(places, upTo(places.length));
      if (reopened !== db) await reopened.close();
    });
  }
});
