import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Hono } from 'hono';
import * as v from 'valibot';
import { createApp } from '../../demo/broker/app.ts';
import { allOf } from '../../demo/broker/scripts.ts';
import type { Env } from '../../demo/context/env.ts';
import { createIssuer } from '../../demo/identity/live-issuer.ts';
import { AppDocument, PROBLEMS, ProblemBody, ROUTES, type RouteFacts } from '../../src/contract/index.ts';
import { TEST_APPS, type TestDeps, testDeps } from '../support/broker.ts';
import { MemoryStorage } from '../support/memory-storage.ts';
import { NO_SCRIPTS } from '../support/scripts.ts';

const PAGE = 'https://www.acme.example';
const OTHER_APPS_PAGE = 'https://www.globex.example';
const FOREIGN = 'https://evil.example';

describe('the broker as a whole', () => {
  let deps: TestDeps;
  let app: Hono<Env>;
  before(async () => {
    deps = await testDeps();
    app = createApp(deps, createIssuer(deps), NO_SCRIPTS);
  });
  after(() => deps.close());

  const problemOf = async (response: Response) => v.parse(ProblemBody, await response.json());

  describe('the app document', () => {
    test('tells a page on the list what it must know before sign-in', async () => {
      const response = await app.request('/v1/apps/photos', { headers: { origin: PAGE } });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('access-control-allow-origin'), PAGE);
      const document = v.parse(AppDocument, await response.json());
      assert.equal(document.org.name, 'acme Ltd');
      assert.equal(document.limits.max_file_bytes, 15 * 1024 * 1024);
      assert.equal(document.retention_days, 90);
      assert.equal(document.issuer, 'https://broker.example/oidc');
    });

    test('answers a foreign page with a problem that it can read', async () => {
      const response = await app.request('/v1/apps/photos', { headers: { origin: FOREIGN } });
      assert.equal(response.status, 403);
      assert.equal(response.headers.get('access-control-allow-origin'), FOREIGN);
      assert.equal((await problemOf(response)).code, 'origin_not_allowed');
    });

    test('tells a foreign page that the app is in test mode, because then only its builder can be there', async () => {
      const { record } = deps.registry.app('photos');
      const before = record.mode;
      Object.assign(record, { mode: 'test' });
      const response = await app.request('/v1/apps/photos', { headers: { origin: FOREIGN } });
      Object.assign(record, { mode: before });
      assert.deepEqual((await problemOf(response)).figures, { why: 'test' });
      const live = await app.request('/v1/apps/photos', { headers: { origin: FOREIGN } });
      assert.equal((await problemOf(live)).figures, undefined);
    });

    test('does not know an app that is not registered', async () => {
      const response = await app.request('/v1/apps/no-such-app', { headers: { origin: PAGE } });
      assert.equal(response.status, 404);
      assert.equal((await problemOf(response)).code, 'app_unknown');
    });

    test('holds no secret and nobody’s address but the contact', async () => {
      const text = await (await app.request('/v1/apps/photos')).text();
      for (const secret of ['not-a-secret', 'owner@', '1 acme Street', deps.keys.cookieSecret]) {
        assert.ok(!text.includes(secret), secret);
      }
    });
  });

  describe('pages of other origins', () => {
    const preflight = (origin: string) =>
      app.request('/v1/uploads', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'dpop' },
      });

    test('a registered origin passes the preflight, never with credentials', async () => {
      const response = await preflight(PAGE);
      assert.equal(response.status, 204);
      assert.equal(response.headers.get('access-control-allow-origin'), PAGE);
      assert.equal(response.headers.get('access-control-allow-credentials'), null);
      assert.match(response.headers.get('vary') ?? '', /Origin/);
    });

    test('foreign origins, `null` and look-alikes do not', async () => {
      for (const origin of [FOREIGN, 'null', `${PAGE}.evil.example`, 'http://www.acme.example']) {
        assert.equal((await preflight(origin)).headers.get('access-control-allow-origin'), null, origin);
        const call = await app.request('/v1/uploads', { method: 'POST', headers: { origin } });
        assert.equal((await problemOf(call)).code, 'origin_not_allowed', origin);
      }
    });

    test('calls of recipients are for our own page, and for pages of apps that chose to hold them', async () => {
      const embeds = TEST_APPS.map((one) => (one.tenant === 'globex' ? { ...one, embeds_recipients: true } : one));
      const other = await testDeps({ db: deps.db, apps: embeds });
      const held = createApp(other, createIssuer(other), NO_SCRIPTS);
      const body = JSON.stringify({ token: 'x' });
      const headers = { 'content-type': 'application/json' };
      const answerTo = async (origin: string) => {
        const answer = await held.request('/v1/recipient/notice', {
          method: 'POST',
          body,
          headers: { ...headers, origin },
        });
        return [answer.headers.get('access-control-allow-origin'), (await problemOf(answer)).code];
      };
      assert.deepEqual(await answerTo(PAGE), [null, 'origin_not_allowed']);
      assert.deepEqual(await answerTo(OTHER_APPS_PAGE), [OTHER_APPS_PAGE, 'link_unknown']);
      assert.deepEqual(await answerTo('https://broker.example'), ['https://broker.example', 'link_unknown']);
    });

    test('every problem carries the headers, so that a page can read it', async () => {
      for (const origin of [PAGE, OTHER_APPS_PAGE]) {
        const response = await app.request('/v1/uploads', { method: 'POST', headers: { origin } });
        assert.equal(response.status, 401);
        assert.equal(response.headers.get('access-control-allow-origin'), origin);
        assert.match(response.headers.get('access-control-expose-headers') ?? '', /DPoP-Nonce/);
      }
    });
  });

  describe('routes', () => {
    const routes = Object.entries<RouteFacts>(ROUTES);
    const call = (route: RouteFacts) =>
      app.request(route.path.replace(/:\w+/g, 'abcdefghij'), {
        method: route.method,
        headers: { 'content-type': 'application/json' },
        ...(route.method === 'POST' && { body: '{}' }),
      });

    test('these need no token, and no others', () => {
      const open = routes.filter(([, { auth }]) => auth === 'none').map(([, { method, path }]) => `${method} ${path}`);
      assert.deepEqual(open, [
        'GET /v1/apps/:app',
        'GET /v1/ledger-keys',
        'GET /v1/ledger/checkpoint',
        'GET /v1/ledger/proof/:id',
        'GET /v1/ledger/consistency',
        'POST /v1/recipient/notice',
        'POST /v1/recipient/code',
        'POST /v1/recipient/ask',
        'POST /v1/recipient/report',
        'POST /v1/recipient/stop/notice',
        'POST /v1/recipient/stop',
      ]);
    });

    for (const [name, route] of routes.filter(([, { auth }]) => auth !== 'none')) {
      test(`${name} answers 401 to a caller without a token or proof`, async () => {
        const response = await call(route);
        assert.equal(response.status, 401);
        const problem = await problemOf(response);
        assert.ok(['sign_in_needed', 'proof_refused'].includes(problem.code), problem.code);
        assert.equal(response.headers.get('content-type'), 'application/problem+json');
        assert.equal(problem.request_id, response.headers.get('x-request-id'));
      });
    }

    test('the OpenAPI document lists the same calls, and the same open ones', async () => {
      const document = (await (await app.request('/openapi.json')).json()) as {
        openapi: string;
        paths: Record<string, Record<string, { security: unknown[]; operationId: string }>>;
      };
      assert.equal(document.openapi, '3.1.0');
      const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
      assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), Object.keys(ROUTES).sort());
      const open = operations.filter(({ security }) => security.length === 0).map(({ operationId }) => operationId);
      assert.deepEqual(
        open,
        routes.filter(([, { auth }]) => auth === 'none').map(([name]) => name),
      );
    });

    test('no answer is kept by a cache, also of a call without a route and of a problem; a script says otherwise itself', async () => {
      const paths = ['/v1/apps/photos', '/v1/receipt-keys', '/v1/no-such-call', '/openapi.json', '/healthz', '/u/typo'];
      const answers = await Promise.all([
        ...routes.map(([, route]) => call(route)),
        ...paths.map((path) => app.request(path)),
      ]);
      assert.deepEqual(
        answers.map(({ headers }) => headers.get('cache-control')),
        answers.map(() => 'no-store'),
      );
    });

    test('it is ready when uploads can begin, and else says which part is missing', async () => {
      const storage = new MemoryStorage(deps.now);
      let isBroken = false;
      const execute: typeof deps.db.execute = (...asked) =>
        isBroken ? Promise.reject(new Error('postgresql://u:secret@db is gone')) : deps.db.execute(...asked);
      const held = createApp({ ...deps, storage, db: { ...deps.db, execute } }, createIssuer(deps), NO_SCRIPTS);
      const ready = async () => {
        const answer = await held.request('/readyz');
        return [answer.status, await answer.json()];
      };
      assert.deepEqual(await ready(), [200, { status: 'ready' }]);
      storage.isCleared = false;
      assert.deepEqual(await ready(), [503, { status: 'not_ready', reason: 'storage' }]);
      isBroken = true;
      assert.deepEqual(await ready(), [503, { status: 'not_ready', reason: 'database' }]);
    });

    test('no answer to garbage is a server error, and none repeats what was sent', async () => {
      const canary = 'canary-7f3k';
      await fc.assert(
        fc.asyncProperty(
          // The keys and the head of the ledger are there for whoever asks, whatever else they send.
          fc.constantFrom(
            ...routes.flatMap(([name, route]) => (/^ledger(Keys|Checkpoint)$/.test(name) ? [] : [route])),
          ),
          fc.oneof(fc.json(), fc.string(), fc.constant('{"__proto__":{}}'), fc.constant('['.repeat(5000))),
          fc.record({
            dpop: fc.string().map((text) => text.replace(/[^\x20-\x7e]/g, '') + canary),
            authorization: fc.constantFrom('DPoP a.b.c', 'DPoP', 'Bearer x', `DPoP ${canary}`),
          }),
          async (route, body, headers) => {
            const response = await app.request(route.path.replace(/:\w+/g, canary), {
              method: route.method,
              headers: { 'content-type': 'application/json', ...headers },
              ...(route.method === 'POST' && { body: body + canary }),
            });
            assert.ok(response.status >= 400 && response.status < 500, `${route.path} ${response.status}`);
            const text = await response.text();
            assert.ok(!text.includes(canary), text);
            assert.ok(Object.hasOwn(PROBLEMS, JSON.parse(text).code));
          },
        ),
        { numRuns: 300 },
      );
    });

    test('U+0000 in an address is refused, also where a person comes back from signing in', async () => {
      const cookie = 'su_sign_in=a; su_upstream=a; __Host-su_sign_in=a; __Host-su_upstream=a';
      for (const path of [
        '/sign-in/callback?state=%00&code=a&iss=b',
        '/sign-in/provider/acme-id?state=%00',
        '/u/%00',
      ]) {
        const response = await app.request(path, { headers: { cookie } });
        assert.equal((await problemOf(response)).code, 'bad_request', path);
      }
    });

    test('the log of a call that was refused holds the code that the box tells its builder', async () => {
      const codeLogged = async (path: string, init?: RequestInit) => {
        deps.logged.length = 0;
        await app.request(path, init);
        const { event, status, code } = JSON.parse(deps.logged.at(-1) ?? '{}') as Record<string, unknown>;
        return [event, status, code];
      };
      const foreign = { headers: { origin: FOREIGN } };
      assert.deepEqual(await codeLogged('/v1/apps/photos', foreign), ['http.answered', 403, 'origin_not_allowed']);
      assert.deepEqual(await codeLogged('/v1/apps/typo'), ['http.answered', 404, 'app_unknown']);
      assert.deepEqual(await codeLogged('/v1/files'), ['http.answered', 401, 'sign_in_needed']);
      assert.deepEqual(await codeLogged('/sign-in/page'), ['http.answered', 400, 'bad_request']);
      assert.deepEqual(await codeLogged('/nowhere'), ['http.answered', 404, 'not_found']);
      assert.deepEqual(await codeLogged('/healthz'), ['http.answered', 200, undefined]);
    });

    test('the log of a call names its route, never its address', async () => {
      deps.logged.length = 0;
      await app.request('/r%23abcdefSECRETabcdef');
      await app.request('/sign-in/callback?code=SECRET&state=SECRET');
      await app.request('/v1/uploads/SECRETid?SECRET');
      assert.equal(deps.logged.length, 3);
      for (const line of deps.logged) assert.ok(!line.includes('SECRET'), line);
    });
  });

  describe('a person who opens an address that leads nowhere', () => {
    const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const TEXTS = [
      ['/u/typo', 404, 'This is not available here right now', 'Check the address, or ask whoever gave it to you.'],
      ['/r/zzz', 404, 'There is no page at this address', 'Check the address, or ask whoever gave it to you.'],
      ['/sign-in/start?app=typo', 404, 'This is not available here right now', 'Check the address'],
      ['/u/%00', 400, 'This is not available here right now', 'Reload the page and try again.'],
    ] as const;

    for (const [path, status, heading, text] of TEXTS) {
      test(`reads words at ${path}, and nothing that only programs read`, async () => {
        const response = await app.request(path, { headers: { accept: BROWSER } });
        assert.equal(response.status, status);
        assert.equal(response.headers.get('content-type'), 'text/html; charset=UTF-8');
        assert.match(
          response.headers.get('content-security-policy') ?? '',
          /default-src 'none'.*frame-ancestors 'none'/,
        );
        const page = await response.text();
        assert.ok(page.replace(/>\s+</g, '><').includes(`<h1>${heading}</h1><p>${text}`), page);
        assert.ok(!/typo|zzz|[{}]|\b(400|404)\b|_/.test(page.slice(page.indexOf('<body>'))), page);
      });
    }

    test('reads them in the language of the browser', async () => {
      const words = { de: 'Unter dieser Adresse gibt es keine Seite', ar: 'لا توجد صفحة في هذا العنوان' };
      for (const [lang, heading] of Object.entries(words)) {
        const headers = { accept: BROWSER, 'accept-language': lang };
        const page = await (await app.request('/r/zzz', { headers })).text();
        assert.ok(page.includes(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`), page);
        assert.ok(page.includes(`<h1>${heading}</h1>`), page);
      }
    });

    test('programs are answered with a problem there, whatever else they would take', async () => {
      for (const accept of ['application/json', '*/*', undefined]) {
        const response = await app.request('/u/typo', { headers: accept === undefined ? {} : { accept } });
        assert.equal(response.headers.get('content-type'), 'application/problem+json');
        assert.equal((await problemOf(response)).code, 'app_unknown');
      }
      const posted = await app.request('/u/typo', { method: 'POST', headers: { accept: BROWSER } });
      assert.equal((await problemOf(posted)).code, 'not_found');
    });
  });

  describe('the script', () => {
    test('a released address never changes, nor do its chunks and those of earlier releases; the moving one is for a short while', async () => {
      for (const { path } of [...allOf(NO_SCRIPTS), ...NO_SCRIPTS.earlier]) {
        const fixed = await app.request(path);
        assert.equal(fixed.headers.get('cache-control'), 'public, max-age=31536000, immutable', path);
        assert.equal(fixed.headers.get('content-type'), 'text/javascript; charset=utf-8');
        assert.equal(fixed.headers.get('access-control-allow-origin'), '*');
      }
      const moving = await app.request('/v1/secure-upload.js');
      assert.equal(moving.headers.get('cache-control'), 'public, max-age=300');
    });

    test('what is built and not released is asked for again each time, because the next build has the same address', async () => {
      const built = createApp(deps, createIssuer(deps), { ...NO_SCRIPTS, isReleased: false });
      const tag = `"${NO_SCRIPTS.upload.integrity}"`;
      const answers = [...allOf(NO_SCRIPTS).map(({ path }) => path), '/v1/secure-upload.js'].map((path) =>
        built.request(path),
      );
      for (const { headers } of await Promise.all(answers)) {
        assert.deepEqual([headers.get('cache-control'), headers.get('etag')], ['no-cache', tag]);
      }
      const again = async (known: string) => {
        const answer = await built.request(NO_SCRIPTS.upload.path, { headers: { 'if-none-match': known } });
        return [answer.status, (await answer.text()).length];
      };
      assert.deepEqual(await again(tag), [304, 0]);
      assert.deepEqual(await again(`"sha384-other", W/${tag}`), [304, 0]);
      assert.deepEqual(await again('"sha384-other"'), [200, 2]);
    });

    test('and the keys of receipts answer any page: the box itself says that a page is not on the list', async () => {
      for (const path of ['/v1/secure-upload.js', '/v1/secure-upload@1.2.3.js', '/v1/receipt-keys']) {
        const response = await app.request(path, { headers: { origin: FOREIGN } });
        assert.equal(response.status, 200, path);
        assert.equal(response.headers.get('access-control-allow-origin'), '*');
      }
    });

    test('pages of the broker name only the versioned one, with its hash, and cannot be framed', async () => {
      const response = await app.request('/u/photos');
      const page = await response.text();
      assert.ok(
        page.includes(`src="/v1/secure-upload@1.2.3.js" integrity="${NO_SCRIPTS.upload.integrity}" crossorigin`),
      );
      assert.ok(!page.includes('/v1/secure-upload.js'));
      const policy = response.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.match(policy, /require-trusted-types-for 'script'; trusted-types secure-upload/);
    });
  });
});
