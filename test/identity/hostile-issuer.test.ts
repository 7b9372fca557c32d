import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { base64url, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { AppDocument } from '../../src/contract/index.ts';
import { BrokerIdentity } from '../../src/identity/identity.ts';
import type { Fetch } from '../../src/identity/proven-fetch.ts';
import type { SignInWay } from '../../src/identity/way.ts';
import { PageClock } from '../support/page-clock.ts';
import { APP as ANY } from '../support/upload-desk.ts';

/**
 * The tag as client of an issuer that errs or lies, by the numbers of the checklist (D-nn). However it does, nothing more
 * is sent, nobody is signed in, and a person reads that the answer came from an unexpected place or was lost.
 */

const BROKER = 'https://broker.example';
const ISSUER = `${BROKER}/oidc`;
const APP: AppDocument = { ...ANY, app: 'cases', issuer: ISSUER, audience: `${BROKER}/v1` };

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
type Json = Record<string, unknown>;

interface Lies {
  readonly metadata?: Json;
  readonly answer?: Record<string, string | undefined>;
  readonly claims?: JWTPayload;
  readonly header?: Json;
  readonly tokens?: Json;
  readonly signWith?: 'another key' | 'none' | 'the client';
  readonly jwks?: unknown;
  /** In the place of the token endpoint's answer. */
  readonly token?: () => Response;
}

describe('the tag with an issuer that errs or lies', () => {
  let keys: Keys;
  let strangers: Keys;
  before(async () => {
    [keys, strangers] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  });
  const clock = new PageClock(Date.now());

  async function signIn(lies: Lies) {
    const sent: string[] = [];
    let handed = { state: '', nonce: '' };
    const json = (body: unknown, status = 200) => Response.json(body, { status });
    const fetch: Fetch = async (url, init) => {
      sent.push(`${url.origin === BROKER ? '' : url.origin}${url.pathname}`);
      switch (url.pathname) {
        case '/oidc/.well-known/openid-configuration':
          return json({
            issuer: ISSUER,
            authorization_endpoint: `${ISSUER}/auth`,
            token_endpoint: `${ISSUER}/token`,
            jwks_uri: `${ISSUER}/jwks`,
            authorization_response_iss_parameter_supported: true,
            code_challenge_methods_supported: ['S256'],
            id_token_signing_alg_values_supported: ['ES256'],
            ...lies.metadata,
          });
        case '/v1/sign-in/collect': {
          const { state } = handed;
          const answer = { status: 'code', code: 'the-code', iss: ISSUER, state, ...lies.answer };
          return json(answer);
        }
        case '/oidc/token':
          return lies.token?.() ?? json({ ...(await tokens(lies, handed.nonce)), ...lies.tokens });
        case '/oidc/jwks':
          return json(
            lies.jwks ?? { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'now', use: 'sig', alg: 'ES256' }] },
          );
        default:
          return new Response(null, { status: init.method === 'POST' ? 204 : 404 });
      }
    };
    const identity = new BrokerIdentity(new URL(BROKER), { fetch, clock });
    const way: SignInWay = {
      give: (transaction) => {
        handed = transaction;
      },
      forget: () => {},
      close: () => {},
    };
    const person = identity.signIn(APP, way, new AbortController().signal);
    await person.catch(() => {});
    return { person, identity, sent };
  }

  async function tokens({ claims, header, signWith }: Lies, nonce: string): Promise<Json> {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: ISSUER, aud: 'cases', sub: 'jo', name: 'Jo', nonce, iat: now, exp: now + 300, ...claims };
    const head = { alg: 'ES256', kid: 'now', ...header };
    const id_token = await (signWith === 'none'
      ? `${[{ ...head, alg: 'none' }, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.')}.`
      : signWith === 'the client'
        ? new SignJWT(payload)
            .setProtectedHeader({ ...head, alg: 'HS256' })
            .sign(new TextEncoder().encode('cases'.padEnd(32)))
        : new SignJWT(payload).setProtectedHeader(head).sign(signWith ? strangers.privateKey : keys.privateKey));
    return { access_token: 'at', token_type: 'DPoP', expires_in: 300, refresh_token: 'rt', scope: 'openid', id_token };
  }

  test('signs in where nothing is wrong', async () => {
    const { person, sent } = await signIn({});
    assert.equal((await person).name, 'Jo');
    assert.deepEqual(sent.slice(-2), ['/oidc/token', '/oidc/jwks']);
  });

  const hour = 3600;
  const at = (offset: number) => Math.floor(Date.now() / 1000) + offset;
  const cases: readonly [
    string,
    Lies,
    'sign_in_mixed' | 'sign_in_lost' | 'sign_in_refused' | 'broker_down',
    isCodeSent: boolean,
  ][] = [
    [
      'D-01 that does not name S256',
      { metadata: { code_challenge_methods_supported: ['plain'] } },
      'sign_in_mixed',
      false,
    ],
    [
      'D-01 that names no method at all',
      { metadata: { code_challenge_methods_supported: undefined } },
      'sign_in_mixed',
      false,
    ],
    ['D-04 with the state of another sign-in', { answer: { state: 's'.repeat(43) } }, 'sign_in_mixed', false],
    [
      'D-05 whose answer names another issuer',
      { answer: { iss: 'https://evil.example/oidc' } },
      'sign_in_mixed',
      false,
    ],
    ['D-05 whose answer names an issuer that begins alike', { answer: { iss: `${ISSUER}/` } }, 'sign_in_mixed', false],
    [
      'D-06 whose metadata are of another',
      { metadata: { issuer: 'https://evil.example/oidc' } },
      'sign_in_mixed',
      false,
    ],
    [
      'D-06 that takes codes elsewhere',
      { metadata: { token_endpoint: 'https://evil.example/token' } },
      'sign_in_mixed',
      false,
    ],
    [
      'D-06 that keeps its keys elsewhere',
      { metadata: { jwks_uri: 'https://evil.example/jwks' } },
      'sign_in_mixed',
      false,
    ],
    [
      'D-06 that ends tokens elsewhere',
      { metadata: { revocation_endpoint: 'https://evil.example/end' } },
      'sign_in_mixed',
      false,
    ],
    [
      'D-07 whose ID token is of another issuer',
      { claims: { iss: 'https://evil.example/oidc' } },
      'sign_in_mixed',
      true,
    ],
    ['D-07 whose ID token is for another app', { claims: { aud: 'another' } }, 'sign_in_mixed', true],
    [
      'D-07 whose ID token is for two apps and was given to the other',
      { claims: { aud: ['cases', 'another'], azp: 'another' } },
      'sign_in_mixed',
      true,
    ],
    [
      'D-07 whose ID token is for two apps and names no holder',
      { claims: { aud: ['cases', 'another'] } },
      'sign_in_mixed',
      true,
    ],
    ['D-07 whose ID token is over', { claims: { exp: at(-hour) } }, 'sign_in_mixed', true],
    ['D-07 whose ID token never ends', { claims: { exp: undefined as never } }, 'sign_in_mixed', true],
    ['D-07 whose ID token was never made', { claims: { iat: undefined as never } }, 'sign_in_mixed', true],
    ['D-07 whose ID token is of nobody', { claims: { sub: undefined as never } }, 'sign_in_mixed', true],
    ['D-07 whose ID token has another nonce', { claims: { nonce: 'n'.repeat(43) } }, 'sign_in_mixed', true],
    ['D-07 whose ID token has no nonce', { claims: { nonce: undefined } }, 'sign_in_mixed', true],
    ['D-07 whose ID token nobody signed', { signWith: 'none' }, 'sign_in_mixed', true],
    ['D-07 whose ID token is signed with what everybody knows', { signWith: 'the client' }, 'sign_in_mixed', true],
    ['D-07 whose ID token is signed by another', { signWith: 'another key' }, 'sign_in_mixed', true],
    ['D-07 whose ID token names a key that it does not have', { header: { kid: 'never' } }, 'sign_in_mixed', true],
    ['D-07 that has no keys', { jwks: { keys: [] } }, 'sign_in_mixed', true],
    ['D-07 that gives no ID token', { tokens: { id_token: undefined } }, 'sign_in_mixed', true],
    ['D-07 whose ID token is no token', { tokens: { id_token: 'a.b.c' } }, 'sign_in_mixed', true],
    ['D-16 whose token is bound to nothing', { tokens: { token_type: 'Bearer' } }, 'sign_in_mixed', true],
    ['D-16 whose token has no type', { tokens: { token_type: undefined } }, 'sign_in_mixed', true],
    [
      'D-02 that refuses the code',
      { token: () => Response.json({ error: 'invalid_grant' }, { status: 400 }) },
      'sign_in_lost',
      true,
    ],
    [
      'D-02 that answers with a page',
      { token: () => new Response('<p>hello', { headers: { 'content-type': 'text/html' } }) },
      'sign_in_mixed',
      true,
    ],
    ['D-02 that is down', { token: () => new Response(null, { status: 503 }) }, 'broker_down', true],
  ];
  for (const [what, lies, code, isCodeSent] of cases) {
    test(`${what}: ${code}, and nobody is signed in`, async () => {
      const { person, identity, sent } = await signIn(lies);
      await assert.rejects(person, { code });
      assert.equal(identity.person, null);
      assert.deepEqual(
        sent.filter((to) => to.startsWith('https:')),
        [],
        'nothing goes to another origin',
      );
      assert.equal(sent.includes('/oidc/token'), isCodeSent);
      const before = sent.length;
      await assert.rejects(identity.fetch(new URL('/v1/files', BROKER), {}), { code: 'sign_in_needed' });
      assert.equal(sent.length, before, 'and no call is made with what came');
    });
  }

  test('D-15 that wants another nonce each time is asked twice, and no third time', async () => {
    const again = () =>
      Response.json({ error: 'use_dpop_nonce' }, { status: 400, headers: { 'DPoP-Nonce': `n${Math.random()}` } });
    const { person, sent } = await signIn({ token: again });
    await assert.rejects(person, { code: 'sign_in_lost' });
    assert.equal(sent.filter((to) => to === '/oidc/token').length, 2);
  });
});
