import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import { spawnStore } from './store-process.ts';
import { begin, sha256, signer, temporaryFolder } from './support.ts';

const SIZE = 2 * 1024 ** 3;
const PIECE = Buffer.alloc(1024 ** 2, 'secure-upload ');
const MOST_MIB = 100;

test(`a PUT and a GET of 2 GiB need no more than ${MOST_MIB} MiB`, { timeout: 180_000 }, async (t) => {
  const store = await spawnStore(t, temporaryFolder(t));
  const s3 = signer(store.url, Date.now);
  await s3.send('PUT', '');
  await s3.send('PUT', 'small', { body: 'small' });
  const before = await store.peakMib();

  const hash = createHash('sha256');
  for (let sent = 0; sent < SIZE; sent += PIECE.byteLength) hash.update(PIECE);
  const headers = { 'content-length': String(SIZE), 'x-amz-checksum-sha256': hash.digest('base64') };
  const { url } = await s3.presign('PUT', 'large', { headers, seconds: 600 });
  const call = request(url, { method: 'PUT', headers });
  const answered = once(call, 'response');
  for (let sent = 0; sent < SIZE; sent += PIECE.byteLength) await write(call, PIECE);
  call.end();
  const [response] = (await answered) as [IncomingMessage];
  response.resume();
  assert.equal(response.statusCode, 200);

  let received = 0;
  const download = await s3.send('GET', 'large');
  for await (const chunk of download.body ?? []) received += chunk.byteLength;
  assert.equal(received, SIZE);

  const after = await store.peakMib();
  t.diagnostic(`peak ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`);
  assert.ok(after - before <= MOST_MIB, `${(after - before).toFixed(0)} MiB more than before`);
});

const PART_BYTES = 8 * 1024 ** 2;
const PARTS = 128;

test(`1 GiB in parts, their completion and a GET need no more than ${MOST_MIB} MiB`, {
  timeout: 180_000,
}, async (t) => {
  const store = await spawnStore(t, temporaryFolder(t));
  const s3 = signer(store.url, Date.now);
  await s3.send('PUT', '');
  await s3.send('PUT', 'small', { body: 'small' });
  const before = await store.peakMib();

  const body = Buffer.alloc(PART_BYTES, 'secure-upload ');
  const sum = sha256(body);
  const headers = { 'content-length': String(PART_BYTES), 'x-amz-checksum-sha256': sum };
  const uploadId = await begin(s3, 'large');
  let next = 1;
  const sender = async () => {
    for (let number = next++; number <= PARTS; number = next++) {
      const query = { partNumber: String(number), uploadId };
      const { url } = await s3.presign('PUT', 'large', { headers, query, seconds: 600 });
      assert.equal((await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) })).status, 200);
    }
  };
  await Promise.all(Array.from({ length: 6 }, sender));
  const etag = createHash('md5').update(body).digest('hex');
  const parts = Array.from(
    { length: PARTS },
    (_, index) =>
      `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag><ChecksumSHA256>${sum}</ChecksumSHA256></Part>`,
  );
  const xml = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  assert.equal((await s3.send('POST', 'large', { query: { uploadId }, body: xml })).status, 200);

  let received = 0;
  const download = await s3.send('GET', 'large');
  for await (const chunk of download.body ?? []) received += chunk.byteLength;
  assert.equal(received, PARTS * PART_BYTES);

  const after = await store.peakMib();
  t.diagnostic(`peak ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`);
  assert.ok(after - before <= MOST_MIB, `${(after - before).toFixed(0)} MiB more than before`);
});

async function write(call: ClientRequest, piece: Buffer): Promise<void> {
  if (!call.write(piece)) await once(call, 'drain');
}
