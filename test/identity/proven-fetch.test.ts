import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { makePageKey } from '../../src/identity/proof.ts';
import { createProvenFetch } from '../../src/identity/proven-fetch.ts';

const ORIGIN = 'https://broker.example';
const url = new URL('/v1/files', ORIGIN);
const answers = {
  ok: (nonce?: string) => new Response('{}', { headers: nonce ? { 'DPoP-Nonce': nonce } : {} }),
  wantsNonce: (nonce: string) =>
    new Response('{}', {
      status: 401,
      headers: { 'DPoP-Nonce': nonce, 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' },
    }),
  wantsProof: () =>
    new Response('{}', { status: 401, headers: { 'WWW-Authenticate': 'DPoP error="invalid_dpop_proof"' } }),
  unauthorized: () =>
    new Response('{}', {
      status: 401,
      headers: { 'DPoP-Nonce': 'n', 'WWW-Authenticate': 'DPoP error="invalid_token"' },
    }),
};

async function rig(script: readonly (() => Response)[], firstNonce?: string) {
  const sent: { url: URL; headers: Headers; init: RequestInit }[] = [];
  const fetch = async (at: URL, init: RequestInit) => {
    sent.push({ url: at, headers: new Headers(init.headers), init });
    return (script[sent.length - 1] ?? answers.ok)();
  };
  const proven = createProvenFetch(ORIGIN, await makePageKey(), { fetch, now: () => 0 }, firstNonce);
  const nonces = () => sent.map(({ headers }) => decodeJwt(headers.get('DPoP') ?? '').nonce);
  return { proven, sent, nonces };
}

describe('requests with a proof', () => {
  test('begin with the nonce of the app document and go on with the newest one', async () => {
    const { proven, nonces } = await rig([() => answers.ok('n-2'), () => answers.ok()], 'n-1');
    for (let i = 0; i < 3; i++) await proven(url, {});
    assert.deepEqual(nonces(), ['n-1', 'n-2', 'n-2']);
  });

  test('are sent once more when the nonce was too old, and not a third time', async () => {
    const { proven, nonces } = await rig([() => answers.wantsNonce('n-2'), () => answers.wantsNonce('n-3')], 'n-1');
    assert.equal((await proven(url, {})).status, 401);
    assert.deepEqual(nonces(), ['n-1', 'n-2']);
  });

  test('are proven anew where the browser had used the proof up by itself, twice at most, and then with a nonce', async () => {
    const { proven, sent } = await rig([answers.wantsProof, () => answers.wantsNonce('n-2'), answers.ok], 'n-1');
    assert.equal((await proven(url, {})).status, 200);
    assert.equal(new Set(sent.map(({ headers }) => headers.get('DPoP'))).size, 3);
    const again = await rig([answers.wantsProof, answers.wantsProof, answers.wantsProof], 'n-1');
    assert.equal((await again.proven(url, {})).status, 401);
    assert.equal(again.sent.length, 3);
  });

  test('are not sent again for any other refusal', async () => {
    const { proven, sent } = await rig([answers.unauthorized]);
    assert.equal((await proven(url, {}, 'token')).status, 401);
    assert.equal(sent.length, 1);
  });

  test('never leave for another origin, not even for one that begins alike', async () => {
    const { proven, sent } = await rig([]);
    for (const foreign of [
      'https://broker.example.evil.test/',
      'http://broker.example/',
      'https://broker.example:8443/',
    ]) {
      await assert.rejects(proven(new URL(foreign), {}, 'token'), { code: 'broker_unexpected' });
    }
    assert.equal(sent.length, 0);
  });

  test('carry the token as DPoP, no cookie, and follow no redirect', async () => {
    const { proven, sent } = await rig([]);
    await proven(url, { method: 'POST', headers: { 'Content-Type': 'application/json' } }, 'the-token');
    const [{ headers, init } = assert.fail('nothing was sent')] = sent;
    assert.equal(headers.get('Authorization'), 'DPoP the-token');
    assert.equal(headers.get('Content-Type'), 'application/json');
    assert.equal(init.credentials, 'omit');
    assert.equal(init.redirect, 'error');
  });
});
