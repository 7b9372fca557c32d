import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Problem } from '../../demo/base/problem.ts';
import { examine, examineAndClear } from '../../demo/bucket/doctor.ts';
import { type Bucket, createStorage } from '../../demo/bucket/storage.ts';
import type { PutGrant } from '../../src/contract/index.ts';
import { sha256 } from '../storage/support.ts';
import { type Ceph, CREDENTIALS, startCeph } from './ceph.ts';

/** Our storage and doctor against a store that is not ours. Run by `npm run test:ceph`; Debian 12 has Ceph 16. */
const REGION = 'eu-central-1';
const PAGE = 'http://localhost:8080';
const BODY = randomBytes(200_000);
const MIB = 1024 ** 2;
const isDown = (error: unknown) => error instanceof Problem && error.code === 'store_down';

let ceph: Ceph;
const bucketOf = (name: string, change = {}): Bucket =>
  createStorage({ endpoint: ceph.url, region: REGION, bucket: name, ...CREDENTIALS, ...change }, { now: Date.now });
const objectOf = (key: string, body: Uint8Array = BODY) => ({
  key,
  size: body.byteLength,
  type: 'image/png',
  sha256: sha256(body),
});
const use = async (grant: PutGrant, body: Uint8Array, headers: Record<string, string> = {}) =>
  (await fetch(grant.url, { method: 'PUT', headers: { ...grant.headers, ...headers }, body: new Uint8Array(body) }))
    .status;

before(
  async () => {
    ceph = await startCeph();
  },
  { timeout: 12 * 60_000 },
);
after(() => ceph?.stop(), { timeout: 60_000 });

