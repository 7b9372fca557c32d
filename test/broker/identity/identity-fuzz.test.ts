import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Hono } from 'hono';
import type { Env } from '../../../demo/context/env.ts';
import { SHOP, type SignInRig, startSignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { wholeBroker } from '../../support/whole-broker.ts';

/**
 * Every address of signing in and of the issuer, as the running broker lists them, is sent what fits and what does not:
 * no error of the server, no answer that does not come, and no secret in an answer or in the log.
 */

const RUNS = 80;
const ANSWER_WITHIN_MS = 15_000;
const OAUTH = 'urn:ietf:params:oauth';

/** What belongs in a field, so that the fuzz gets past the first check; `known:` stands for what a real sign-in had. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  app: ['cases'],
  state: ['known:state'],
  code: ['known:code'],
  iss: ['known:issuer'],
  error: ['access_denied'],
  uid: ['known:uid'],
  origin: [SHOP],
  challenge: ['x'.repeat(43)],
  nonce: ['x'.repeat(43)],
  jkt: ['known:jkt'],
  secret: ['known:secret'],
  client_id: ['cases'],
  redirect_uri: ['known:callback'],
  response_type: ['code'],
  response_mode: ['query', 'form_post', 'fragment'],
  scope: ['openid', 'openid uploads:create'],
  resource: ['known:audience'],
  audience: ['known:audience'],
  prompt: ['login', 'none', 'consent'],
  max_age: ['0', '60'],
  code_challenge: ['x'.repeat(43)],
  code_challenge_method: ['S256', 'plain'],
  code_verifier: ['known:verifier'],
  dpop_jkt: ['known:jkt'],
  grant_type: ['authorization_code', 'refresh_token', 'client_credentials', `${OAUTH}:grant-type:token-exchange`],
  refresh_token: ['known:refresh_token'],
  token: ['known:refresh_token', 'known:access_token'],
  token_type_hint: ['refresh_token', 'access_token'],
  subject_token: ['known:access_token', 'known:refresh_token', 'known:id_token'],
  subject_token_type: [`${OAUTH}:token-type:access_token`],
  requested_token_type: [`${OAUTH}:token-type:access_token`],
  actor_token: ['known:access_token'],
  request_uri: [`${OAUTH}:request_uri:x`, 'https://evil.example/r'],
  request: ['eyJhbGciOiJub25lIn0.e30.'],
  id_token_hint: ['known:id_token'],
  login_hint: ['maria@acme.example'],
  acr_values: ['a b'],
  claims: ['{"id_token":{"email":null}}'],
  post_logout_redirect_uri: ['https://evil.example'],
  logout: ['yes'],
  xsrf: ['x'],
  client_assertion: ['known:id_token'],
  client_assertion_type: [`${OAUTH}:client-assertion-type:jwt-bearer`],
  user_code: ['BCDF-GHJK'],
  email: ['maria@acme.example'],
  address: ['maria@acme.example'],
  lang: ['de'],
};
/** Fields that are sent together where the sender means well, and to which addresses. */
const FORMS: readonly (readonly [to: RegExp, names: readonly string[]])[] = [
  [/callback|provider/, ['state', 'code', 'iss']],
  [/callback|provider/, ['state', 'error', 'iss']],
  [/collect/, ['app', 'secret']],
  [/start|code/, ['app', 'origin', 'challenge', 'nonce', 'jkt', 'state']],
  [/token$/, ['grant_type', 'client_id', 'code', 'code_verifier', 'redirect_uri']],
  [/token$/, ['grant_type', 'client_id', 'refresh_token']],
  [/token$|exchange/, ['grant_type', 'client_id', 'subject_token', 'subject_token_type', 'resource']],
  [/revocation|introspection|session/, ['client_id', 'token']],
  [/guest|mail/, ['address', 'lang']],
  [/code/, ['user_code']],
  [
    /auth|par|request/,
    [
      ...['client_id', 'response_type', 'redirect_uri', 'code_challenge', 'code_challenge_method', 'scope', 'state'],
      ...['nonce', 'dpop_jkt', 'resource', 'prompt'],
    ],
  ],
];
const JUNK = [
  '\0',
  'a\0b',
  '%00',
  '\ud800',
  '\u202e',
  '{}',
  '[]',
  '-1',
  '1e309',
  '../..',
  '',
  'null',
  'x'.repeat(5000),
];

describe('whatever is sent to an address of signing in', () => {
  let rig: SignInRig;
  let app: Hono<Env>;
  let tag: TestTag;
  let browser: TestBrowser;
  const known: Record<string, string> = {};
  const secrets: string[] = [];

  before(async () => {
    rig = await startSignInRig((deps, issuer) => {
      app = wholeBroker(deps, issuer);
      return app;
    });
    tag = await TestTag.make(rig.url);
    browser = new TestBrowser();
    await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'maria');
    const { code } = (await (await tag.collect('cases')).json()) as { code: string };
    const tokens = (await (await tag.exchange('cases', code)).json()) as Record<string, string>;
    const { access_token, refresh_token, id_token } = tokens;
    const secret = { access_token, refresh_token, id_token, code, verifier: tag.verifier, secret: tag.secret };
    // Another sign-in has begun and not come back.
    const waiting = await TestTag.make(rig.url);
    const { visited } = await new TestBrowser().open(await browser.begin(rig.url, waiting.transaction('cases')));
    const uid = /\/interaction\/([^/?]+)/.exec(visited.find((at) => at.includes('/interaction/')) ?? '')?.[1];
    const plain = { issuer: `${rig.url}/oidc`, audience: `${rig.url}/v1`, callback: `${rig.url}/sign-in/callback` };
    Object.assign(known, secret, plain, { uid, jkt: tag.jkt, state: waiting.state });
    secrets.push(...Object.keys(secret));
  });
  after(() => rig.close());

  const junk = fc.oneof(
    fc.constantFrom(...JUNK),
    fc.constantFrom(...JUNK),
    fc.constantFrom(...Object.values(RIGHT).flat()),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  const field = (name: string): fc.Arbitrary<[string, unknown]> =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...(Object.hasOwn(RIGHT, name) ? (RIGHT[name] ?? []) : ['x'])) },
        { weight: 2, arbitrary: junk },
        { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
      ),
    );
  const anyField = fc.constantFrom(...Object.keys(RIGHT), '__proto__').chain(field);
  const fieldsFor = (path: string) => {
    const fitting = FORMS.filter(([to]) => to.test(path));
    const forms = (fitting.length > 0 ? fitting : FORMS).map(([, names]) => fc.tuple(...names.map(field)));
    return fc
      .tuple(fc.oneof(...forms), fc.array(anyField, { maxLength: 3 }), fc.nat(9))
      .map(([meant, more, dice]) => (dice > 0 ? [...meant, ...more] : more));
  };
  const requestTo = (path: string) =>
    fc.record({
      query: fieldsFor(path),
      body: fieldsFor(path),
      params: fc.array(fc.oneof(fc.constantFrom('known:uid', 'acme-id', 'cases'), junk), {
        minLength: 3,
        maxLength: 3,
      }),
      kind: fc.constantFrom('json' as const, 'form' as const, 'none' as const, 'broken' as const),
      from: fc.constantFrom('shop' as const, 'own' as const, 'nobody' as const, 'evil' as const),
      hasCookies: fc.constantFrom(true, true, false),
      proof: fc.constantFrom('right' as const, 'right' as const, 'right' as const, 'none' as const, 'junk' as const),
      token: fc.constantFrom('access_token', 'none', 'refresh_token', 'id_token', 'junk'),
    });
  type Request = ReturnType<typeof requestTo> extends fc.Arbitrary<infer T> ? T : never;

  const filled = (from: unknown): unknown =>
    typeof from === 'string' && from.startsWith('known:') ? known[from.slice(6)] : from;
  const asText = (from: unknown): string => {
    const whole = filled(from);
    return (typeof whole === 'string' ? whole : JSON.stringify(whole)).replace(/\p{Surrogate}/gu, '\ufffd');
  };
  const inUrl = (part: unknown) => encodeURIComponent(asText(part)) || '_';

  async function send(method: string, pattern: string, sent: Request) {
    const params = [...sent.params];
    const path = pattern.replace(/:\w+(\{[^}]*\})?/g, () => inUrl(params.pop()));
    const query = sent.query.map(([name, part]) => `${name}=${inUrl(part)}`).join('&');
    const origin = { shop: SHOP, own: rig.url, nobody: '', evil: 'https://evil.example' }[sent.from];
    const token = sent.token === 'junk' ? 'a.b.c' : known[sent.token];
    const ath = token ? { ath: createHash('sha256').update(token).digest('base64url') } : {};
    const proof = await tag.proof(method, rig.url + path, { nonce: rig.deps.proofs.nonce(), ...ath });
    const dpop = { right: proof, junk: 'a.b.c', none: '' }[sent.proof];
    const headers = {
      ...(origin && { origin }),
      ...(dpop && { dpop }),
      ...(token && { authorization: `DPoP ${token}` }),
      ...(sent.kind !== 'none' && {
        'content-type': sent.kind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
      }),
    };
    const pairs = sent.body.map(([name, part]): [string, string] => [name, asText(part)]);
    const json = JSON.stringify(Object.fromEntries(sent.body.map(([name, part]) => [name, filled(part)])));
    const body = { form: new URLSearchParams(pairs).toString(), json, broken: json.slice(1), none: null }[sent.kind];
    const client = sent.hasCookies ? browser : new TestBrowser();
    return client.once(`${rig.url}${path}${query && `?${query}`}`, {
      method,
      headers,
      ...(body !== null && method !== 'GET' && { body }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  }

  async function fuzz(method: string, pattern: string): Promise<void> {
    const property = fc.asyncProperty(requestTo(pattern), async (sent) => {
      const { status, text } = await send(method, pattern, sent);
      assert.ok(status < 500, `${status} ${text.slice(0, 200)}`);
      // The issuer repeats a `state`, whatever it is.
      const untold = secrets.filter((name) => !JSON.stringify(sent).includes(`known:${name}`));
      for (const name of untold) assert.ok(!text.includes(known[name] ?? ''), `${name} stands in the answer`);
    });
    await fc.assert(property, { numRuns: RUNS });
    const log = rig.deps.logged.join('\n');
    for (const name of secrets) assert.ok(!log.includes(known[name] ?? ''), `${name} stands in the log`);
    assert.deepEqual(
      rig.deps.logged.filter((line) => /"(request|issuer)\.failed"/.test(line)),
      [],
    );
  }

  const ELSEWHERE = /^\/v1\/(uploads|files|links|recipient|s3|folders|agreements|receipt-keys)|[*]|\.(js|css|json)$|z$/;

  test('every route of the broker that signs in, ends, embeds or hands out', async (t) => {
    const routes = new Set(
      app.routes
        .filter(({ path, method }) => method !== 'ALL' && !ELSEWHERE.test(path))
        .map(({ method, path }) => `${method} ${path}`),
    );
    assert.ok(routes.has('POST /v1/sign-in/collect') && routes.has('GET /sign-in/callback'), [...routes].join());
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      await t.test(route, () => fuzz(method, path));
    }
  });

  test('every endpoint that the issuer names', async (t) => {
    const answer = await fetch(`${rig.url}/oidc/.well-known/openid-configuration`);
    const metadata = (await answer.json()) as Record<string, unknown>;
    const endpoints = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name));
    assert.ok(endpoints.length >= 4);
    for (const [name, address] of endpoints) {
      const { pathname } = new URL(String(address));
      for (const method of name === 'jwks_uri' ? ['GET'] : ['POST', 'GET']) {
        await t.test(`${method} ${pathname}`, () => fuzz(method, pathname));
      }
    }
  });
});
