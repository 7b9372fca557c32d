import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import * as v from 'valibot';
import { Problem } from '../../demo/base/problem.ts';
import { S3 } from '../../demo/bucket/s3.ts';
import { type Binding, type Bucket, createStorage } from '../../demo/bucket/storage.ts';
import { PutGrant } from '../../src/contract/index.ts';
import { CREDENTIALS, NOON, REGION, sha256, sha256Hex, startTestStore, type TestStore } from '../storage/support.ts';

const BODY = Buffer.from('exactly these bytes');
const OBJECT = { key: 'in/2f9c', size: BODY.byteLength, type: 'image/png', sha256: sha256(BODY) };

const config = (url: string, bucket = 'uploads') => ({ endpoint: url, region: REGION, bucket, ...CREDENTIALS });
const bucketOf = (store: TestStore) => createStorage(config(store.url), { now: () => store.clock });

/** A bucket that is there, cleared as if the doctor had seen this binding work. */
async function openBucket(t: Parameters<typeof startTestStore>[0], binding: Binding = 'checksum') {
  const store = await startTestStore(t);
  const bucket = bucketOf(store);
  await bucket.ensure();
  bucket.clear(binding);
  return { store, bucket };
}

const use = (grant: PutGrant, body: Uint8Array = BODY, headers: Record<string, string> = {}) =>
  fetch(grant.url, { method: grant.method, headers: { ...grant.headers, ...headers }, body: new Uint8Array(body) });

const isDown = (error: unknown) => error instanceof Problem && error.code === 'store_down';

describe('a grant', () => {
  test('signs length, type, checksum, algorithm and no overwrite, and tells the page what to send', async (t) => {
    const { bucket } = await openBucket(t);
    const grant = await bucket.grantPut(OBJECT, 120);
    assert.ok(v.is(PutGrant, grant));
    assert.deepEqual(grant.headers, {
      'content-type': 'image/png',
      'if-none-match': '*',
      'x-amz-checksum-sha256': OBJECT.sha256,
      'x-amz-sdk-checksum-algorithm': 'SHA256',
    });
    const query = new URL(grant.url).searchParams;
    assert.deepEqual(query.get('X-Amz-SignedHeaders')?.split(';'), [
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-sha256',
      'x-amz-sdk-checksum-algorithm',
    ]);
    assert.equal(query.get('X-Amz-Expires'), '120');
    assert.deepEqual(
      [...query.keys()].filter(
        (name) => !/^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature)$/.test(name),
      ),
      [],
    );
    assert.equal(grant.expires_at, new Date(NOON + 120_000).toISOString());
    assert.ok(!grant.url.includes(CREDENTIALS.secretAccessKey));
  });

  test('is taken by the store once, and only with the bytes it was made for', async (t) => {
    const { bucket } = await openBucket(t);
    const grant = await bucket.grantPut(OBJECT, 120);
    assert.equal((await use(grant, Buffer.from('exactly those bytes'))).status, 400);
    assert.equal((await use(grant, Buffer.from('more than these bytes'))).status, 403);
    assert.equal((await use(grant, BODY, { 'content-type': 'text/html' })).status, 403);
    assert.equal(await bucket.head(OBJECT.key), null);
    assert.equal((await use(grant)).status, 200);
    assert.equal((await use(grant)).status, 412);
    assert.deepEqual(await bucket.head(OBJECT.key), { size: OBJECT.size, type: 'image/png', sha256: OBJECT.sha256 });
  });

  test('is over at the second that it tells, not before', async (t) => {
    const { store, bucket } = await openBucket(t);
    store.clock = NOON + 999; // A signature knows whole seconds only.
    const grant = await bucket.grantPut(OBJECT, 120);
    store.clock = Date.parse(grant.expires_at);
    assert.equal((await use(grant)).status, 403);
    store.clock -= 1;
    assert.equal((await use(grant)).status, 200);
  });

  test('bound by the payload signs its hash too, keeps the checksum as meta data and shuts out public-read', async (t) => {
    const { bucket } = await openBucket(t, 'payload');
    const grant = await bucket.grantPut(OBJECT, 120);
    assert.equal(grant.headers['x-amz-content-sha256'], sha256Hex(BODY));
    assert.equal(grant.headers['x-amz-meta-sha256'], OBJECT.sha256);
    const signed = new URL(grant.url).searchParams.get('X-Amz-SignedHeaders')?.split(';') ?? [];
    for (const name of Object.keys(grant.headers)) assert.ok(signed.includes(name), name);
    assert.equal((await use(grant, BODY, { 'x-amz-acl': 'public-read' })).status, 403);
    assert.equal((await use(grant, Buffer.from('exactly those bytes'))).status, 400);
    assert.equal((await use(grant)).status, 200);
  });

  test('is refused for a bucket that no doctor has cleared, or cleared no more', async (t) => {
    const store = await startTestStore(t);
    const bucket = bucketOf(store);
    const refused = (error: unknown) => error instanceof Problem && error.code === 'bucket_unsafe';
    await assert.rejects(bucket.grantPut(OBJECT, 120), refused);
    bucket.clear('checksum');
    await bucket.grantPut(OBJECT, 120);
    bucket.clear(null);
    await assert.rejects(bucket.grantPut(OBJECT, 120), refused);
  });

  test('fits keys with every kind of character', async (t) => {
    const { bucket } = await openBucket(t);
    for (const key of ["a b+c&d=e!'()*~", 'ümläut/日本語/🦊', '100%/%2F', 'a//b']) {
      const grant = await bucket.grantPut({ ...OBJECT, key }, 120);
      assert.equal((await use(grant)).status, 200, key);
      assert.deepEqual(Buffer.from(await bucket.read(key, 0, 6)), BODY.subarray(0, 7));
      await bucket.remove(key);
      assert.equal(await bucket.head(key), null);
    }
  });
});

