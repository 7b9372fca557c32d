import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser } from './browser.ts';
import { startDemo } from './demo.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { fillInLogIn } from './log-in.ts';
import { storedHashes } from './storage.ts';

/** The shortest whole story, the same in each engine: choose, sign in in the other window, stored bit for bit. */
export function oneUpload(name: BrowserName): void {
  describe(`an upload in ${name}`, () => {
    test('a picture is chosen, its sender signs in, and its bytes are in the storage', {
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
      await tab.evaluate(
        `(window.__broken = [], addEventListener('securitypolicyviolation', (e) => __broken.push(e.violatedDirective)), true)`,
      );
      await tab.choose({ css: 'input[type=file]' }, [picture.path]);
      await tab.click({ css: 'button', text: 'Upload 1 file' });
      await fillInLogIn(await browser.window(demo.provider));
      const back = await browser.window(demo.site);
      await back.see({ css: '*', text: /^1 file uploaded/ }, 60_000);
      assert.deepEqual(await storedHashes(demo), [picture.sha256]);
      assert.deepEqual(await back.evaluate('window.__broken'), [], 'the strict policy of the page holds');
    });
  });
}
