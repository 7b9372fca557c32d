import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { linkClaim } from '../../demo/recipients/schema.ts';
import type { Claimed, ExtendedWindow, Link, LinkList } from '../../src/contract/index.ts';
import { codeOf, figuresOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

describe('a link for three claims', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start({
      template: (one) => ({ ...one, links: one.links && { ...one.links, max_claims: 3 } }),
      codes: { mailsAnHour: 100 },
    });
  });
  after(() => rig.close());

  const listed = async (id: string): Promise<Link | undefined> =>
    ((await rig.asSender('GET', '/v1/links')).body as LinkList).links.find((one) => one.id === id);
  /** A key that has proven the address; the first has accepted too. */
  const prove = async (token: string) => {
    rig.deps.clock.pass(60);
    const key = await PageKey.make();
    return { key, verified: await rig.proven(token, key) };
  };
  const claim = ({ key, verified }: Awaited<ReturnType<typeof prove>>) =>
    rig.asRecipient('claim', verified.recipient_token, key);

  test('lets three keys in and not the fourth; each repeat counts once, and the cover counts down', async () => {
    const { id, token, files } = await rig.sentLink({ claims: 3 });
    const left = async () => (await rig.cover(token)).claims_left;
    const people = [await prove(token), await prove(token), await prove(token), await prove(token)] as const;
    await rig.decide(people[0].verified, people[0].key, 'accept');
    assert.equal(await left(), 3);
    for (const [index, one] of people.slice(0, 3).entries()) {
      for (const answer of [await claim(one), await claim(one)]) {
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        assert.deepEqual(
          (answer.body as Claimed).files.map((file) => file.id),
          files,
        );
      }
      assert.equal(await left(), 2 - index);
    }
    const fourth = await claim(people[3]);
    assert.deepEqual([fourth.status, codeOf(fourth)], [410, 'link_used']);
    assert.equal((await claim(people[0])).status, 200, 'who is in stays in');
    assert.equal(await left(), 0);
    assert.deepEqual([(await rig.cover(token)).state, (await listed(id))?.claims_used], ['claimed', 3]);
    const won = await rig.deps.db.q.select().from(linkClaim).where(eq(linkClaim.link, id));
    assert.deepEqual(new Set(won.map(({ jkt }) => jkt)), new Set(people.slice(0, 3).map(({ key }) => key.jkt)));
  });

  test('lets each key come again in its own window, and a late one in after the window of the first', async () => {
    const { token } = await rig.sentLink({ claims: 3 });
    const first = await prove(token);
    await rig.decide(first.verified, first.key, 'accept');
    await claim(first);
    rig.deps.clock.pass(840);
    const second = await prove(token);
    assert.equal(((await claim(second)).body as Claimed).claimed_at, new Date(rig.deps.now()).toISOString());
    assert.equal(codeOf(await claim(first)), 'sign_in_ended');
    rig.deps.clock.pass(899);
    assert.equal((await claim(second)).status, 200);
    const again = await rig.proven(token, first.key);
    assert.equal(codeOf(await claim({ key: first.key, verified: again })), 'window_over', 'no second window for a key');
    assert.equal((await rig.cover(token)).claims_left, 1);
  });

  test('is open as long as the longest of its windows, and can be taken back until then', async () => {
    const { id, token } = await rig.sentLink({ claims: 2 });
    const [first, second] = [await prove(token), await prove(token)];
    await rig.decide(first.verified, first.key, 'accept');
    await claim(first);
    const longer = await rig.asRecipient('extend', first.verified.recipient_token, first.key);
    const until = (longer.body as ExtendedWindow).window_ends_at;
    await claim(second);
    assert.equal((await listed(id))?.window_ends_at, until);
    rig.deps.clock.pass(1000);
    assert.equal((await claim(first)).status, 200);
    await rig.asSender('DELETE', `/v1/links/${id}`);
    assert.equal(codeOf(await claim(first)), 'link_taken_back');
  });

  test('ends for all keys at once when it is taken back', async () => {
    const { id, token } = await rig.sentLink({ claims: 3 });
    const [one, two] = [await prove(token), await prove(token)];
    await rig.decide(one.verified, one.key, 'accept');
    assert.equal((await claim(one)).status, 200);
    await rig.asSender('DELETE', `/v1/links/${id}`);
    for (const person of [one, two]) assert.equal(codeOf(await claim(person)), 'link_taken_back');
  });

  test('is made up to what the template allows, and for one where nothing is said', async () => {
    const file = await rig.storeFile();
    const made = async (more: Record<string, unknown>) => rig.asSender('POST', '/v1/links', rig.wish([file], more));
    const over = await made({ claims: 4 });
    assert.deepEqual([codeOf(over), figuresOf(over)?.limit], ['bad_request', 3]);
    for (const claims of [0, -1, 1.5, '3', 1e9]) assert.equal(codeOf(await made({ claims })), 'bad_request');
    assert.equal((await rig.cover((await rig.sentLink()).token)).claims_left, 1);
  });
});

test('one claim at most, where the template says nothing', async (t) => {
  const rig = await LinkRig.start();
  t.after(() => rig.close());
  const answer = await rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile()], { claims: 2 }));
  assert.deepEqual([codeOf(answer), figuresOf(answer)?.limit], ['bad_request', 1]);
});
