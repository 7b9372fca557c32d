import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { FileTransfer } from '../../src/transfer/file-transfer.ts';
import type { Put, TransferWatcher } from '../../src/transfer/ports.ts';
import { RecordedUploads } from '../../src/transfer/recorded-uploads.ts';
import { Records } from '../../src/transfer/records.ts';
import { MemoryLocks, MemoryRecords } from '../support/memory-records.ts';
import { clientOf } from '../support/upload-client.ts';
import { UploadRig } from '../support/upload-rig.ts';

setMaxListeners(100);

const MB = 1024 * 1024;
const PART = 8 * MB;
const SLOTS = 6;
/** Nine parts and a bit. */
const WORDS = Buffer.alloc(9 * PART + 12_345, 'The quick brown fox jumps over the lazy dog, 0123456789. ');
const FILE = new File([WORDS], 'long.txt', { type: 'text/plain' });
const APP = 'cases';
const JO = 'person-jo';

const hash = async (blob: Blob) =>
  createHash('sha256')
    .update(new Uint8Array(await blob.arrayBuffer()))
    .digest('base64');

const soon = (_ms: number, act: () => void) => {
  const waiting = setImmediate(act);
  return () => clearImmediate(waiting);
};

describe('an upload that goes on after a reload, with the real broker and storage', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  /** A page of this browser; it dies when `dies` has been called, with all that it sends. */
  function page(store: MemoryRecords, locks: MemoryLocks, bytes: { sent: number }) {
    const ending = new AbortController();
    const told: string[] = [];
    const ids: string[] = [];
    let stored = 0;
    let dieAfter = Number.POSITIVE_INFINITY;
    let died = () => {};
    const death = new Promise<void>((resolve) => {
      died = resolve;
    });
    const nothing = () => {};
    const watcher: TransferWatcher = {
      waiting: nothing,
      progress: nothing,
      finishing: nothing,
      busy: nothing,
      offline: nothing,
      slow: nothing,
      signInNeeded: nothing,
      reference: nothing,
      stored: (_key, { id }) => void ids.push(id),
      notDone: (_key, { code }) => void told.push(code),
    };
    const put: Put = async (grant, body) => {
      if (grant.method !== 'PUT' || ending.signal.aborted) return new Promise(() => {});
      bytes.sent += body.size;
      const { url, headers } = grant;
      const response = await fetch(url, { method: 'PUT', headers, body, signal: ending.signal }).catch(() => null);
      await response?.arrayBuffer().catch(nothing);
      if (!response || ending.signal.aborted) return new Promise(() => {});
      if (!response.ok) return { kind: 'refused', status: response.status };
      stored += 1;
      if (stored < dieAfter) return { kind: 'stored' };
      ending.abort();
      lock.end();
      died();
      return new Promise(() => {});
    };
    const lock = locks.page();
    const here = { store, locks: lock, owner: () => ({ app: APP, person: JO }) };
    const [grants, hasher, clock] = [clientOf(rig), { hash, close: nothing }, { now: rig.deps.now, after: soon }];
    const records = new Records(here, clock);
    const transfer = new FileTransfer({
      grants,
      hasher,
      put,
      clock,
      random: () => 0,
      connection: { isOnline: () => true, whenOnline: () => nothing },
      records: async () => records,
    });
    return {
      unfinished: new RecordedUploads({ ...here, grants, hasher, clock }, records),
      transfer,
      told,
      ids,
      send: (resumes?: string) =>
        transfer.send([{ key: 'long', file: FILE, sniffedType: 'text/plain', resumes }], {}, watcher),
      dies: (after: number) => {
        dieAfter = after;
        return death;
      },
    };
  }

  for (const deaths of [[3], [7], [2, 2]]) {
    test(`sends at most one part again per slot and reload: ${deaths.join(', then ')} parts stored`, async () => {
      const [store, locks, bytes] = [new MemoryRecords(), new MemoryLocks(), { sent: 0 }];
      const quota = await rig.room();
      for (const after of deaths) {
        const [record] = store.records.keys();
        const dying = page(store, locks, bytes);
        const death = dying.dies(after);
        void dying.send(record);
        await death;
      }
      const last = page(store, locks, bytes);
      const [upload] = await last.unfinished.list(APP, { id: JO });
      const id = upload?.id ?? assert.fail('nothing is unfinished');
      assert.equal(await last.unfinished.check(id, FILE, new AbortController().signal), 'same');
      await last.send(id);
      assert.deepEqual([last.told, last.ids, store.records.size], [[], [id], 0]);
      assert.ok(bytes.sent <= WORDS.length + deaths.length * SLOTS * PART, `${bytes.sent} bytes`);
      const { url } = await clientOf(rig).fileUrl(id);
      assert.ok(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(WORDS));
      const room = await rig.room();
      assert.deepEqual(room.person, [(quota.person[0] ?? 0) + WORDS.length, quota.person[1]]);
    });
  }

  test('ends the upload at the broker when what was sent is deleted', async () => {
    const [store, locks, bytes] = [new MemoryRecords(), new MemoryLocks(), { sent: 0 }];
    const dying = page(store, locks, bytes);
    const death = dying.dies(2);
    void dying.send();
    await death;
    const [id = ''] = store.records.keys();
    const { unfinished } = page(store, locks, bytes);
    await unfinished.forget(id);
    assert.equal((await clientOf(rig).uploadStatus(id)).state, 'aborted');
    assert.equal(store.records.size, 0);
  });
});
