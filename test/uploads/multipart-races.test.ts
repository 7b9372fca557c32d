import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { Problem } from '../../demo/base/problem.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import type { Storage } from '../../demo/bucket/storage.ts';
import type { Database } from '../../demo/database/index.ts';
import { completeUploads } from '../../demo/uploads/completion.ts';
import { abortUpload } from '../../demo/uploads/open-uploads.ts';
import { quota, upload } from '../../demo/uploads/schema.ts';
import { startUploads } from '../../demo/uploads/uploads.ts';
import { MB } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { type TestDeps, testCaller, testDeps } from '../support/broker.ts';
import { changed, gate } from '../support/crash.ts';
import { openTestPglite, openTestPostgres, type TestPostgres } from '../support/database.ts';
import type { MemoryStorage } from '../support/memory-storage.ts';
import { beginParts, sendPart } from '../support/part-sender.ts';
import { compositeOf, factsOf, partsOf } from '../support/upload-rig.ts';

const SIZE = 16 * MB + 1000;
const CONTENT = Buffer.alloc(SIZE, ' ');
CONTENT.set(bytes(PDF));
const PARTS = partsOf(CONTENT, 8 * MB);
const SUMS = PARTS.map(({ sha256 }) => sha256);
const PERSON = 'person:cases:person-1';

