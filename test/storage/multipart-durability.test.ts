import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { S3 } from '../../demo/bucket/s3.ts';
import { Buckets } from '../../demo/storage/buckets.ts';
import { filesOnDisk, MIB } from './parts.ts';
import { spawnStore } from './store-process.ts';
import { BUCKET, begin, sha256, signer, startTestStore, temporaryFolder } from './support.ts';

const BODIES = [randomBytes(5 * MIB), randomBytes(5 * MIB), randomBytes(1000)];

async function sendPart(s3: S3, key: string, uploadId: string, number: number, body: Buffer): Promise<number> {
  const headers = { 'content-length': String(body.byteLength), 'x-amz-checksum-sha256': sha256(body) };
  const query = { partNumber: String(number), uploadId };
  const { url } = await s3.presign('PUT', key, { headers, query, seconds: 600 });
  return (await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) })).status;
}

/** Sends the first half of a part, and answers once the store has it on disk. */
async function sendHalf(s3: S3, key: string, uploadId: string, number: number, dataDir: string): Promise<void> {
  const body = randomBytes(4_000_000);
  const headers = { 'content-length': String(body.byteLength), 'x-amz-checksum-sha256': sha256(body) };
  const query = { partNumber: String(number), uploadId };
  const { url } = await s3.presign('PUT', key, { headers, query, seconds: 60 });
  const before = readdirSync(join(dataDir, 'temporary')).length;
  const call = request(url, { method: 'PUT', headers });
  call.on('error', () => {}); // The store is killed under it.
  await new Promise((resolve) => call.write(body.subarray(0, 2_000_000), resolve));
  while (readdirSync(join(dataDir, 'temporary')).length === before) await new Promise(setImmediate);
}

async function listed(s3: S3, key: string, uploadId: string): Promise<[number, string, string][]> {
  const text = await (await s3.send('GET', key, { query: { uploadId } })).text();
  const rows = text.matchAll(
    /<PartNumber>(\d+)<.*?<ETag>([^<]+)<.*?<ChecksumSHA256>([^<]+)<\/ChecksumSHA256><\/Part>/g,
  );
  return [...rows].map(([, number = '', etag = '', sum = '']) => [Number(number), etag, sum]);
}

