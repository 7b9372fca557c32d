import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Hono } from 'hono';
import type { Env } from '../../../demo/context/env.ts';
import { requireToken, type StepUp } from '../../../demo/identity/require-token.ts';
import { routesAs, type TestDeps, testDeps } from '../../support/broker.ts';
import { PageKey } from '../../support/page-key.ts';

describe('a call that wants a stronger or fresher sign-in (RFC 9470)', () => {
  let deps: TestDeps;
  let key: PageKey;
  before(async () => {
    deps = await testDeps();
    key = await PageKey.make();
  });
  after(() => deps.close());

  /** Somebody who signed in so many seconds ago, in this way. */
  const call = async (stepUp: StepUp, { ago, acr }: { ago?: number; acr?: string }) => {
    const routes = new Hono<Env>().get('/v1/files', requireToken(deps, 'files:read', stepUp), (c) => c.json({}));
    const now = Math.floor(deps.now() / 1000);
    const claims = { ...(ago !== undefined && { auth_time: now - ago }), ...(acr !== undefined && { acr }) };
    const token = await key.tokenFor(deps, { claims });
    return routesAs(routes, {})('GET', '/v1/files', undefined, await key.headers(deps, 'GET', '/v1/files', token));
  };

  const FRESH: StepUp = { maxAge: 60 };
  const STRONG: StepUp = { acr: 'urn:acme:mfa' };
  for (const [what, stepUp, who, status] of [
    ['fresh enough to the second', FRESH, { ago: 60 }, 200],
    ['a second too old', FRESH, { ago: 61 }, 401],
    ['of a time that nobody knows', FRESH, {}, 401],
    ['in the way that is asked', STRONG, { acr: 'urn:acme:mfa' }, 200],
    ['in another way', STRONG, { acr: 'urn:acme:password' }, 401],
    ['in a way that nobody knows', STRONG, {}, 401],
    ['in the right way, too long ago', { ...FRESH, ...STRONG }, { acr: 'urn:acme:mfa', ago: 61 }, 401],
  ] as const) {
    test(`a sign-in ${what} is answered ${status}`, async () => {
      const answer = await call(stepUp, who);
      assert.equal(answer.status, status);
      if (status === 401) assert.equal((answer.body as { code: string }).code, 'stronger_sign_in');
    });
  }

  test('the answer says what to ask for', async () => {
    const { headers } = await call({ acr: 'urn:acme:mfa', maxAge: 60 }, { ago: 90 });
    assert.equal(
      headers.get('www-authenticate'),
      'DPoP error="insufficient_user_authentication", acr_values="urn:acme:mfa", max_age="60"',
    );
  });
});
