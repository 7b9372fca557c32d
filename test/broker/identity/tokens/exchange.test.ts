import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desc, eq } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { audit } from '../../../../demo/audit/schema.ts';
import { oidcRecord } from '../../../../demo/identity/schema.ts';
import { TOKEN_EXCHANGE } from '../../../../demo/identity/tokens/clients.ts';
import { endHolders } from '../../../../demo/identity/tokens/revocations.ts';
import { type IssuerRig, startIssuer } from '../../../support/issuer.ts';
import type { TestTag } from '../../../support/sign-in.ts';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const FOLDER = 'folder-of-person-1-a';

describe('a token for a narrower one (RFC 8693)', () => {
  let rig: IssuerRig;
  before(async () => {
    rig = await startIssuer();
  });
  after(() => rig.close());

  const exchange = async (tag: TestTag, token: string, form: Record<string, string> = {}) => {
    const answer = await tag.call('POST', '/oidc/token', {
      form: {
        grant_type: TOKEN_EXCHANGE,
        client_id: 'cases',
        subject_token: token,
        subject_token_type: ACCESS_TOKEN,
        ...form,
      },
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string & number> };
  };

  test('has the scopes, places and life asked for, the same key, person and app, and says who made it', async () => {
    const { tag, token } = await rig.holder();
    const { status, body } = await exchange(tag, token, {
      scope: 'files:read',
      prefix: `folder:${FOLDER}`,
      lifetime: '180',
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.issued_token_type, ACCESS_TOKEN);
    assert.equal(body.token_type, 'DPoP');
    assert.equal(body.expires_in, 180);
    assert.equal(body.scope, 'files:read');
    const claims = decodeJwt(body.access_token ?? '');
    assert.deepEqual(claims.cnf, { jkt: tag.jkt });
    assert.deepEqual(claims.act, { sub: 'cases' });
    assert.deepEqual(claims.within, { folders: [FOLDER], uploads: [] });
    assert.deepEqual([claims.sub, claims.client_id, claims.aud], ['person-1', 'cases', `${rig.url}/v1`]);
    assert.equal((await tag.call('GET', '/v1/files', { token: body.access_token ?? '' })).status, 200);
    const [act] = await rig.deps.db.q.select().from(audit).orderBy(desc(audit.seq)).limit(1);
    assert.equal(act?.act, 'token.exchanged');
    assert.deepEqual(act?.facts, { seconds: 180, scopes: 'files:read', is_limited: true });
  });

  test('lives two minutes where nothing is asked, and never longer than the one it comes from', async () => {
    const { tag, token } = await rig.holder();
    assert.equal((await exchange(tag, token)).body.expires_in, 120);
    const late = await rig.holder({ claims: { exp: Math.floor(rig.deps.now() / 1000) + 40 } });
    assert.equal((await exchange(late.tag, late.token, { lifetime: '600' })).body.expires_in, 40);
  });

  test('names each exchange of a chain', async () => {
    const { tag, token } = await rig.holder();
    const first = await exchange(tag, token, { scope: 'uploads:create files:read' });
    const second = await exchange(tag, first.body.access_token ?? '', { scope: 'files:read' });
    assert.deepEqual(decodeJwt(second.body.access_token ?? '').act, { sub: 'cases', act: { sub: 'cases' } });
  });

  for (const [what, form, error] of [
    ['a scope that the first has not', { scope: 'files:read exports:read' }, 'invalid_scope'],
    ['no scope at all', { scope: ' ' }, 'invalid_scope'],
    ['one second too little', { lifetime: '119' }, 'invalid_request'],
    ['one second too long', { lifetime: '601' }, 'invalid_request'],
    ['a life that is no number', { lifetime: '1e3' }, 'invalid_request'],
    ['a prefix of another kind', { prefix: 'app:cases' }, 'invalid_request'],
    ['a prefix of nothing', { prefix: ' ' }, 'invalid_request'],
    ['another audience', { audience: 'https://api.example' }, 'invalid_target'],
    ['another resource', { resource: 'https://api.example' }, 'invalid_target'],
    ['another kind of token', { requested_token_type: 'urn:ietf:params:oauth:token-type:jwt' }, 'invalid_request'],
    ['a subject of another kind', { subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' }, 'invalid_request'],
    ['somebody to act with it', { actor_token: 'x', actor_token_type: ACCESS_TOKEN }, 'invalid_request'],
    ['a subject that is no token', { subject_token: 'a.b.c' }, 'invalid_request'],
    ['the client of another app', { client_id: 'photos' }, 'invalid_request'],
  ] as const) {
    test(`is refused to whoever asks with ${what}`, async () => {
      const { tag, token } = await rig.holder();
      const { status, body } = await exchange(tag, token, form);
      assert.deepEqual([status, body.error], [400, error], JSON.stringify(body));
    });
  }

  test('cannot be given back the places it was narrowed from', async () => {
    const { tag, token } = await rig.holder();
    const narrow = await exchange(tag, token, { prefix: `folder:${FOLDER} upload:upload-of-person-1` });
    const within = decodeJwt(narrow.body.access_token ?? '').within;
    assert.deepEqual(within, { folders: [FOLDER], uploads: ['upload-of-person-1'] });
    const wider = await exchange(tag, narrow.body.access_token ?? '', { prefix: 'folder:another-folder' });
    assert.deepEqual([wider.status, wider.body.error], [400, 'invalid_request']);
    const same = await exchange(tag, narrow.body.access_token ?? '');
    assert.deepEqual(decodeJwt(same.body.access_token ?? '').within, within);
  });

  test('is refused without a proof, by another key, and for a token that ended', async () => {
    const { token } = await rig.holder();
    const other = await rig.holder();
    assert.equal((await exchange(other.tag, token)).body.error, 'invalid_request');
    const bare = await fetch(`${rig.url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: TOKEN_EXCHANGE,
        client_id: 'cases',
        subject_token: token,
        subject_token_type: ACCESS_TOKEN,
      }),
    });
    assert.equal(((await bare.json()) as { error: string }).error, 'invalid_dpop_proof');
    const ended = await rig.holder({ person: 'person-of-the-past' });
    await endHolders(rig.deps, rig.deps.db.q, 'person:person-of-the-past');
    assert.equal((await exchange(ended.tag, ended.token)).body.error, 'invalid_request');
  });

  test('ends with the one it comes from, when its sign-in does', async () => {
    const grant = { model: 'Grant', id: 'sign-in-of-today', payload: {} };
    const expiresAt = new Date(rig.deps.now() + 600_000);
    await rig.deps.db.q.insert(oidcRecord).values({ ...grant, expiresAt });
    const { tag, token } = await rig.holder({ claims: { sid: grant.id } });
    const { body } = await exchange(tag, token, { scope: 'files:read' });
    assert.equal((await tag.call('GET', '/v1/files', { token: body.access_token ?? '' })).status, 200);
    await rig.deps.db.q.delete(oidcRecord).where(eq(oidcRecord.id, grant.id));
    assert.equal((await tag.call('GET', '/v1/files', { token: body.access_token ?? '' })).status, 401);
  });

  test('opens no call that does not keep to its places', async () => {
    const { tag, token } = await rig.holder();
    const { body } = await exchange(tag, token, { prefix: `folder:${FOLDER}` });
    const narrowed = body.access_token ?? '';
    for (const [method, path] of [
      ['GET', '/v1/links'],
      ['POST', '/v1/folders'],
    ] as const) {
      const answer = await tag.call(method, path, {
        token: narrowed,
        ...(method === 'POST' && { body: { name: 'x' } }),
      });
      assert.equal(answer.status, 403, path);
      assert.match(answer.headers.get('www-authenticate') ?? '', /insufficient_scope/);
    }
  });
});
