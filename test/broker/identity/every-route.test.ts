import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hono } from 'hono';
import { createApp } from '../../../demo/broker/app.ts';
import type { Env } from '../../../demo/context/env.ts';
import { audienceOf } from '../../../demo/identity/access-token.ts';
import { createIssuer } from '../../../demo/identity/live-issuer.ts';
import { ROUTES, type RouteFacts, SCOPES } from '../../../src/contract/index.ts';
import { type TestDeps, testDeps } from '../../support/broker.ts';
import { PageKey } from '../../support/page-key.ts';
import { NO_SCRIPTS } from '../../support/scripts.ts';

const routes: readonly (readonly [string, RouteFacts])[] = Object.entries(ROUTES);
const withToken = routes.filter(([, { auth }]) => auth === 'token');
const forRecipients = routes.filter(([, { auth }]) => auth === 'recipient');

describe('a token for one purpose at every other call', () => {
  let deps: TestDeps;
  let app: Hono<Env>;
  let key: PageKey;
  before(async () => {
    deps = await testDeps();
    app = createApp(deps, createIssuer(deps), NO_SCRIPTS);
    key = await PageKey.make();
  });
  after(() => deps.close());

  const call = async ({ method, path }: RouteFacts, token: string, by = key) => {
    const at = path.replace(':id', 'AAAAAAAAAAAAAAAAAAAAAA').replace(':app', 'cases');
    const response = await app.request(at, {
      method,
      headers: { ...(await by.headers(deps, method, at, token)), 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{}' }),
    });
    return { status: response.status, said: response.headers.get('www-authenticate') ?? '' };
  };

  for (const [name, facts] of withToken) {
    test(`${name} takes ${facts.scope} and no other scope`, async () => {
      for (const scope of SCOPES) {
        const { status, said } = await call(facts, await key.tokenFor(deps, { scopes: [scope] }));
        const isRefused = status === 403 && said.includes('insufficient_scope');
        assert.equal(isRefused, scope !== facts.scope, `${scope}: ${status} ${said}`);
      }
    });

    test(`${name} takes no token for another place, of another key, kind, issuer or time`, async () => {
      const now = Math.floor(deps.now() / 1000);
      const wrong: Readonly<Record<string, Record<string, unknown>>> = {
        'another audience': { aud: 'https://other.example/v1' },
        'two audiences': { aud: [audienceOf(deps.config.publicUrl), 'https://other.example/v1'] },
        'another issuer': { iss: 'https://other.example/oidc' },
        'an app that is not there': { client_id: 'nobody' },
        'another key': { cnf: { jkt: 'A'.repeat(43) } },
        'no key': { cnf: undefined },
        'a time that is over': { exp: now - 1 },
      };
      for (const [what, claims] of Object.entries(wrong)) {
        const { status, said } = await call(facts, await key.tokenFor(deps, { scopes: [...SCOPES], claims }));
        assert.equal(status, 401, what);
        assert.match(said, /invalid_token/, what);
      }
    });

    if (!facts.keeps_within) {
      test(`${name} knows no places, and takes no token that was narrowed to some`, async () => {
        const claims = { within: { folders: ['folder-one'], uploads: [] } };
        const { status } = await call(facts, await key.tokenFor(deps, { scopes: [...SCOPES], claims }));
        assert.equal(status, 403);
      });
    }
  }

  for (const [name, facts] of forRecipients) {
    test(`${name} is a recipient's, and takes no access token`, async () => {
      assert.equal((await call(facts, await key.tokenFor(deps, { scopes: [...SCOPES] }))).status, 401);
    });
  }
});
