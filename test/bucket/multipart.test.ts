import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import * as v from 'valibot';
import { Problem } from '../../demo/base/problem.ts';
import { S3 } from '../../demo/bucket/s3.ts';
import { type Binding, type Bucket, createStorage, type PartToStore } from '../../demo/bucket/storage.ts';
import { PutGrant } from '../../src/contract/index.ts';
import { CREDENTIALS, NOON, REGION, sha256, sha256Hex, startTestStore } from '../storage/support.ts';

const MIB = 1024 ** 2;
const KEY = 'in/2f9c';
const BODY = Buffer.from('exactly these bytes');
const BODIES = [randomBytes(5 * MIB), randomBytes(5 * MIB), BODY];
const PART: PartToStore = { key: KEY, uploadId: 'id', number: 1, size: BODY.byteLength, sha256: sha256(BODY) };

const config = (url: string, bucket = 'uploads') => ({ endpoint: url, region: REGION, bucket, ...CREDENTIALS });

async function openBucket(t: TestContext, binding: Binding = 'checksum', fetch = globalThis.fetch) {
  const store = await startTestStore(t);
  const bucket = createStorage(config(store.url), { now: () => store.clock, fetch });
  await bucket.ensure();
  bucket.clear(binding);
  return { store, bucket };
}

const use = async (grant: PutGrant, body: Uint8Array = BODY, headers: Record<string, string> = {}) =>
  (await fetch(grant.url, { method: 'PUT', headers: { ...grant.headers, ...headers }, body: new Uint8Array(body) }))
    .status;

async function sendAll(bucket: Bucket, uploadId: string, bodies: readonly Uint8Array[] = BODIES): Promise<void> {
  for (const [index, body] of bodies.entries()) {
    const part = { key: KEY, uploadId, number: index + 1, size: body.byteLength, sha256: sha256(body) };
    assert.equal(await use(await bucket.grantPart(part, 60), body), 200);
  }
}

const composite = (bodies: readonly Uint8Array[]) =>
  sha256(Buffer.concat(bodies.map((body) => createHash('sha256').update(body).digest())));
const isDown = (error: unknown) => error instanceof Problem && error.code === 'store_down';
const isUnsafe = (error: unknown) => error instanceof Problem && error.code === 'bucket_unsafe';

