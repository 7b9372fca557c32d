import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { linkTold } from '../../demo/recipients/schema.ts';
import type { Link, LinkList, ToldSender } from '../../src/contract/index.ts';
import { codeOf, LinkRig, RECIPIENT } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const DAY = 86_400;
const SENDER = 'maria@acme.example';

describe('what somebody with the link tells the sender', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  const ask = (token: string, more = {}) => rig.call('ask', { token, is_trusted: true, ...more });
  const report = (token: string, what: string, more = {}) =>
    rig.call('report', { token, what, is_trusted: true, ...more });
  const now = () => new Date(rig.deps.now()).toISOString();
  const listed = async (id: string): Promise<Link | undefined> =>
    ((await rig.asSender('GET', '/v1/links')).body as LinkList).links.find((one) => one.id === id);
  /** Whom the mails about it went to, and their subjects. */
  const mails = async () =>
    (await rig.deliver('told-mail')).map(({ to, subject }) => [...to, subject.replace(/\u2060/g, '')]);
  const toldOf = (id: string) => rig.deps.db.q.select().from(linkTold).where(eq(linkTold.link, id));
  const collected = async () => {
    const sent = await rig.sentLink();
    const key = await PageKey.make();
    const { verified } = await rig.accepted(sent.token, key);
    const claim = () => rig.asRecipient('claim', verified.recipient_token, key);
    assert.equal((await claim()).status, 200);
    return { ...sent, key, verified, claim };
  };

  test('a new link is asked for once a day: the sender has one mail, also of 8 at once, and cover and list say when', async () => {
    const { id, token } = await rig.sentLink();
    rig.deps.clock.pass(3 * DAY);
    const at = now();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(token)));
    for (const { status, body } of answers) assert.deepEqual([status, body], [200, { at } satisfies ToldSender]);
    assert.deepEqual(await mails(), [[SENDER, `${RECIPIENT} asks for a new link`]]);
    assert.deepEqual([(await rig.cover(token)).asked_at, (await listed(id))?.asked_at], [at, at]);

    rig.deps.clock.pass(DAY - 1);
    assert.deepEqual((await ask(token)).body, { at });
    assert.deepEqual(await mails(), []);
    rig.deps.clock.pass(1);
    assert.equal((await rig.cover(token)).asked_at, undefined);
    assert.deepEqual((await ask(token)).body, { at: now() });
    assert.equal((await mails()).length, 1);
    assert.equal((await rig.cover(token)).state, 'expired', 'asking opens nothing');
  });

  test('each link is asked for on its own', async () => {
    const [one, two] = [await rig.sentLink(), await rig.sentLink()];
    await ask(one.token);
    await ask(two.token);
    assert.equal((await mails()).length, 2);
    await rig.asSender('POST', `/v1/links/${one.id}/keep`);
    assert.deepEqual([(await listed(one.id))?.asked_at, (await listed(two.id))?.asked_at], [undefined, now()]);
  });

  test('nobody is asked for a link that was ended on purpose', async () => {
    const back = await rig.sentLink();
    await rig.asSender('DELETE', `/v1/links/${back.id}`);
    assert.equal(codeOf(await ask(back.token)), 'link_taken_back');
    const done = await collected();
    assert.equal((await rig.withdraw(done.verified.recipient_token, done.key)).status, 200);
    assert.equal(codeOf(await ask(done.token)), 'withdrawn');
    assert.deepEqual([await toldOf(back.id), await toldOf(done.id), await mails()], [[], [], []]);
  });

  test('that it is not for them is told once for ever, and closes nothing', async () => {
    const { id, token } = await rig.sentLink();
    const at = now();
    assert.deepEqual((await report(token, 'not_for_me')).body, { at });
    assert.deepEqual(await mails(), [[SENDER, `Your link to ${RECIPIENT} may have reached the wrong person`]]);
    rig.deps.clock.pass(2 * DAY);
    const again = await Promise.all(Array.from({ length: 8 }, () => report(token, 'not_for_me')));
    for (const { body } of again) assert.deepEqual(body, { at });
    assert.deepEqual(await mails(), []);
    const link = await listed(id);
    assert.deepEqual([link?.state, link?.reported, link?.reported_at], ['open', 'not_for_me', at]);
    const key = await PageKey.make();
    const { verified } = await rig.accepted(token, key);
    assert.equal((await rig.asRecipient('claim', verified.recipient_token, key)).status, 200);
  });

  test('that it was not them is told to the owners too, once there is a download, and the download goes on', async () => {
    const { token: open, id: openId } = await rig.sentLink();
    assert.equal(codeOf(await report(open, 'not_me')), 'bad_request');
    assert.deepEqual(await toldOf(openId), []);

    const { id, token, claim } = await collected();
    assert.equal((await report(token, 'not_me')).status, 200);
    rig.deps.clock.pass(60);
    assert.equal((await report(token, 'not_me')).status, 200);
    const subject = `${RECIPIENT} says: that was not me`;
    assert.deepEqual(await mails(), [
      [SENDER, subject],
      ['owner@acme.example', subject],
    ]);
    assert.equal((await listed(id))?.reported, 'not_me');
    assert.equal((await claim()).status, 200);
    const acts = await rig.deps.db.q.select().from(audit).where(eq(audit.subject, id));
    assert.deepEqual(
      acts.filter(({ act }) => act === 'link.reported').map(({ facts }) => facts),
      [{ what: 'not_me' }],
    );
    assert.doesNotMatch(JSON.stringify(acts), /meyer|maria@/);
  });

  test('a script, another page and a wrong secret tell nothing', async () => {
    const { id, token } = await rig.sentLink();
    for (const call of [ask, (one: string, more = {}) => report(one, 'not_for_me', more)]) {
      assert.equal(codeOf(await call(token, { is_trusted: false })), 'not_a_person');
      assert.equal(codeOf(await call(token, { is_trusted: undefined })), 'bad_request');
      assert.equal(codeOf(await call(token.slice(0, -1))), 'link_unknown');
      assert.equal(codeOf(await call('A'.repeat(43))), 'link_unknown');
    }
    for (const what of ['', 'asked', 'undeliverable', 'constructor']) {
      assert.equal(codeOf(await report(token, what)), 'bad_request');
    }
    const body = { token, is_trusted: true, what: 'not_for_me' };
    for (const step of ['ask', 'report']) {
      const answer = await rig.call(step, body, { origin: 'https://evil.example' });
      assert.equal(codeOf(answer), 'origin_not_allowed');
    }
    assert.deepEqual([await toldOf(id), await mails()], [[], []]);
  });
});
