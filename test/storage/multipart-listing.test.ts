import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  paginateListParts,
} from '@aws-sdk/client-s3';
import { begin, complete, refusal, send } from './parts.ts';
import { BUCKET, md5, NOON, sendTo, sha256, startTestStore, type TestStore } from './support.ts';

const Bucket = BUCKET;
const text = (index: number) => Buffer.from(`part ${index}`);

describe('the parts of an upload', () => {
  test('are listed with number, size, ETag, checksum and time, in order of their numbers', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    for (const number of [10, 9, 2]) await send(store, 'key', id, number, text(number));
    const listed = await store.sdk.send(new ListPartsCommand({ Bucket, Key: 'key', UploadId: id }));
    assert.deepEqual(
      listed.Parts,
      [2, 9, 10].map((number) => ({
        PartNumber: number,
        LastModified: new Date(NOON),
        ETag: `"${Buffer.from(md5(text(number)), 'base64').toString('hex')}"`,
        Size: text(number).byteLength,
        ChecksumSHA256: sha256(text(number)),
      })),
    );
    assert.deepEqual(
      [listed.Key, listed.UploadId, listed.ChecksumAlgorithm, listed.ChecksumType, listed.IsTruncated],
      ['key', id, 'SHA256', 'COMPOSITE', false],
    );
  });

  test('come in pages of the size asked for, each part once', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    const numbers = [1, 2, 3, 5, 8, 13, 21];
    for (const number of numbers) await send(store, 'key', id, number, text(number));
    const pages: (number | undefined)[][] = [];
    const input = { Bucket, Key: 'key', UploadId: id };
    for await (const { Parts = [] } of paginateListParts({ client: store.sdk, pageSize: 3 }, { ...input }))
      pages.push(Parts.map(({ PartNumber }) => PartNumber));
    assert.deepEqual(pages, [[1, 2, 3], [5, 8, 13], [21]]);
    const from4 = await store.sdk.send(new ListPartsCommand({ ...input, PartNumberMarker: '4' }));
    assert.deepEqual(
      from4.Parts?.map(({ PartNumber }) => PartNumber),
      [5, 8, 13, 21],
    );
    const none = await store.sdk.send(new ListPartsCommand({ ...input, MaxParts: 0 }));
    assert.deepEqual([none.Parts, none.IsTruncated], [undefined, false]);
    const odd = store.sdk.send(new ListPartsCommand({ ...input, PartNumberMarker: 'x' }));
    assert.deepEqual(await refusal(odd), [400, 'InvalidArgument']);
  });
});

const openIn = async ({ sdk }: TestStore, more = {}) => {
  const { Uploads = [] } = await sdk.send(new ListMultipartUploadsCommand({ Bucket, ...more }));
  return Uploads.map(({ Key, UploadId }) => [Key, UploadId]);
};

describe('the open uploads of a bucket', () => {
  test('are listed by key and id, until they are completed or aborted', async (t) => {
    const store = await startTestStore(t);
    const [b, a1, a2] = [await begin(store, 'b'), await begin(store, 'a & "1"'), await begin(store, 'a & "1"')];
    const both = [a1, a2].sort();
    assert.deepEqual(await openIn(store), [...both.map((id) => ['a & "1"', id]), ['b', b]]);
    assert.deepEqual(await openIn(store, { Prefix: 'b' }), [['b', b]]);
    assert.deepEqual(await openIn(store, { EncodingType: 'url', Prefix: 'b' }), [['b', b]]);
    const { Uploads = [] } = await store.sdk.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'b' }));
    assert.deepEqual([Uploads[0]?.Initiated, Uploads[0]?.ChecksumAlgorithm], [new Date(NOON), 'SHA256']);
    await complete(store, 'b', b, [await send(store, 'b', b, 1, text(1))]);
    await store.sdk.send(new AbortMultipartUploadCommand({ Bucket, Key: 'a & "1"', UploadId: a1 }));
    assert.deepEqual(await openIn(store), [['a & "1"', a2]]);
  });

  test('come in pages of the size asked for, each upload once, also many of one key', async (t) => {
    const store = await startTestStore(t);
    const opened: string[] = [];
    for (const key of ['one', 'one', 'one', 'two', 'three']) opened.push(await begin(store, key));
    const found: (string | undefined)[] = [];
    const sizes: number[] = [];
    let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | null = {};
    while (markers) {
      const page: ListMultipartUploadsCommandOutput = await store.sdk.send(
        new ListMultipartUploadsCommand({ Bucket, MaxUploads: 2, ...markers }),
      );
      const { Uploads = [], IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
      sizes.push(Uploads.length);
      found.push(...Uploads.map(({ UploadId }) => UploadId));
      markers = IsTruncated ? { KeyMarker, UploadIdMarker } : null;
    }
    assert.deepEqual(sizes, [2, 2, 1]);
    assert.deepEqual([...found].sort(), [...opened].sort());
  });
});

test('a page may send parts and read their answers where CORS lets it in, and may do nothing else', async (t) => {
  const store = await startTestStore(t);
  const [ours, theirs] = ['https://www.example.com', 'https://elsewhere.example'];
  const cors =
    '<CORSConfiguration><CORSRule><AllowedOrigin>https://www.example.com</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>' +
    '<AllowedHeader>x-amz-checksum-sha256</AllowedHeader><ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>';
  assert.equal((await store.s3.send('PUT', '', { query: { cors: '' }, body: cors })).status, 200);
  const uploadId = await begin(store, 'key');
  const body = text(1);
  const headers = { 'content-length': String(body.byteLength), 'x-amz-checksum-sha256': sha256(body) };
  const sign = (method: string, query: Record<string, string>) =>
    store.s3.presign(method, 'key', { headers, query, seconds: 60 });
  const { url } = await sign('PUT', { partNumber: '1', uploadId });
  const preflight = async (origin: string, method: string) => {
    const asked = {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'x-amz-checksum-sha256',
    };
    const { status, headers: told } = await sendTo(url, { method: 'OPTIONS', headers: asked });
    return [status, told['access-control-allow-origin']];
  };
  assert.deepEqual(await preflight(ours, 'PUT'), [200, ours]);
  assert.deepEqual(await preflight(theirs, 'PUT'), [403, undefined]);
  assert.deepEqual(await preflight(ours, 'POST'), [403, undefined]);
  const sent = await sendTo(url, { method: 'PUT', headers: { ...headers, origin: ours }, body: [body] });
  assert.deepEqual(
    [sent.status, sent.headers['access-control-allow-origin'], sent.headers['access-control-expose-headers']],
    [200, ours, 'ETag'],
  );
  const refused = await sendTo(url, { method: 'PUT', headers: { ...headers, origin: ours }, body: [text(2)] });
  assert.deepEqual([refused.status, refused.headers['access-control-allow-origin']], [400, ours]);
});
