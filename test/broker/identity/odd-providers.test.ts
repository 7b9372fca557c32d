import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { count } from 'drizzle-orm';
import { type CryptoKey, decodeJwt, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { person } from '../../../demo/identity/schema.ts';
import type { TestDeps } from '../../support/broker.ts';
import { compact, type Oddity, OddProvider } from '../../support/odd-provider.ts';
import { type SignInRig, startSignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { wholeBroker } from '../../support/whole-broker.ts';

const NOW = Math.floor(Date.now() / 1000);
const without =
  (...names: string[]) =>
  (right: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(right).filter(([name]) => !names.includes(name)));
const having = (more: Record<string, unknown>) => (right: Record<string, unknown>) => ({ ...right, ...more });
const sends =
  (status: number, body: string, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

/** The relying party's negative cases of the OpenID Foundation's plan for clients with a secret, and what servers do. */
const LOST: Readonly<Record<string, Oddity>> = {
  'an ID token of another issuer': { claims: having({ iss: 'https://other.example' }) },
  'an ID token without an issuer': { claims: without('iss') },
  'an ID token for another client': { claims: having({ aud: 'somebody-else' }) },
  'an ID token without an audience': { claims: without('aud') },
  'an ID token for several, made for another': { claims: having({ aud: ['broker', 'other'], azp: 'other' }) },
  'an ID token for several that says for whom it was made not at all': { claims: having({ aud: ['broker', 'other'] }) },
  'an ID token without a subject': { claims: without('sub') },
  'an ID token with another nonce': { claims: having({ nonce: 'another' }) },
  'an ID token without a nonce': { claims: without('nonce') },
  'an ID token that is over': { claims: having({ iat: NOW - 300, exp: NOW - 3600 }) },
  'an ID token without an end': { claims: without('exp') },
  'an ID token without a time': { claims: without('iat') },
  'an ID token made yesterday': { claims: having({ iat: NOW - 86_400 }) },
  'an ID token of tomorrow': { claims: having({ iat: NOW + 86_400, exp: NOW + 90_000 }) },
  'an ID token that is not valid yet': { claims: having({ nbf: NOW + 3600 }) },
  'an unsigned ID token': { idToken: (claims) => compact({ alg: 'none' }, claims, '') },
  'an ID token whose signature is another one': {
    idToken: (claims, header) => compact(header, claims, new Uint8Array(256)),
  },
  'an ID token signed with a key of somebody else under a known name': {
    idToken: async (claims, header) => {
      const { privateKey } = await generateKeyPair('RS256');
      return new SignJWT(claims).setProtectedHeader({ ...header, alg: 'RS256' }).sign(privateKey);
    },
  },
  'an ID token signed with a key that nobody published': { header: having({ kid: 'unknown' }) },
  'an ID token that is none': { tokens: having({ id_token: 'not.a.token' }) },
  'tokens without an ID token': { tokens: without('id_token') },
  'tokens without an access token': { tokens: without('access_token') },
  'tokens of an unknown kind': { tokens: having({ token_type: 'mac' }) },
  'userinfo about somebody else': {
    claims: without('email', 'email_verified'),
    userinfo: having({ sub: 'somebody-else' }),
  },
  'an answer of another issuer': {
    callback: (right) => new URLSearchParams({ ...Object.fromEntries(right), iss: 'https://other.example' }),
  },
  'an answer that does not name its issuer, although it says it does': {
    callback: (right) => new URLSearchParams([...right].filter(([name]) => name !== 'iss')),
  },
  'an answer without a code': {
    callback: (right) => new URLSearchParams([...right].filter(([name]) => name !== 'code')),
  },
  'an answer that names two codes': { callback: (right) => new URLSearchParams([...right, ['code', 'another']]) },
  'an error of its own': {
    callback: (right) =>
      new URLSearchParams([...right].filter(([name]) => name !== 'code').concat([['error', 'server_error']])),
  },
  'a token endpoint that fails': { answers: { '/token': sends(500, '{}') } },
  'a token endpoint that refuses the code': { answers: { '/token': sends(400, '{"error":"invalid_grant"}') } },
  'a token endpoint that leads elsewhere': {
    answers: { '/token': sends(307, '', { location: 'https://other.example/token' }) },
  },
  'a token endpoint that answers no JSON': {
    answers: { '/token': sends(200, '<html>', { 'content-type': 'text/html' }) },
  },
  'a token endpoint that answers half of it': { answers: { '/token': sends(200, '{"access_token":') } },
  'a token endpoint that answers without an end': {
    answers: { '/token': sends(200, `{"access_token":"${'a'.repeat(300 * 1024)}"}`) },
  },
  'a token endpoint that hangs up': { answers: { '/token': (response) => response.destroy() } },
  'a token endpoint that never answers': { answers: { '/token': () => {} } },
  'keys that are not there': { answers: { '/jwks': sends(500, '{}') }, header: having({ kid: 'k' }) },
};

const startRig = (prepare: (deps: TestDeps) => void): Promise<SignInRig> =>
  startSignInRig((deps, issuer) => {
    prepare(deps);
    return wholeBroker(deps, issuer);
  });

describe('a provider that misbehaves', () => {
  let rig: SignInRig;
  let odd: OddProvider;
  before(async () => {
    odd = await OddProvider.start();
    rig = await startRig(onlyOdd);
  });
  after(async () => {
    odd.close();
    await rig.close();
  });
  /** Its people come in by this provider alone, which is waited for half a second. */
  const onlyOdd = (deps: TestDeps) => {
    const record = { id: 'odd', name: 'Odd', issuer: odd.issuer, clientId: 'broker', clientSecret: 'not-a-secret' };
    Object.assign(deps.config, { providers: [{ ...record, domains: ['odd.example'] }] });
    Object.assign(deps.config.times, { providerAnswer: 0.5 });
    Object.assign(deps.registry.app('cases').record, { providers: ['odd'], domains: ['odd.example'] });
  };
  afterEach(() => {
    odd.oddity = {};
  });

  async function signIn(oddity: Oddity, app = 'cases') {
    odd.oddity = oddity;
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    const page = await browser.open(await browser.begin(rig.url, tag.transaction(app)), { headers: HTML });
    const outcome = (await (await tag.collect(app)).json()) as Record<string, string>;
    return { tag, browser, page, outcome };
  }
  const HTML = { accept: 'text/html' };
  const people = async () => (await rig.deps.db.q.select({ n: count() }).from(person))[0]?.n;

  test('one that behaves signs people in', async () => {
    const { outcome } = await signIn({});
    assert.equal(outcome.status, 'code');
  });

  for (const [what, oddity] of Object.entries(LOST)) {
    test(`${what} signs nobody in: page and tag say that it is lost, and what to do`, async () => {
      const before = await people();
      const { page, outcome } = await signIn(oddity);
      assert.deepEqual(outcome, { status: 'error', error: 'server_error' });
      assert.equal(page.status, 200);
      assert.match(page.text, /<h1>The sign-in took too long or was opened twice<\/h1>/);
      assert.match(page.text, /press “Sign in” again/);
      assert.equal(await people(), before);
    });
  }

  test('a person who cancels there, or whom it does not let in, reads that, and what to do', async () => {
    const { page, outcome } = await signIn({
      callback: (right) =>
        new URLSearchParams({ state: right.get('state') ?? '', iss: odd.issuer, error: 'access_denied' }),
    });
    assert.deepEqual(outcome, { status: 'error', error: 'access_denied' });
    assert.match(page.text, /<h1>You were not let in<\/h1>/);
    assert.match(page.text, /use another account/);
  });

  describe('a sign-in that must be stronger or fresher', () => {
    /** How our token says that the person signed in. */
    async function demanded(oddity: Oddity, demand: Record<string, unknown>) {
      odd.oddity = oddity;
      const tag = await TestTag.make(rig.url);
      const browser = new TestBrowser();
      await browser.open(await browser.begin(rig.url, { ...tag.transaction('cases'), ...demand }));
      const outcome = (await (await tag.collect('cases')).json()) as Record<string, string>;
      if (outcome.status !== 'code') return outcome.error;
      const tokens = (await (await tag.exchange('cases', outcome.code ?? '')).json()) as Record<string, string>;
      const { acr, auth_time } = decodeJwt(tokens.access_token ?? '');
      return { acr, auth_time };
    }
    const MFA = { acr_values: 'urn:acme:mfa' };

    test('is told with the time and the strength that the provider names', async () => {
      const oddity = { claims: having({ auth_time: NOW - 30, acr: 'urn:acme:mfa' }) };
      assert.deepEqual(await demanded(oddity, { ...MFA, max_age: 300 }), { acr: 'urn:acme:mfa', auth_time: NOW - 30 });
    });

    test('lets nobody in whom the provider asked less than that', async () => {
      assert.equal(await demanded({ claims: having({ acr: 'urn:acme:password' }) }, MFA), 'access_denied');
      assert.equal(await demanded({}, MFA), 'access_denied');
    });

    test('is lost where the provider tells no time, or one too long ago', async () => {
      assert.equal(await demanded({}, { max_age: 300 }), 'server_error');
      assert.equal(await demanded({ claims: having({ auth_time: NOW - 3600 }) }, { max_age: 60 }), 'server_error');
    });

    test('is not what any other sign-in is taken for: without a time of the provider it was long ago', async () => {
      assert.deepEqual(await demanded({}, {}), { acr: undefined, auth_time: 1 });
      assert.deepEqual(await demanded({ claims: having({ auth_time: NOW - 3600 }) }, {}), {
        acr: undefined,
        auth_time: NOW - 3600,
      });
    });
  });

  test('one key without a name signs people in where there is only one', async () => {
    const { outcome } = await signIn({ header: without('kid') });
    assert.equal(outcome.status, 'code');
  });

  test('a key without a name signs nobody in where there are two', async () => {
    const fresh = await startRig(onlyOdd);
    try {
      odd.oddity = {
        header: without('kid'),
        keys: (right) => [...right, ...right.map((key) => ({ ...key, kid: '2' }))],
      };
      const tag = await TestTag.make(fresh.url);
      const browser = new TestBrowser();
      await browser.open(await browser.begin(fresh.url, tag.transaction('cases')));
      assert.equal(((await (await tag.collect('cases')).json()) as { error: string }).error, 'server_error');
    } finally {
      await fresh.close();
    }
  });

  test('an answer in three seconds is waited for', async () => {
    Object.assign(rig.deps.config.times, { providerAnswer: 8 });
    try {
      const slow = await signIn({
        idToken: async (claims, header) => {
          await pause(3000); // The promise is about seconds.
          return odd.sign(claims, header);
        },
      });
      assert.equal(slow.outcome.status, 'code');
    } finally {
      Object.assign(rig.deps.config.times, { providerAnswer: 0.5 });
    }
  });

  test('keys that turned a moment ago are read again, at most once in ten seconds', async () => {
    rig.deps.clock.pass(11);
    await odd.turnKey('second');
    assert.equal((await signIn({})).outcome.status, 'code');
    odd.asked.length = 0;
    for (let n = 0; n < 3; n++) await signIn({ header: having({ kid: `k${n}` }) });
    assert.ok(odd.asked.filter((path) => path === '/jwks').length <= 1);
    rig.deps.clock.pass(-11);
  });

  test('an HMAC made with the published key as secret is no signature', async () => {
    const secret = await exportSPKI((await importJWK(odd.publicJwk, 'RS256')) as CryptoKey);
    const { outcome } = await signIn({
      metadata: having({ id_token_signing_alg_values_supported: ['RS256', 'HS256'] }),
      idToken: (claims, { kid }) => {
        const unsigned = compact({ alg: 'HS256', kid }, claims, '').slice(0, -1);
        return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
      },
    });
    assert.deepEqual(outcome, { status: 'error', error: 'server_error' });
  });

  describe('where nobody can leave for it', () => {
    const SILENT: Readonly<Record<string, Oddity>> = {
      'it names another issuer': { metadata: having({ issuer: 'https://other.example' }) },
      'it names no place to go to': { metadata: without('authorization_endpoint') },
      'it would be asked in the clear elsewhere': {
        metadata: having({ authorization_endpoint: 'http://other.example/auth' }),
      },
      'it fails': { answers: { '/.well-known/openid-configuration': sends(500, '{}') } },
      'it never answers': { answers: { '/.well-known/openid-configuration': () => {} } },
    };
    for (const [what, oddity] of Object.entries(SILENT)) {
      test(`because ${what}, the page says so and offers to try again, which then works`, async () => {
        const fresh = await startRig(onlyOdd);
        try {
          odd.oddity = oddity;
          const tag = await TestTag.make(fresh.url);
          const browser = new TestBrowser();
          const page = await browser.open(await browser.begin(fresh.url, tag.transaction('cases')));
          assert.equal(page.status, 200);
          assert.match(page.text, /Odd did not answer/);
          const again = /href="([^"]+\/with\/odd)"/.exec(page.text)?.[1] ?? '';
          odd.oddity = {};
          fresh.deps.clock.pass(11);
          const end = await browser.open(fresh.url + again);
          assert.equal(end.url.pathname, '/sign-in/callback');
        } finally {
          await fresh.close();
        }
      });
    }
  });
});