describe('a grant for a part', () => {
  test('signs number, upload, length, checksum and algorithm, and tells the page what to send', async (t) => {
    const { bucket } = await openBucket(t);
    const grant = await bucket.grantPart({ ...PART, number: 7, uploadId: 'a b/+&' }, 120);
    assert.ok(v.is(PutGrant, grant));
    assert.deepEqual(grant.headers, {
      'x-amz-checksum-sha256': PART.sha256,
      'x-amz-sdk-checksum-algorithm': 'SHA256',
    });
    const query = new URL(grant.url).searchParams;
    assert.deepEqual([query.get('partNumber'), query.get('uploadId')], ['7', 'a b/+&']);
    assert.deepEqual(query.get('X-Amz-SignedHeaders')?.split(';'), [
      'content-length',
      'host',
      'x-amz-checksum-sha256',
      'x-amz-sdk-checksum-algorithm',
    ]);
    assert.equal(query.get('X-Amz-Expires'), '120');
    assert.equal(grant.expires_at, new Date(NOON + 120_000).toISOString());
  });

  for (const binding of ['checksum', 'payload'] as const) {
    test(`bound by the ${binding} is taken with the bytes, number and upload it was made for, and with no others`, async (t) => {
      const { bucket } = await openBucket(t, binding);
      const [uploadId, other] = [await bucket.createMultipart(KEY, 'image/png'), await bucket.createMultipart(KEY, '')];
      const grant = await bucket.grantPart({ ...PART, uploadId }, 120);
      assert.equal(grant.headers['x-amz-content-sha256'], binding === 'payload' ? sha256Hex(BODY) : undefined);
      const changed = (name: string, value: string): PutGrant => {
        const url = new URL(grant.url);
        url.searchParams.set(name, value);
        return { ...grant, url: url.href };
      };
      assert.equal(await use(grant, Buffer.from('exactly those bytes')), 400);
      assert.equal(await use(grant, Buffer.from('more than these bytes')), 403);
      assert.equal(await use(grant, BODY, { 'content-type': 'text/html' }), 403);
      assert.equal(await use(grant, BODY, { 'x-amz-acl': 'public-read' }), 403);
      assert.equal(await use(changed('partNumber', '2')), 403);
      assert.equal(await use(changed('uploadId', other)), 403);
      assert.deepEqual(await bucket.listParts(KEY, uploadId), []);
      assert.equal(await use(grant), 200);
      assert.deepEqual(
        (await bucket.listParts(KEY, uploadId))?.map(({ number, size, sha256: sum }) => [number, size, sum]),
        [[1, BODY.byteLength, PART.sha256]],
      );
    });
  }

  test('and its upload are refused where the doctor has not cleared the bucket for parts', async (t) => {
    const { bucket } = await openBucket(t);
    for (const close of [() => bucket.clear(null), () => bucket.clear('checksum', { parts: false })]) {
      close();
      await assert.rejects(bucket.grantPart(PART, 60), isUnsafe);
      await assert.rejects(bucket.createMultipart(KEY, 'image/png'), isUnsafe);
      assert.deepEqual(await bucket.listMultiparts(KEY), [], 'nothing was begun');
    }
    await bucket.grantPut({ ...PART, type: 'image/png' }, 60);
    bucket.clear('checksum');
    await bucket.grantPart(PART, 60);
  });
});

describe('an upload in parts', () => {
  test('is put together once, with its type and the composite checksum of its parts', async (t) => {
    const { store, bucket } = await openBucket(t);
    const uploadId = await bucket.createMultipart(KEY, 'image/png');
    assert.deepEqual(await bucket.listParts(KEY, uploadId), []);
    await sendAll(bucket, uploadId);
    const parts = (await bucket.listParts(KEY, uploadId)) ?? [];
    assert.deepEqual(
      parts.map(({ number, size, sha256: sum }) => [number, size, sum]),
      BODIES.map((body, index) => [index + 1, body.byteLength, sha256(body)]),
    );
    assert.equal(await bucket.head(KEY), null);
    assert.equal(await bucket.completeMultipart(KEY, uploadId, parts), 'done');
    const size = BODIES.reduce((sum, body) => sum + body.byteLength, 0);
    assert.deepEqual(await bucket.head(KEY), { size, type: 'image/png', sha256: composite(BODIES) });
    const seam = 5 * MIB;
    assert.deepEqual(
      Buffer.from(await bucket.read(KEY, seam - 4, seam + 3)),
      Buffer.concat(BODIES).subarray(seam - 4, seam + 4),
    );
    assert.equal(
      await bucket.completeMultipart(KEY, uploadId, parts),
      'gone',
      'a lost answer is found again by a HEAD',
    );
    assert.equal(await bucket.listParts(KEY, uploadId), null);
    assert.deepEqual(store.faults, []);
  });

  test('never overwrites: the other one is told that the name is taken, whether a look or the store finds it', async (t) => {
    let hides = false;
    const blind: typeof fetch = (url, init) =>
      hides && init?.method === 'HEAD' && String(url).includes(KEY)
        ? Promise.resolve(new Response(null, { status: 404 }))
        : fetch(url, init);
    const { bucket } = await openBucket(t, 'checksum', blind);
    assert.equal(await use(await bucket.grantPut({ ...PART, type: 'image/png' }, 60)), 200);
    const uploadId = await bucket.createMultipart(KEY, 'image/png');
    await sendAll(bucket, uploadId);
    for (hides of [false, true]) {
      const parts = (await bucket.listParts(KEY, uploadId)) ?? [];
      assert.equal(await bucket.completeMultipart(KEY, uploadId, parts), 'taken');
    }
    hides = false;
    assert.equal((await bucket.head(KEY))?.sha256, PART.sha256);
  });

  test('is found by its key until it is aborted, and aborting it again is no error', async (t) => {
    const { bucket } = await openBucket(t);
    const [first, second] = [await bucket.createMultipart(KEY, ''), await bucket.createMultipart(KEY, 'image/png')];
    await bucket.createMultipart(`${KEY}-longer`, 'image/png');
    assert.deepEqual([...(await bucket.listMultiparts(KEY))].sort(), [first, second].sort());
    const open: unknown[] = [];
    for await (const { key, initiated } of bucket.openMultiparts('in/')) open.push([key, initiated.getTime()]);
    assert.deepEqual(open, [
      [KEY, NOON],
      [KEY, NOON],
      [`${KEY}-longer`, NOON],
    ]);
    for (const _ of [1, 2]) await bucket.abortMultipart(KEY, first);
    assert.deepEqual(await bucket.listMultiparts(KEY), [second]);
    assert.equal(await bucket.listParts(KEY, first), null);
    assert.equal(await bucket.completeMultipart(KEY, first, []), 'gone');
  });
});

