import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { S3 } from '../../demo/bucket/s3.ts';
import { Buckets } from '../../demo/storage/buckets.ts';
import { spawnStore } from './store-process.ts';
import { BUCKET, sha256, signer, startTestStore, temporaryFolder } from './support.ts';

const put = async (s3: S3, key: string, body: string) => (await s3.send('PUT', key, { body })).status;
async function read(s3: S3, key: string): Promise<string | null> {
  const response = await s3.send('GET', key);
  const text = await response.text();
  return response.status === 200 ? text : null;
}
async function keysOf(s3: S3): Promise<string[]> {
  const text = await (await s3.send('GET', '', { query: { 'list-type': '2' } })).text();
  return [...text.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key);
}

/** Sends the first half of a body, and answers once the store has it on disk. */
async function sendHalf(s3: S3, key: string, dataDir: string): Promise<void> {
  const body = randomBytes(4_000_000);
  const headers = { 'content-length': String(body.byteLength), 'x-amz-checksum-sha256': sha256(body) };
  const { url } = await s3.presign('PUT', key, { headers, seconds: 60 });
  const before = readdirSync(join(dataDir, 'temporary')).length;
  const call = request(url, { method: 'PUT', headers });
  call.on('error', () => {}); // The store is killed under it.
  await new Promise((resolve) => call.write(body.subarray(0, 2_000_000), resolve));
  while (readdirSync(join(dataDir, 'temporary')).length === before) await new Promise(setImmediate);
}

describe('after kill -9', { timeout: 60_000 }, () => {
  test('what was acknowledged is there, what was half is not, and the old bytes of a half overwrite still are', async (t) => {
    const dataDir = temporaryFolder(t);
    const first = await spawnStore(t, dataDir);
    const s3 = signer(first.url, Date.now);
    assert.equal((await s3.send('PUT', '')).status, 200);
    assert.equal(await put(s3, 'kept', 'acknowledged'), 200);
    await sendHalf(s3, 'half', dataDir);
    await sendHalf(s3, 'kept', dataDir);
    await first.kill();
    assert.equal(readdirSync(join(dataDir, 'temporary')).length, 2);

    const again = signer((await spawnStore(t, dataDir)).url, Date.now);
    assert.equal(await read(again, 'kept'), 'acknowledged');
    assert.equal(await read(again, 'half'), null);
    assert.deepEqual(await keysOf(again), ['kept']);
    assert.deepEqual(readdirSync(join(dataDir, 'temporary')), []);
  });

  test('in the middle of many writes every answered one is there and every listed one is whole', async (t) => {
    const dataDir = temporaryFolder(t);
    const first = await spawnStore(t, dataDir);
    const s3 = signer(first.url, Date.now);
    await s3.send('PUT', '');
    const bodyOf = (index: number) => `${index}:`.repeat(5000);
    const answered: number[] = [];
    const killAt = randomInt(20, 200);
    t.diagnostic(`killed after ${killAt} answers`);
    let next = 0;
    let killed: Promise<void> | null = null;
    const writer = async () => {
      while (!killed) {
        const index = next++;
        const status = await put(s3, `many/${index}`, bodyOf(index)).catch(() => 0);
        if (status === 200) answered.push(index);
        if (answered.length >= killAt) killed ??= first.kill();
      }
    };
    await Promise.all(Array.from({ length: 30 }, writer));
    await killed;

    const again = signer((await spawnStore(t, dataDir)).url, Date.now);
    const found = new Map<string, string | null>();
    for (const key of await keysOf(again)) found.set(key, await read(again, key));
    for (const [key, body] of found) assert.equal(body, bodyOf(Number(key.split('/')[1])), key);
    for (const index of answered) assert.ok(found.has(`many/${index}`), `${index} was answered`);
  });
});

test('leftovers of a crash are removed at start and never served', async (t) => {
  const store = await startTestStore(t);
  await put(store.s3, 'kept', 'bytes');
  const [folder = ''] = readdirSync(join(store.dataDir, 'buckets'));
  const objects = join(store.dataDir, 'buckets', folder, 'objects');
  const before = readdirSync(objects).sort();
  writeFileSync(join(objects, `${'a'.repeat(64)}-00000000-0000-4000-8000-000000000000.bytes`), 'no JSON names these');
  writeFileSync(join(objects, `${'b'.repeat(64)}.json`), '{"key":"half"');
  const facts = {
    key: 'cut',
    size: 9,
    type: 'a/b',
    md5: '',
    sha256: '',
    modified: 0,
    meta: {},
    file: '../../../bucket.json',
  };
  writeFileSync(join(objects, `${'c'.repeat(64)}.json`), JSON.stringify(facts));
  writeFileSync(join(store.dataDir, 'temporary', 'half'), 'half');

  const buckets = await Buckets.open(store.dataDir);
  assert.deepEqual(buckets.get(BUCKET).keys(), ['kept']);
  assert.deepEqual(readdirSync(objects).sort(), before);
  assert.deepEqual(readdirSync(join(store.dataDir, 'temporary')), []);
});
