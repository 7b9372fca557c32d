import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Hono } from 'hono';
import { Problem, problemBody } from '../../../../demo/base/problem.ts';
import type { Env } from '../../../../demo/context/env.ts';
import { requireToken } from '../../../../demo/identity/require-token.ts';
import { oidcRecord } from '../../../../demo/identity/schema.ts';
import { endHolders, endToken, isEnded } from '../../../../demo/identity/tokens/revocations.ts';
import { TestClock, type TestDeps, testDeps } from '../../../support/broker.ts';
import { openTestPostgres, type TestPostgres } from '../../../support/database.ts';
import { PageKey } from '../../../support/page-key.ts';

const whoami = (deps: TestDeps) =>
  new Hono<Env>()
    .get('/v1/whoami', requireToken(deps, 'files:read'), (c) => c.json({ person: c.get('caller').person }))
    .onError((error, c) => {
      const { code, status } = problemBody(error instanceof Problem ? error.code : 'internal');
      return c.json({ code }, status as 400);
    });
const statusOf = async (deps: TestDeps, key: PageKey, token: string) =>
  (await whoami(deps).request('/v1/whoami', { headers: await key.headers(deps, 'GET', '/v1/whoami', token) })).status;

describe('what ended before its time', () => {
  let deps: TestDeps;
  before(async () => {
    deps = await testDeps();
  });
  after(() => deps.close());
  const facts = (more: object = {}) => ({
    client_id: 'cases',
    sub: 'jo',
    iat: Math.floor(deps.now() / 1000),
    ...more,
  });
  const grant = (id: string, seconds: number) =>
    deps.db.q
      .insert(oidcRecord)
      .values({ model: 'Grant', id, payload: {}, expiresAt: new Date(deps.now() + seconds * 1000) });

  test('ends one token, and no other', async () => {
    await endToken(deps, 'token-1');
    assert.equal(await isEnded(deps, facts({ jti: 'token-1' })), true);
    assert.equal(await isEnded(deps, facts({ jti: 'token-2' })), false);
  });

  test('ends every token of a sign-in with its grant, to the second', async () => {
    await grant('sign-in-1', 60);
    const token = facts({ sid: 'sign-in-1' });
    deps.clock.pass(59);
    assert.equal(await isEnded(deps, token), false);
    assert.equal(await isEnded(deps, facts({ sid: 'sign-in-2' })), true, 'a sign-in that nobody knows');
    deps.clock.pass(1);
    assert.equal(await isEnded(deps, token), true);
  });

  for (const [holder, other] of [
    ['person:jo', { sub: 'sam' }],
    ['app:cases', { client_id: 'photos' }],
    ['tenant:acme', { client_id: 'globex-cases' }],
    ['client:cases', { client_id: 'photos' }],
  ] as const) {
    test(`ends what ${holder} has, not what it gets later, nor what others have`, async () => {
      deps.clock.pass(10);
      const issued = facts();
      assert.equal(await isEnded(deps, issued), false);
      await endHolders(deps, deps.db.q, holder);
      assert.equal(await isEnded(deps, issued), true);
      assert.equal(await isEnded(deps, { ...issued, ...other }), false);
      deps.clock.pass(1);
      assert.equal(await isEnded(deps, facts()), false);
    });
  }

  test('counts a token of the second of the end as issued before it', async () => {
    deps.clock.pass(10);
    const token = facts();
    deps.clock.pass(0.9);
    await endHolders(deps, deps.db.q, 'person:jo');
    assert.equal(await isEnded(deps, token), true);
  });

  test('is refused by the next request', async () => {
    deps.clock.pass(10);
    const key = await PageKey.make();
    const token = await key.tokenFor(deps, { app: 'globex-cases', claims: { jti: 'token-of-kim' } });
    assert.equal(await statusOf(deps, key, token), 200);
    await endToken(deps, 'token-of-kim');
    assert.equal(await statusOf(deps, key, token), 401);
  });
});

describe('two processes on one PostgreSQL', () => {
  let postgres: TestPostgres;
  let one: TestDeps;
  let two: TestDeps;
  before(async () => {
    postgres = await openTestPostgres();
    const clock = new TestClock();
    one = await testDeps({ db: await postgres.open(), clock });
    two = await testDeps({ db: await postgres.open(), clock });
  });
  after(async () => {
    await Promise.all([one.db.close(), two.db.close()]);
    await postgres.stop();
  });

  for (const [what, end, who] of [
    ['a token', () => endToken(one, 'token-1'), { claims: { jti: 'token-1' } }],
    ['a person', () => endHolders(one, one.db.q, 'person:jo'), { person: 'jo' }],
    ['an app', () => endHolders(one, one.db.q, 'app:photos'), { app: 'photos', scopes: ['files:read'] }],
    ['a tenant', () => endHolders(one, one.db.q, 'tenant:globex'), { app: 'globex-cases' }],
  ] as const) {
    test(`${what} ended at one is refused by the other at its next request`, async () => {
      const key = await PageKey.make();
      const token = await key.tokenFor(two, who);
      assert.equal(await statusOf(two, key, token), 200);
      await end();
      assert.equal(await statusOf(two, key, token), 401);
    });
  }
});