test('lists go over all pages, each part and upload once', async (t) => {
  const { store, bucket } = await openBucket(t);
  const s3 = new S3(config(store.url), { now: () => store.clock });
  let pages = 0;
  // The same question, signed anew with a smaller page.
  const inTwos: typeof fetch = (input) => {
    pages++;
    const { pathname, searchParams } = new URL(String(input));
    const query = Object.fromEntries(searchParams);
    const size = 'uploads' in query ? { 'max-uploads': '2' } : { 'max-parts': '2' };
    return s3.send('GET', pathname.slice('/uploads/'.length), { query: { ...query, ...size } });
  };
  const paged = createStorage(config(store.url), { now: () => store.clock, fetch: inTwos });
  const ids: string[] = [];
  for (let count = 0; count < 5; count++) ids.push(await bucket.createMultipart(KEY, 'image/png'));
  assert.deepEqual([...(await paged.listMultiparts(KEY))].sort(), [...ids].sort());
  assert.equal(pages, 3);
  const [uploadId = ''] = ids;
  await sendAll(bucket, uploadId, [BODY, BODY, BODY, BODY, BODY]);
  pages = 0;
  const parts = await paged.listParts(KEY, uploadId);
  assert.deepEqual(
    parts?.map(({ number }) => number),
    [1, 2, 3, 4, 5],
  );
  assert.equal(pages, 3);
});

