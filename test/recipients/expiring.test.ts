import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import type { Database } from '../../demo/database/index.ts';
import { tellOfExpiring } from '../../demo/recipients/expiring.ts';
import { linkTold } from '../../demo/recipients/schema.ts';
import { openTestPostgres, type TestPostgres } from '../support/database.ts';
import { LinkRig, RECIPIENT } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const DAY = 86_400;

describe('a link that ends tomorrow', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  const sentFor = async (days: number) => {
    const expires_at = new Date(rig.deps.now() + days * DAY * 1000).toISOString();
    return rig.sentLink({ expires_at });
  };
  const told = async () =>
    (await rig.deliver('told-mail')).map(({ to, subject }) => [...to, subject.replace(/\u2060/g, '')]);

  test('is told of to its sender once, a day before its end and not earlier, by however many sweeps', async () => {
    const { id } = await sentFor(5);
    rig.deps.clock.pass(4 * DAY - 1);
    await sweep(rig.deps);
    assert.deepEqual(await told(), []);
    rig.deps.clock.pass(1);
    await Promise.all([sweep(rig.deps), sweep(rig.deps)]);
    await sweep(rig.deps);
    assert.deepEqual(await told(), [['maria@acme.example', `Your link to ${RECIPIENT} expires tomorrow`]]);
    const acts = (await rig.deps.db.q.select().from(audit).where(eq(audit.subject, id))).map(({ actor, act }) => [
      actor,
      act,
    ]);
    assert.deepEqual(
      acts.filter(([, act]) => act === 'link.expiring'),
      [['broker', 'link.expiring']],
    );
    rig.deps.clock.pass(DAY);
    await sweep(rig.deps);
    assert.deepEqual(await told(), []);
  });

  test('is not told of where it was answered, taken back, or lasts no more than two days', async () => {
    const accepted = await sentFor(4);
    await rig.accepted(accepted.token, await PageKey.make());
    const takenBack = await sentFor(4);
    assert.equal((await rig.asSender('DELETE', `/v1/links/${takenBack.id}`)).status, 204);
    await sentFor(2);
    await rig.deliver();
    rig.deps.clock.pass(1.5 * DAY);
    await sweep(rig.deps);
    rig.deps.clock.pass(2 * DAY);
    await sweep(rig.deps);
    assert.deepEqual(await told(), []);
  });

  test('is not told of where its mail came back: its sender knows', async () => {
    const { id } = await sentFor(4);
    await rig.deps.db.q
      .insert(linkTold)
      .values({ id: 'came-back', link: id, what: 'undeliverable', at: new Date(rig.deps.now()) });
    rig.deps.clock.pass(3.5 * DAY);
    await sweep(rig.deps);
    assert.deepEqual(await told(), []);
  });

  test('is not told of where an answer came before the mail went out', async () => {
    const { token } = await sentFor(4);
    rig.deps.clock.pass(3.5 * DAY);
    await sweep(rig.deps);
    await rig.accepted(token, await PageKey.make());
    assert.deepEqual(await told(), []);
  });
});

describe('a link that ends tomorrow, on PostgreSQL', () => {
  let server: TestPostgres;
  let db: Database;
  let rig: LinkRig;
  before(async () => {
    server = await openTestPostgres();
    db = await server.open();
    rig = await LinkRig.start({ db });
  });
  after(async () => {
    await rig.close();
    await db.close();
    await server.stop();
  });

  test('is told of once where another sweep, which nobody sees yet, tells of it at the same time', async () => {
    const { id } = await rig.sentLink({ expires_at: new Date(rig.deps.now() + 5 * DAY * 1000).toISOString() });
    rig.deps.clock.pass(4.5 * DAY);
    let sweeping: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await tx
        .insert(linkTold)
        .values({ id: 'of-the-other', link: id, what: 'expiring', at: new Date(rig.deps.now()) });
      sweeping = tellOfExpiring(rig.deps);
      const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
      const ended = sweeping.then(() => true);
      while ((await db.execute(waiting)).rows.length === 0) {
        if (await Promise.race([ended, new Promise<false>((resolve) => setImmediate(resolve, false))])) break;
      }
    });
    await sweeping;
    const told = await rig.deps.db.q.select().from(linkTold).where(eq(linkTold.link, id));
    assert.deepEqual(
      told.map((one) => one.id),
      ['of-the-other'],
    );
    assert.deepEqual(await rig.deliver('told-mail'), []);
  });
});
