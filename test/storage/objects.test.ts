import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { BUCKET, md5, NOON, sendTo, sha256, startTestStore, type TestStore } from './support.ts';

/** What an independent client sees. */

const put = (store: TestStore, Key: string, Body: Uint8Array | string, more = {}) =>
  store.sdk.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));
const get = (store: TestStore, Key: string, more = {}) =>
  store.sdk.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));
const bytesOf = async (answer: Awaited<ReturnType<typeof get>>) =>
  Buffer.from((await answer.Body?.transformToByteArray()) ?? []);

async function refusal(act: Promise<unknown>): Promise<[number | undefined, string]> {
  const error: unknown = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof S3ServiceException, 'the call is refused');
  return [error.$metadata.httpStatusCode, error.name];
}

describe('an object', () => {
  test('comes back bit for bit, with its type, ETag, checksum and meta data', async (t) => {
    const store = await startTestStore(t);
    const body = randomBytes(300_000);
    const { ETag } = await put(store, 'photo.png', body, { ContentType: 'image/png', Metadata: { note: 'hello' } });
    assert.equal(ETag, `"${Buffer.from(md5(body), 'base64').toString('hex')}"`);
    const found = await get(store, 'photo.png', { ChecksumMode: 'ENABLED' });
    assert.deepEqual(await bytesOf(found), body);
    assert.equal(found.ContentLength, 300_000);
    assert.equal(found.ContentType, 'image/png');
    assert.equal(found.ChecksumSHA256, sha256(body));
    assert.deepEqual(found.Metadata, { note: 'hello' });
    assert.equal(found.LastModified?.getTime(), NOON);
    const head = await store.sdk.send(
      new HeadObjectCommand({ Bucket: BUCKET, Key: 'photo.png', ChecksumMode: 'ENABLED' }),
    );
    assert.deepEqual([head.ContentLength, head.ChecksumSHA256, head.ETag], [300_000, sha256(body), ETag]);
    const plain = await store.sdk.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'photo.png' }));
    assert.equal(plain.ChecksumSHA256, undefined, 'a checksum is told only where it is asked for');
  });

  test('of zero bytes is an object', async (t) => {
    const store = await startTestStore(t);
    await put(store, 'empty', '');
    const found = await get(store, 'empty');
    assert.equal(found.ContentLength, 0);
    assert.deepEqual(await bytesOf(found), Buffer.alloc(0));
    assert.deepEqual(await refusal(get(store, 'empty', { Range: 'bytes=0-0' })), [416, 'InvalidRange']);
  });

  test('is replaced as a whole, and the old bytes leave the disk', async (t) => {
    const store = await startTestStore(t);
    await put(store, 'key', 'first and longer');
    await put(store, 'key', 'second');
    assert.equal((await bytesOf(await get(store, 'key'))).toString(), 'second');
    assert.equal(filesOnDisk(store.dataDir).filter((name) => name.endsWith('.bytes')).length, 1);
  });

  test('is gone after DELETE, and deleting it again is no error', async (t) => {
    const store = await startTestStore(t);
    await put(store, 'key', 'bytes');
    for (const _ of [1, 2]) {
      const { $metadata } = await store.sdk.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'key' }));
      assert.equal($metadata.httpStatusCode, 204);
    }
    assert.deepEqual(await refusal(get(store, 'key')), [404, 'NoSuchKey']);
    assert.deepEqual(
      filesOnDisk(store.dataDir).filter((name) => name.endsWith('.bytes')),
      [],
    );
  });

  test('of a bucket that is not there is answered NoSuchBucket', async (t) => {
    const store = await startTestStore(t);
    const call = store.sdk.send(new GetObjectCommand({ Bucket: 'another', Key: 'key' }));
    assert.deepEqual(await refusal(call), [404, 'NoSuchBucket']);
  });
});

