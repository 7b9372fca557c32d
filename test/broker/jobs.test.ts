import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createJobs, type JobHandlers, type Jobs } from '../../demo/context/jobs.ts';
import type { Database } from '../../demo/database/index.ts';
import { openTestPglite, openTestPostgres } from '../support/database.ts';

const onPglite = async () => ({ db: await openTestPglite(), stop: async () => {} });
const onPostgres = async () => {
  const server = await openTestPostgres();
  return { db: await server.open(), stop: server.stop };
};

for (const [name, open] of [
  ['PGlite', onPglite],
  ['PostgreSQL', onPostgres],
] as const) {
  describe(`jobs on ${name}`, () => {
    let db: Database;
    let stop: () => Promise<void>;
    let jobs: Jobs;
    let ran: (id: string) => void = () => {};
    const logged: string[] = [];
    const nothing = async () => {};
    const handlers: JobHandlers = {
      'link-mail': async ({ id }) => ran(id),
      'code-mail': async () => {
        throw new Error('550 ben@outside.example is unknown');
      },
      'receipt-mail': nothing,
      'sender-mail': nothing,
      'told-mail': nothing,
      'guest-mail': nothing,
      checkpoint: nothing,
      'room-mail': nothing,
      sweep: nothing,
    };
    before(async () => {
      ({ db, stop } = await open());
      jobs = createJobs(db, (level, event, facts) => logged.push(JSON.stringify({ level, event, ...facts })));
      await jobs.start(handlers, 3600);
    });
    after(async () => {
      await jobs.stop();
      await db.close();
      await stop();
    });

    const state = async (job: string, id: string) => {
      const { rows } = await db.execute(
        `select state, start_after > now() as later from pgboss.job where name = '${job}' and data->>'id' = '${id}'`,
      );
      return rows[0] as { state: string; later: boolean } | undefined;
    };

    test('a job sent in a transaction runs once it is committed and woken', { timeout: 10_000 }, async () => {
      const done = new Promise<string>((resolve) => {
        ran = resolve;
      });
      await db.transaction((tx) => jobs.send(tx, 'link-mail', { id: 'link-1' }));
      jobs.wake('link-mail');
      assert.equal(await done, 'link-1');
    });

    // One for each look would take twenty seconds.
    test('ten jobs of one transaction run one after the other, at one wake', { timeout: 10_000 }, async () => {
      const ids = Array.from({ length: 10 }, (_, n) => `burst-${n}`);
      const open = new Set(ids);
      const done = new Promise<void>((resolve) => {
        ran = (id) => open.delete(id) && open.size === 0 && resolve();
      });
      await db.transaction(async (tx) => {
        for (const id of ids) await jobs.send(tx, 'link-mail', { id });
      });
      jobs.wake('link-mail');
      await done;
    });

    test('a job of a transaction that is rolled back never was', async () => {
      const fails = db.transaction(async (tx) => {
        await jobs.send(tx, 'receipt-mail', { id: 'rolled-back' });
        throw new Error('no');
      });
      await assert.rejects(fails, /no/);
      assert.equal(await state('receipt-mail', 'rolled-back'), undefined);
    });

    test('a job that is to wait stands in the queue until then', async () => {
      await db.transaction((tx) => jobs.send(tx, 'sender-mail', { id: 'later' }, 900));
      assert.deepEqual(await state('sender-mail', 'later'), { state: 'created', later: true });
    });

    test('a job that failed is tried again, and neither queue nor log repeats what the failure said', {
      timeout: 10_000,
    }, async () => {
      await db.transaction((tx) => jobs.send(tx, 'code-mail', { id: 'code-1' }));
      jobs.wake('code-mail');
      for (let now = await state('code-mail', 'code-1'); now?.state !== 'retry'; ) {
        await new Promise(setImmediate);
        now = await state('code-mail', 'code-1');
      }
      const { rows } = await db.execute(`select output::text as output from pgboss.job where name = 'code-mail'`);
      assert.ok(!JSON.stringify([rows, logged]).includes('ben@'));
      assert.ok(logged.some((line) => line.includes('job.failed')));
    });
  });
}
