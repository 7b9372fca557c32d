import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { SHOP, type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

/**
 * Each parser of the sign-in gets a request that is right but for one field. What is wrong with several at once, and what
 * is not a form at all, is drawn (identity-fuzz sends what is wrong all over).
 */

const ANSWER_WITHIN_MS = 15_000;
const RUNS = 250;
const OAUTH = 'urn:ietf:params:oauth';
const T43 = 'x'.repeat(43);

/** As they stand in an address or a form: encoded by hand, so that what no text can hold goes over the wire too. */
const ENCODED = [
  'a%00b', // U+0000
  '%2500',
  '%ED%A0%80', // a lone surrogate
  '%FF%FE',
  '%', // no escape at all
  '',
  '%7B%22a%22%3A%5B%5D%7D',
  '..%2F..%2F',
  'x'.repeat(9000),
];
const JSON_VALUES = [
  '"a\\u0000b"',
  '"\\ud800"',
  '"%00"',
  '[]',
  '["cases"]',
  '{}',
  'null',
  '-1',
  '1e999',
  '""',
  `"${'x'.repeat(9000)}"`,
];

type Fields = Readonly<Record<string, string>>;
interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly kind: 'query' | 'form' | 'json';
  readonly fields: Fields;
  readonly isOwn?: true;
}

