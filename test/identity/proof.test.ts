import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { makePageKey, signProof } from '../../src/identity/proof.ts';

const NOW = Date.parse('2026-03-02T09:00:00.500Z');
const url = new URL('https://broker.example/v1/uploads?trace=1#part');

describe('a proof by the key of the page', () => {
  test('is signed by the key it carries, for one method and address without query and fragment', async () => {
    const key = await makePageKey();
    const proof = await signProof(key, { method: 'POST', url, now: NOW, nonce: 'n-1' });
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: new Date(NOW),
    });
    const { jti, ...claims } = payload;
    assert.deepEqual(claims, {
      htm: 'POST',
      htu: 'https://broker.example/v1/uploads',
      iat: Math.floor(NOW / 1000),
      nonce: 'n-1',
    });
    assert.match(String(jti), /^[A-Za-z0-9_-]{43}$/);
    assert.deepEqual(protectedHeader.jwk, key.jwk);
  });

  test('names the hash of the token that the request carries', async () => {
    const key = await makePageKey();
    const proof = await signProof(key, { method: 'GET', url, now: NOW, accessToken: 'the-token' });
    const { payload } = await jwtVerify(proof, EmbeddedJWK, { currentDate: new Date(NOW) });
    assert.equal(payload.ath, createHash('sha256').update('the-token').digest('base64url'));
    assert.equal('nonce' in payload, false);
  });

  test('is never made twice', async () => {
    const key = await makePageKey();
    const claims = { method: 'GET', url, now: NOW };
    assert.notEqual(await signProof(key, claims), await signProof(key, claims));
  });

  test('has a key that nobody can read out, under its RFC 7638 thumbprint', async () => {
    const key = await makePageKey();
    assert.equal(key.pair.privateKey.extractable, false);
    await assert.rejects(crypto.subtle.exportKey('jwk', key.pair.privateKey), /not extractable/);
    assert.equal(key.thumbprint, await calculateJwkThumbprint(key.jwk));
    assert.deepEqual(Object.keys(key.jwk).sort(), ['crv', 'kty', 'x', 'y']);
  });
});