async function complete(s3: S3, key: string, uploadId: string): Promise<number> {
  const parts = (await listed(s3, key, uploadId)).map(
    ([number, etag, sum]) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><ChecksumSHA256>${sum}</ChecksumSHA256></Part>`,
  );
  const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  return (await s3.send('POST', key, { query: { uploadId }, body })).status;
}

async function openUploads(s3: S3): Promise<string[]> {
  const text = await (await s3.send('GET', '', { query: { uploads: '' } })).text();
  return [...text.matchAll(/<UploadId>([^<]+)<\/UploadId>/g)].map(([, id = '']) => id);
}

const read = async (s3: S3, key: string) => {
  const response = await s3.send('GET', key);
  const bytes = Buffer.from(await response.arrayBuffer());
  return response.status === 200 ? bytes : null;
};

describe('after kill -9', { timeout: 120_000 }, () => {
  test('an open upload is listed with every answered part, goes on and completes; an orphan can be aborted', async (t) => {
    const dataDir = temporaryFolder(t);
    const first = await spawnStore(t, dataDir);
    const s3 = signer(first.url, Date.now);
    await s3.send('PUT', '');
    const [id, orphan] = [await begin(s3, 'key'), await begin(s3, 'orphan')];
    assert.equal(await sendPart(s3, 'orphan', orphan, 1, Buffer.from('never ended')), 200);
    assert.equal(await sendPart(s3, 'key', id, 1, randomBytes(10)), 200);
    for (const [index, body] of BODIES.slice(0, 2).entries())
      assert.equal(await sendPart(s3, 'key', id, index + 1, body), 200);
    await sendHalf(s3, 'key', id, 2, dataDir);
    await sendHalf(s3, 'key', id, 3, dataDir);
    await first.kill();

    const again = signer((await spawnStore(t, dataDir)).url, Date.now);
    assert.deepEqual(readdirSync(join(dataDir, 'temporary')), []);
    assert.deepEqual((await openUploads(again)).sort(), [id, orphan].sort());
    assert.deepEqual(
      (await listed(again, 'key', id)).map(([number, , sum]) => [number, sum]),
      BODIES.slice(0, 2).map((body, index) => [index + 1, sha256(body)]),
    );
    assert.equal(await read(again, 'key'), null);
    const [, , last = Buffer.alloc(0)] = BODIES;
    assert.equal(await sendPart(again, 'key', id, 3, last), 200);
    assert.equal(await complete(again, 'key', id), 200);
    assert.deepEqual(await read(again, 'key'), Buffer.concat(BODIES));
    assert.equal((await again.send('DELETE', 'orphan', { query: { uploadId: orphan } })).status, 204);
    assert.deepEqual(await openUploads(again), []);
    assert.equal(filesOnDisk({ dataDir }).filter((name) => name.endsWith('.part')).length, BODIES.length);
  });

  test('in the middle of many uploads each one is open with its parts, or an object, and never both or neither', async (t) => {
    const dataDir = temporaryFolder(t);
    const first = await spawnStore(t, dataDir);
    const s3 = signer(first.url, Date.now);
    await s3.send('PUT', '');
    const bodyOf = (index: number) => Buffer.from(`${index}:`.repeat(2000));
    const [sent, ended] = [new Map<number, string>(), new Set<number>()];
    const killAt = randomInt(10, 60);
    t.diagnostic(`killed after ${killAt} completions`);
    let next = 0;
    let killed: Promise<void> | null = null;
    const writer = async () => {
      while (!killed) {
        const index = next++;
        const id = await begin(s3, `many/${index}`);
        if ((await sendPart(s3, `many/${index}`, id, 1, bodyOf(index))) === 200) sent.set(index, id);
        if ((await complete(s3, `many/${index}`, id)) === 200) ended.add(index);
        if (ended.size >= killAt) killed ??= first.kill();
      }
    };
    // The store is killed under them.
    await Promise.all(Array.from({ length: 20 }, () => writer().catch(() => {})));
    await killed;

    const again = signer((await spawnStore(t, dataDir)).url, Date.now);
    const open = new Set(await openUploads(again));
    for (const [index, id] of sent) {
      const bytes = await read(again, `many/${index}`);
      if (bytes) assert.deepEqual(bytes, bodyOf(index));
      else {
        assert.ok(!ended.has(index), `${index} was answered`);
        assert.equal((await listed(again, `many/${index}`, id))[0]?.[2], sha256(bodyOf(index)));
      }
      assert.equal(open.has(id), bytes === null, `${index} is open or an object`);
    }
  });
});

test('a crash between object and end of its upload leaves the object, and nothing to open or abort', async (t) => {
  const store = await startTestStore(t);
  const id = await begin(store.s3, 'key');
  await sendPart(store.s3, 'key', id, 1, Buffer.from('bytes'));
  const [folder = ''] = readdirSync(join(store.dataDir, 'buckets'));
  const uploads = join(store.dataDir, 'buckets', folder, 'uploads');
  const [name = ''] = readdirSync(uploads);
  const json = readFileSync(join(uploads, name, 'upload.json'));
  assert.equal(await complete(store.s3, 'key', id), 200);
  writeFileSync(join(uploads, name, 'upload.json'), json);
  const [kept = ''] = readdirSync(join(uploads, name));
  writeFileSync(join(uploads, name, kept.replace(/^1-1-/, '2-9-')), 'a part that nobody named');

  const bucket = (await Buckets.open(store.dataDir)).get(BUCKET);
  assert.deepEqual(bucket.uploads.all(), []);
  assert.equal(bucket.find('key')?.size, 5);
  assert.deepEqual(readdirSync(join(uploads, name)), [kept]);
});

test('leftovers of uploads are removed at start: no JSON, half a JSON, another name, an older part', async (t) => {
  const store = await startTestStore(t);
  const id = await begin(store.s3, 'key');
  await sendPart(store.s3, 'key', id, 1, Buffer.from('older'));
  const [folder = ''] = readdirSync(join(store.dataDir, 'buckets'));
  const uploads = join(store.dataDir, 'buckets', folder, 'uploads');
  const [name = ''] = readdirSync(uploads);
  const older = readdirSync(join(uploads, name)).find((file) => file.endsWith('.part')) ?? '';
  await sendPart(store.s3, 'key', id, 1, Buffer.from('newer'));
  writeFileSync(join(uploads, name, older), 'older');
  const json = readFileSync(join(uploads, name, 'upload.json'));
  for (const [left, text] of [
    ['a'.repeat(64), null],
    ['b'.repeat(64), '{"id":"half'],
    ['c'.repeat(64), json],
  ] as const) {
    mkdirSync(join(uploads, left));
    writeFileSync(join(uploads, left, older), 'bytes');
    if (text !== null) writeFileSync(join(uploads, left, 'upload.json'), text);
  }

  const bucket = (await Buckets.open(store.dataDir)).get(BUCKET);
  assert.deepEqual(readdirSync(uploads), [name]);
  assert.deepEqual(
    bucket.uploads.get('key', id).parts.map(({ sha256: hex }) => Buffer.from(hex, 'hex').toString('base64')),
    [sha256('newer')],
  );
  assert.ok(!readdirSync(join(uploads, name)).includes(older));
});

test('an object that was kept before there were parts is still there', async (t) => {
  const store = await startTestStore(t);
  await store.s3.send('PUT', 'key', { body: 'bytes' });
  const [folder = ''] = readdirSync(join(store.dataDir, 'buckets'));
  const objects = join(store.dataDir, 'buckets', folder, 'objects');
  const json = join(objects, readdirSync(objects).find((name) => name.endsWith('.json')) ?? '');
  const { pieces, ...facts } = JSON.parse(readFileSync(json, 'utf8'));
  writeFileSync(json, JSON.stringify({ ...facts, file: pieces[0].file.slice('objects/'.length) }));
  renameSync(join(store.dataDir, 'buckets', folder, 'uploads'), join(store.dataDir, 'no-uploads-yet'));

  const bucket = (await Buckets.open(store.dataDir)).get(BUCKET);
  const found = bucket.find('key');
  assert.ok(found);
  const source = bucket.bytesOf(found, 0, 4);
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  await source.close();
  assert.equal(Buffer.concat(chunks).toString(), 'bytes');
});