describe('a storage that cannot be used is store_down, never "gone":', () => {
  const CALLS: readonly [string, (bucket: Bucket) => Promise<unknown>][] = [
    ['beginMultipart', (bucket) => bucket.beginMultipart(KEY, 'image/png')],
    ['listParts', (bucket) => bucket.listParts(KEY, 'id')],
    ['completeMultipart', (bucket) => bucket.completeMultipart(KEY, 'id', [])],
    ['abortMultipart', (bucket) => bucket.abortMultipart(KEY, 'id')],
    ['listMultiparts', (bucket) => bucket.listMultiparts(KEY)],
  ];
  const NO_UPLOAD = '<Error><Code>NoSuchUpload</Code></Error>';
  const ANSWERS: readonly [string, number, string][] = [
    ['fails', 500, NO_UPLOAD],
    ['is busy', 503, '<Error><Code>SlowDown</Code></Error>'],
    ['refuses', 403, '<Error><Code>AccessDenied</Code></Error>'],
    ['has no such bucket', 404, '<Error><Code>NoSuchBucket</Code></Error>'],
    ['is something else', 404, '<html>Not found</html>'],
    ['is somewhere else', 301, ''],
    ['says something else', 200, '<html>Welcome</html>'],
  ];
  for (const [what, status, body] of ANSWERS) {
    test(`one that ${what} (${status})`, async (t) => {
      const url = await listen(t, (_, response) => {
        response.writeHead(status, { location: 'http://elsewhere.example/' }).end(body);
      });
      const bucket = createStorage(config(url), { now: Date.now });
      const calls = status === 200 ? CALLS.filter(([name]) => name !== 'abortMultipart') : CALLS;
      for (const [name, call] of calls) await assert.rejects(call(bucket), isDown, name);
    });
  }

  const COMPLETIONS: readonly [string, string, 'gone' | 'taken' | null][] = [
    ['an InternalError', '<Error><Code>InternalError</Code></Error>', null],
    ['NoSuchUpload', NO_UPLOAD, 'gone'],
    ['PreconditionFailed', '<Error><Code>PreconditionFailed</Code></Error>', 'taken'],
  ];
  for (const [what, body, wanted] of COMPLETIONS) {
    test(`a completion whose 200 began early and then told ${what} is no success`, async (t) => {
      const url = await listen(t, ({ method, url: path }, response) => {
        if (method === 'HEAD') return void response.writeHead(path === '/uploads' ? 200 : 404).end();
        response.writeHead(200).end(`<?xml version="1.0" encoding="UTF-8"?>\n   \n   ${body}`);
      });
      const ending = createStorage(config(url), { now: Date.now }).completeMultipart(KEY, 'id', []);
      if (wanted === null) await assert.rejects(ending, isDown);
      else assert.equal(await ending, wanted);
    });
  }

  test('but an upload that Ceph calls a missing key is gone', async (t) => {
    const url = await listen(t, ({ method, url: path }, response) => {
      const status = method === 'HEAD' && path === '/uploads' ? 200 : 404;
      response.writeHead(status).end(method === 'HEAD' ? '' : '<Error><Code>NoSuchKey</Code></Error>');
    });
    const bucket = createStorage(config(url), { now: Date.now });
    assert.equal(await bucket.listParts(KEY, 'id'), null);
    assert.equal(await bucket.completeMultipart(KEY, 'id', []), 'gone');
    await bucket.abortMultipart(KEY, 'id');
  });

  test('but a completion that fails is gone where the upload is, as on Ceph 16, and else is store_down', async (t) => {
    let listed = NO_UPLOAD;
    const url = await listen(t, ({ method, url: path }, response) => {
      if (method === 'HEAD') response.writeHead(path === '/uploads' ? 200 : 404).end();
      else if (method === 'POST') response.writeHead(500).end('<Error><Code>UnknownError</Code></Error>');
      else response.writeHead(listed === NO_UPLOAD ? 404 : 200).end(listed);
    });
    const bucket = createStorage(config(url), { now: Date.now });
    assert.equal(await bucket.completeMultipart(KEY, 'id', []), 'gone');
    listed = '<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>';
    await assert.rejects(bucket.completeMultipart(KEY, 'id', []), isDown);
  });

  test('a list whose next page is not a later one does not go on for ever', async (t) => {
    const url = await listen(t, (_, response) => {
      const xml = '<IsTruncated>true</IsTruncated><NextPartNumberMarker>7</NextPartNumberMarker>';
      response.end(`<ListPartsResult>${xml}</ListPartsResult>`);
    });
    await assert.rejects(createStorage(config(url), { now: Date.now }).listParts(KEY, 'id'), isDown);
  });

  test('a list of uploads whose next page is not a later one does not go on for ever', async (t) => {
    const url = await listen(t, (_, response) => {
      const xml =
        '<IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>b</NextUploadIdMarker>';
      response.end(`<ListMultipartUploadsResult>${xml}</ListMultipartUploadsResult>`);
    });
    await assert.rejects(createStorage(config(url), { now: Date.now }).listMultiparts(KEY), isDown);
  });
});

async function listen(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
