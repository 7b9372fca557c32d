import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq, isNull } from 'drizzle-orm';
import { Hono } from 'hono';
import { audit } from '../../../../demo/audit/schema.ts';
import { Problem } from '../../../../demo/base/problem.ts';
import { accessRoutes } from '../../../../demo/broker/routes/access.ts';
import type { Env } from '../../../../demo/context/env.ts';
import { guestCode, oidcRecord, person, signIn } from '../../../../demo/identity/schema.ts';
import { cutLives } from '../../../../demo/identity/tokens/cut-lives.ts';
import { endAccess } from '../../../../demo/identity/tokens/end-access.ts';
import { isEnded, lifeCapOf } from '../../../../demo/identity/tokens/revocations.ts';
import { endWork } from '../../../../demo/recipients/end-work.ts';
import { type TestDeps, testDeps } from '../../../support/broker.ts';
import { PageKey } from '../../../support/page-key.ts';

let deps: TestDeps;
before(async () => {
  deps = await testDeps();
});
after(() => deps.close());
const facts = (more: object = {}) => ({ client_id: 'cases', sub: 'jo', iat: Math.floor(deps.now() / 1000), ...more });

describe('one call ends what somebody has', () => {
  const signedIn = async (id: string, app: string) => {
    const row = { tenant: 'acme', app, issuer: 'https://id.acme.example', subject: id, name: id, scopes: [] };
    await deps.db.q.insert(person).values({ id, ...row, seenAt: new Date(deps.now()) });
    for (const model of ['Grant', 'RefreshToken'])
      await deps.db.q.insert(oidcRecord).values({ model, id: `${model}-${id}`, payload: { accountId: id } });
  };
  const models = async () => (await deps.db.q.select().from(oidcRecord)).map(({ id }) => id).sort();

  test('a person: their sign-ins and no others, counted and written down', async () => {
    await signedIn('jo', 'cases');
    await signedIn('sam', 'cases');
    const { ms, ...counts } = await endAccess(deps, { tenant: 'acme', app: 'cases', person: 'jo' }, 'broker', endWork);
    assert.deepEqual(counts, { sign_ins: 1, links: 0, uploads: 0 });
    assert.ok(Number.isInteger(ms));
    assert.deepEqual(await models(), ['Grant-sam', 'RefreshToken-sam']);
    const [act] = await deps.db.q.select().from(audit);
    assert.deepEqual([act?.act, act?.subject, act?.facts], ['access.ended', 'jo', counts]);
  });

  test("a person: what of a sign-in is half done, and nobody else's", async () => {
    const expiresAt = new Date(deps.now() + 600_000);
    const half = async (who: string) => {
      await signedIn(who, 'cases');
      await deps.db.q
        .update(person)
        .set({ email: `${who}@acme.example` })
        .where(eq(person.id, who));
      await deps.db.q.insert(oidcRecord).values([
        { model: 'Interaction', id: `Interaction-${who}`, payload: { result: { login: { accountId: who } } } },
        { model: 'UpstreamEnd', id: `UpstreamEnd-${who}`, payload: { person: who } },
        { model: 'AuthorizationCode', id: `Code-${who}`, payload: { accountId: who } },
      ]);
      const begun = { app: 'cases', origin: 'https://www.acme.example', jkt: 'k', expiresAt };
      const outcome = { code: `Code-${who}`, iss: 'i' };
      await deps.db.q.insert(signIn).values({ state: `state-of-${who}`, ...begun, outcome });
      const at = { app: 'cases', address: `${who}@acme.example`, uid: 'u', cookieHash: Buffer.from('c'), lang: 'en' };
      await deps.db.q.insert(guestCode).values({ id: `mail-to-${who}`, ...at, sentAt: expiresAt, expiresAt });
    };
    await half('kit');
    await half('lou');
    await endAccess(deps, { tenant: 'acme', app: 'cases', person: 'kit' }, 'broker', endWork);
    const left = (await models()).filter((id) => /-(kit|lou)$/.test(id));
    const ofLou = ['Code', 'Grant', 'Interaction', 'RefreshToken', 'UpstreamEnd'].map((what) => `${what}-lou`);
    assert.deepEqual(left, ofLou);
    const parked = await deps.db.q.select().from(signIn);
    assert.deepEqual(
      parked.map(({ state }) => state),
      ['state-of-lou'],
    );
    const open = await deps.db.q.select().from(guestCode).where(isNull(guestCode.usedAt));
    assert.deepEqual(
      open.map(({ id }) => id),
      ['mail-to-lou'],
    );
    await endAccess(deps, { tenant: 'acme', app: 'cases', person: 'lou' }, 'broker', endWork);
  });

  for (const [what, holder] of [
    ['another app', { tenant: 'acme', app: 'photos', person: 'sam' }],
    ['another tenant', { tenant: 'globex', app: 'globex-cases', person: 'sam' }],
    ['nobody', { tenant: 'acme', app: 'cases', person: 'who-is-this' }],
  ] as const) {
    test(`a person of ${what} is not there, and keeps what they have`, async () => {
      deps.clock.pass(10);
      const token = facts({ sub: holder.person });
      await assert.rejects(endAccess(deps, holder, 'broker', endWork), { code: 'not_found' });
      assert.equal(await isEnded(deps, token), false);
    });
  }

  test('an owner ends an app, with a scope of its own', async () => {
    deps.clock.pass(10);
    const app = new Hono<Env>()
      .route('/', accessRoutes(deps))
      .onError((error, c) => c.text(error instanceof Problem ? error.code : 'internal', 403));
    const key = await PageKey.make();
    const post = async (scopes: string[]) => {
      const token = await key.tokenFor(deps, { person: 'owner', scopes });
      const headers = await key.headers(deps, 'POST', '/v1/access/end', token);
      const body = JSON.stringify({ everybody: true });
      return app.request('/v1/access/end', {
        method: 'POST',
        body,
        headers: { ...headers, 'content-type': 'application/json' },
      });
    };
    assert.equal(await (await post(['files:read:app'])).text(), 'not_allowed');
    assert.equal(((await (await post(['access:end'])).json()) as { sign_ins: number }).sign_ins, 1);
    assert.equal(await (await post(['access:end'])).text(), 'sign_in_ended', 'their own with it');
    assert.deepEqual(await models(), []);
  });
});

describe('one setting cuts all lives', () => {
  test('to five minutes, for what is out already, to the second', async () => {
    deps.clock.pass(10);
    const token = facts({ sub: 'kim', client_id: 'photos' });
    await cutLives(deps, 300, 'operator');
    assert.equal(await lifeCapOf(deps), 300);
    deps.clock.pass(299);
    assert.equal(await isEnded(deps, token), false);
    deps.clock.pass(1);
    assert.equal(await isEnded(deps, token), true);
  });

  test('and gives no life back to what it ended', async () => {
    const old = facts({ sub: 'kim', client_id: 'photos', iat: Math.floor(deps.now() / 1000) - 301 });
    await cutLives(deps, null, 'operator');
    assert.equal(await lifeCapOf(deps), null);
    assert.equal(await isEnded(deps, old), true);
    assert.equal(await isEnded(deps, facts({ sub: 'kim', client_id: 'photos' })), false);
  });

  test('not to less than a minute, nor to more than an hour', async () => {
    for (const seconds of [59, 3601, 60.5]) await assert.rejects(cutLives(deps, seconds, 'operator'), RangeError);
  });
});