describe('on Ceph RGW', { timeout: 120_000 }, () => {
  test('the doctor makes the bucket, passes every check and clears it, bound by what this version enforces', async (t) => {
    const bucket = bucketOf('doctor');
    const checks = await examineAndClear(bucket, [PAGE]);
    t.diagnostic(`Ceph ${ceph.version}`);
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      [],
    );
    assert.equal(checks.length, 19);
    const grant = await bucket.grantPut(objectOf('key'), 60);
    const isOld = Number(ceph.version.split('.')[0]) < 20;
    assert.equal('x-amz-content-sha256' in grant.headers, isOld);
    const small = await bucket.grantFile(objectOf('key'), 60, true);
    t.diagnostic(checks.find(({ name }) => name === 'knows how small files travel')?.detail ?? '');
    // It knows no condition against overwriting in a form, and 16 no checksum either.
    assert.equal(small.method, 'PUT');
    assert.equal(bucket.requests, 6);
    for await (const { key } of bucket.list('')) assert.fail(`${key} was left behind`);
    for await (const { key } of bucket.openMultiparts('')) assert.fail(`an upload of ${key} was left behind`);
    assert.equal((await bucket.listParts('key', await bucket.createMultipart('key', 'image/png')))?.length, 0);
  });

  test('a granted file is stored bit for bit once, and another client reads the same bytes', async (t) => {
    const bucket = bucketOf('files');
    await examineAndClear(bucket, [PAGE]);
    const key = 'in/ümläut + (1).png';
    const grant = await bucket.grantPut(objectOf(key), 60);
    assert.equal(await bucket.head(key), null);
    assert.equal(await use(grant, BODY.subarray(1)), 403);
    assert.equal(await use(grant, randomBytes(BODY.byteLength)), 400);
    assert.equal(await use(grant, BODY, { 'content-type': 'text/html' }), 403);
    assert.equal(await bucket.head(key), null);
    assert.equal(await use(grant, BODY), 200);
    assert.equal(await use(grant, BODY), 412);
    assert.deepEqual(await bucket.head(key), { size: BODY.byteLength, type: 'image/png', sha256: sha256(BODY) });
    assert.deepEqual(Buffer.from(await bucket.read(key, 100, 163)), BODY.subarray(100, 164));

    const sdk = new S3Client({ endpoint: ceph.url, region: REGION, credentials: CREDENTIALS, forcePathStyle: true });
    t.after(() => sdk.destroy());
    const { Body } = await sdk.send(new GetObjectCommand({ Bucket: 'files', Key: key }));
    assert.deepEqual(Buffer.from((await Body?.transformToByteArray()) ?? []), BODY);

    const { url } = await bucket.signGet(key, 'Straße.png', 60);
    const download = await fetch(url);
    assert.equal(download.headers.get('content-type'), 'application/octet-stream');
    assert.equal(
      download.headers.get('content-disposition'),
      `attachment; filename="Stra_e.png"; filename*=UTF-8''Stra%C3%9Fe.png`,
    );
    assert.deepEqual(Buffer.from(await download.arrayBuffer()), BODY);

    const shown = new URL(url);
    shown.searchParams.set('response-content-type', 'text/html');
    const open = new URL(url);
    open.searchParams.set('X-Amz-Expires', '3600');
    // Signed as it would have been a minute and two seconds ago.
    const before = createStorage(
      { endpoint: ceph.url, region: REGION, bucket: 'files', ...CREDENTIALS },
      { now: () => Date.now() - 62_000 },
    );
    const over = await before.signGet(key, 'Straße.png', 60);
    for (const address of [shown.href, open.href, over.url, url.split('?')[0] ?? '']) {
      assert.equal((await fetch(address)).status, 403);
    }
    assert.equal((await fetch(url, { method: 'DELETE' })).status, 403);

    const listed: unknown[] = [];
    for await (const object of bucket.list('in/')) listed.push(object);
    assert.deepEqual(listed, [{ key, size: BODY.byteLength }]);
    await bucket.remove(key);
    await bucket.remove(key);
    assert.equal(await bucket.head(key), null);
    await assert.rejects(
      bucket.read(key, 0, 1),
      (error) => error instanceof Problem && error.code === 'not_stored_yet',
    );
  });

  test('a file in parts is stored bit for bit, each part held to its grant, and no late part changes it', async (t) => {
    const bucket = bucketOf('parts');
    await examineAndClear(bucket, [PAGE]);
    const key = 'in/ümläut + (2).png';
    const uploadId = await bucket.createMultipart(key, 'image/png');
    const bodies = [randomBytes(5 * MIB), randomBytes(5 * MIB), BODY];
    const grantFor = (body: Uint8Array, number: number) =>
      bucket.grantPart({ key, uploadId, number, size: body.byteLength, sha256: sha256(body) }, 60);
    for (const [index, body] of bodies.entries()) {
      const grant = await grantFor(body, index + 1);
      assert.equal(await use(grant, body.subarray(1)), 403);
      assert.equal(await use(grant, randomBytes(body.byteLength)), 400);
      assert.equal(await use({ ...grant, url: grant.url.replace(/partNumber=\d+/, 'partNumber=9') }, body), 403);
      assert.equal(await use(grant, body), 200);
    }
    const parts = (await bucket.listParts(key, uploadId)) ?? [];
    assert.deepEqual(
      parts.map(({ number, size }) => [number, size]),
      bodies.map((body, index) => [index + 1, body.byteLength]),
    );
    assert.deepEqual(await bucket.listMultiparts(key), [uploadId]);
    assert.equal(await bucket.head(key), null);
    const wrong = parts.map((part) => ({ ...part, etag: `"${'0'.repeat(32)}"` }));
    await assert.rejects(bucket.completeMultipart(key, uploadId, wrong), isDown);
    assert.equal(await bucket.completeMultipart(key, uploadId, parts), 'done');
    assert.equal(await bucket.completeMultipart(key, uploadId, parts), 'gone');
    assert.ok([403, 404].includes(await use(await grantFor(BODY, 3), BODY)), 'a part after completion is refused');
    const stored = await bucket.head(key);
    t.diagnostic(`composite checksum: ${stored?.sha256 ?? 'none'}`);
    const whole = Buffer.concat(bodies);
    assert.deepEqual([stored?.size, stored?.type], [whole.byteLength, 'image/png']);
    const sdk = new S3Client({ endpoint: ceph.url, region: REGION, credentials: CREDENTIALS, forcePathStyle: true });
    t.after(() => sdk.destroy());
    const { Body } = await sdk.send(new GetObjectCommand({ Bucket: 'parts', Key: key }));
    assert.ok(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(whole));
  });

  test('an upload in parts takes no name that is taken, is found by its key, and is gone when aborted', async () => {
    const bucket = bucketOf('parts');
    await examineAndClear(bucket, [PAGE]);
    assert.equal(await use(await bucket.grantPut(objectOf('taken'), 60), BODY), 200);
    const uploadId = await bucket.createMultipart('taken', 'image/png');
    const small = Buffer.from('small');
    const part = { key: 'taken', uploadId, number: 1, size: small.byteLength, sha256: sha256(small) };
    assert.equal(await use(await bucket.grantPart(part, 60), small), 200);
    const parts = (await bucket.listParts('taken', uploadId)) ?? [];
    assert.equal(await bucket.completeMultipart('taken', uploadId, parts), 'taken');
    assert.deepEqual(Buffer.from(await bucket.read('taken', 0, BODY.byteLength)), BODY);
    for (const _ of [1, 2]) await bucket.abortMultipart('taken', uploadId);
    assert.deepEqual(await bucket.listMultiparts('taken'), []);
    assert.equal(await bucket.listParts('taken', uploadId), null);
    await bucket.remove('taken');
    assert.equal(await bucket.completeMultipart('taken', uploadId, parts), 'gone');
  });

  test('lists of more than a thousand parts go over all pages', async () => {
    const bucket = bucketOf('parts');
    await examineAndClear(bucket, [PAGE]);
    const uploadId = await bucket.createMultipart('many', 'image/png');
    let next = 1;
    const sender = async () => {
      for (let number = next++; number <= 1005; number = next++) {
        const body = Buffer.from(String(number));
        const part = { key: 'many', uploadId, number, size: body.byteLength, sha256: sha256(body) };
        assert.equal(await use(await bucket.grantPart(part, 60), body), 200);
      }
    };
    await Promise.all(Array.from({ length: 10 }, sender));
    const parts = (await bucket.listParts('many', uploadId)) ?? [];
    assert.deepEqual(
      parts.map(({ number }) => number),
      Array.from({ length: 1005 }, (_, index) => index + 1),
    );
    await bucket.abortMultipart('many', uploadId);
  });

  test('exactly one of ten parallel writers of one key wins', async () => {
    const bucket = bucketOf('race');
    await examineAndClear(bucket, [PAGE]);
    const bodies = Array.from({ length: 10 }, (_, index) => Buffer.from(`writer ${index}`));
    const statuses = await Promise.all(
      bodies.map(async (body) => use(await bucket.grantPut(objectOf('key', body), 60), body)),
    );
    assert.deepEqual(statuses.sort(), [200, ...Array<number>(9).fill(412)]);
  });

  test('a page is let in by its origin alone, an unsigned reader by none', async () => {
    const bucket = bucketOf('pages');
    await examineAndClear(bucket, [PAGE]);
    const grant = await bucket.grantPut(objectOf('key'), 60);
    const preflight = async (origin: string) =>
      (
        await fetch(grant.url, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'PUT',
            'access-control-request-headers': Object.keys(grant.headers).join(','),
          },
        })
      ).headers.get('access-control-allow-origin');
    assert.equal(await preflight(PAGE), PAGE);
    assert.equal(await preflight('http://localhost:8081'), null);
    assert.equal(await use(grant, BODY), 200);
    assert.equal((await fetch(bucket.address('key'))).status, 403);
  });

  test('wrong keys are one failed check that names the variable', async () => {
    const { checks, binding } = await examine(bucketOf('doctor', { secretAccessKey: 'x' }), []);
    assert.equal(binding, null);
    assert.match(
      checks[0]?.detail ?? '',
      /403 SignatureDoesNotMatch; wanted 200\. Check S3_SECRET_ACCESS_KEY and S3_REGION\./,
    );
  });
});
