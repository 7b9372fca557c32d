import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { Problem } from '../../demo/base/problem.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import type { Database } from '../../demo/database/index.ts';
import { completeUploads } from '../../demo/uploads/completion.ts';
import { deleteFile } from '../../demo/uploads/files.ts';
import { abortUpload } from '../../demo/uploads/open-uploads.ts';
import { quota, upload } from '../../demo/uploads/schema.ts';
import { startUploads } from '../../demo/uploads/uploads.ts';
import { MB, type Template } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { asPut } from '../support/as-put.ts';
import { type TestDeps, testCaller, testDeps } from '../support/broker.ts';
import { changed, gate } from '../support/crash.ts';
import { openTestPglite, openTestPostgres } from '../support/database.ts';
import type { MemoryStorage } from '../support/memory-storage.ts';
import { beginParts, sendPart } from '../support/part-sender.ts';
import { factsOf, partsOf } from '../support/upload-rig.ts';

const SIZE = 1000;
/** Travels in three parts. */
const LARGE = 16 * MB + SIZE;
/** Valid content of exactly so many bytes, told apart by its number. */
const content = (i: number, size = SIZE) => {
  const start = bytes(PDF, String(i));
  return bytes(start, ' '.repeat(size - start.length));
};
const largeContent = content(0, LARGE);
const PARTS = partsOf(largeContent, 8 * MB);
const roomFor = (app_bytes: number, person_bytes: number) => (template: Template) => ({
  ...template,
  quota: { app_bytes, person_bytes },
});

const databases: readonly (readonly [string, () => Promise<{ db: Database; close(): Promise<void> }>])[] = [
  [
    'PGlite',
    async () => {
      const db = await openTestPglite();
      return { db, close: () => db.close() };
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const server = await openTestPostgres();
      const db = await server.open();
      return {
        db,
        close: async () => {
          await db.close();
          await server.stop();
        },
      };
    },
  ],
];

for (const [name, open] of databases) {
  describe(`room on ${name}`, () => {
    let opened: { db: Database; close(): Promise<void> };
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());

    /** A fresh app's worth of rooms, over the one database. */
    async function fresh(app_bytes: number, person_bytes: number) {
      for (const table of [quota, upload]) await opened.db.q.delete(table);
      const deps = await testDeps({ db: opened.db, template: roomFor(app_bytes, person_bytes) });
      return { deps, storage: deps.storage as MemoryStorage };
    }

    test('is exact when 50 people start at once on an app that has room for 17', async () => {
      const { deps } = await fresh(17 * SIZE, 17 * SIZE);
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, i) => outcomeOf(start(deps, `person-${i}`, i))),
      );
      assert.deepEqual(countBy(outcomes), { granted: 17, app_full: 33 });
      assert.deepEqual(await roomOf(deps, 'app:cases'), [0, 17 * SIZE]);
    });

    test('is exact when one person starts 50 times at once with room for 7', async () => {
      const { deps } = await fresh(1000 * SIZE, 7 * SIZE);
      const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => outcomeOf(start(deps, 'one', i))));
      assert.deepEqual(countBy(outcomes), { granted: 7, person_full: 43 });
      assert.deepEqual(await roomOf(deps, 'person:cases:one'), [0, 7 * SIZE]);
      assert.deepEqual(await roomOf(deps, 'app:cases'), [0, 7 * SIZE]);
    });

    test('cannot be held by one person: 20 % of what an app has left is the most that may stand open', async () => {
      const { deps } = await fresh(50 * SIZE, 50 * SIZE);
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => outcomeOf(start(deps, 'greedy', i))));
      assert.deepEqual(countBy(outcomes), { granted: 10, app_full: 10 });
      assert.equal(await outcomeOf(start(deps, 'other', 1)), 'granted');
    });

    test('says how much is asked for and how much is left', async () => {
      const { deps } = await fresh(100 * SIZE, 3 * SIZE);
      await start(deps, 'one', 1);
      await assert.rejects(start(deps, 'one', 2, 2 * SIZE + 1), {
        code: 'person_full',
        figures: { size: 2 * SIZE + 1, rest: 2 * SIZE },
      });
    });

    test('is settled once when 20 completions come at once', async () => {
      const { deps, storage } = await fresh(100 * SIZE, 100 * SIZE);
      const { id, grant } = await start(deps, 'one', 1);
      assert.equal(storage.put(grant, content(1)), 200);
      const caller = testCaller(deps, { person: 'one' });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => completeUploads(deps, caller, randomUUID(), { uploads: [{ id }] })),
      );
      assert.equal(answers.filter(({ files: [entry] }) => entry && 'file' in entry).length, 20);
      assert.deepEqual(await roomOf(deps, 'person:cases:one'), [SIZE, 0]);
      assert.deepEqual(await roomOf(deps, 'app:cases'), [SIZE, 0]);
    });

    test('is given back once when an abort, a completion and two sweeps meet', async () => {
      const { deps, storage } = await fresh(100 * SIZE, 100 * SIZE);
      const caller = testCaller(deps, { person: 'one' });
      for (let round = 0; round < 10; round++) {
        const { id, grant } = await start(deps, 'one', round);
        storage.put(grant, content(round));
        await Promise.allSettled([
          abortUpload(deps, caller, id),
          completeUploads(deps, caller, randomUUID(), { uploads: [{ id }] }),
          sweep(deps),
          sweep(deps),
        ]);
      }
      deps.clock.pass(121);
      await Promise.all([sweep(deps), sweep(deps)]);
      const [row] = await deps.db.q.select().from(quota).where(eq(quota.holder, 'app:cases'));
      const stored = await deps.db.q.select().from(upload).where(eq(upload.state, 'stored'));
      assert.deepEqual([row?.used, row?.reserved], [stored.length * SIZE, 0]);
      assert.equal(storage.objects.size, stored.length);
    });

    test('obeys its law whatever people do in whatever order', async () => {
      const step = fc.record({
        act: fc.constantFrom(
          ...(['start', 'startLarge', 'put', 'put', 'complete', 'die', 'abort', 'delete', 'sweep', 'pass'] as const),
          'together' as const,
        ),
        person: fc.constantFrom('a', 'b'),
        which: fc.nat(7),
      });
      const rooms = fc.constantFrom([30 * SIZE, 12 * SIZE] as const, [12 * LARGE, 5 * LARGE] as const);
      await fc.assert(
        fc.asyncProperty(rooms, fc.array(step, { minLength: 5, maxLength: 40 }), async ([ofApp, ofPerson], steps) => {
          const { deps, storage } = await fresh(ofApp, ofPerson);
          const begun: Begun[] = [];
          for (const [i, { act, person, which }] of steps.entries()) {
            const one = begun[which % Math.max(1, begun.length)];
            const caller = testCaller(deps, { person: one?.person ?? person });
            const complete = async (on: TestDeps) =>
              one && completeUploads(on, caller, randomUUID(), { uploads: [{ id: one.id, ...one.sums }] });
            const moves = {
              start: async () => begun.push(await start(deps, person, i)),
              startLarge: async () => begun.push(await startLarge(deps, person, i)),
              put: async () => one?.send(deps),
              complete: () => complete(deps),
              /** Its process is killed between two calls of the storage. */
              die: async () => {
                const { die, reached } = gate();
                const verb = (['head', 'read', 'completeMultipart'] as const)[which % 3] ?? 'head';
                await Promise.race([complete({ ...deps, storage: changed(storage, { [verb]: die }) }), reached]);
              },
              abort: async () => one && abortUpload(deps, caller, one.id),
              delete: async () => one && deleteFile(deps, caller, one.id),
              sweep: () => sweep(deps),
              pass: async () => deps.clock.pass([1, 61, 121, 86_400][which % 4] ?? 1),
            };
            const together = [moves.start, moves.complete, moves.abort, moves.delete, moves.sweep, moves.put];
            const outcomes = await Promise.allSettled(
              (act === 'together' ? together : [moves[act]]).map((move) => move()),
            );
            for (const outcome of outcomes)
              if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof Problem, String(outcome.reason));
            await assertLaw(deps);
          }
          // At the end of all days nothing is held that is not there.
          deps.clock.pass(7 * 86_400 + 1);
          await sweep(deps);
          const rows = await deps.db.q.select().from(quota);
          assert.deepEqual(rows.map(({ reserved }) => reserved).filter(Boolean), []);
          const stored = await deps.db.q.select().from(upload).where(eq(upload.state, 'stored'));
          assert.deepEqual([...storage.objects.keys()].sort(), stored.map(({ objectKey }) => objectKey).sort());
          assert.equal(storage.multiparts.size, 0);
        }),
        { numRuns: 25 },
      );
    });
  });
}

