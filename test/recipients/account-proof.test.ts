import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { recipientSession } from '../../demo/recipients/schema.ts';
import type { Cover, SignInVerified, StartedRecipientSignIn } from '../../src/contract/index.ts';
import { type Answer, TEST_APPS } from '../support/broker.ts';
import { codeOf, LinkRig, RECIPIENT } from '../support/link-rig.ts';
import { OddProvider } from '../support/odd-provider.ts';
import { PageKey } from '../support/page-key.ts';

const OWN = 'https://broker.example';
const START = '/v1/recipient/sign-in';
const COLLECT = '/v1/recipient/verify-sign-in';

describe('a recipient proves the address with an account', () => {
  let odd: OddProvider;
  let rig: LinkRig;
  before(async () => {
    odd = await OddProvider.start();
    const one = { name: 'Odd', issuer: odd.issuer, clientId: 'broker', clientSecret: 'not-a-secret' };
    rig = await LinkRig.start({
      providers: [
        { ...one, id: 'odd', domains: ['mail.example.org'] },
        { ...one, id: 'other', domains: ['elsewhere.example'] },
      ],
      apps: TEST_APPS.map((app) => ({ ...app, recipient_providers: ['odd', 'other'] })),
    });
  });
  after(async () => {
    odd.close();
    await rig.close();
  });
  afterEach(() => {
    odd.oddity = {};
  });

  /** Who signs in there; their ID token is of now, by the broker's clock. */
  const signsIn = (claims: Record<string, unknown>) => {
    const now = Math.floor(rig.deps.now() / 1000);
    odd.oddity = { claims: (right) => ({ ...right, iat: now, exp: now + 300, email: RECIPIENT, ...claims }) };
  };
  const start = async (token: string, key: PageKey, more: object = {}, headers: Record<string, string> = {}) =>
    rig.send(
      'POST',
      START,
      { token, provider: 'odd', back: 'page', is_trusted: true, ...more },
      { origin: OWN, ...(await key.headers(rig.deps, 'POST', START)), ...headers },
    );
  const collect = async (token: string, sign_in: string, key: PageKey) =>
    rig.send('POST', COLLECT, { token, sign_in }, await key.headers(rig.deps, 'POST', COLLECT));
  const cookieOf = ({ headers }: Answer) => headers.get('set-cookie')?.split(';')[0] ?? assert.fail('no cookie');
  /** Where the provider sends the browser. */
  const there = async (address: string) => {
    const response = await fetch(address, { redirect: 'manual' });
    const back = new URL(response.headers.get('location') ?? '');
    return back.pathname + back.search;
  };
  const comeBack = (path: string, cookie?: string) => rig.send('GET', path, undefined, cookie ? { cookie } : {});
  /** A trip to the provider that is not back yet. */
  const left = async () => {
    const sent = await rig.sentLink();
    const key = await PageKey.make();
    const begun = await start(sent.token, key);
    assert.equal(begun.status, 200, JSON.stringify(begun.body));
    const { address, sign_in } = begun.body as StartedRecipientSignIn;
    return { ...sent, key, sign_in, address, cookie: cookieOf(begun) };
  };
  const gone = async () => {
    const trip = await left();
    const back = await comeBack(await there(trip.address), trip.cookie);
    assert.deepEqual([back.status, back.headers.get('location')], [303, '/r']);
    return trip;
  };
  /** Refused with this code, and with no word about the files or whose they are. */
  const isRefused = (answer: Answer, code: string) => {
    assert.equal(codeOf(answer), code);
    assert.ok(answer.status >= 400 && answer.status < 500);
    assert.doesNotMatch(JSON.stringify(answer.body), /rental-contract|house-rules|meyer|recipient_token/);
  };

  test('with the right one: pending first, then the notice and the files, and the answer is recorded as openid', async () => {
    signsIn({});
    const { id, token, key, sign_in, address, cookie, files } = await left();
    assert.deepEqual((await rig.cover(token)).providers, [{ id: 'odd', name: 'Odd' }] satisfies Cover['providers']);
    assert.doesNotMatch(address, /meyer|login_hint/);
    assert.deepEqual((await collect(token, sign_in, key)).body, { status: 'pending' });
    await comeBack(await there(address), cookie);
    const { status, body } = await collect(token, sign_in, key);
    const ended = body as SignInVerified;
    assert.deepEqual([status, ended.status], [200, 'verified']);
    const { verified } = ended.status === 'verified' ? ended : assert.fail();
    assert.deepEqual(
      verified.files.map((file) => file.id),
      files,
    );
    const decided = await rig.decide(verified, key, 'accept');
    assert.equal(decided.status, 200);
    assert.equal((await rig.asRecipient('claim', verified.recipient_token, key)).status, 200);
    const [session] = await rig.deps.db.q.select().from(recipientSession).where(eq(recipientSession.link, id));
    assert.equal(session?.verification, 'openid');
    const acts = await rig.deps.db.q.select().from(audit).where(eq(audit.subject, id));
    assert.equal(acts.filter(({ act }) => act === 'recipient.verified').length, 1);
    assert.doesNotMatch(JSON.stringify(acts), /meyer/);
  });

  test('is pending while the broker still asks the provider who came back', async () => {
    const right = { iat: Math.floor(rig.deps.now() / 1000), exp: Math.floor(rig.deps.now() / 1000) + 300 };
    const { token, key, sign_in, address, cookie } = await left();
    const path = await there(address);
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const isAsked = new Promise<void>((resolve) => {
      odd.oddity = {
        claims: (claims) => ({ ...claims, ...right, email: RECIPIENT }),
        idToken: async (claims, header) => {
          resolve();
          await answered;
          return odd.sign(claims, header);
        },
      };
    });
    const back = comeBack(path, cookie);
    await isAsked;
    assert.deepEqual((await collect(token, sign_in, key)).body, { status: 'pending' });
    isRefused(await collect(token, sign_in, await PageKey.make()), 'sign_in_lost');
    isRefused(await comeBack(path, cookie), 'sign_in_lost');
    answer();
    assert.equal((await back).status, 303);
    assert.equal(((await collect(token, sign_in, key)).body as SignInVerified).status, 'verified');
  });

  test('collected again by the same key there is a fresh token, not a longer one, and the one before is over', async () => {
    signsIn({});
    const { token, key, sign_in } = await gone();
    const first = (await collect(token, sign_in, key)).body as SignInVerified;
    rig.deps.clock.pass(60);
    const second = (await collect(token, sign_in, key)).body as SignInVerified;
    assert.ok(first.status === 'verified' && second.status === 'verified');
    assert.equal(second.verified.expires_at, first.verified.expires_at);
    assert.equal(codeOf(await rig.decide(first.verified, key, 'accept')), 'sign_in_ended');
    assert.equal((await rig.decide(second.verified, key, 'accept')).status, 200);
  });

  for (const [who, claims] of Object.entries({
    'another account': { email: 'kim@mail.example.org' },
    'the same name at another domain': { email: 'jo.meyer@elsewhere.example' },
    'the right address, which nobody has verified': { email_verified: false },
    'the right address, of which it is not said that it is verified': { email_verified: undefined },
    'an address that only looks like it': { email: 'jo.meyer@mail.example.org.evil.example' },
  })) {
    test(`not with ${who}`, async () => {
      signsIn(claims);
      const { token, key, sign_in } = await gone();
      isRefused(await collect(token, sign_in, key), 'other_mailbox');
      isRefused(await collect(token, sign_in, key), 'other_mailbox');
    });
  }

  test('not with a provider that does not count for the domain, nor one that is not there', async () => {
    signsIn({});
    const { token } = await rig.sentLink();
    for (const provider of ['other', 'acme-id', 'nobody', '']) {
      isRefused(await start(token, await PageKey.make(), { provider }), 'not_allowed');
    }
  });

  test('not where the answer of one provider is brought to another’s address', async () => {
    signsIn({});
    const { token, key, sign_in, address, cookie } = await left();
    const path = (await there(address)).replace('/provider/odd', '/provider/other');
    isRefused(await comeBack(path, cookie), 'sign_in_lost');
    assert.deepEqual((await collect(token, sign_in, key)).body, { status: 'pending' });
  });

  test('not for another page: its key collects nothing, before or after, and the right one still does', async () => {
    signsIn({});
    const { token, key, sign_in, address, cookie } = await left();
    const other = await PageKey.make();
    isRefused(await collect(token, sign_in, other), 'sign_in_lost');
    await comeBack(await there(address), cookie);
    isRefused(await collect(token, sign_in, other), 'sign_in_lost');
    isRefused(await collect((await rig.sentLink()).token, sign_in, key), 'sign_in_lost');
    isRefused(await collect(token, 'A'.repeat(43), key), 'sign_in_lost');
    assert.equal((await collect(token, sign_in, key)).status, 200);
  });

  test('not in another browser: whoever was led there proves nothing for the page that sent them', async () => {
    signsIn({});
    const { token, key, sign_in, address } = await left();
    const path = await there(address);
    const someoneElse = await left();
    for (const cookie of [undefined, someoneElse.cookie, '__Host-su_recipient=', '__Host-su_recipient=x']) {
      isRefused(await comeBack(path, cookie), 'sign_in_lost');
    }
    assert.deepEqual((await collect(token, sign_in, key)).body, { status: 'pending' });
  });

  test('not twice with one answer of the provider', async () => {
    signsIn({});
    const { address, cookie } = await left();
    const path = await there(address);
    assert.equal((await comeBack(path, cookie)).status, 303);
    isRefused(await comeBack(path, cookie), 'sign_in_lost');
  });

  test('not after ten minutes: neither on the way nor to be collected', async () => {
    signsIn({});
    const slow = await left();
    const path = await there(slow.address);
    const done = await gone();
    rig.deps.clock.pass(600);
    isRefused(await comeBack(path, slow.cookie), 'sign_in_lost');
    isRefused(await collect(slow.token, slow.sign_in, slow.key), 'sign_in_lost');
    isRefused(await collect(done.token, done.sign_in, done.key), 'sign_in_lost');
  });

  test('not by a person who cancels there, nor with an ID token that is not for this trip', async () => {
    odd.oddity = {
      callback: (right) =>
        new URLSearchParams({ state: right.get('state') ?? '', iss: odd.issuer, error: 'access_denied' }),
    };
    const cancelled = await gone();
    isRefused(await collect(cancelled.token, cancelled.sign_in, cancelled.key), 'sign_in_refused');
    signsIn({ nonce: 'of-another-trip' });
    const replayed = await gone();
    isRefused(await collect(replayed.token, replayed.sign_in, replayed.key), 'sign_in_lost');
  });

  test('not where the link was taken back meanwhile', async () => {
    signsIn({});
    const { id, token, key, sign_in } = await gone();
    await rig.asSender('DELETE', `/v1/links/${id}`);
    isRefused(await collect(token, sign_in, key), 'link_taken_back');
    isRefused(await start(token, key), 'link_taken_back');
  });

  test('begins on our own page, with a press of a person and a proof', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    isRefused(await start(token, key, { is_trusted: false }), 'not_a_person');
    for (const origin of ['https://www.acme.example', 'https://evil.example', 'null']) {
      isRefused(await start(token, key, {}, { origin }), 'origin_not_allowed');
    }
    isRefused(await start('A'.repeat(43), key), 'link_unknown');
    const bare = await rig.send(
      'POST',
      START,
      { token, provider: 'odd', back: 'page', is_trusted: true },
      { origin: OWN },
    );
    assert.equal(bare.status, 401);
  });
});
