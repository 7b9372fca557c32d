import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Problem } from '../../../demo/base/problem.ts';
import type { ProofToCheck } from '../../../demo/identity/proofs.ts';
import { type TestDeps, testDeps } from '../../support/broker.ts';

/** RFC 9449 section 4.3, its twelve points in its order, and what the broker asks beyond them. Checklist 14, 15 and 18. */

const URL_OF_CALL = 'https://broker.example/v1/uploads';
const TOKEN = 'a.token.of-ours';
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

interface Made {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  /** Signs; the key in the header stays the page's. */
  readonly by?: CryptoKey;
}

describe('a DPoP proof', () => {
  let deps: TestDeps;
  let pair: Awaited<ReturnType<typeof generateKeyPair>>;
  let jwk: Awaited<ReturnType<typeof exportJWK>>;
  before(async () => {
    deps = await testDeps();
    pair = await generateKeyPair('ES256', { extractable: true });
    jwk = await exportJWK(pair.publicKey);
  });
  after(() => deps.close());

  const seconds = () => Math.floor(deps.now() / 1000);
  const claimsOf = (claims: Record<string, unknown> = {}) => ({
    jti: randomBytes(16).toString('base64url'),
    htm: 'POST',
    htu: URL_OF_CALL,
    iat: seconds(),
    ath: hash(TOKEN),
    nonce: deps.proofs.nonce(),
    ...claims,
  });
  const proof = ({ header, claims, by }: Made = {}) =>
    new SignJWT(claimsOf(claims))
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })
      .sign(by ?? pair.privateKey);
  const check = (header: string | undefined, asked: Partial<ProofToCheck> = {}) =>
    deps.proofs.check({ header, method: 'POST', url: URL_OF_CALL, token: TOKEN, ...asked });
  const refusal = async (answer: Promise<string>) =>
    answer.then(
      () => 'accepted',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

  test('that fits is accepted, and tells the thumbprint of its key', async () => {
    assert.match(await check(await proof()), /^[A-Za-z0-9_-]{43}$/);
  });

  /** Number of the point, what is wrong, the header as it comes. */
  const POINTS: readonly [number, string, () => string | undefined | Promise<string | undefined>][] = [
    [1, 'two headers', async () => `${await proof()}, ${await proof()}`],
    [1, 'no header', () => undefined],
    [2, 'something that is no JWT', () => 'proof'],
    [3, 'a claim missing: jti', () => proof({ claims: { jti: undefined } })],
    [3, 'a claim missing: htm', () => proof({ claims: { htm: undefined } })],
    [3, 'a claim missing: htu', () => proof({ claims: { htu: undefined } })],
    [3, 'a claim missing: iat', () => proof({ claims: { iat: undefined } })],
    [4, 'another typ', () => proof({ header: { typ: 'JWT' } })],
    [4, 'no typ', () => proof({ header: { typ: undefined } })],
    [5, 'alg none', () => `${encode({ typ: 'dpop+jwt', alg: 'none', jwk })}.${encode(claimsOf())}.`],
    [
      5,
      'a symmetric alg',
      () =>
        new SignJWT(claimsOf())
          .setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk })
          .sign(new TextEncoder().encode('k'.repeat(32))),
    ],
    [6, 'a signature by another key', async () => proof({ by: (await generateKeyPair('ES256')).privateKey })],
    [6, 'no key in the header', () => proof({ header: { jwk: undefined } })],
    [7, 'a key with its private half', async () => proof({ header: { jwk: await exportJWK(pair.privateKey) } })],
    [8, 'another method', () => proof({ claims: { htm: 'GET' } })],
    [9, 'another address', () => proof({ claims: { htu: 'https://broker.example/v1/files' } })],
    [9, 'another host', () => proof({ claims: { htu: 'https://evil.example/v1/uploads' } })],
    [11, 'an age of five minutes and a second', () => proof({ claims: { iat: seconds() - 301 } })],
    [11, 'a time five minutes and a second ahead', () => proof({ claims: { iat: seconds() + 301 } })],
    [11, 'a time that is no number', () => proof({ claims: { iat: 'now' } })],
    [12, 'the hash of another token', () => proof({ claims: { ath: hash('another') } })],
    [12, 'no hash of the token', () => proof({ claims: { ath: undefined } })],
  ];
  for (const [point, what, make] of POINTS) {
    test(`point ${point} of RFC 9449 section 4.3: ${what} is refused`, async () => {
      const isLate = what.includes('five minutes and a second');
      assert.equal(await refusal(check(await make())), isLate ? 'clock' : 'proof_refused');
    });
  }

  const NONCES: readonly [string, () => unknown][] = [
    ['no nonce', () => undefined],
    ['a nonce that nobody gave', () => randomBytes(32).toString('base64url')],
    ['a nonce that is no text', () => 5],
  ];
  for (const [what, nonce] of NONCES) {
    test(`point 10 of RFC 9449 section 4.3: ${what} is answered with one that works`, async () => {
      const header = await proof({ claims: { nonce: nonce() } });
      const answered = await check(header).then(
        () => null,
        (error: Problem) => error,
      );
      assert.equal(answered?.code, 'proof_nonce');
      assert.equal(answered.headers['WWW-Authenticate'], 'DPoP error="use_dpop_nonce"');
      const given = answered.headers['DPoP-Nonce'];
      assert.equal(await refusal(check(await proof({ claims: { nonce: given } }))), 'accepted');
    });
  }

  test('point 12 of RFC 9449 section 4.3: the key of another token is told by its thumbprint', async () => {
    const other = await generateKeyPair('ES256');
    const header = await proof({ header: { jwk: await exportJWK(other.publicKey) }, by: other.privateKey });
    assert.notEqual(await check(header), await check(await proof()));
  });

  test('four minutes early or late is heard, with a nonce of today', async () => {
    for (const drift of [-240, 240, -300, 300]) {
      assert.equal((await check(await proof({ claims: { iat: seconds() + drift } }))).length, 43, `${drift} s`);
    }
  });

  test('query and fragment of the address say nothing', async () => {
    assert.equal((await check(await proof({ claims: { htu: `${URL_OF_CALL}?a=1#b` } }))).length, 43);
  });

  test('a second time is refused as long as it would be heard, and remembered by its hash alone', async () => {
    const jti = randomBytes(16).toString('base64url');
    const header = await proof({ claims: { jti } });
    await check(header);
    assert.equal(await refusal(check(header)), 'proof_refused');
    deps.clock.pass(299);
    assert.equal(await refusal(check(await proof({ claims: { jti } }))), 'proof_refused');
    deps.clock.pass(-299);
  });

  const IDS: readonly [string, unknown][] = [
    ['shorter than 96 bits', 'a'.repeat(15)],
    ['longer than 128 characters', 'a'.repeat(129)],
    ['no text', 1_234_567_890_123_456],
  ];
  for (const [what, jti] of IDS) {
    test(`an id that is ${what} is refused before anything is remembered`, async () => {
      assert.equal(await refusal(check(await proof({ claims: { jti } }))), 'proof_refused');
    });
  }

  test('of more than 4 kB is not read', async () => {
    assert.equal(await refusal(check(await proof({ claims: { padding: 'p'.repeat(4096) } }))), 'proof_refused');
  });

  test('a nonce of six minutes ago is answered with a new one', async () => {
    const nonce = deps.proofs.nonce();
    deps.clock.pass(360);
    assert.equal(await refusal(check(await proof({ claims: { nonce } }))), 'proof_nonce');
  });
});
