import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import type { Claimed, ExtendedWindow, Link, LinkList } from '../../src/contract/index.ts';
import { codeOf, figuresOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const WINDOW = 900;

describe('more time to download', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  const inSeconds = (seconds: number) => new Date(rig.deps.now() + seconds * 1000).toISOString();
  const listed = async (id: string): Promise<Link | undefined> =>
    ((await rig.asSender('GET', '/v1/links')).body as LinkList).links.find((one) => one.id === id);
  /** A link that this key has claimed just now. */
  const claimed = async () => {
    const sent = await rig.sentLink();
    const key = await PageKey.make();
    const { verified } = await rig.accepted(sent.token, key);
    const step = (name: string) => rig.asRecipient(name, verified.recipient_token, key);
    const withdraw = () => rig.withdraw(verified.recipient_token, key);
    const won = (await step('claim')).body as Claimed;
    return { ...sent, key, step, withdraw, won };
  };

  test('is as long again, from the end of the window, and the token lasts as long', async () => {
    const { id, step, won } = await claimed();
    const end = inSeconds(2 * WINDOW);
    assert.deepEqual([won.extendable, won.window_ends_at], [true, inSeconds(WINDOW)]);
    rig.deps.clock.pass(WINDOW - 1);
    const { status, body } = await step('extend');
    assert.deepEqual([status, body], [200, { window_ends_at: end, expires_at: end } satisfies ExtendedWindow]);
    assert.equal((await listed(id))?.window_ends_at, end);
    rig.deps.clock.pass(WINDOW);
    const late = await step('claim');
    assert.equal(late.status, 200);
    assert.deepEqual([(late.body as Claimed).extendable, (late.body as Claimed).window_ends_at], [false, end]);
    rig.deps.clock.pass(1);
    assert.equal(codeOf(await step('claim')), 'sign_in_ended');
  });

  test('is given once: the second time the answer is until when, and it is written down once', async () => {
    const { id, step } = await claimed();
    const until = inSeconds(2 * WINDOW);
    assert.equal((await step('extend')).status, 200);
    rig.deps.clock.pass(1);
    const again = await step('extend');
    assert.deepEqual([again.status, codeOf(again), figuresOf(again)?.until], [409, 'window_extended', until]);
    assert.equal((await listed(id))?.window_ends_at, until);
    const here = and(eq(audit.act, 'link.window-extended'), eq(audit.subject, id));
    assert.equal((await rig.deps.db.q.select().from(audit).where(here)).length, 1);
  });

  test('asked for many times at once is given once', async () => {
    const { id, step } = await claimed();
    const until = inSeconds(2 * WINDOW);
    const answers = await Promise.all(Array.from({ length: 8 }, () => step('extend')));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array.from({ length: 7 }, () => 409)]);
    assert.equal((await listed(id))?.window_ends_at, until);
  });

  test('is for the key that won alone, and not before there is a window', async () => {
    const { token } = await rig.sentLink();
    const [winner, loser] = [await PageKey.make(), await PageKey.make()];
    const { verified } = await rig.accepted(token, winner);
    rig.deps.clock.pass(60);
    const other = await rig.proven(token, loser);
    const ask = (who: typeof verified, key: PageKey) => rig.asRecipient('extend', who.recipient_token, key);
    const early = await ask(verified, winner);
    assert.deepEqual([early.status, codeOf(early)], [409, 'window_unopened'], 'nothing claimed yet');
    await rig.asRecipient('claim', verified.recipient_token, winner);
    assert.equal(codeOf(await ask(other, loser)), 'link_used');
    const stolen = await ask(verified, loser);
    assert.deepEqual([stolen.status, codeOf(stolen)], [401, 'sign_in_ended']);
    assert.equal((await ask(verified, winner)).status, 200, 'it was not used up by them');
  });

  test('is not given after the window, also to a winner who proves the address anew', async () => {
    const { id, token, key, step, won } = await claimed();
    rig.deps.clock.pass(WINDOW);
    assert.equal(codeOf(await step('extend')), 'sign_in_ended');
    const again = await rig.proven(token, key);
    assert.equal(codeOf(await rig.asRecipient('extend', again.recipient_token, key)), 'window_over');
    assert.equal((await listed(id))?.window_ends_at, won.window_ends_at);
  });

  test('is not given once the sender took the link back, or the answer was withdrawn', async () => {
    const back = await claimed();
    await rig.asSender('DELETE', `/v1/links/${back.id}`);
    assert.equal(codeOf(await back.step('extend')), 'link_taken_back');
    const gone = await claimed();
    assert.equal((await gone.withdraw()).status, 200);
    assert.equal(codeOf(await gone.step('extend')), 'withdrawn');
  });

  test('needs a proof: nothing is given without a token', async () => {
    const { id, won } = await claimed();
    assert.equal((await rig.call('extend', {})).status, 401);
    assert.equal((await listed(id))?.window_ends_at, won.window_ends_at);
  });
});