describe('a signed GET', () => {
  const NAMES: readonly [string, string][] = [
    ['photo.png', `attachment; filename="photo.png"; filename*=UTF-8''photo.png`],
    ['Straße 🦊.pdf', `attachment; filename="Stra_e _.pdf"; filename*=UTF-8''Stra%C3%9Fe%20%F0%9F%A6%8A.pdf`],
    ['a"b\\c/d\r\n.txt', `attachment; filename="a_b_c_d__.txt"; filename*=UTF-8''a%22b_c_d__.txt`],
    ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
    ['half \ud83e.txt', `attachment; filename="half _.txt"; filename*=UTF-8''half%20_.txt`],
  ];
  for (const [name, disposition] of NAMES) {
    test(`downloads as ${JSON.stringify(name)}, never shown`, async (t) => {
      const { bucket } = await openBucket(t);
      await use(await bucket.grantPut({ ...OBJECT, type: 'text/html' }, 120));
      const { url, expiresAt } = await bucket.signGet(OBJECT.key, name, 60);
      const reply = await fetch(url);
      assert.deepEqual(Buffer.from(await reply.arrayBuffer()), BODY);
      assert.equal(reply.headers.get('content-disposition'), disposition);
      assert.equal(reply.headers.get('content-type'), 'application/octet-stream');
      assert.equal(expiresAt.getTime(), NOON + 60_000);
    });
  }
});

describe('reading', () => {
  test('gives the bytes named, fewer where the object ends, none of an empty one', async (t) => {
    const { store, bucket } = await openBucket(t);
    await use(await bucket.grantPut(OBJECT, 120));
    await use(await bucket.grantPut({ ...OBJECT, key: 'empty', size: 0, sha256: sha256('') }, 120), Buffer.alloc(0));
    const text = async (key: string, first: number, last: number) =>
      Buffer.from(await bucket.read(key, first, last)).toString();
    assert.equal(await text(OBJECT.key, 8, 12), 'these');
    assert.equal(await text(OBJECT.key, 14, 65_535), 'bytes');
    assert.equal(await text('empty', 0, 65_535), '');
    await assert.rejects(
      bucket.read('missing', 0, 1),
      (error) => error instanceof Problem && error.code === 'not_stored_yet',
    );
    assert.deepEqual(store.faults, []);
  });
});

test('removing is done when the object is gone, however often it is asked', async (t) => {
  const { bucket } = await openBucket(t);
  await use(await bucket.grantPut(OBJECT, 120));
  await bucket.remove(OBJECT.key);
  await bucket.remove(OBJECT.key);
  assert.equal(await bucket.head(OBJECT.key), null);
});

