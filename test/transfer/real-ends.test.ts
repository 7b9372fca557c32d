import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { StoredFile } from '../../src/contract/index.ts';
import { FileTransfer } from '../../src/transfer/file-transfer.ts';
import type { Put, TransferWatcher } from '../../src/transfer/ports.ts';
import { asPut } from '../support/as-put.ts';
import { clientOf } from '../support/upload-client.ts';
import { UploadRig } from '../support/upload-rig.ts';

/** Node's fetch in place of XMLHttpRequest; everything else on the way is the real part. */
const put: Put = async (grant, body) => {
  const response = await fetch(grant.url, { method: grant.method, headers: asPut(grant).headers, body });
  await response.arrayBuffer();
  return response.ok ? { kind: 'stored' } : { kind: 'refused', status: response.status };
};

const soon = (_ms: number, act: () => void) => {
  const waiting = setImmediate(act);
  return () => clearImmediate(waiting);
};

const hash = async (blob: Blob) =>
  createHash('sha256')
    .update(new Uint8Array(await blob.arrayBuffer()))
    .digest('base64');

describe('the transfer with the real broker and storage', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  async function send(files: readonly File[], send: Put = put, begun?: (transfer: FileTransfer) => void) {
    const stored = new Map<string, StoredFile>();
    const notDone = new Map<string, string>();
    const references = new Set<string>();
    const nothing = () => {};
    const watcher: TransferWatcher = {
      waiting: nothing,
      progress: nothing,
      finishing: nothing,
      busy: nothing,
      offline: nothing,
      slow: nothing,
      signInNeeded: nothing,
      stored: (key, file) => stored.set(key, file),
      notDone: (key, { code }) => notDone.set(key, code),
      reference: (reference) => references.add(reference),
    };
    const transfer = new FileTransfer({
      grants: clientOf(rig),
      hasher: { hash, close: nothing },
      put: send,
      clock: { now: rig.deps.now, after: soon },
      random: () => 0,
      connection: { isOnline: () => true, whenOnline: () => nothing },
    });
    const outgoing = files.map((file) => ({ key: file.name, file, sniffedType: 'text/plain' }));
    begun?.(transfer);
    await transfer.send(outgoing, {}, watcher);
    return { stored, notDone, references };
  }

  /** The bytes of a stored file, by its id. */
  async function read(id: string): Promise<Buffer> {
    const { url } = await clientOf(rig).fileUrl(id);
    return Buffer.from(await (await fetch(url)).arrayBuffer());
  }

  const text = (name: string, words: string) => new File([words], name, { type: 'text/plain' });

  test('stores each file bit for bit under one reference', async () => {
    const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => text(`${name}.txt`, `${name} `.repeat(2000)));
    const { stored, notDone, references } = await send(files);
    assert.deepEqual([stored.size, notDone.size, references.size], [8, 0, 1]);
    for (const file of files) {
      assert.equal(stored.get(file.name)?.sha256, await hash(file));
      assert.equal(stored.get(file.name)?.reference, [...references][0]);
    }
  });

  test('finds a lost 200 again: the second PUT meets its own first', async () => {
    let isFirst = true;
    const losing: Put = async (...args) => {
      const outcome = await put(...args);
      if (!isFirst) return outcome;
      isFirst = false;
      return { kind: 'lost' };
    };
    const { stored } = await send([text('lost.txt', 'came through')], losing);
    assert.equal(stored.get('lost.txt')?.size, 12);
  });

  test('sends again what the storage refused, and tells what the broker refuses', async () => {
    let puts = 0;
    const spoiling: Put = async (grant, body, watcher, signal) => {
      puts += 1;
      return puts === 1 ? put(grant, new Blob(['other bytes!']), watcher, signal) : put(grant, body, watcher, signal);
    };
    const { stored, notDone } = await send([text('spoilt.txt', 'came through'), text('run.exe', 'MZ')], spoiling);
    assert.equal(stored.get('spoilt.txt')?.sha256, await hash(new Blob(['came through'])));
    assert.deepEqual([...notDone], [['run.exe', 'file_active']]);
  });

  describe('with a file in parts', () => {
    const MB = 1024 * 1024;
    /** 8, 8 and 4 MiB and some: other words in each part. */
    const words = Buffer.alloc(20 * MB + 11, 'The quick brown fox jumps over the lazy dog, 0123456789. ');
    const file = new File([words], 'long.txt', { type: 'text/plain' });
    const composite = createHash('sha256');
    for (let from = 0; from < words.length; from += 8 * MB) {
      composite.update(
        createHash('sha256')
          .update(words.subarray(from, from + 8 * MB))
          .digest(),
      );
    }
    const sum = composite.digest('base64');

    test('stores it bit for bit under its composite checksum, and gives back all room it does not need', async () => {
      const before = await rig.room();
      const { stored, notDone } = await send([file, text('short.txt', 'beside it')]);
      assert.deepEqual([...notDone], []);
      const { id, size, sha256, part_bytes } = stored.get('long.txt') ?? assert.fail('not stored');
      assert.deepEqual([size, sha256, part_bytes], [words.length, sum, 8 * MB]);
      assert.ok((await read(id)).equals(words));
      const room = await rig.room();
      assert.deepEqual(room.person, [before.person[0] + words.length + 9, before.person[1]]);
    });

    test('finds parts again whose answer was lost, and mends what was spoilt', async () => {
      const puts: string[] = [];
      const faulty: Put = async (grant, body, watcher, signal) => {
        puts.push(new URL(grant.url).searchParams.get('partNumber') ?? '');
        if (puts.length === 1) return put(grant, new Blob([body.slice(1), '!']), watcher, signal);
        const outcome = await put(grant, body, watcher, signal);
        return puts.length === 2 ? { kind: 'lost' } : outcome;
      };
      const { stored, notDone } = await send([file], faulty);
      assert.deepEqual([...notDone], []);
      assert.equal(stored.get('long.txt')?.sha256, sum);
      assert.deepEqual([...puts].sort(), ['1', '2', '3', puts[0]].sort());
    });

    test('carries on after a pause with the same upload', async () => {
      let transfer: FileTransfer | null = null;
      let isFirst = true;
      const pausing: Put = async (...args) => {
        const outcome = await put(...args);
        if (isFirst) {
          isFirst = false;
          transfer?.pause('long.txt');
          setImmediate(() => transfer?.resume('long.txt'));
        }
        return outcome;
      };
      const { stored, references } = await send([file], pausing, (made) => {
        transfer = made;
      });
      assert.equal(references.size, 1);
      assert.equal(stored.get('long.txt')?.sha256, sum);
    });
  });
});
