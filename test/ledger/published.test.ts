import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { record } from '../../demo/audit/index.ts';
import { CHECKPOINT_FILE, publishCheckpoint } from '../../demo/ledger/published.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import { type TestDeps, testDeps } from '../support/broker.ts';

let deps: TestDeps;
const parent = mkdtempSync(join(tmpdir(), 'su-ledger-'));
const folder = join(parent, 'kept');
const file = join(folder, CHECKPOINT_FILE);
before(async () => {
  deps = await testDeps();
});
after(async () => {
  await deps.close();
  rmSync(parent, { recursive: true });
});

const signed = async () => {
  const act = { tenant: 'acme', app: 'cases', actor: 'broker', act: 'upload.expired', subject: 'upload-1' };
  await deps.db.transaction((tx) => record(tx, new Date(deps.now()), act));
  return (await sequence(deps))?.note ?? '';
};

test('a checkpoint is added to the file once, after those that stand there', async () => {
  await publishCheckpoint(deps, folder);
  const first = await signed();
  await publishCheckpoint(deps, folder);
  await publishCheckpoint(deps, folder);
  assert.equal(readFileSync(file, 'utf8'), first);
  const second = await signed();
  await publishCheckpoint(deps, folder);
  assert.equal(readFileSync(file, 'utf8'), first + second);
});

test('of a file that has grown for years only the end is read', async () => {
  const { size } = statSync(file);
  const hole = 3 * 1024 ** 3; // More than one read may take, and than a string may hold.
  truncateSync(file, hole);
  const next = await signed();
  await publishCheckpoint(deps, folder);
  await publishCheckpoint(deps, folder);
  assert.equal(statSync(file).size, hole + 1 + Buffer.byteLength(next));
  truncateSync(file, size);
});

test('others may read checkpoints where what a process writes is for its own user', async () => {
  const [shared, usual] = [join(parent, 'shared'), process.umask(0o077)];
  await signed();
  await publishCheckpoint(deps, shared).finally(() => process.umask(usual));
  const modes = [shared, join(shared, CHECKPOINT_FILE)].map((path) => (statSync(path).mode & 0o777).toString(8));
  assert.deepEqual(modes, process.platform === 'win32' ? modes : ['755', '644']);
});

test('a checkpoint that a crash has torn does not spoil the next', async () => {
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.slice(0, -20));
  const next = await signed();
  await publishCheckpoint(deps, folder);
  assert.equal(readFileSync(file, 'utf8'), `${before.slice(0, -20)}\n${next}`);
});
