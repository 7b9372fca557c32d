import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { readServiceClients } from '../../../../demo/registry/service-client.ts';
import { type IssuerRig, startIssuer, TestService } from '../../../support/issuer.ts';
import { TestTag } from '../../../support/sign-in.ts';

describe('an automation', () => {
  let rig: IssuerRig;
  let archive: TestService;
  let other: TestService;
  let issuer: string;
  before(async () => {
    archive = await TestService.make('cases.archive', ['files:read', 'files:read:app']);
    other = await TestService.make('cases.other', ['files:read']);
    rig = await startIssuer({ services: [archive.record, other.record] });
    issuer = `${rig.url}/oidc`;
  });
  after(() => rig.close());

  const post = async (tag: TestTag, path: string, form: Record<string, string>) => {
    const url = `${issuer}${path}`;
    const proof = await tag.proof('POST', url, { nonce: rig.deps.proofs.nonce() });
    const answer = await fetch(url, { method: 'POST', headers: { DPoP: proof }, body: new URLSearchParams(form) });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as Record<string, unknown> | null };
  };
  const signIn = async (
    service: TestService,
    claims: Record<string, unknown> = {},
    scope = 'files:read files:read:app',
  ) => {
    const tag = await TestTag.make(rig.url);
    const authentication = await service.authentication(issuer, claims);
    const answer = await post(tag, '/token', { grant_type: 'client_credentials', scope, ...authentication });
    return { tag, token: String(answer.body?.access_token), ...answer };
  };

  test('signs in with a key of its own and gets a token for itself, bound to the key of its proofs', async () => {
    const { tag, token, body } = await signIn(archive);
    assert.equal(body?.error_description, undefined, JSON.stringify(body));
    const claims = decodeJwt(token);
    assert.deepEqual([claims.sub, claims.client_id, claims.aud], ['cases.archive', 'cases.archive', `${rig.url}/v1`]);
    assert.deepEqual(claims.cnf, { jkt: tag.jkt });
    assert.equal(body?.token_type, 'DPoP');
    assert.equal(body?.expires_in, 300);
    assert.equal(claims.scope, 'files:read files:read:app');
    assert.equal((await tag.call('GET', '/v1/files', { token })).status, 200);
  });

  test('has no scope that the operator has not given it', async () => {
    assert.equal((await signIn(other)).body?.scope, 'files:read');
    const { tag, token } = await signIn(archive, {}, 'files:read uploads:create');
    assert.equal((await tag.call('GET', '/v1/uploads/some-upload-id', { token })).status, 403);
  });

  for (const [what, claims] of [
    ['for another issuer', { aud: 'https://id.example' }],
    ['for several audiences, ours among them', { aud: ['https://id.example', 'ISSUER'] }],
    ['that lives longer than five minutes', { exp: Math.floor(Date.now() / 1000) + 3600 }],
    ['that is over', { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['without an id', { jti: undefined }],
    ['in the name of another client', { iss: 'cases.other', sub: 'cases.other' }],
  ] as const) {
    test(`is refused with an assertion ${what}`, async () => {
      const sent = JSON.parse(JSON.stringify(claims).replace('ISSUER', issuer));
      const made = 'jti' in claims ? { jti: undefined } : sent;
      const { status, body } = await signIn(archive, made);
      assert.equal(
        body?.error,
        what.includes('another client') ? 'invalid_request' : 'invalid_client',
        JSON.stringify(body),
      );
      assert.ok(status === 400 || status === 401);
    });
  }

  test('is refused in a page', async () => {
    const tag = await TestTag.make(rig.url);
    const form = { grant_type: 'client_credentials', ...(await archive.authentication(issuer)) };
    const { status } = await tag.call('POST', '/oidc/token', { form });
    assert.equal(status, 400);
  });

  test('is refused the second time it sends an assertion', async () => {
    const tag = await TestTag.make(rig.url);
    const authentication = await archive.authentication(issuer, { jti: 'assertion-of-today' });
    const form = { token: 'nothing', ...authentication };
    assert.equal((await post(tag, '/token/introspection', form)).status, 200);
    const again = await post(tag, '/token/introspection', form);
    assert.equal(again.body?.error, 'invalid_client');
  });

  const introspect = async (service: TestService, token: string) =>
    post(await TestTag.make(rig.url), '/token/introspection', { token, ...(await service.authentication(issuer)) });

  test("sees what its own token is, and nothing of anybody else's", async () => {
    const { token, tag } = await signIn(archive);
    const own = await introspect(archive, token);
    assert.equal(own.body?.active, true);
    assert.deepEqual(own.body?.cnf, { jkt: tag.jkt });
    assert.equal(own.body?.client_id, 'cases.archive');
    assert.equal(own.body?.scope, 'files:read files:read:app');
    const ofPerson = await rig.holder();
    for (const foreign of [
      token.slice(0, -8),
      'unknown',
      ofPerson.token,
      `${token.split('.').slice(0, 2).join('.')}.`,
    ]) {
      assert.deepEqual((await introspect(archive, foreign)).body, { active: false });
    }
    assert.deepEqual((await introspect(other, token)).body, { active: false }, 'another client of the same app');
  });

  test('cannot be asked about by a page, which has nothing to prove itself with', async () => {
    const { token } = await signIn(archive);
    const tag = await TestTag.make(rig.url);
    const { body } = await post(tag, '/token/introspection', { token, client_id: 'cases' });
    assert.deepEqual(body, { active: false });
    assert.equal(
      (await post(tag, '/token/introspection', { token, client_id: 'cases.archive' })).body?.error,
      'invalid_client',
    );
  });

  test('revokes its token: the next request is refused, introspection says no, others stay', async () => {
    const one = await signIn(archive);
    const two = await signIn(archive);
    const revoke = async (service: TestService, token: string) =>
      (await post(one.tag, '/token/revocation', { token, ...(await service.authentication(issuer)) })).status;
    assert.equal(await revoke(other, one.token), 200, 'who has no such token learns nothing');
    assert.equal((await one.tag.call('GET', '/v1/files', { token: one.token })).status, 200);
    assert.equal(await revoke(archive, one.token), 200);
    assert.equal((await one.tag.call('GET', '/v1/files', { token: one.token })).status, 401);
    assert.deepEqual((await introspect(archive, one.token)).body, { active: false });
    assert.equal((await two.tag.call('GET', '/v1/files', { token: two.token })).status, 200);
  });
});

describe('the list of automations', () => {
  test('takes no private key, and does not repeat it', () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: '1', d: 'the-secret-half' };
    const list = JSON.stringify([{ id: 'cases.a', app: 'cases', scopes: ['files:read'], jwks: { keys: [key] } }]);
    assert.throws(
      () => readServiceClients(list),
      (error: Error) => {
        assert.match(error.message, /private key/);
        assert.doesNotMatch(error.message, /the-secret-half/);
        return true;
      },
    );
  });
});
