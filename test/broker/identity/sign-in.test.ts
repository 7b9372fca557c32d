import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { Hono } from 'hono';
import { decodeJwt } from 'jose';
import { Problem, problemBody } from '../../../demo/base/problem.ts';
import { cors } from '../../../demo/broker/cors.ts';
import type { Env } from '../../../demo/context/env.ts';
import { createIssuer, type Issuer } from '../../../demo/identity/live-issuer.ts';
import { requireToken } from '../../../demo/identity/require-token.ts';
import { signInRoutes } from '../../../demo/identity/routes.ts';
import { person } from '../../../demo/identity/schema.ts';
import { startSignIn } from '../../../demo/identity/sign-in.ts';
import { ACCOUNTS } from '../../../demo/provider/accounts.ts';
import { type TestDeps, testDeps } from '../../support/broker.ts';
import { SHOP, type SignInRig, startSignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';

const EVIL = 'https://evil.example';

describe('signing in through the broker', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startSignInRig((deps, issuer) => {
      const app = new Hono<Env>();
      app.use('/v1/*', cors(deps));
      app.route('/', signInRoutes(deps, issuer));
      app.get('/v1/whoami', requireToken(deps, 'uploads:create'), (c) => {
        const { tenant, app, person, scopes } = c.get('caller');
        return c.json({ tenant, app: app.record.id, person, scopes: [...scopes].sort() });
      });
      app.onError((error, c) => {
        if (!(error instanceof Problem)) throw error;
        for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
        return c.json(problemBody(error.code), problemBody(error.code).status as 400);
      });
      return app;
    });
  });
  after(() => rig.close());

  const signedIn = async (username: string, app = 'cases') => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    await browser.signIn(await browser.begin(rig.url, tag.transaction(app)), username);
    const { code } = (await (await tag.collect(app)).json()) as { code: string };
    const tokens = (await (await tag.exchange(app, code)).json()) as Record<string, string>;
    return { tag, browser, code, tokens, token: tokens.access_token ?? '' };
  };

  test('a person who signs in gets a token for one audience, bound to the key of the tag', async () => {
    const { tag, tokens, token } = await signedIn('jo');
    const claims = decodeJwt(token);
    assert.equal(claims.iss, `${rig.url}/oidc`);
    assert.equal(claims.aud, `${rig.url}/v1`);
    assert.equal(claims.client_id, 'cases');
    assert.deepEqual(claims.cnf, { jkt: tag.jkt });
    assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 300);
    assert.equal(tokens.token_type, 'DPoP');
    assert.equal(decodeJwt(tokens.id_token ?? '').name, 'Jo Meyer');
    const answer = await tag.call('GET', '/v1/whoami', { token });
    assert.equal(answer.status, 200);
    const who = (await answer.json()) as Record<string, unknown>;
    assert.equal(who.tenant, 'acme');
    assert.equal(who.app, 'cases');
    const [row] = await rig.deps.db.q.select().from(person);
    assert.equal(who.person, row?.id);
    assert.notEqual(who.person, 'jo', 'the subject of the provider stays at the broker');
  });

  test('only an owner gets the scope that sees what came in', async () => {
    const { tokens } = await signedIn('jo');
    assert.ok(!tokens.scope?.includes('files:read:app'));
    assert.ok(tokens.scope?.includes('uploads:create'));
  });

  test('somebody whose name at the provider is none, or hides characters, is called by their address', async (t) => {
    const jo = ACCOUNTS.find(({ username }) => username === 'jo');
    assert.ok(jo);
    const { name } = jo;
    t.after(() => Object.assign(jo, { name }));
    for (const strange of ['Jo\0', 'Jo \u202egpj', ' ', 'J'.repeat(121)]) {
      Object.assign(jo, { name: strange });
      const { tokens } = await signedIn('jo');
      assert.equal(decodeJwt(tokens.id_token ?? '').name, 'jo@acme.example', JSON.stringify(strange).slice(0, 20));
    }
  });

  test('each sign-in has its own grant: the scopes of today, and a sign-out that ends no other page of that browser', async () => {
    const browser = new TestBrowser();
    const once = async () => {
      const tag = await TestTag.make(rig.url);
      await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'jo');
      const { code } = (await (await tag.collect('cases')).json()) as { code: string };
      const tokens = (await (await tag.exchange('cases', code)).json()) as Record<string, string>;
      const form = { client_id: 'cases', token: tokens.refresh_token ?? '' };
      return {
        scopes: (tokens.scope ?? '').split(' '),
        signOut: () => tag.call('POST', '/oidc/token/revocation', { form }),
        renew: () =>
          tag.call('POST', '/oidc/token', {
            form: { ...form, grant_type: 'refresh_token', refresh_token: form.token },
          }),
      };
    };
    const first = await once();
    const { owners } = rig.deps.registry.app('cases').record;
    owners.push('jo@acme.example');
    try {
      const second = await once();
      assert.deepEqual(
        [first, second].map(({ scopes }) => scopes.includes('files:read:app')),
        [false, true],
      );
      assert.equal((await second.signOut()).status, 200);
      assert.equal((await second.renew()).status, 400);
      rig.deps.clock.pass(rig.deps.config.times.signIn);
      assert.equal((await first.renew()).status, 200, 'also when the session of the sign-in is over');
    } finally {
      rig.deps.clock.pass(-rig.deps.config.times.signIn);
      owners.pop();
    }
  });

  test('the issuer has no endpoint that nobody here uses', async () => {
    const metadata = (await (await fetch(`${rig.url}/oidc/.well-known/openid-configuration`)).json()) as object;
    const endpoints = Object.keys(metadata).filter((name) => /_(endpoint|uri)$/.test(name));
    assert.deepEqual(endpoints.map((name) => name.replace(/_(endpoint|uri)$/, '')).sort(), [
      'authorization',
      'end_session',
      'introspection',
      'jwks',
      'revocation',
      'token',
    ]);
  });

  test('a parameter that no database takes is refused, and never an error of the server', async () => {
    const tag = await TestTag.make(rig.url);
    const forms = [
      [
        '/oidc/token',
        { grant_type: 'authorization_code', client_id: 'cases', code: '\0', code_verifier: tag.verifier },
      ],
      ['/oidc/token', { grant_type: 'refresh_token', client_id: 'cases', refresh_token: '\0' }],
      ['/oidc/token/revocation', { client_id: 'cases', token: '\0' }],
      ['/oidc/token/revocation', { client_id: '\0', token: 'a' }],
    ] as const;
    for (const [path, form] of forms) assert.ok((await tag.call('POST', path, { form })).status < 500, path);
    const authorize = new URL(await new TestBrowser().begin(rig.url, tag.transaction('cases')));
    authorize.searchParams.set('nonce', '\0');
    assert.ok((await fetch(authorize, { redirect: 'manual' })).status < 500);
    authorize.searchParams.set('request_uri', 'urn:ietf:params:oauth:request_uri:\0');
    assert.ok((await fetch(authorize, { redirect: 'manual' })).status < 500);
  });

  test('somebody of another organisation is told that they are not let in', async () => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'sam');
    assert.deepEqual(await (await tag.collect('cases')).json(), { status: 'error', error: 'access_denied' });
  });

  test('whoever was not let in is asked for another account at the next try, and only then', async () => {
    const browser = new TestBrowser();
    const open = async () => {
      const tag = await TestTag.make(rig.url);
      return browser.open(await browser.begin(rig.url, tag.transaction('cases')));
    };
    const promptIn = ({ visited }: { visited: string[] }) => {
      const asked = visited.find((address) => address.startsWith(`${rig.provider}/auth?`)) ?? '';
      return new URL(asked).searchParams.get('prompt');
    };
    const first = await open();
    assert.equal(promptIn(first), null);
    const body = new URLSearchParams({ username: 'sam', password: 'sam-demo' });
    await browser.open(first.url.href, { method: 'POST', body });
    const second = await open();
    assert.equal(promptIn(second), 'select_account');
    assert.match(second.text, /name="password"/);
    assert.equal(promptIn(await open()), null);
  });

  test('the code is handed out once', async () => {
    const { tag } = await signedIn('jo');
    assert.deepEqual(await quickCollect(tag), { status: 'error', error: 'sign_in_lost' });
  });

  /** A poll that does not wait. */
  async function quickCollect(tag: TestTag, options: { secret?: string; origin?: string } = {}) {
    const { times } = rig.deps.config;
    const wait = times.collectPoll;
    Object.assign(times, { collectPoll: 0 });
    try {
      return await (await tag.collect('cases', options)).json();
    } finally {
      Object.assign(times, { collectPoll: wait });
    }
  }

  test('without the secret, from another page, with another key or for another app nothing is collected', async () => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'jo');
    const thief = await TestTag.make(rig.url);
    assert.deepEqual(await quickCollect(thief, { secret: tag.secret }), { status: 'pending' });
    assert.deepEqual(await quickCollect(tag, { secret: thief.secret }), { status: 'pending' });
    assert.equal(((await quickCollect(tag, { origin: EVIL })) as { code: string }).code, 'origin_not_allowed');
    assert.equal(((await quickCollect(tag)) as { status: string }).status, 'code');
  });

  test('a code is worth nothing without the verifier, or with another key', async () => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'jo');
    const { code } = (await (await tag.collect('cases')).json()) as { code: string };
    const thief = await TestTag.make(rig.url);
    Object.assign(thief, { verifier: tag.verifier });
    const answer = await thief.exchange('cases', code);
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { error: string }).error, 'invalid_grant');
  });

  test('a victim who is made to open each address of an attacker parks nothing', async () => {
    const attacker = await TestTag.make(rig.url);
    const ownBrowser = new TestBrowser();
    const authorize = await ownBrowser.begin(rig.url, attacker.transaction('cases'));
    const attackersWay = await ownBrowser.open(authorize);
    const victim = new TestBrowser();
    await victim.signIn(await victim.begin(rig.url, (await TestTag.make(rig.url)).transaction('cases')), 'maria');

    // The authorize address: the victim is signed in at the provider, so everything runs through without a question.
    const end = await victim.open(authorize);
    assert.match(end.text, /took too long or was opened twice/);
    assert.deepEqual(await quickCollect(attacker), { status: 'pending' });

    // Each further address on the attacker's way: interaction, provider's authorize address, callbacks.
    for (const address of attackersWay.visited) {
      await victim.open(address);
      assert.deepEqual(await quickCollect(attacker), { status: 'pending' }, address.split('?')[0]);
    }
  });

  test('an attacker who goes on in their own browser after the victim came back from the provider gets nothing', async () => {
    const attacker = await TestTag.make(rig.url);
    const ownBrowser = new TestBrowser();
    const way = await ownBrowser.open(await ownBrowser.begin(rig.url, attacker.transaction('cases')));
    const interaction = way.visited.find((address) => address.includes('/sign-in/interaction/')) ?? '';
    const provider = way.visited.find((address) => address.startsWith(`${rig.provider}/auth`)) ?? '';
    assert.ok(interaction && provider);
    const victim = new TestBrowser();
    await victim.signIn(provider, 'maria');
    const goOn = await ownBrowser.open(`${interaction}/end`);
    assert.equal(JSON.parse(goOn.text).code, 'sign_in_lost');
    assert.deepEqual(await quickCollect(attacker), { status: 'pending' });
  });

  test('an attacker who planted the cookies of their interaction with the victim ends it in no other browser', async () => {
    const attacker = await TestTag.make(rig.url);
    const ownBrowser = new TestBrowser();
    const way = await ownBrowser.open(await ownBrowser.begin(rig.url, attacker.transaction('cases')));
    const interaction = way.visited.find((address) => address.includes('/sign-in/interaction/')) ?? '';
    const victim = new TestBrowser();
    victim.plant(ownBrowser);
    const back = await victim.signIn(interaction, 'maria', '/end');
    assert.equal(back.url.pathname, '/sign-in/provider/acme-id');
    const goOn = await ownBrowser.open(`${interaction}/end`);
    assert.equal(JSON.parse(goOn.text).code, 'sign_in_lost');
    assert.deepEqual(await quickCollect(attacker), { status: 'pending' });
  });

  test('somebody who goes back before the end and signs in again is signed in', async () => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    const way = await browser.open(await browser.begin(rig.url, tag.transaction('cases')));
    const interaction = way.visited.find((address) => address.includes('/sign-in/interaction/')) ?? '';
    const back = await browser.signIn(interaction, 'jo', '/end');
    assert.equal(back.url.pathname, '/sign-in/provider/acme-id');
    const { visited } = await browser.open(interaction);
    assert.ok(visited.at(-1)?.includes('/sign-in/callback'));
    assert.equal(((await quickCollect(tag)) as { status: string }).status, 'code');
  });

  test('the start page begins only for an origin of the app, and only when its own script asks', async () => {
    const tag = await TestTag.make(rig.url);
    const ask = (headers: Record<string, string>, origin?: string) =>
      new TestBrowser().open(`${rig.url}/sign-in/start`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(tag.transaction('cases', origin)),
      });
    for (const [headers, origin] of [
      [{ origin: EVIL }, undefined],
      [{}, undefined],
      [{ origin: rig.url }, EVIL],
      [{ origin: rig.url }, 'https://www.acme.example.evil.example'],
      [{ origin: rig.url }, 'null'],
    ] as const) {
      const answer = await ask(headers, origin);
      assert.equal(answer.status, 403);
      assert.equal(JSON.parse(answer.text).code, 'origin_not_allowed');
    }
  });

  test('a token is refused without a proof, as Bearer, with another key, with a proof used before, from another page', async () => {
    const { tag, token } = await signedIn('jo');
    const url = `${rig.url}/v1/whoami`;
    const ask = async (headers: Record<string, string>) => {
      const answer = await fetch(url, { headers });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    assert.deepEqual(await ask({}), [401, 'sign_in_needed']);
    assert.deepEqual(await ask({ authorization: `Bearer ${token}` }), [401, 'sign_in_needed']);
    assert.deepEqual(await ask({ authorization: `DPoP ${token}` }), [401, 'proof_refused']);
    const thief = await TestTag.make(rig.url);
    const stolen = await thief.call('GET', '/v1/whoami', { token });
    assert.equal(((await stolen.json()) as { code: string }).code, 'sign_in_ended');
    await tag.call('GET', '/v1/whoami', { token });
    const ath = createHash('sha256').update(token).digest('base64url');
    const dpop = await tag.proof('GET', url, { ath });
    assert.equal((await fetch(url, { headers: { authorization: `DPoP ${token}`, dpop } })).status, 200);
    const again = await fetch(url, { headers: { authorization: `DPoP ${token}`, dpop } });
    assert.equal(((await again.json()) as { code: string }).code, 'proof_refused');
    // The page learns that a fresh proof may help.
    assert.match(again.headers.get('www-authenticate') ?? '', /error="invalid_dpop_proof"/);
    const elsewhere = await tag.call('GET', '/v1/whoami', { token, origin: EVIL });
    assert.equal(((await elsewhere.json()) as { code: string }).code, 'origin_not_allowed');
  });

  test('the nonce of the API is good at the issuer too, so that the first request for a token succeeds', async () => {
    const { tag, code } = await signedIn('jo');
    const proof = await tag.proof('POST', `${rig.url}/oidc/token`, { nonce: rig.deps.proofs.nonce() });
    const answer = await fetch(`${rig.url}/oidc/token`, {
      method: 'POST',
      headers: { dpop: proof, origin: SHOP },
      body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'cases', code }),
    });
    assert.equal(
      ((await answer.json()) as { error: string }).error,
      'invalid_grant',
      'only the code is refused: it was used',
    );
  });

  test('a refresh token turns over, and using an old one ends the family', async () => {
    const { tag, tokens } = await signedIn('jo');
    const refresh = async (token: string) =>
      tag.call('POST', '/oidc/token', {
        form: { grant_type: 'refresh_token', client_id: 'cases', refresh_token: token },
      });
    const second = (await (await refresh(tokens.refresh_token ?? '')).json()) as Record<string, string>;
    assert.ok(second.refresh_token && second.refresh_token !== tokens.refresh_token);
    assert.equal((await refresh(tokens.refresh_token ?? '')).status, 400);
    assert.equal((await refresh(second.refresh_token)).status, 400, 'the successor ended with the reuse');
  });
});

