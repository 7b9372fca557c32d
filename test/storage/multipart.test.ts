import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import {
  BODY,
  begin,
  bytesOf,
  complete,
  composite,
  etag,
  filesOnDisk,
  MIB,
  PARTS,
  refusal,
  send,
  sendAll,
} from './parts.ts';
import { BUCKET, sha256, startTestStore } from './support.ts';

/** What an independent client sees of uploads in parts. */

const Bucket = BUCKET;

describe('an upload in parts', () => {
  test('becomes an object with all bytes in order, with its type, meta data and composite checksum', async (t) => {
    const store = await startTestStore(t);
    const key = 'in/a & "b" <ü>.bin';
    const id = await begin(store, key, { ContentType: 'image/png', Metadata: { note: 'hello' } });
    assert.deepEqual(await refusal(bytesOf(store, key)), [404, 'NoSuchKey']);
    const parts = await sendAll(store, key, id);
    assert.deepEqual(
      parts.map(({ ChecksumSHA256 }) => ChecksumSHA256),
      PARTS.map(sha256),
    );
    assert.deepEqual(await refusal(bytesOf(store, key)), [404, 'NoSuchKey'], 'no half object is ever there');
    const done = await complete(store, key, id, parts);
    assert.deepEqual(
      [done.Key, done.ETag, done.ChecksumSHA256, done.ChecksumType],
      [key, etag(PARTS), composite(PARTS), 'COMPOSITE'],
    );
    const head = await store.sdk.send(new HeadObjectCommand({ Bucket, Key: key, ChecksumMode: 'ENABLED' }));
    assert.deepEqual(
      [head.ContentLength, head.ContentType, head.Metadata, head.ETag, head.ChecksumSHA256, head.ChecksumType],
      [BODY.byteLength, 'image/png', { note: 'hello' }, etag(PARTS), composite(PARTS), 'COMPOSITE'],
    );
    assert.deepEqual(await bytesOf(store, key), BODY);
    assert.deepEqual(store.faults, []);
  });

  test('gives any range, also over the seams of its parts', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    await complete(store, 'key', id, await sendAll(store, 'key', id));
    const seam = 5 * MIB;
    const RANGES = [
      [0, 0],
      [seam - 1, seam - 1],
      [seam, seam],
      [seam - 2, seam + 2],
      [3, 10 * MIB + 7],
      [11 * MIB - 1, 11 * MIB - 1],
    ] as const;
    for (const [first, last] of RANGES) {
      const found = await bytesOf(store, 'key', { Range: `bytes=${first}-${last}` });
      assert.ok(found.equals(BODY.subarray(first, last + 1)), `${first}-${last}`);
    }
    assert.deepEqual(await bytesOf(store, 'key', { Range: 'bytes=-5' }), BODY.subarray(-5));
  });

  test('takes parts in any order and with gaps in their numbers, 1 and 10,000 included', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    const last = await send(store, 'key', id, 10_000, Buffer.from('end'));
    const middle = await send(store, 'key', id, 77, PARTS[1] ?? Buffer.alloc(0));
    const first = await send(store, 'key', id, 1, PARTS[0] ?? Buffer.alloc(0));
    await complete(store, 'key', id, [first, middle, last]);
    assert.deepEqual(
      await bytesOf(store, 'key'),
      Buffer.concat([PARTS[0] ?? Buffer.alloc(0), PARTS[1] ?? Buffer.alloc(0), Buffer.from('end')]),
    );
  });

  test('of a part sent again has the newer bytes, and refuses the name of the older', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    const older = await send(store, 'key', id, 1, Buffer.from('older'));
    const newer = await send(store, 'key', id, 1, Buffer.from('newer'));
    assert.deepEqual(await refusal(complete(store, 'key', id, [older])), [400, 'InvalidPart']);
    await complete(store, 'key', id, [newer]);
    assert.equal((await bytesOf(store, 'key')).toString(), 'newer');
  });

  test('leaves out the parts that the completion does not name, on disk too', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    const [first] = [await send(store, 'key', id, 1, Buffer.from('first')), await send(store, 'key', id, 2, BODY)];
    await complete(store, 'key', id, [first]);
    assert.equal((await bytesOf(store, 'key')).toString(), 'first');
    assert.equal(filesOnDisk(store).filter((name) => name.endsWith('.part')).length, 1);
  });

  test('may be begun without checksums, and then needs none to be completed', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key', { ChecksumAlgorithm: undefined });
    const { ETag } = await send(store, 'key', id, 1, BODY);
    await complete(store, 'key', id, [{ PartNumber: 1, ETag }]);
    assert.deepEqual(await bytesOf(store, 'key'), BODY);
  });

  test('is gone from disk with its object, and so are the bytes that a new object replaces', async (t) => {
    const store = await startTestStore(t);
    const clean = filesOnDisk(store);
    for (const end of [
      () => store.sdk.send(new DeleteObjectCommand({ Bucket, Key: 'key' })),
      () => store.sdk.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'new' })),
    ]) {
      const id = await begin(store, 'key');
      await complete(store, 'key', id, await sendAll(store, 'key', id));
      await end();
      assert.deepEqual(
        filesOnDisk(store).filter((name) => name.includes('uploads/')),
        clean.filter((name) => name.includes('uploads/')),
      );
    }
    assert.equal((await bytesOf(store, 'key')).toString(), 'new');
  });
});