describe('a call of signing in that is right but for one field', () => {
  let rig: SignInRig;
  let tag: TestTag;
  let browser: TestBrowser;
  let tokens: Fields;
  let uid: string;
  let issuer: string;

  before(async () => {
    rig = await startWholeBroker();
    Object.assign(rig.deps.registry.app('cases').record, { guests: true });
    Object.assign(rig.deps.registry.app('cases').template, { guests: { scopes: ['uploads:create'] } });
    issuer = encodeURIComponent(`${rig.url}/oidc`);
    const done = await TestTag.make(rig.url);
    const first = new TestBrowser();
    const choose = await first.open(await first.begin(rig.url, done.transaction('cases')));
    await first.signIn(`${choose.url.href}/with/acme-id`, 'maria');
    const { code } = (await (await done.collect('cases')).json()) as { code: string };
    tokens = (await (await done.exchange('cases', code)).json()) as Fields;
    await begin();
  });
  after(() => rig?.close());

  /** A sign-in that stands at the provider: this browser has all its cookies. */
  async function begin(): Promise<void> {
    tag = await TestTag.make(rig.url);
    browser = new TestBrowser();
    const { visited } = await browser.open(await browser.begin(rig.url, tag.transaction('cases')));
    uid = /\/interaction\/([^/?]+)/.exec(visited.find((at) => at.includes('/interaction/')) ?? '')?.[1] ?? '';
    assert.ok(uid);
    await browser.open(`${rig.url}/sign-in/interaction/${uid}/with/acme-id`);
  }

  function calls(): Call[] {
    const transaction = { challenge: T43, nonce: T43, jkt: tag.jkt, state: tag.state };
    const token = (fields: Fields): Call => ({
      method: 'POST',
      path: '/oidc/token',
      kind: 'form',
      fields: { client_id: 'cases', ...fields },
    });
    const about = (path: string): Call => ({
      method: 'POST',
      path,
      kind: 'form',
      fields: { client_id: 'cases', token: tokens.refresh_token ?? '', token_type_hint: 'refresh_token' },
    });
    const typed = { kind: 'json', method: 'POST', isOwn: true, fields: { user_code: 'BCDF-GHJK' } } as const;
    const proven = { kind: 'json', method: 'POST' } as const;
    const query = { kind: 'query', method: 'GET' } as const;
    const guest = { kind: 'form', method: 'POST', isOwn: true } as const;
    const there = `/sign-in/interaction/${uid}`;
    const back = encodeURIComponent(`${SHOP}/page`);
    const callback = encodeURIComponent(`${rig.url}/sign-in/callback`);
    return [
      { ...query, path: '/sign-in/start', fields: { app: 'cases' } },
      { ...proven, isOwn: true, path: '/sign-in/start', fields: { app: 'cases', origin: SHOP, ...transaction } },
      { ...query, path: '/sign-in/page', fields: { app: 'cases', return_to: back, max_age: '60', ...transaction } },
      { ...query, path: '/sign-in/callback', fields: { state: tag.state, code: T43, iss: issuer } },
      { ...query, path: '/sign-in/callback', fields: { iss: issuer, state: tag.state, error: 'access_denied' } },
      {
        ...query,
        path: '/sign-in/provider/acme-id',
        fields: { state: T43, code: T43, iss: encodeURIComponent(rig.provider) },
      },
      { ...query, path: there, fields: { provider: 'acme-id' } },
      { ...query, path: `${there}/with/acme-id`, fields: { provider: 'acme-id' } },
      { ...query, path: `${there}/end`, fields: { state: T43 } },
      { ...query, path: `${there}/guest`, fields: { lang: 'de' } },
      { ...guest, path: `${there}/guest`, fields: { address: 'ann@home.example', agree: 'yes', lang: 'de' } },
      { ...guest, path: `${there}/guest/code`, fields: { code: '123456' } },
      { ...guest, path: `${there}/guest/again`, fields: { code: '' } },
      { ...proven, path: '/v1/sign-in/collect', fields: { app: 'cases', secret: tag.secret } },
      { ...proven, path: '/v1/sign-in/cancel', fields: { app: 'cases', secret: T43 } },
      { ...proven, path: '/v1/sign-in/code', fields: { app: 'cases', ...transaction } },
      { ...typed, path: '/sign-in/code/look' },
      { ...typed, path: '/sign-in/code/begin' },
      { ...query, path: '/oidc/auth', fields: { client_id: 'cases', request_uri: `${OAUTH}:request_uri:${T43}` } },
      { ...about('/oidc/request'), fields: { client_id: 'cases', response_type: 'code', redirect_uri: callback } },
      token({ grant_type: 'authorization_code', code: T43, code_verifier: T43, redirect_uri: callback }),
      token({ grant_type: 'refresh_token', refresh_token: T43 }),
      token({ grant_type: 'client_credentials', scope: 'files:read', client_assertion: 'a.b.c' }),
      token({
        grant_type: encodeURIComponent(`${OAUTH}:grant-type:token-exchange`),
        subject_token: tokens.access_token ?? '',
        subject_token_type: `${OAUTH}:token-type:access_token`,
        resource: encodeURIComponent(`${rig.url}/v1`),
      }),
      about('/oidc/token/introspection'),
      about('/oidc/token/revocation'),
      {
        ...query,
        path: '/oidc/session/end',
        fields: { id_token_hint: tokens.id_token ?? '', client_id: 'cases', state: 'x' },
      },
    ];
  }

  async function send(call: Call, text: string, type?: string): Promise<void> {
    const { method, path, kind } = call;
    const url = rig.url + path;
    const isIssuer = path.startsWith('/oidc');
    const nonce = isIssuer ? {} : { nonce: rig.deps.proofs.nonce() };
    const isQuery = kind === 'query';
    const usual = kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
    const post = async (more: Record<string, unknown>) =>
      browser.once(isQuery ? `${url}?${text}` : url, {
        method,
        headers: {
          origin: call.isOwn ? rig.url : SHOP,
          DPoP: await tag.proof(method, url, more),
          ...(!isQuery && { 'content-type': type ?? usual }),
        },
        ...(!isQuery && { body: text }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
    const first = await post(nonce);
    const asked = isIssuer && first.status === 400 ? first.headers.get('dpop-nonce') : null;
    const { status, headers, text: answer } = asked ? await post({ nonce: asked }) : first;
    const said = `${method} ${path} with ${text.slice(0, 300)}: ${status} ${answer.slice(0, 200)}`;
    assert.ok(status < 500, said);
    // Node's own answer to an address of more than 16 kB has no body.
    if (status < 400 || status === 431 || /^text\//.test(headers.get('content-type') ?? '')) return;
    const { code, error } = JSON.parse(answer) as Record<string, unknown>;
    assert.ok(typeof (code ?? error) === 'string', said);
  }

  const textOf = ({ kind }: Call, pairs: readonly (readonly [string, string])[]) =>
    kind === 'json'
      ? `{${pairs.map(([name, part]) => `"${name}":${part}`).join()}}`
      : pairs.map(([name, part]) => `${name}=${part}`).join('&');
  const rightOf = ({ kind, fields }: Call) =>
    Object.entries(fields).map(([name, part]) => [name, kind === 'json' ? JSON.stringify(part) : part] as const);
  const wrongFor = ({ kind }: Call) => (kind === 'json' ? JSON_VALUES : ENCODED);

  test('is answered with a code, or a page, whatever stands in that field, also beside the right one', async () => {
    for (let i = 0; i < calls().length; i++) {
      await begin();
      const call = calls()[i];
      if (!call) continue;
      const right = rightOf(call);
      for (const [name] of right) {
        for (const wrong of wrongFor(call)) {
          await send(
            call,
            textOf(
              call,
              right.map(([other, part]) => [other, other === name ? wrong : part]),
            ),
          );
        }
        const [wrong = ''] = wrongFor(call);
        await send(call, textOf(call, [...right, [name, wrong]]));
      }
    }
    assertNoFailure();
  });

  test('and what is wrong in several, of another type, cut off or an array of itself, is answered so too', async (t) => {
    await begin();
    const all = calls();
    const seed = Date.now() % 2 ** 31;
    t.diagnostic(`seed ${seed}`);
    const drawn = fc.constantFrom(...all).chain((call) =>
      fc.record({
        call: fc.constant(call),
        parts: fc.array(fc.tuple(fc.nat(9), fc.constantFrom(...wrongFor(call))), { maxLength: 4 }),
        type: fc.constantFrom(
          undefined,
          undefined,
          'text/plain',
          'multipart/form-data; boundary=x',
          'application/json; charset=utf-16',
          'application/x-www-form-urlencoded',
          ';',
        ),
        shape: fc.constantFrom('whole', 'whole', 'cut', 'array', 'empty', 'brackets'),
      }),
    );
    const property = fc.asyncProperty(drawn, async ({ call, parts, type, shape }) => {
      const pairs = [...rightOf(call)];
      for (const [at, wrong] of parts) {
        const [name = 'app'] = pairs[at % pairs.length] ?? [];
        if (at % 2) pairs.push([name, wrong]);
        else pairs[at % pairs.length] = [name, wrong];
      }
      const whole = textOf(call, pairs);
      const brackets = textOf(
        call,
        pairs.map(([name, part]) => [`${name}[]`, part]),
      );
      await send(
        call,
        { whole, cut: whole.slice(0, whole.length / 2), array: `[${whole}]`, empty: '', brackets }[shape] ?? '',
        type,
      );
    });
    await fc.assert(property, { numRuns: RUNS, seed });
    assertNoFailure();
  });

  test('and so is an id in the address, a cookie or a token that is none', async () => {
    await begin();
    const ath = (token: string) => createHash('sha256').update(token).digest('base64url');
    for (const wrong of ENCODED.filter((part) => part !== '')) {
      for (const path of [
        '/sign-in/interaction/@',
        '/sign-in/interaction/@/with/@',
        '/sign-in/interaction/@/guest/code',
        '/sign-in/provider/@',
        '/v1/apps/@',
        '/oidc/auth/@',
      ]) {
        const at = `${rig.url}${path.replaceAll('@', wrong)}`;
        const { status } = await browser.once(at, { headers: {}, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
        assert.ok(status < 500, `${at.slice(0, 200)}: ${status}`);
      }
      const names = [
        'su_sign_in',
        'su_upstream',
        'su_guest',
        'su_interaction',
        'su_session',
        'su_resume',
        'su_refused',
      ];
      const cookie = names.map((name) => `${name}=${wrong.slice(0, 900)}`).join('; ');
      for (const path of [
        `/sign-in/interaction/${uid}`,
        `/sign-in/callback?state=${tag.state}&iss=${issuer}&code=x`,
        '/oidc/session/end',
        `/sign-in/provider/acme-id?state=${T43}`,
      ]) {
        const { status } = await fetch(rig.url + path, { headers: { cookie }, redirect: 'manual' });
        assert.ok(status < 500, `${path} with ${cookie.slice(0, 100)}: ${status}`);
      }
      const proof = await tag.proof('GET', `${rig.url}/v1/files`, { ath: ath(wrong), nonce: rig.deps.proofs.nonce() });
      for (const headers of [
        { authorization: `DPoP ${wrong}`, DPoP: proof },
        { authorization: `DPoP ${tokens.access_token}`, DPoP: wrong },
      ]) {
        const refused = await fetch(`${rig.url}/v1/files`, { headers });
        assert.equal(refused.status, 401, wrong.slice(0, 100));
        assert.equal(typeof ((await refused.json()) as { code: unknown }).code, 'string');
      }
    }
    assertNoFailure();
  });

  function assertNoFailure(): void {
    assert.deepEqual(
      rig.deps.logged.filter((line) => /"(request|issuer)\.failed"/.test(line)),
      [],
    );
  }
});