describe('behind a proxy that ends TLS', () => {
  /** A server that hears plain HTTP, asked as by somebody who makes up a Host. */
  type Asked = string | ((deps: TestDeps, issuer: Issuer) => Promise<string>);
  async function ask(asked: Asked): Promise<{ answer: IncomingMessage; text: string }> {
    const deps = await testDeps({ publicUrl: 'https://broker.example' });
    const issuer = createIssuer(deps);
    const path =
      typeof asked === 'string'
        ? asked
        : new URL(await asked(deps, issuer)).href.slice('https://broker.example'.length);
    const server = createServer(issuer.serve);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request({ host: '127.0.0.1', port, path, headers }, resolve).on('error', reject).end();
      });
      let text = '';
      for await (const chunk of answer) text += chunk;
      return { answer, text };
    } finally {
      server.close();
      await deps.close();
    }
  }

  test('every address of the issuer is the configured one, whatever Host a request names', async () => {
    const { text } = await ask('/oidc/.well-known/openid-configuration');
    const addresses = Object.entries(JSON.parse(text) as Record<string, unknown>).filter(([name]) =>
      /_(endpoint|uri)$/.test(name),
    );
    assert.ok(addresses.length >= 4);
    for (const [name, address] of addresses) assert.match(String(address), /^https:\/\/broker\.example\/oidc\//, name);
  });

  test('a sign-in begins, with cookies for TLS alone', async () => {
    const hash = 'h'.repeat(43);
    const asked = { app: 'cases', origin: SHOP, challenge: hash, nonce: hash, state: hash, jkt: hash };
    const { answer } = await ask((deps, issuer) => startSignIn(deps, issuer, 'cookie', asked));
    assert.equal(answer.statusCode, 303);
    assert.match(answer.headers.location ?? '', /^\/sign-in\/interaction\//);
    const cookies = answer.headers['set-cookie'] ?? [];
    assert.ok(cookies.length > 0);
    for (const cookie of cookies) assert.match(cookie, /; secure; httponly/i);
  });
});
