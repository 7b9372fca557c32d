import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import { linkTold } from '../../demo/recipients/schema.ts';
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