describe('a range', () => {
  const RANGES: readonly [string, string, string | undefined][] = [
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-30', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=0-1,3-4', '0123456789', undefined],
    ['bytes=5-2', '0123456789', undefined],
    ['lines=1-2', '0123456789', undefined],
  ];
  test('gives exactly the bytes that it names; one that cannot be read gives all', async (t) => {
    const store = await startTestStore(t);
    await put(store, 'digits', '0123456789');
    for (const [Range, bytes, told] of RANGES) {
      const found = await get(store, 'digits', { Range, ChecksumMode: 'ENABLED' });
      assert.deepEqual([Range, (await bytesOf(found)).toString(), found.ContentRange], [Range, bytes, told]);
      assert.equal(found.$metadata.httpStatusCode, told === undefined ? 200 : 206);
      assert.equal(found.ChecksumSHA256, told === undefined ? sha256('0123456789') : undefined);
    }
    assert.deepEqual(await refusal(get(store, 'digits', { Range: 'bytes=10-' })), [416, 'InvalidRange']);
    assert.deepEqual(await refusal(get(store, 'digits', { Range: 'bytes=-0' })), [416, 'InvalidRange']);
  });
});

test('a conditional GET is answered 304 and 412 as RFC 9110 says', async (t) => {
  const store = await startTestStore(t);
  const { ETag } = await put(store, 'key', 'bytes');
  const [before, now, after] = [-1000, 0, 1000].map((ms) => new Date(NOON + ms));
  const CONDITIONS = [
    [{ IfNoneMatch: ETag }, 304],
    [{ IfNoneMatch: '"other"' }, 200],
    [{ IfMatch: ETag }, 200],
    [{ IfMatch: '"other"' }, 412],
    [{ IfModifiedSince: now }, 304],
    [{ IfModifiedSince: before }, 200],
    [{ IfUnmodifiedSince: before }, 412],
    [{ IfUnmodifiedSince: after }, 200],
    [{ IfNoneMatch: '"other"', IfModifiedSince: after }, 200],
  ] as const;
  for (const [condition, status] of CONDITIONS) {
    const answer = await get(store, 'key', condition).then(
      (found) => found.Body?.transformToByteArray().then(() => 200),
      (error: S3ServiceException) => error.$metadata.httpStatusCode,
    );
    assert.deepEqual([condition, answer], [condition, status]);
  }
});

describe('a signed GET', () => {
  test('downloads under the name and type that were signed', async (t) => {
    const store = await startTestStore(t);
    await put(store, 'key', 'bytes', { ContentType: 'text/html' });
    const query = {
      'response-content-disposition': 'attachment; filename="a b.txt"',
      'response-content-type': 'application/octet-stream',
    };
    const { url } = await store.s3.presign('GET', 'key', { query, seconds: 30 });
    const reply = await sendTo(url, {});
    assert.equal(reply.body.toString(), 'bytes');
    assert.equal(reply.headers['content-disposition'], 'attachment; filename="a b.txt"');
    assert.equal(reply.headers['content-type'], 'application/octet-stream');
    const tampered = await sendTo(url.replace('attachment', 'inline'), {});
    assert.deepEqual([tampered.status, tampered.code], [403, 'SignatureDoesNotMatch']);
  });

  test('cannot bring a line break into the answer', async (t) => {
    const store = await startTestStore(t);
    await put(store, 'key', 'bytes');
    const { url } = await store.s3.presign('GET', 'key', {
      query: { 'response-content-type': 'text/plain\r\nx: y' },
      seconds: 30,
    });
    const reply = await sendTo(url, {});
    assert.deepEqual([reply.status, reply.code], [400, 'InvalidArgument']);
  });
});

