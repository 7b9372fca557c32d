import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser } from './browser.ts';
import { LISTEN, PLACES, plant, search } from './canary-search.ts';
import { startDemo } from './demo.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';

/** A sign-in and an upload, after which nothing that would let somebody else act stands anywhere in the page. */
export function canaryStory(name: BrowserName): void {
  describe(`what a sign-in and an upload leave in the page, in ${name}`, () => {
    test('no token, code, verifier, proof or signed address, wherever a page can look', {
      timeout: 240_000,
    }, async (t) => {
      const demo = await startDemo();
      t.after(() => demo.stop());
      const browser = await openBrowser(name);
      t.after(() => browser.close());
      const { tab } = browser;
      const picture = makeFile(makeFolder(), 'picture.png', pngBytes(700_000));
      await tab.open(demo.site);
      await tab.see({ css: 'button', text: 'Choose files' });
      await tab.evaluate(LISTEN);
      await tab.choose({ css: 'input[type=file]' }, [picture.path]);
      await tab.click({ css: 'button', text: 'Upload 1 file' });
      const login = await browser.window(demo.provider);
      await login.type({ css: 'input[name=username]' }, 'jo');
      await login.type({ css: 'input[name=password]' }, 'jo-demo');
      await login.click({ css: 'button' });
      const back = await browser.window(demo.site);
      await back.see({ css: '*', text: /^1 file uploaded/ }, 60_000);

      const secrets = await back.evaluate<Record<string, string[]>>('__wire().secrets');
      for (const kind of [
        'access_token',
        'refresh_token',
        'id_token',
        'code',
        'code_verifier',
        'secret',
        'proof',
        'url',
      ]) {
        assert.ok((secrets[kind] ?? []).length > 0, `the wire was seen to carry ${kind}`);
        assert.deepEqual(await back.evaluate(search(secrets[kind] ?? [])), [], kind);
      }
      // The signature alone would do, and so would a part of the address.
      const signatures = (secrets.url ?? []).map((url) => /signature=([^&]+)/i.exec(url)?.[1] ?? url);
      assert.deepEqual(await back.evaluate(search(signatures)), []);

      const canary = `canary-${randomBytes(12).toString('hex')}`;
      await back.evaluate(plant(canary));
      assert.deepEqual(await back.evaluate(search([canary])), PLACES, 'the search finds what is there');
    });
  });
}