describe('a completion is refused', () => {
  const other = { ETag: `"${'0'.repeat(32)}"`, ChecksumSHA256: sha256('other') };
  const CASES: readonly [string, (parts: CompletedPart[]) => CompletedPart[], [number, string]][] = [
    ['with another ETag', ([a = {}, ...rest]) => [{ ...a, ETag: other.ETag }, ...rest], [400, 'InvalidPart']],
    [
      'with another checksum',
      ([a = {}, ...rest]) => [{ ...a, ChecksumSHA256: other.ChecksumSHA256 }, ...rest],
      [400, 'InvalidPart'],
    ],
    [
      'without a checksum',
      ([{ PartNumber, ETag } = {}, ...rest]) => [{ PartNumber, ETag }, ...rest],
      [400, 'InvalidRequest'],
    ],
    ['with a part that was never sent', (parts) => [...parts, { ...parts[0], PartNumber: 4 }], [400, 'InvalidPart']],
    [
      'with the names of two parts exchanged',
      ([a = {}, b = {}, ...rest]) => [{ ...a, PartNumber: 2 }, { ...b, PartNumber: 3 }, ...rest.slice(1)],
      [400, 'InvalidPart'],
    ],
    ['out of order', (parts) => [...parts].reverse(), [400, 'InvalidPartOrder']],
    ['with a part twice', ([a = {}, ...rest]) => [a, a, ...rest], [400, 'InvalidPartOrder']],
    ['with no part', () => [], [400, 'MalformedXML']],
    ['with part 0', ([a = {}]) => [{ ...a, PartNumber: 0 }], [400, 'InvalidArgument']],
    ['with part 10,001', ([a = {}]) => [{ ...a, PartNumber: 10_001 }], [400, 'InvalidArgument']],
  ];
  for (const [how, change, wanted] of CASES) {
    test(`${how}; the right one goes through afterwards`, async (t) => {
      const store = await startTestStore(t);
      const id = await begin(store, 'key');
      const parts = await sendAll(store, 'key', id);
      assert.deepEqual(await refusal(complete(store, 'key', id, change(parts))), wanted);
      assert.deepEqual(await refusal(bytesOf(store, 'key')), [404, 'NoSuchKey']);
      await complete(store, 'key', id, parts);
      assert.deepEqual(await bytesOf(store, 'key'), BODY);
    });
  }

  test('with a part under 5 MiB that is not the last', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    const small = await sendAll(store, 'key', id, [BODY.subarray(0, 5 * MIB - 1), BODY.subarray(0, 3)]);
    assert.deepEqual(await refusal(complete(store, 'key', id, small)), [400, 'EntityTooSmall']);
    assert.deepEqual(await refusal(bytesOf(store, 'key')), [404, 'NoSuchKey']);
    const [right] = await sendAll(store, 'key', id, [BODY.subarray(0, 5 * MIB)]);
    await complete(store, 'key', id, [right ?? {}, small[1] ?? {}]);
  });

  test('over an object where If-None-Match says so, and leaves upload and object as they were', async (t) => {
    const store = await startTestStore(t);
    await store.sdk.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'first' }));
    const id = await begin(store, 'key');
    const parts = await sendAll(store, 'key', id);
    const refused = refusal(complete(store, 'key', id, parts, { IfNoneMatch: '*' }));
    assert.deepEqual(await refused, [412, 'PreconditionFailed']);
    assert.equal((await bytesOf(store, 'key')).toString(), 'first');
    await store.sdk.send(new DeleteObjectCommand({ Bucket, Key: 'key' }));
    await complete(store, 'key', id, parts, { IfNoneMatch: '*' });
    assert.deepEqual(await bytesOf(store, 'key'), BODY);
  });

  test('the second time with NoSuchUpload, as is everything else of an upload that has ended', async (t) => {
    const store = await startTestStore(t);
    for (const end of ['completed', 'aborted'] as const) {
      const id = await begin(store, end);
      const parts = await sendAll(store, end, id);
      if (end === 'completed') await complete(store, end, id, parts);
      else await store.sdk.send(new AbortMultipartUploadCommand({ Bucket, Key: end, UploadId: id }));
      const named = { Bucket, Key: end, UploadId: id };
      const gone = [404, 'NoSuchUpload'];
      assert.deepEqual(await refusal(complete(store, end, id, parts)), gone);
      assert.deepEqual(await refusal(send(store, end, id, 1, BODY)), gone);
      assert.deepEqual(await refusal(store.sdk.send(new ListPartsCommand(named))), gone);
      assert.deepEqual(await refusal(store.sdk.send(new AbortMultipartUploadCommand(named))), gone);
    }
    assert.deepEqual(await bytesOf(store, 'completed'), BODY);
    assert.deepEqual(await refusal(bytesOf(store, 'aborted')), [404, 'NoSuchKey']);
    assert.equal(filesOnDisk(store).filter((name) => name.endsWith('.part')).length, PARTS.length);
  });
});

describe('the id of an upload', () => {
  test('is 256 bits of chance, and opens its own key and bucket only', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'mine');
    assert.match(id, /^[\w-]{43}$/);
    assert.notEqual(id, await begin(store, 'mine'));
    const gone = [404, 'NoSuchUpload'];
    assert.deepEqual(await refusal(send(store, 'yours', id, 1, BODY)), gone);
    assert.deepEqual(await refusal(send(store, 'mine', `${id}A`, 1, BODY)), gone);
    assert.deepEqual(await refusal(send(store, 'mine', '../../mine', 1, BODY)), gone);
    await store.sdk.send(new CreateBucketCommand({ Bucket: 'another' }));
    const begun = new CreateMultipartUploadCommand({ Bucket: 'another', Key: 'mine' });
    const { UploadId: theirs } = await store.sdk.send(begun);
    assert.deepEqual(await refusal(send(store, 'mine', theirs ?? '', 1, BODY)), gone);
    assert.deepEqual((await sendAll(store, 'mine', id)).length, PARTS.length);
  });
});
