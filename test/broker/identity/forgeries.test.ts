import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { SHOP, type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

/**
 * What somebody may send to the callback, to collect and to the start page instead of what belongs there. Each is
 * refused, and the person whose sign-in it was meant for is signed in all the same.
 */

interface Victim {
  readonly tag: TestTag;
  readonly browser: TestBrowser;
  /** Where the issuer was asked; the browser stands at the provider's login page since. */
  readonly authorize: string;
  readonly visited: readonly string[];
}

const random = () => randomBytes(32).toString('base64url');
const NOT_FINISHED = /took too long or was opened twice/;

describe('a forged answer', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig.close());

  const issuer = () => `${rig.url}/oidc`;

  /** Somebody who pressed "Sign in" and is asked for a password. */
  async function begun(browser = new TestBrowser()): Promise<Victim> {
    const tag = await TestTag.make(rig.url);
    const authorize = await browser.begin(rig.url, tag.transaction('cases'));
    const { visited, text } = await browser.open(authorize);
    assert.match(text, /name="password"/);
    return { tag, browser, authorize, visited };
  }

  /** The same person a moment later: code parked, not collected yet. */
  async function parked(): Promise<Victim> {
    const victim = await begun();
    assert.equal((await finish(victim)).title, 'Signed in');
    return victim;
  }

  async function finish(victim: Victim, username = 'maria') {
    const { text, visited } = await victim.browser.signIn(victim.visited.at(-1) ?? '', username);
    return { title: /<title>(.*)<\/title>/.exec(text)?.[1], text, visited };
  }

  const collected = async (tag: TestTag, options: { secret?: string; origin?: string } = {}) =>
    (await (await tag.collect('cases', options)).json()) as { status?: string; code?: string; error?: string };

  async function assertSignsIn({ tag }: Victim): Promise<void> {
    const answer = await collected(tag);
    assert.equal(answer.status, 'code', JSON.stringify(answer));
    const tokens = (await (await tag.exchange('cases', answer.code ?? '')).json()) as { access_token?: string };
    assert.ok(tokens.access_token, JSON.stringify(tokens));
    assert.equal((await tag.call('GET', '/v1/files', { token: tokens.access_token })).status, 200);
  }

  /** A genuine code of another flow, with everything its own sign-in knew. */
  async function othersCode(): Promise<{ code: string; tag: TestTag; browser: TestBrowser }> {
    const { tag, browser } = await parked();
    return { code: (await collected(tag)).code ?? '', tag, browser };
  }

  const callback = (query: Record<string, string>) => `${rig.url}/sign-in/callback?${new URLSearchParams(query)}`;

  describe('at the callback', () => {
    /** `browser`: whose browser opens it; the victim's, because links are sent to people, unless said otherwise. */
    interface Forgery {
      readonly url: (victim: Victim) => string | Promise<string>;
      readonly browser?: (victim: Victim) => TestBrowser | Promise<TestBrowser>;
      readonly method?: string;
      readonly status?: number;
    }
    const other = () => new TestBrowser();
    const FORGERIES: Record<string, Forgery> = {
      'an unknown state': { url: () => callback({ code: random(), iss: issuer(), state: random() }) },
      'an error with an unknown state': {
        url: () => callback({ error: 'access_denied', iss: issuer(), state: random() }),
      },
      'no state': { url: () => callback({ code: random(), iss: issuer() }) },
      'nothing at all': { url: () => callback({}) },
      'the state of a sign-in that somebody else began': {
        url: async () => callback({ code: random(), iss: issuer(), state: (await begun()).tag.state }),
      },
      'the state of a sign-in at another app': {
        url: async () => {
          const tag = await TestTag.make(rig.url);
          await new TestBrowser().begin(rig.url, tag.transaction('photos'));
          return callback({ code: random(), iss: issuer(), state: tag.state });
        },
      },
      'no issuer': { url: ({ tag }) => callback({ code: random(), state: tag.state }) },
      'a foreign issuer': {
        url: ({ tag }) => callback({ code: random(), iss: 'https://evil.example', state: tag.state }),
      },
      'an issuer that only begins like ours': {
        url: ({ tag }) => callback({ code: random(), iss: `${issuer()}.evil.example`, state: tag.state }),
      },
      'an error of a foreign issuer': {
        url: ({ tag }) => callback({ error: 'access_denied', iss: 'https://evil.example', state: tag.state }),
      },
      'an error without an issuer': { url: ({ tag }) => callback({ error: 'access_denied', state: tag.state }) },
      'a code that nobody issued': {
        url: ({ tag }) => callback({ code: random(), iss: issuer(), state: tag.state }),
      },
      "somebody else's genuine code": {
        url: async ({ tag }) => callback({ code: (await othersCode()).code, iss: issuer(), state: tag.state }),
      },
      'the state twice': {
        url: ({ tag }) => `${callback({ code: random(), iss: issuer(), state: tag.state })}&state=${random()}`,
      },
      'fields of ten thousand characters': {
        url: ({ tag }) => callback({ error: 'e'.repeat(10_000), iss: issuer(), state: tag.state }),
      },
      'no cookie': {
        url: ({ tag }) => callback({ error: 'access_denied', iss: issuer(), state: tag.state }),
        browser: other,
      },
      'the cookie of another sign-in': {
        url: ({ tag }) => callback({ error: 'access_denied', iss: issuer(), state: tag.state }),
        browser: async () => (await begun()).browser,
      },
      'a made-up cookie': {
        url: ({ tag }) => callback({ error: 'access_denied', iss: issuer(), state: tag.state }),
        browser: () => {
          const browser = new TestBrowser();
          browser.plantCookie(rig.url, 'su_sign_in', random());
          return browser;
        },
      },
      'a POST': {
        url: ({ tag }) => callback({ error: 'access_denied', iss: issuer(), state: tag.state }),
        method: 'POST',
        status: 404,
      },
      'a HEAD': {
        url: ({ tag }) => callback({ error: 'access_denied', iss: issuer(), state: tag.state }),
        method: 'HEAD',
        status: 404,
      },
    };

    for (const [name, { url, browser, method = 'GET', status = 200 }] of Object.entries(FORGERIES)) {
      test(`${name}: nothing is parked, and the person is signed in afterwards`, async () => {
        const victim = await begun();
        const whose = (await browser?.(victim)) ?? victim.browser;
        const answer = await whose.open(await url(victim), { method });
        assert.equal(answer.status, status);
        if (status === 200) assert.match(answer.text, NOT_FINISHED);
        assert.deepEqual(await collected(victim.tag), { status: 'pending' });
        assert.equal((await finish(victim)).title, 'Signed in');
        await assertSignsIn(victim);
      });
    }

    test('the same answer a second time, or another after it, changes nothing', async () => {
      const victim = await begun();
      const { visited } = await finish(victim);
      for (const address of [
        visited.at(-1) ?? '',
        callback({ error: 'access_denied', iss: issuer(), state: victim.tag.state }),
      ]) {
        assert.match((await victim.browser.open(address)).text, NOT_FINISHED);
      }
      await assertSignsIn(victim);
    });

    test('an answer that comes too late is told so, and the next sign-in succeeds', async () => {
      const victim = await begun();
      rig.deps.clock.pass(rig.deps.config.times.signIn);
      try {
        const late = await victim.browser.open(
          callback({ error: 'access_denied', iss: issuer(), state: victim.tag.state }),
        );
        assert.match(late.text, NOT_FINISHED);
        assert.match(late.text, /Close this window and press “Sign in” again in the upload box/);
      } finally {
        rig.deps.clock.pass(-rig.deps.config.times.signIn);
      }
      const again = await begun(victim.browser);
      await finish(again);
      await assertSignsIn(again);
    });

    test('two sign-ins of one browser, each begun before the other ended, both succeed', async () => {
      const first = await begun();
      const second = await begun(first.browser);
      await finish(first);
      await assertSignsIn(first);
      // The provider knows the person by now.
      await second.browser.open(second.authorize);
      await assertSignsIn(second);
    });
  });

  describe("at the provider's way back", () => {
    const FORGERIES: Record<string, (victim: Victim) => string | Promise<string>> = {
      'nothing at all': () => `${rig.url}/sign-in/provider/acme-id`,
      'an unknown state': () =>
        `${rig.url}/sign-in/provider/acme-id?${new URLSearchParams({ code: random(), state: random(), iss: rig.provider })}`,
      'the state of another browser': async () => {
        const { visited } = await begun();
        const asked = visited.find((address) => address.startsWith(`${rig.provider}/auth?`)) ?? '';
        const state = new URL(asked).searchParams.get('state') ?? '';
        return `${rig.url}/sign-in/provider/acme-id?${new URLSearchParams({ code: random(), state, iss: rig.provider })}`;
      },
      "somebody else's authorize address": async () => (await begun()).authorize,
      "somebody else's interaction": async () =>
        (await begun()).visited.find((address) => address.includes('/sign-in/interaction/')) ?? '',
      "the end of somebody else's interaction": async () =>
        `${(await begun()).visited.find((address) => address.includes('/sign-in/interaction/'))}/end`,
    };
    for (const [name, url] of Object.entries(FORGERIES)) {
      test(`${name}: the person whose browser was made to open it is signed in afterwards, as themselves`, async () => {
        const victim = await begun();
        const { status } = await victim.browser.open(await url(victim));
        assert.ok(status < 500, String(status));
        assert.deepEqual(await collected(victim.tag), { status: 'pending' });
        assert.equal((await finish(victim)).title, 'Signed in');
        await assertSignsIn(victim);
      });
    }
  });

  describe('at collect', () => {
    type Attempt = (victim: Victim, thief: TestTag) => Promise<Response>;
    const raw = (headers: Record<string, string>, body: string, method = 'POST') =>
      fetch(`${rig.url}/v1/sign-in/collect`, { method, headers: { origin: SHOP, ...headers }, body });
    const json = { 'content-type': 'application/json' };
    const asked = ({ tag }: Victim, app = 'cases') => JSON.stringify({ app, secret: tag.secret });
    const collectUrl = () => `${rig.url}/v1/sign-in/collect`;
    const ATTEMPTS: Record<string, [Attempt, string]> = {
      'the wrong secret': [({ tag }) => tag.collect('cases', { secret: random() }), 'pending'],
      'the state in place of the secret': [({ tag }) => tag.collect('cases', { secret: tag.state }), 'pending'],
      'a foreign origin': [({ tag }) => tag.collect('cases', { origin: 'https://evil.example' }), 'origin_not_allowed'],
      'an origin that only begins like the right one': [
        ({ tag }) => tag.collect('cases', { origin: `${SHOP}.evil.example` }),
        'origin_not_allowed',
      ],
      'the origin null': [({ tag }) => tag.collect('cases', { origin: 'null' }), 'origin_not_allowed'],
      "the broker's own origin, where a page of the app had asked": [
        ({ tag }) => tag.collect('cases', { origin: rig.url }),
        'pending',
      ],
      'another key': [({ tag }, thief) => thief.collect('cases', { secret: tag.secret }), 'pending'],
      'another app of the same tenant': [({ tag }) => tag.collect('photos'), 'pending'],
      'no proof': [(victim) => raw(json, asked(victim)), 'proof_refused'],
      'a proof that was used before': [
        async (victim) => {
          const { tag } = victim;
          const proof = await tag.proof('POST', collectUrl(), { nonce: rig.deps.proofs.nonce() });
          const wasted = await raw({ ...json, dpop: proof }, JSON.stringify({ app: 'cases', secret: random() }));
          assert.deepEqual(await wasted.json(), { status: 'pending' });
          return raw({ ...json, dpop: proof }, asked(victim));
        },
        'proof_refused',
      ],
      'a proof for another address': [
        async (victim) => {
          const proof = await victim.tag.proof('POST', `${rig.url}/v1/uploads`, { nonce: rig.deps.proofs.nonce() });
          return raw({ ...json, dpop: proof }, asked(victim));
        },
        'proof_refused',
      ],
      'two proofs': [
        async (victim) => {
          const proof = await victim.tag.proof('POST', collectUrl(), { nonce: rig.deps.proofs.nonce() });
          return raw({ ...json, dpop: `${proof}, ${proof}` }, asked(victim));
        },
        'proof_refused',
      ],
      'a form in place of JSON': [
        async (victim) => {
          const proof = await victim.tag.proof('POST', collectUrl(), { nonce: rig.deps.proofs.nonce() });
          const form = new URLSearchParams({ app: 'cases', secret: victim.tag.secret }).toString();
          return raw({ 'content-type': 'application/x-www-form-urlencoded', dpop: proof }, form);
        },
        'bad_request',
      ],
      'a secret of ten thousand characters': [
        ({ tag }) => tag.collect('cases', { secret: 's'.repeat(10_000) }),
        'bad_request',
      ],
    };
    for (const [name, [attempt, told]] of Object.entries(ATTEMPTS)) {
      test(`${name}: nothing is handed out, and the tag that asked gets the code`, async () => {
        const victim = await parked();
        const response = await attempt(victim, await TestTag.make(rig.url));
        const answer = (await response.json()) as { status?: unknown; code?: string };
        assert.equal(typeof answer.status === 'string' ? answer.status : answer.code, told);
        assert.ok(response.status < 500);
        await assertSignsIn(victim);
      });
    }

    test('a second time: the code is gone, and who may have had it is told so at once', async () => {
      const { tag } = await parked();
      assert.equal((await collected(tag)).status, 'code');
      assert.deepEqual(await collected(tag), { status: 'error', error: 'sign_in_lost' });
    });

    test('too late: the code is gone with the transaction', async (t) => {
      const { times } = rig.deps.config;
      const { signIn } = times;
      const life = 100; // Shorter than the time for which a proof is fresh.
      Object.assign(times, { signIn: life });
      t.after(() => Object.assign(times, { signIn }));
      const { tag } = await parked();
      rig.deps.clock.pass(life);
      t.after(() => rig.deps.clock.pass(-life));
      assert.deepEqual(await collected(tag), { status: 'pending' });
    });
  });

  describe('at the start', () => {
    test('a transaction that was begun already cannot be begun again, and the first goes on', async () => {
      const victim = await begun();
      for (const browser of [new TestBrowser(), victim.browser]) {
        const again = await browser.open(`${rig.url}/sign-in/start`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: rig.url },
          body: JSON.stringify(victim.tag.transaction('cases')),
        });
        assert.equal(JSON.parse(again.text).code, 'sign_in_lost');
      }
      await finish(victim);
      await assertSignsIn(victim);
    });

    test('the code of a sign-in is worth nothing with the verifier and key of another', async () => {
      const victim = await parked();
      const { code = '' } = await collected(victim.tag);
      const thief = await TestTag.make(rig.url);
      for (const verifier of [thief.verifier, victim.tag.verifier]) {
        Object.assign(thief, { verifier });
        const answer = (await (await thief.exchange('cases', code)).json()) as { error?: string };
        assert.equal(answer.error, 'invalid_grant');
      }
    });
  });

  test('what was sent stands in no line of the log', async () => {
    const victim = await parked();
    const { code = '' } = await collected(victim.tag);
    assert.ok(rig.deps.logged.some((line) => line.includes('/sign-in/callback')));
    const log = rig.deps.logged.join('\n');
    for (const value of [code, victim.tag.secret, victim.tag.verifier, victim.tag.nonce, victim.tag.state]) {
      assert.ok(!log.includes(value));
    }
  });
});
