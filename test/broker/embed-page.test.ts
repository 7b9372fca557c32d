import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Hono } from 'hono';
import { Problem } from '../../demo/base/problem.ts';
import { problemAnswer } from '../../demo/broker/pages/problem.ts';
import { pageRoutes } from '../../demo/broker/routes/pages.ts';
import type { Scripts } from '../../demo/broker/scripts.ts';
import type { Env } from '../../demo/context/env.ts';
import { TEST_APPS, type TestDeps, testDeps } from '../support/broker.ts';

const script = (name: string) => ({
  path: `/v1/${name}@1.2.3.js`,
  integrity: `sha384-${name}`,
  body: new Uint8Array(),
});
const SCRIPTS: Scripts = {
  version: '1.2.3',
  upload: script('secure-upload'),
  recipient: script('recipient-consent'),
  whole: script('secure-upload-whole'),
  frame: script('secure-upload-frame'),
  embed: script('secure-upload-embed'),
  chunks: [],
  isReleased: true,
  earlier: [],
};
const [photos] = TEST_APPS;
const odd = [
  'https://www.acme.example',
  'http://localhost:8080',
  '*',
  'https://*.acme.example',
  'https:',
  'https://www.acme.example/path',
  "https://a.example; script-src 'unsafe-inline'",
  'https://a.example, https://b.example',
  'null',
];

describe('the page for frames', () => {
  let deps: TestDeps;
  let pages: Hono<Env>;
  before(async () => {
    assert.ok(photos);
    deps = await testDeps({
      apps: [...TEST_APPS, { ...photos, id: 'odd', origins: odd }, { ...photos, id: 'none', origins: [] }],
    });
    pages = new Hono<Env>();
    pages.route('/', pageRoutes(deps, SCRIPTS));
    pages.onError((error, c) => {
      if (!(error instanceof Problem)) throw error;
      return problemAnswer(c, error);
    });
  });
  after(() => deps.close());

  const get = async (path: string) => {
    const response = await pages.request(path, { headers: { accept: 'text/html', 'accept-language': 'de' } });
    const policy = (response.headers.get('content-security-policy') ?? '').split('; ');
    const framedBy = policy.filter((directive) => directive.startsWith('frame-ancestors'));
    return { status: response.status, headers: response.headers, policy, framedBy, html: await response.text() };
  };

  test('may be framed by the origins of its app alone', async () => {
    assert.deepEqual((await get('/embed/photos')).framedBy, ['frame-ancestors https://www.acme.example']);
    assert.deepEqual((await get('/embed/globex-cases')).framedBy, ['frame-ancestors https://www.globex.example']);
  });

  test('is framed by nobody where the app has no origin, and where there is no such app', async () => {
    assert.deepEqual((await get('/embed/none')).framedBy, ["frame-ancestors 'none'"]);
    const unknown = await get('/embed/typo');
    assert.equal(unknown.status, 404);
    assert.deepEqual(unknown.framedBy, ["frame-ancestors 'none'"]);
    assert.ok(!unknown.html.includes('secure-upload'));
  });

  test('lets no origin say more than an origin: no wildcard, no path, no second directive', async () => {
    const { policy, framedBy } = await get('/embed/odd');
    assert.deepEqual(framedBy, ['frame-ancestors https://www.acme.example http://localhost:8080']);
    assert.deepEqual(
      policy.filter((directive) => directive.startsWith('script-src')),
      ['script-src https://broker.example'],
    );
  });

  test('the hosted page still is framed by nobody', async () => {
    assert.deepEqual((await get('/u/photos')).framedBy, ["frame-ancestors 'none'"]);
  });

  test('holds the box, its script and the one that speaks for it, each with its hash, and nothing inline', async () => {
    const { html, headers } = await get('/embed/photos');
    assert.deepEqual(html.match(/<script[^>]*>[^<]*/g), [
      '<script type="module" src="/v1/secure-upload@1.2.3.js" integrity="sha384-secure-upload" crossorigin>',
      '<script type="module" src="/v1/secure-upload-embed@1.2.3.js" integrity="sha384-secure-upload-embed" crossorigin>',
    ]);
    assert.match(html, /<meta name="app-origins" content="\[&quot;https:\/\/www\.acme\.example&quot;\]">/);
    assert.match(html, /<secure-upload broker="https:\/\/broker\.example" app="photos" lang="de">/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });

  test('takes language and scheme from its address, and nothing else of it', async () => {
    const html = async (query: string) => (await get(`/embed/photos?${query}`)).html;
    assert.match(await html('lang=ar&scheme=dark'), /<main data-scheme="dark">[\s\S]*lang="ar">/);
    assert.match(await html('lang=pt-BR'), /<main data-scheme="light">[\s\S]*lang="pt-BR">/);
    for (const query of [
      'lang="><script>',
      `lang=${'a'.repeat(99)}`,
      'lang=de_DE',
      'scheme=url(x)',
      'app=odd&broker=https://evil.example',
    ]) {
      const answered = await html(encodeURI(query));
      assert.match(answered, /<main data-scheme="light">[\s\S]*app="photos" lang="de">/, query);
      assert.ok(!answered.includes('evil') && !answered.includes('<script>'), query);
    }
  });
});