interface Begun {
  readonly id: string;
  readonly person: string;
  /** What its completion says of its parts. */
  readonly sums?: { readonly parts: string[] };
  /** The next piece of it. */
  send(deps: TestDeps): Promise<unknown>;
}

async function start(deps: TestDeps, person: string, number: number, size = SIZE) {
  const file = factsOf(`${number}.pdf`, 'application/pdf', content(number, size));
  const { files } = await startUploads(deps, testCaller(deps, { person }), randomUUID(), { files: [file] });
  const [entry] = files;
  assert.ok(entry && 'upload' in entry);
  const { id } = entry.upload;
  const grant = asPut(entry.upload.grant);
  const send = async () => (deps.storage as MemoryStorage).put(grant, content(number, size));
  return { id, grant, person, send };
}

async function startLarge(deps: TestDeps, person: string, number: number): Promise<Begun> {
  const caller = testCaller(deps, { person });
  const id = await beginParts(deps, caller, largeContent, `${number}.pdf`);
  let sent = 0;
  return {
    id,
    person,
    sums: { parts: PARTS.map(({ sha256 }) => sha256) },
    send: async (now) => {
      // A page sends as many at once, and some again.
      const parts = sent === 0 ? PARTS.slice(0, 2) : PARTS.slice(2);
      sent += 1;
      for (const part of parts) await sendPart(now, caller, id, part);
    },
  };
}

/** For both holders: used and reserved are exactly what the uploads say, never negative, never over the cap. */
async function assertLaw(deps: TestDeps): Promise<void> {
  const rows = await deps.db.q.select().from(quota);
  const uploads = await deps.db.q.select().from(upload);
  for (const { holder, used, reserved, cap } of rows) {
    const own = uploads.filter(({ app, person }) => [`app:${app}`, `person:${app}:${person}`].includes(holder));
    const bytesOf = (rows: typeof own) => rows.reduce((sum, { size }) => sum + size, 0);
    const stored = bytesOf(own.filter(({ state }) => state === 'stored'));
    const held = bytesOf(own.filter(({ state, isCharged }) => state !== 'stored' && isCharged));
    assert.deepEqual([used, reserved], [stored, held], holder);
    assert.ok(used + reserved <= cap);
  }
}

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'granted';
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.code;
  }
}

async function roomOf(deps: TestDeps, holder: string): Promise<[number, number]> {
  const [row] = await deps.db.q.select().from(quota).where(eq(quota.holder, holder));
  return [row?.used ?? -1, row?.reserved ?? -1];
}

const countBy = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(values)]
      .sort()
      .reverse()
      .map((value) => [value, values.filter((one) => one === value).length]),
  );
