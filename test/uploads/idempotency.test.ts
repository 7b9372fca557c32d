import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Problem } from '../../demo/base/problem.ts';
import type { Database } from '../../demo/database/index.ts';
import { once } from '../../demo/uploads/idempotency.ts';
import { idempotency, upload } from '../../demo/uploads/schema.ts';
import { startUploads } from '../../demo/uploads/uploads.ts';
import type { ProblemBody, StartedUploads } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { type TestDeps, testCaller, testDeps } from '../support/broker.ts';
import { openTestPglite, openTestPostgres } from '../support/database.ts';
import { factsOf, UploadRig } from '../support/upload-rig.ts';

const facts = (i = 1) => factsOf(`${i}.pdf`, 'application/pdf', bytes(PDF, String(i)));

describe('a start that is repeated with its key', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  test('answers the same uploads under the same reference, with grants signed anew', async () => {
    const body = { files: [facts(1), { ...facts(2), name: 'b.exe' }] };
    const who = { person: 'repeat' };
    const first = await rig.post('/v1/uploads', body, who, 'key-1');
    rig.deps.clock.pass(60);
    const again = await rig.post('/v1/uploads', body, who, 'key-1');
    assert.deepEqual([first.status, again.status], [201, 201]);
    const [a, b] = [first.body as StartedUploads, again.body as StartedUploads];
    const bare = (started: StartedUploads) => ({
      ...started,
      files: started.files.map((file) => ('upload' in file ? file.upload.id : file.problem)),
    });
    assert.deepEqual(bare(a), bare(b));
    const urls = [a, b].map(({ files: [file] }) => (file && 'upload' in file ? file.upload.grant?.url : ''));
    assert.notEqual(urls[0], urls[1]);
    assert.deepEqual((await rig.room('cases', 'repeat')).person, [0, facts(1).size]);
    const kept = JSON.stringify(await rig.deps.db.q.select().from(idempotency));
    assert.ok(!kept.includes('X-Amz') && !kept.includes('.pdf'));
  });

  test('gives no grant for what was aborted meanwhile', async () => {
    const body = { files: [facts()] };
    const first = (await rig.post('/v1/uploads', body, {}, 'key-2')).body as StartedUploads;
    const [file] = first.files;
    assert.ok(file && 'upload' in file);
    await rig.call('DELETE', `/v1/uploads/${file.upload.id}`);
    const again = (await rig.post('/v1/uploads', body, {}, 'key-2')).body as StartedUploads;
    assert.equal(again.files[0] && 'problem' in again.files[0] && again.files[0].problem.code, 'upload_over');
  });

  test('is refused with another body, and is free again after a day', async () => {
    const who = { person: 'body' };
    assert.equal((await rig.post('/v1/uploads', { files: [facts(1)] }, who, 'key-3')).status, 201);
    const other = await rig.post('/v1/uploads', { files: [facts(2)] }, who, 'key-3');
    assert.deepEqual([other.status, (other.body as ProblemBody).code], [422, 'idempotency_mismatch']);
  });

  test('is one person’s and one route’s own', async () => {
    const ids = new Set<string>();
    for (const who of [{ person: 'x' }, { person: 'y' }, { person: 'x', app: 'globex-cases' }]) {
      const { batch } = (await rig.post('/v1/uploads', { files: [facts()] }, who, 'key-4')).body as StartedUploads;
      ids.add(batch);
    }
    assert.equal(ids.size, 3);
    const uploads = [{ id: 'nobody-has-this-id' }];
    assert.equal((await rig.post('/v1/uploads/complete', { uploads }, { person: 'x' }, 'key-4')).status, 200);
  });

  test('needs a key of 1 to 64 visible characters', async () => {
    const body = { files: [facts()] };
    assert.equal((await rig.call('POST', '/v1/uploads', body)).status, 400);
    for (const key of ['', 'a b', 'x'.repeat(65), 'ü']) {
      assert.equal((await rig.post('/v1/uploads', body, {}, key)).status, 400, key);
    }
  });

  test('may be tried again with the same key where the first was refused', async () => {
    const who = { person: 'paused' };
    const { record } = rig.deps.registry.app('photos');
    const body = { files: [factsOf('a.pdf', 'application/pdf', bytes(PDF))], batch: 'no-such-batch' };
    assert.equal((await rig.post('/v1/uploads', body, who, 'key-5')).status, 404);
    assert.equal((await rig.post('/v1/uploads', body, who, 'key-5')).status, 404);
    assert.equal(record.mode, 'live');
  });
});

const databases: readonly (readonly [string, () => Promise<readonly [Database, () => Promise<void>]>])[] = [
  ['PGlite', async () => [await openTestPglite(), async () => {}]],
  [
    'PostgreSQL',
    async () => {
      const server = await openTestPostgres();
      return [await server.open(), server.stop];
    },
  ],
];

for (const [name, open] of databases) {
  describe(`keys on ${name}`, () => {
    let deps: TestDeps;
    let stop: () => Promise<void>;
    before(async () => {
      const [db, stopServer] = await open();
      stop = stopServer;
      deps = await testDeps({ db });
    });
    after(async () => {
      await deps.db.close();
      await stop();
    });

    test('make one batch of 20 starts that come at once', async () => {
      const caller = testCaller(deps, { person: 'race' });
      const key = randomUUID();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => startUploads(deps, caller, key, { files: [facts()] })),
      );
      const batches = new Set<string>();
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') batches.add(outcome.value.batch);
        else assert.equal((outcome.reason as Problem).code, 'idempotency_busy');
      }
      assert.equal(batches.size, 1);
      assert.equal((await deps.db.q.select().from(upload)).length, 1);
    });

    test('are busy with Retry-After while the first is running, and free a minute after it died', async () => {
      const caller = testCaller(deps, { person: 'dead' });
      const attempt = { route: 'r', key: 'k', body: {} };
      let finish = (): void => {};
      const hung = once(deps, caller, attempt, async (keep) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        await keep('too late');
        return 'too late';
      });
      await waitForRow(deps);
      await assert.rejects(
        once(deps, caller, attempt, async () => 'second'),
        (error) =>
          error instanceof Problem && error.code === 'idempotency_busy' && error.headers['Retry-After'] === '1',
      );
      deps.clock.pass(61);
      const answer = await once(deps, caller, attempt, async (keep) => {
        await keep('second');
        return 'second';
      });
      assert.equal(answer, 'second');
      finish();
      // The dead one wakes up: it must not undo or double what the second did.
      await assert.rejects(hung, { code: 'idempotency_busy' });
      assert.equal(await once(deps, caller, attempt, async () => 'third'), 'second');
    });
  });
}

async function waitForRow(deps: TestDeps): Promise<void> {
  for (;;) {
    const rows = await deps.db.q.select().from(idempotency);
    if (rows.some(({ route }) => route === 'r')) return;
  }
}
