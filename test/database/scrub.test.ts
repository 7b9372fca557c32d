import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPglite } from '../../demo/database/index.ts';
import { openTestPglite } from '../support/database.ts';

test('what is written while the files are cleared is there after a crash, every acknowledged row', async (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'su-scrub-'));
  t.after(() => rmSync(parent, { recursive: true }));
  const [folder, copy] = [join(parent, 'data'), join(parent, 'copy')];
  const db = await openTestPglite({ dataDir: folder });
  t.after(() => db.close());
  await db.execute('create table written (id text primary key)');
  const acknowledged: string[] = [];
  let isClearing = true;
  const write = async (writer: number) => {
    for (let i = 0; isClearing; i++) {
      await db.execute('insert into written values ($1)', [`${writer}-${i}`]);
      acknowledged.push(`${writer}-${i}`);
    }
  };
  const clear = async () => {
    for (let round = 0; round < 3; round++) await db.scrub();
    isClearing = false;
  };
  await Promise.all([clear(), ...[0, 1, 2, 3].map(write)]);
  // The folder as a power cut would leave it: nothing was closed.
  cpSync(folder, copy, { recursive: true });
  const logs = readdirSync(join(copy, 'pg_wal')).filter((name) => /^[0-9A-F]{24}$/.test(name));
  assert.equal(logs.length, 1, 'of the log of writes the last file alone is left');
  rmSync(join(copy, 'postmaster.pid'), { force: true });
  const again = await openPglite({ dataDir: copy });
  t.after(() => again.close());
  const { rows } = await again.execute('select id from written');
  assert.ok(acknowledged.length > 10);
  assert.deepEqual((rows as { id: string }[]).map(({ id }) => id).sort(), acknowledged.sort());
});
