import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { AbortMultipartUploadCommand, DeleteObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { BODY, begin, bytesOf, complete, filesOnDisk, MIB, PARTS, refusal, send, sendAll } from './parts.ts';
import { BUCKET, startTestStore, type TestStore } from './support.ts';

const Bucket = BUCKET;
const settled = async (acts: readonly Promise<unknown>[]) =>
  Promise.all(
    acts.map((act) =>
      act.then(
        () => 'done',
        (error: Error) => error.name,
      ),
    ),
  );
const partsOnDisk = (store: TestStore) => filesOnDisk(store).filter((name) => name.endsWith('.part'));

describe('at the same time', { timeout: 120_000 }, () => {
  test('twenty completions of one upload make one object, the others hear NoSuchUpload', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    const parts = await sendAll(store, 'key', id);
    const ends = await settled(
      Array.from({ length: 20 }, () => complete(store, 'key', id, parts, { IfNoneMatch: '*' })),
    );
    assert.deepEqual(ends.sort(), [...Array<string>(19).fill('NoSuchUpload'), 'done']);
    assert.deepEqual(await bytesOf(store, 'key'), BODY);
    assert.deepEqual(store.faults, []);
  });

  test('ten uploads of one key without overwriting: one wins with its own bytes, the others stay as they were', async (t) => {
    const store = await startTestStore(t);
    const uploads = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const id = await begin(store, 'key');
        return {
          id,
          body: `upload ${index}`,
          parts: await sendAll(store, 'key', id, [Buffer.from(`upload ${index}`)]),
        };
      }),
    );
    const ends = await settled(uploads.map(({ id, parts }) => complete(store, 'key', id, parts, { IfNoneMatch: '*' })));
    assert.deepEqual([...ends].sort(), [...Array<string>(9).fill('PreconditionFailed'), 'done']);
    const winner = uploads[ends.indexOf('done')];
    assert.equal((await bytesOf(store, 'key')).toString(), winner?.body);
    const { Uploads = [] } = await store.sdk.send(new ListMultipartUploadsCommand({ Bucket }));
    assert.deepEqual(
      Uploads.map(({ UploadId }) => UploadId).sort(),
      uploads.flatMap(({ id }) => (id === winner?.id ? [] : [id])).sort(),
    );
  });

  test('completion and abort: one of both happens, wholly', async (t) => {
    const store = await startTestStore(t);
    for (let round = 0; round < 20; round++) {
      const key = `key/${round}`;
      const id = await begin(store, key);
      const parts = await sendAll(store, key, id, [Buffer.from('bytes')]);
      const abort = () => store.sdk.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: id }));
      const end = () => complete(store, key, id, parts);
      const ends = await settled(round % 2 === 0 ? [end(), abort()] : [abort(), end()]);
      assert.deepEqual([...ends].sort(), ['NoSuchUpload', 'done']);
      const isThere = ends[round % 2] === 'done';
      if (isThere) assert.equal((await bytesOf(store, key)).toString(), 'bytes');
      else assert.deepEqual(await refusal(bytesOf(store, key)), [404, 'NoSuchKey']);
    }
    assert.deepEqual(store.faults, []);
  });

  test('twenty sendings of one part: one of them is the part, and its name completes', async (t) => {
    const store = await startTestStore(t);
    const id = await begin(store, 'key');
    const bodies = Array.from({ length: 20 }, (_, index) => Buffer.from(`sending ${index}`));
    const sent = await Promise.all(bodies.map((body) => send(store, 'key', id, 1, body)));
    assert.equal(partsOnDisk(store).length, 1);
    const ends: string[] = [];
    for (const part of sent) ends.push(...(await settled([complete(store, 'key', id, [part])])));
    const winner = ends.indexOf('done');
    assert.deepEqual(ends.slice(0, winner), Array<string>(winner).fill('InvalidPart'));
    assert.equal((await bytesOf(store, 'key')).toString(), `sending ${winner}`);
  });

  test('a part sent again while it is completed is in the object wholly or not at all', async (t) => {
    const store = await startTestStore(t);
    for (let round = 0; round < 10; round++) {
      const key = `key/${round}`;
      const id = await begin(store, key);
      const parts = await sendAll(store, key, id, [Buffer.from('first')]);
      const [end] = await settled([complete(store, key, id, parts), send(store, key, id, 1, Buffer.from('again'))]);
      if (end === 'done') assert.equal((await bytesOf(store, key)).toString(), 'first');
      else {
        assert.equal(end, 'InvalidPart');
        assert.deepEqual(await refusal(bytesOf(store, key)), [404, 'NoSuchKey']);
      }
    }
    assert.deepEqual(store.faults, []);
  });

  test('a download goes on to its last byte while its object is removed or replaced, then the old bytes leave the disk', async (t) => {
    const store = await startTestStore(t);
    const body = randomBytes(40 * MIB);
    const bodies = Array.from({ length: 8 }, (_, index) => body.subarray(index * 5 * MIB, (index + 1) * 5 * MIB));
    const ENDS = [
      () => store.sdk.send(new DeleteObjectCommand({ Bucket, Key: 'key' })),
      async () => {
        const id = await begin(store, 'key');
        await complete(store, 'key', id, await sendAll(store, 'key', id, PARTS));
      },
    ];
    for (const end of ENDS) {
      const id = await begin(store, 'key');
      await complete(store, 'key', id, await sendAll(store, 'key', id, bodies));
      const before = partsOnDisk(store);
      const response = await store.s3.send('GET', 'key');
      await end();
      for (const name of before) assert.ok(partsOnDisk(store).includes(name), 'bytes that are read stay');
      assert.ok(Buffer.from(await response.arrayBuffer()).equals(body));
      while (partsOnDisk(store).some((name) => before.includes(name))) await new Promise(setImmediate);
    }
    assert.deepEqual(await bytesOf(store, 'key'), BODY);
    assert.deepEqual(store.faults, []);
  });
});