describe('a key', () => {
  const KEYS = [
    '../../../../escape',
    '/etc/passwd',
    'a/./b/../c//d',
    'with space + plus & "quotes" <tag>',
    "it's!(here)*~",
    'ümläut/日本語/🦊.png',
    '100%/%2F%00.txt',
    'n'.repeat(1000),
    '.json',
    'key.bytes',
    '\u0001\u007f',
  ];
  test('is only a name: odd ones are stored, listed and found, and no file is named after one', async (t) => {
    const store = await startTestStore(t);
    for (const key of KEYS) await put(store, key, `bytes of ${key}`);
    for (const key of KEYS) assert.equal((await bytesOf(await get(store, key))).toString(), `bytes of ${key}`);
    const { Contents = [] } = await store.sdk.send(new ListObjectsV2Command({ Bucket: BUCKET, EncodingType: 'url' }));
    assert.deepEqual(Contents.map(({ Key = '' }) => decodeURIComponent(Key)).sort(), [...KEYS].sort());
    for (const name of filesOnDisk(store.dataDir))
      assert.match(name, /^([0-9a-f-]{64,101}\.(json|bytes)|bucket\.json)$/);
    assert.deepEqual(readdirSync(store.dataDir).sort(), ['buckets', 'temporary']);
    for (let up = 1; up <= 5; up++) assert.ok(!existsSync(join(store.dataDir, '../'.repeat(up), 'escape')));
  });

  test('of more than 1024 bytes is answered 400', async (t) => {
    const store = await startTestStore(t);
    assert.deepEqual(await refusal(put(store, 'ü'.repeat(513), 'x')), [400, 'KeyTooLongError']);
    await put(store, 'ü'.repeat(512), 'x');
  });
});

describe('ListObjectsV2', () => {
  test('lists in the order of UTF-8 bytes, page by page, without gap or repeat', async (t) => {
    const store = await startTestStore(t);
    const keys = ['B', 'a', 'a/1', 'a/2', 'b', 'é', '\uff5e', '🦊'];
    for (const key of [...keys].reverse()) await put(store, key, key);
    const seen: string[] = [];
    let ContinuationToken: string | undefined;
    let pages = 0;
    do {
      const page = await store.sdk.send(new ListObjectsV2Command({ Bucket: BUCKET, MaxKeys: 3, ContinuationToken }));
      seen.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
      assert.equal(page.KeyCount, page.Contents?.length);
      ContinuationToken = page.NextContinuationToken;
      pages++;
    } while (ContinuationToken !== undefined);
    assert.deepEqual([seen, pages], [keys, 3]);
  });

  test('folds what follows a delimiter, also over pages', async (t) => {
    const store = await startTestStore(t);
    for (const key of ['a/1', 'a/2', 'b', 'c/1', 'c/2/3', 'd']) await put(store, key, 'x');
    const list = (more: object) =>
      store.sdk.send(new ListObjectsV2Command({ Bucket: BUCKET, Delimiter: '/', ...more }));
    const shape = ({ Contents = [], CommonPrefixes = [], IsTruncated }: Awaited<ReturnType<typeof list>>) => [
      Contents.map(({ Key }) => Key),
      CommonPrefixes.map(({ Prefix }) => Prefix),
      IsTruncated,
    ];
    assert.deepEqual(shape(await list({})), [['b', 'd'], ['a/', 'c/'], false]);
    assert.deepEqual(shape(await list({ Prefix: 'c/' })), [['c/1'], ['c/2/'], false]);
    assert.deepEqual(shape(await list({ StartAfter: 'b' })), [['d'], ['c/'], false]);
    const first = await list({ MaxKeys: 3 });
    assert.deepEqual(shape(first), [['b'], ['a/', 'c/'], true]);
    assert.deepEqual(shape(await list({ ContinuationToken: first.NextContinuationToken })), [['d'], [], false]);
    assert.deepEqual(shape(await list({ MaxKeys: 0 })), [[], [], false]);
    assert.deepEqual(await refusal(list({ ContinuationToken: 'not ours!' })), [400, 'InvalidArgument']);
  });
});

function filesOnDisk(folder: string): string[] {
  return readdirSync(join(folder, 'buckets'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
