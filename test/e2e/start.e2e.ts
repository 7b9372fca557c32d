import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../build/root.ts';
import { type Demo, startDemo } from './support/demo.ts';

describe('npm start', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ isFirst: true });
  });
  after(() => demo?.stop().catch(() => {}));

  test('the JSON line names every part and an account that works', () => {
    for (const address of [demo.site, demo.broker, demo.provider, demo.storage, demo.inbox])
      assert.ok(URL.canParse(address));
    assert.equal(new URL(demo.site).hostname, 'localhost');
    assert.equal(new URL(demo.broker).hostname, '127.0.0.1');
    assert.deepEqual(demo.accounts[0], {
      username: 'jo',
      password: 'jo-demo',
      name: 'Jo Meyer',
      email: 'jo@acme.example',
      what: 'Acme: uploads and sends links',
    });
  });

  test('no other user of the machine reaches the records, the signing keys or the uploaded bytes', () => {
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    const closed = ['', 'broker', 'storage', 'storage/buckets', 'storage-key.json'];
    const modes = closed.map((path) => modeOf(join(demo.dataDir, path)));
    assert.deepEqual(modes, process.platform === 'win32' ? modes : ['700', '700', '700', '700', '600']);
  });

  test('a second start on the same folder is refused in one line', async () => {
    const { code, stderr } = await run({ DATA_DIR: demo.dataDir, PORT: '0' });
    assert.equal(code, 1);
    assert.match(stderr, /^Another demo uses \S+ \(process \d+\)\. Stop it, or set DATA_DIR\.\n$/);
  });

  test('a taken port is refused in one line', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await run({ DATA_DIR: folder(), PORT: '0', PORT_BROKER: String(port) });
    taken.close();
    assert.equal(code, 1);
    assert.equal(
      stderr,
      `Port ${port} is in use. Stop the other program, start with PORT_BROKER=${port + 10}, or with PORT=0, which takes free ones.\n`,
    );
  });

  test('a folder that cannot be written is refused in one line', async () => {
    const file = join(folder(), 'not-a-folder');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const { code, stderr } = await run({ DATA_DIR: file, PORT: '0' });
    assert.equal(code, 1);
    assert.match(stderr, /^The folder \S+ cannot be written\. Check its owner, or set DATA_DIR\.\n$/);
  });

  test('a setting that makes no sense is refused in one line', async () => {
    const { code, stderr } = await run({ DATA_DIR: folder(), PORT: 'eighty' });
    assert.equal(code, 1);
    assert.equal(stderr, 'PORT is "eighty". It must be a whole number from 0 to 65535.\n');
  });

  test('SIGTERM stops everything within two seconds and gives the folder back', async () => {
    const took = await demo.stop();
    assert.ok(took < 2000, `${took} ms`);
    assert.ok(!existsSync(join(demo.dataDir, 'lock')));
  });
});

const folder = () => mkdtempSync(join(tmpdir(), 'secure-upload-start-'));

async function run(env: Record<string, string>): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, ['demo/start.mjs'], {
    cwd: root,
    env: { ...process.env, DEMO_JSON: '1', ...env },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stderr };
}