test('a list goes over all pages, and keeps to its prefix', async (t) => {
  const { store, bucket } = await openBucket(t);
  const keys = Array.from({ length: 7 }, (_, index) => `list/${index}`);
  for (const key of ['other', ...keys]) await use(await bucket.grantPut({ ...OBJECT, key }, 120));
  const s3 = new S3(config(store.url), { now: () => store.clock });
  let pages = 0;
  // The same question, signed anew with a smaller page.
  const inThrees: typeof fetch = (input) => {
    pages++;
    const query = Object.fromEntries(new URL(String(input)).searchParams);
    return s3.send('GET', '', { query: { ...query, 'max-keys': '3' } });
  };
  const found: { key: string; size: number }[] = [];
  const paged = createStorage(config(store.url), { now: () => store.clock, fetch: inThrees });
  for await (const object of paged.list('list/')) found.push(object);
  assert.deepEqual(
    found,
    keys.map((key) => ({ key, size: BODY.byteLength })),
  );
  assert.equal(pages, 3);
});

describe('the bucket', () => {
  test('is made where it is missing, once, in the region of the store', async (t) => {
    const store = await startTestStore(t);
    const buckets = [bucketOf(store), bucketOf(store)];
    await Promise.all(buckets.map((bucket) => bucket.ensure()));
    assert.equal(await bucketOf(store).head('key'), null);
  });

  test('lets in the pages that are named, and no others', async (t) => {
    const { bucket } = await openBucket(t);
    await bucket.putBucketCors(['http://localhost:8080', 'https://www.example.com']);
    const grant = await bucket.grantPut(OBJECT, 120);
    const preflight = async (origin: string) =>
      fetch(grant.url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': Object.keys(grant.headers).join(','),
        },
      });
    for (const origin of ['http://localhost:8080', 'https://www.example.com']) {
      const reply = await preflight(origin);
      assert.deepEqual([reply.status, reply.headers.get('access-control-allow-origin')], [200, origin]);
    }
    assert.equal((await preflight('https://example.com')).status, 403);
    const reply = await fetch(grant.url, {
      method: 'PUT',
      headers: { ...grant.headers, origin: 'http://localhost:8080' },
      body: new Uint8Array(BODY),
    });
    assert.equal(reply.headers.get('access-control-expose-headers'), 'ETag, x-amz-checksum-sha256');
    await bucket.putBucketCors([]);
    assert.equal((await preflight('http://localhost:8080')).status, 403);
  });
});

describe('a storage that cannot be used is store_down, never "gone":', () => {
  const CALLS: readonly [string, (bucket: Bucket) => Promise<unknown>][] = [
    ['head', (bucket) => bucket.head('key')],
    ['read', (bucket) => bucket.read('key', 0, 9)],
    ['remove', (bucket) => bucket.remove('key')],
    ['list', (bucket) => bucket.list('').next()],
    ['ensure', (bucket) => bucket.ensure()],
    ['putBucketCors', (bucket) => bucket.putBucketCors(['https://www.example.com'])],
  ];

  test('not reachable', async () => {
    const nobody = createStorage(config(await closedPort()), { now: Date.now });
    for (const [name, call] of CALLS) await assert.rejects(call(nobody), isDown, name);
  });

  for (const status of [500, 503, 403, 301]) {
    test(`answering ${status} to everything`, async (t) => {
      const url = await listen(t, (_, response) => {
        response.writeHead(status, { location: 'http://elsewhere.example/' }).end('<Error><Code>Odd</Code></Error>');
      });
      const bucket = createStorage(config(url), { now: Date.now });
      for (const [name, call] of CALLS) await assert.rejects(call(bucket), isDown, name);
    });
  }

  test('without the bucket', async (t) => {
    const bucket = createStorage(config((await startTestStore(t)).url, 'missing'), { now: () => NOON });
    for (const [name, call] of CALLS.slice(0, 4)) await assert.rejects(call(bucket), isDown, name);
  });

  test('with a body that breaks off', async (t) => {
    const url = await listen(t, (_, response) => {
      response.writeHead(206, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    });
    await assert.rejects(createStorage(config(url), { now: Date.now }).read('key', 0, 9), isDown);
  });

  test('and the problem holds no signature, secret or URL', async () => {
    const error: unknown = await createStorage(config(await closedPort()), { now: Date.now })
      .head('key')
      .catch((thrown) => thrown);
    assert.ok(error instanceof Problem);
    assert.equal(error.message, 'store_down');
    const cause = error.cause instanceof Error ? `${error.cause.message} ${error.cause.stack}` : String(error.cause);
    assert.doesNotMatch(cause, /X-Amz|Signature=|AKTEST|secret/);
  });
});

async function listen(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address where nobody listens any more. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