for (const kind of ['pglite', 'postgresql'] as const) {
  describe(`completions in parts on ${kind}`, () => {
    let server: TestPostgres | null = null;
    let db: Database;
    /** Another process of the broker; on PGlite there is one session only. */
    let other: Database;
    let deps: TestDeps;
    let storage: MemoryStorage;
    before(async () => {
      server = kind === 'postgresql' ? await openTestPostgres() : null;
      db = await (server?.open() ?? openTestPglite());
      other = (await server?.open()) ?? db;
    });
    after(async () => {
      if (other !== db) await other.close();
      await db.close();
      await server?.stop();
    });
    beforeEach(async () => {
      for (const table of [quota, upload, audit]) await db.q.delete(table);
      deps = await testDeps({ db });
      storage = deps.storage as MemoryStorage;
    });

    /** The same broker in a process whose storage does some things differently. */
    const process = (verbs: Partial<Storage>): TestDeps => ({ ...deps, db: other, storage: changed(storage, verbs) });
    const begun = async () => {
      const id = await beginParts(deps, testCaller(deps), CONTENT);
      for (const part of PARTS) assert.equal(await sendPart(deps, testCaller(deps), id, part), 200);
      return id;
    };
    const complete = async (on: TestDeps, id: string, parts = SUMS): Promise<string> => {
      const answer = await completeUploads(on, testCaller(on), randomUUID(), { uploads: [{ id, parts }] });
      const [entry] = answer.files;
      assert.ok(entry);
      return 'file' in entry ? entry.file.sha256 : entry.problem.code;
    };
    const row = async (id: string) => {
      const [found] = await db.q.select().from(upload).where(eq(upload.id, id));
      assert.ok(found);
      return found;
    };
    const room = async () => {
      const [found] = await db.q.select().from(quota).where(eq(quota.holder, PERSON));
      return [found?.used, found?.reserved];
    };
    const stored = compositeOf(PARTS);
    const isStoredOnce = async (id: string) => {
      assert.deepEqual([(await row(id)).state, await room()], ['stored', [SIZE, 0]]);
      const acts = await db.q.select().from(audit).where(eq(audit.act, 'upload.stored'));
      assert.deepEqual([acts.length, storage.objects.size, storage.multiparts.size], [1, 1, 0]);
    };
    const isGone = async () => {
      deps.clock.pass(181);
      await sweep(deps);
      assert.deepEqual([await room(), storage.objects.size, storage.multiparts.size], [[0, 0], 0, 0]);
    };

    test('that come 20 at once settle once; those that are too early may ask again', async () => {
      const id = await begun();
      // Whoever is first stands still at the storage until all others have their answer.
      const { pass, open } = gate();
      let completions = 0;
      let answered = 0;
      const counted = process({
        completeMultipart: async (...args) => {
          completions += 1;
          if (completions > 1) open();
          await pass();
          return storage.completeMultipart(...args);
        },
      });
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, i) => {
          const answer = await complete(i % 2 === 0 ? counted : { ...counted, db }, id);
          answered += 1;
          if (answered === 19) open();
          return answer;
        }),
      );
      const early = Array.from({ length: 19 }, () => 'not_stored_yet');
      assert.deepEqual(answers.toSorted(), [...early, stored].sort());
      assert.equal(completions, 1);
      assert.equal(await complete(deps, id), stored);
      await isStoredOnce(id);
    });

    test('are driven on by the next request where a process died after it had put the parts together', async () => {
      const id = await begun();
      const { die, reached } = gate();
      void complete(process({ head: die }), id);
      await reached;
      assert.equal(storage.objects.size, 1);
      assert.equal(await complete(deps, id), 'not_stored_yet');
      deps.clock.pass(59);
      assert.equal(await complete(deps, id), 'not_stored_yet');
      deps.clock.pass(1);
      assert.equal(await complete(deps, id), stored);
      await isStoredOnce(id);
    });

    test('are driven on by the sweep where nobody asks again', async () => {
      const id = await begun();
      const { die, reached } = gate();
      void complete(process({ head: die }), id);
      await reached;
      deps.clock.pass(59);
      await sweep(deps);
      assert.equal((await row(id)).state, 'open');
      deps.clock.pass(1);
      await Promise.all([sweep(deps), sweep(process({}))]);
      await isStoredOnce(id);
      assert.equal((await row(id)).sha256, stored);
    });

    test('are driven on by the sweep where the storage failed after it had put the parts together', async () => {
      const id = await begun();
      const completeMultipart: Storage['completeMultipart'] = async (...args) => {
        await storage.completeMultipart(...args);
        throw new Problem('store_down');
      };
      assert.equal(await complete(process({ completeMultipart }), id), 'store_down');
      await sweep(deps);
      await isStoredOnce(id);
    });

    test('stay open where a process died before it asked the storage: the next one takes the lease over', async () => {
      const id = await begun();
      const { die, reached } = gate();
      void complete(process({ completeMultipart: die }), id);
      await reached;
      deps.clock.pass(60);
      await sweep(deps); // Nobody is there to say what the parts must be.
      assert.deepEqual([(await row(id)).state, (await row(id)).leaseUntil], ['open', null]);
      assert.equal(await complete(deps, id), stored);
      await isStoredOnce(id);
    });

    test('are not given up while the storage may still be at it', async () => {
      const id = await begun();
      const { pass, open, reached } = gate();
      const end = gate();
      const completeMultipart: Storage['completeMultipart'] = async (...args) => {
        await pass();
        await storage.completeMultipart(...args);
        return end.die();
      };
      void complete(process({ completeMultipart }), id);
      await reached;
      // A store that is putting them together may name neither the parts nor the object.
      const between = process({ listParts: async () => null, head: async () => null });
      deps.clock.pass(60);
      assert.equal(await complete(between, id), 'not_stored_yet');
      await sweep(between);
      assert.equal((await row(id)).state, 'open');
      open();
      await end.reached;
      assert.equal(await complete(deps, id), stored);
      await isStoredOnce(id);
    });

    test('are given up when nothing can come any more', async () => {
      const id = await begun();
      const { die, reached } = gate();
      void complete(process({ completeMultipart: die }), id);
      await reached;
      storage.multiparts.clear();
      deps.clock.pass(60 + 179);
      assert.equal(await complete(deps, id), 'not_stored_yet');
      deps.clock.pass(1);
      assert.equal(await complete(deps, id), 'upload_over');
      await isGone();
    });

    test('end once where a process that was taken for dead wakes up', async () => {
      const id = await begun();
      const { pass, open, reached } = gate();
      const slow = complete(
        process({
          read: async (...args) => {
            await pass();
            return storage.read(...args);
          },
        }),
        id,
      );
      await reached;
      deps.clock.pass(61);
      assert.equal(await complete(deps, id), stored);
      open();
      assert.equal(await slow, stored);
      await isStoredOnce(id);
    });

    test('with another list after a crash say damaged, and do no harm to what was put together', async () => {
      const id = await begun();
      const { die, reached } = gate();
      void complete(process({ head: die }), id);
      await reached;
      deps.clock.pass(60);
      assert.equal(await complete(deps, id, [...SUMS].reverse()), 'damaged');
      assert.equal((await row(id)).state, 'open');
      await sweep(deps);
      await isStoredOnce(id);
    });

    test('leave nothing where the upload is aborted before the storage is asked', async () => {
      const id = await begun();
      const { pass, open, reached } = gate();
      const slow = complete(
        process({
          completeMultipart: async (...args) => {
            await pass();
            return storage.completeMultipart(...args);
          },
        }),
        id,
      );
      await reached;
      await abortUpload(deps, testCaller(deps), id);
      open();
      assert.equal(await slow, 'upload_over');
      await isGone();
    });

    test('leave nothing where the upload is aborted after the parts were put together', async () => {
      const id = await begun();
      const { pass, open, reached } = gate();
      const slow = complete(
        process({
          read: async (...args) => {
            const read = await storage.read(...args);
            if (args[2] === SIZE - 1) await pass(); // The end of the file is what it reads last.
            return read;
          },
        }),
        id,
      );
      await reached;
      await abortUpload(deps, testCaller(deps), id);
      assert.deepEqual([storage.objects.size, await room()], [0, [0, SIZE]]);
      open();
      assert.equal(await slow, 'upload_over');
      await isGone();
    });

    test('leave nothing where the object appears after the abort has looked for it', async () => {
      const id = await begun();
      const { pass, open, reached } = gate();
      // As the abort of a store that was at it already might be too late.
      const kept = new Map(storage.multiparts);
      const slow = complete(
        process({
          completeMultipart: async (...args) => {
            await pass();
            for (const [uploadId, multipart] of kept) storage.multiparts.set(uploadId, multipart);
            return storage.completeMultipart(...args);
          },
        }),
        id,
      );
      await reached;
      await abortUpload(deps, testCaller(deps), id);
      deps.clock.pass(121); // No grant lives any more, but something may still come.
      await sweep(deps);
      assert.deepEqual(await room(), [0, SIZE]);
      open();
      assert.equal(await slow, 'upload_over');
      await isGone();
    });
  });

  describe(`starts in parts on ${kind}`, () => {
    let server: TestPostgres | null = null;
    let db: Database;
    before(async () => {
      server = kind === 'postgresql' ? await openTestPostgres() : null;
      db = await (server?.open() ?? openTestPglite());
    });
    after(async () => {
      await db.close();
      await server?.stop();
    });

    test('that are repeated 20 times at once while the store is slow open one upload there', async () => {
      const deps = await testDeps({ db });
      const storage = deps.storage as MemoryStorage;
      const { pass, open, reached } = gate();
      let waiting = 0;
      const createMultipart: Storage['createMultipart'] = async (key, type) => {
        waiting += 1;
        if (waiting === 20) open();
        await pass();
        return storage.createMultipart(key, type);
      };
      const slow = { ...deps, storage: changed(storage, { createMultipart }) };
      const { sha256: _, ...facts } = factsOf('a.pdf', 'application/pdf', CONTENT);
      const start = () => startUploads(slow, testCaller(deps), 'key', { files: [facts] });
      const first = start();
      await reached;
      const answers = await Promise.all([first, ...Array.from({ length: 19 }, start)]);
      const ids = new Set(answers.map(({ files: [entry] }) => entry && 'upload' in entry && entry.upload.id));
      assert.equal(ids.size, 1);
      assert.equal(storage.multiparts.size, 1);
      const [row, ...more] = await db.q.select().from(upload);
      assert.deepEqual([[...storage.multiparts.keys()], more], [[row?.multipartId], []]);
    });
  });
}
