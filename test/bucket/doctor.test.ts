import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { examine, examineAndClear } from '../../demo/bucket/doctor.ts';
import { type Bucket, createStorage } from '../../demo/bucket/storage.ts';
import { CREDENTIALS, REGION, startTestStore, type TestStore } from '../storage/support.ts';
import {
  type Bend,
  bentBucket,
  bucketOf,
  codeOf,
  failed,
  isCleared,
  isClearedForParts,
  leftIn,
  OBJECT,
  PAGES,
  yes,
} from './bent-bucket.ts';

const NAMES = [
  'takes the bytes that were signed',
  'refuses a body that differs from what was signed',
  'refuses another length',
  'refuses another type',
  'refuses a second write',
  'refuses an expired URL',
  'refuses what nobody signed',
  'lets no uploader make a file public',
  'refuses pages of a foreign origin',
  'keeps the checksum',
  'takes a file in parts',
  'refuses a part that differs from what was signed',
  'refuses a part after completion',
  'puts no parts over a file that is there',
  'lets no part make a file public',
  'lets your pages in',
  'knows how small files travel',
  'knows how many requests go at a time',
  'removes what the doctor stored',
];

test('a store that enforces what is signed passes every check, is cleared and is left empty', async (t) => {
  const store = await startTestStore(t);
  const bucket = bucketOf(store);
  assert.equal(await isCleared(bucket), false, 'nobody looked yet');
  const checks = await examineAndClear(bucket, PAGES);
  assert.deepEqual(failed(checks), []);
  assert.deepEqual(
    checks.map(({ name }) => name),
    NAMES,
  );
  assert.equal(await isCleared(bucket), true);
  assert.deepEqual((await bucket.grantPut(OBJECT, 60)).headers['x-amz-content-sha256'], undefined);
  assert.deepEqual(await leftIn(bucket), []);
  assert.equal(await isClearedForParts(bucket), true);
  assert.deepEqual(store.faults, []);
});

test('a look alone changes neither bucket nor CORS nor clearance', async (t) => {
  const store = await startTestStore(t);
  const bucket = bucketOf(store);
  await bucket.ensure();
  const { checks, binding, takesParts } = await examine(bucket, PAGES);
  assert.deepEqual([binding, takesParts], ['checksum', true]);
  assert.deepEqual(failed(checks), ['lets your pages in']);
  assert.match(checks.find(({ ok }) => !ok)?.detail ?? '', /Set this CORS on the bucket: <CORSConfiguration/);
  assert.equal(await isCleared(bucket), false);
});

const publicUrls = new Set<string>();

