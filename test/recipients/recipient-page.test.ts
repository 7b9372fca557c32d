import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hono } from 'hono';
import { recipientPages } from '../../demo/broker/pages/recipient.ts';
import type { Script } from '../../demo/broker/scripts.ts';
import type { Env } from '../../demo/context/env.ts';
import { LinkRig } from '../support/link-rig.ts';

const script = (name: string): Script => ({
  path: `/v1/${name}@0.1.0.js`,
  integrity: `sha384-${name}`,
  body: new Uint8Array(),
});
const SCRIPTS = {
  version: '0.1.0',
  upload: script('secure-upload'),
  recipient: script('recipient-consent'),
  whole: script('secure-upload-whole'),
  frame: script('secure-upload-frame'),
  embed: script('secure-upload-embed'),
  chunks: [],
  isReleased: true,
  earlier: [],
};

describe('the page that mailed links open', () => {
  let rig: LinkRig;
  let pages: Hono<Env>;
  before(async () => {
    rig = await LinkRig.start();
    pages = recipientPages(rig.deps, SCRIPTS);
  });
  after(() => rig.close());

  test('holds the element and its own script with its hash, and nothing inline', async () => {
    const html = await (await pages.request('/r')).text();
    assert.match(html, /<recipient-consent broker="https:\/\/broker\.example">/);
    assert.deepEqual(html.match(/<script[^>]*>[^<]*/g), [
      '<script type="module" src="/v1/recipient-consent@0.1.0.js" integrity="sha384-recipient-consent" crossorigin>',
    ]);
    assert.doesNotMatch(html, /<style|style="| on\w+="/);
  });

  test('speaks the first of the browser’s languages that it can, in its direction', async () => {
    const head = async (asked?: string) => {
      const html = await (await pages.request('/r', { headers: asked ? { 'Accept-Language': asked } : {} })).text();
      return [/<html[^>]*>/.exec(html)?.[0], /<title>([^<]*)/.exec(html)?.[1]];
    };
    assert.deepEqual(await head(), ['<html lang="en" dir="ltr">', 'Files for you']);
    assert.deepEqual(await head('de-AT,de;q=0.9,en;q=0.8'), ['<html lang="de" dir="ltr">', 'Dateien für Sie']);
    assert.deepEqual(await head('en;q=0.2, ar-EG'), ['<html lang="ar" dir="rtl">', 'ملفات لك']);
    assert.deepEqual(await head('tlh, fr;q=0.5'), ['<html lang="en" dir="ltr">', 'Files for you']);
    assert.deepEqual(await head('"><script>'), ['<html lang="en" dir="ltr">', 'Files for you']);
  });

  test('is framed by nobody, loads from its own origin, talks to broker and storage, sends no referrer, is kept by no cache', async () => {
    const { headers, status } = await pages.request('/r');
    assert.equal(status, 200);
    assert.deepEqual((headers.get('content-security-policy') ?? '').split('; '), [
      "default-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "style-src 'self'",
      "script-src 'self'",
      "connect-src 'self' https://storage.example",
      'img-src blob: data:',
      "require-trusted-types-for 'script'",
      'trusted-types recipient-consent',
    ]);
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups');
  });

  test('is served for a link whose # was encoded once, twice or three times, without repeating its secret', async () => {
    const { token } = await rig.sentLink();
    const plain = await (await pages.request('/r')).text();
    for (const cut of ['%23', '%2523', '%252523']) {
      const answer = await pages.request(`/r${cut}${token}`);
      assert.equal(answer.status, 200);
      assert.equal(await answer.text(), plain);
    }
    assert.equal(rig.deps.logged.join().includes(token), false);
  });

  test('is not served for other paths that begin with r', async () => {
    for (const path of ['/ra', '/r%24x', '/robots', '/x%23abc', '/r/%23abc']) {
      assert.equal((await pages.request(path)).status, 404, path);
    }
  });

  test('changes nothing by being opened: a scanner uses nothing up', async () => {
    const { token } = await rig.sentLink();
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await pages.request(`/r%23${token}`, { method });
    const cover = await rig.cover(token);
    assert.deepEqual([cover.state, cover.code], ['open', null]);
    assert.deepEqual(await rig.deliver('code-mail'), []);
  });
});