describe('a store that', () => {
  const BENT: readonly [string, string, Bend][] = [
    [
      'takes other bytes',
      NAMES[1] ?? '',
      async (_, send) => {
        const response = await send();
        return ['BadDigest', 'XAmzContentSHA256Mismatch'].includes((await codeOf(response)) ?? '') ? yes() : response;
      },
    ],
    [
      'takes another length',
      NAMES[2] ?? '',
      async ({ method, body }, send) => {
        const response = await send();
        return method === 'PUT' && body !== null && ![0, 64].includes(body.byteLength) && response.status === 403
          ? yes()
          : response;
      },
    ],
    [
      'takes another type',
      NAMES[3] ?? '',
      async ({ headers }, send) => {
        const response = await send();
        return headers['content-type'] === 'text/html' ? yes() : response;
      },
    ],
    [
      'refuses another type but keeps the object',
      NAMES[3] ?? '',
      async ({ headers }, send) => {
        if (headers['content-type'] !== 'text/html') return send();
        await send({ headers: { ...headers, 'content-type': 'image/png' } });
        return new Response(null, { status: 403 });
      },
    ],
    [
      'takes a second write',
      NAMES[4] ?? '',
      async (_, send) => {
        const response = await send();
        return response.status === 412 ? yes() : response;
      },
    ],
    [
      'takes an expired URL',
      NAMES[5] ?? '',
      async ({ url }, send) => {
        const response = await send();
        return url.includes('X-Amz-') && (await response.clone().text()).includes('has expired') ? yes() : response;
      },
    ],
    [
      'lets anybody read',
      NAMES[6] ?? '',
      async ({ url, method, headers }, send) => {
        const response = await send();
        return method === 'GET' && !url.includes('?') && !('authorization' in headers) ? yes() : response;
      },
    ],
    [
      'honours a public-read that nobody signed',
      NAMES[7] ?? '',
      async ({ url, method, headers }, send) => {
        const { 'x-amz-acl': acl, ...rest } = headers;
        if (acl !== 'public-read') return method === 'GET' && publicUrls.has(url) ? yes() : send();
        publicUrls.add(url.split('?')[0] ?? '');
        return send({ headers: rest });
      },
    ],
    [
      'lets anybody in',
      NAMES[8] ?? '',
      async ({ method, headers }, send) => {
        if (method !== 'OPTIONS') return send();
        return new Response(null, { status: 200, headers: { 'access-control-allow-origin': headers.origin ?? '*' } });
      },
    ],
    [
      'lets any page in by an asterisk',
      NAMES[8] ?? '',
      async ({ method }, send) => {
        if (method !== 'OPTIONS') return send();
        return new Response(null, { status: 200, headers: { 'access-control-allow-origin': '*' } });
      },
    ],
    [
      'keeps no checksum',
      NAMES[9] ?? '',
      async ({ method }, send) => {
        const response = await send();
        if (method !== 'HEAD') return response;
        const headers = new Headers(response.headers);
        headers.delete('x-amz-checksum-sha256');
        return new Response(null, { status: response.status, headers });
      },
    ],
  ];
  for (const [what, name, bend] of BENT) {
    test(`${what} fails "${name}" and is not signed for`, async (t) => {
      const { bucket } = await bentBucket(t, bend);
      const checks = await examineAndClear(bucket, PAGES);
      assert.ok(failed(checks).includes(name), JSON.stringify(checks, null, 1));
      assert.equal(await isCleared(bucket), false);
      assert.deepEqual(await leftIn(bucket), []);
    });
  }

  test('ignores the checksum header but checks the payload hash is bound by that, as Ceph 16', async (t) => {
    const { bucket } = await bentBucket(t, async (_, send) => {
      const response = await send();
      return (await codeOf(response)) === 'BadDigest' ? yes() : response;
    });
    const checks = await examineAndClear(bucket, PAGES);
    assert.deepEqual(failed(checks), []);
    const part = { key: 'in/1', uploadId: 'id', number: 1, size: 1, sha256: OBJECT.sha256 };
    for (const { headers } of [await bucket.grantPut(OBJECT, 60), await bucket.grantPart(part, 60)])
      assert.match(headers['x-amz-content-sha256'] ?? '', /^[0-9a-f]{64}$/);
  });

  test('does not let the broker write its CORS says what to set, and stays safe', async (t) => {
    const { bucket } = await bentBucket(t, async ({ url }, send) =>
      url.endsWith('?cors=') ? new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 }) : send(),
    );
    const checks = await examineAndClear(bucket, PAGES);
    assert.deepEqual(failed(checks), ['lets your pages in']);
    assert.equal(await isCleared(bucket), true);
  });

  test('does not let the broker delete fails "removes what the doctor stored"', async (t) => {
    const { bucket } = await bentBucket(t, async ({ method }, send) =>
      method === 'DELETE' ? new Response(null, { status: 403 }) : send(),
    );
    assert.deepEqual(failed(await examineAndClear(bucket, PAGES)), ['removes what the doctor stored']);
  });

  test('is gone in the middle of the examination is one failed check, and nothing is cleared', async (t) => {
    let calls = 0;
    const { bucket } = await bentBucket(t, async (_, send) => {
      if (++calls > 12)
        throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
      return send();
    });
    const checks = await examineAndClear(bucket, PAGES);
    assert.deepEqual(failed(checks), ['can be used']);
    assert.match(checks[0]?.detail ?? '', /\(ECONNREFUSED\)/);
    assert.equal(await isCleared(bucket), false);
  });
});

describe('where not even the right bytes are taken', () => {
  const WRONG: readonly [string, (store: TestStore) => Bucket, RegExp][] = [
    [
      'the secret is wrong',
      (store) => wrong(store, { secretAccessKey: 'x' }),
      /403 SignatureDoesNotMatch; wanted 200. Check S3_SECRET_ACCESS_KEY and S3_REGION/,
    ],
    [
      'the key is unknown',
      (store) => wrong(store, { accessKeyId: 'AKOTHER' }),
      /403 InvalidAccessKeyId; wanted 200. Check S3_ACCESS_KEY_ID/,
    ],
    [
      'the region is another',
      (store) => wrong(store, { region: 'eu-west-1' }),
      /400 AuthorizationQueryParametersError; wanted 200. Check S3_REGION/,
    ],
    [
      'the bucket is missing',
      (store) => bucketOf(store, fetch, 'missing'),
      /404 NoSuchBucket; wanted 200. Check S3_BUCKET/,
    ],
  ];
  const wrong = (store: TestStore, change: object) =>
    createStorage(
      { endpoint: store.url, region: REGION, bucket: 'bucket', ...CREDENTIALS, ...change },
      { now: () => store.clock },
    );
  for (const [why, make, told] of WRONG) {
    test(`because ${why}, the first check says so`, async (t) => {
      const { checks, binding } = await examine(make(await startTestStore(t)), []);
      assert.equal(checks[0]?.name, 'takes the bytes that were signed');
      assert.match(checks[0]?.detail ?? '', told);
      assert.equal(binding, null);
    });
  }
});
