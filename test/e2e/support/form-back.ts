import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { fillInLogIn } from './log-in.ts';
import { storedHashes } from './storage.ts';
import { type Tab, until } from './tab.ts';

const ADDED = { css: '*', text: /^1 file added\. / };

/** What the form would send of its uploads. */
const VALUES = "[...new FormData(document.querySelector('form'))].filter(([name]) => name.startsWith('documents'))";

/** A form that is left and come back to by the browser's own Back, the same in each engine. */
export function formBack(name: BrowserName): void {
  describe(`a form come back to in ${name}`, () => {
    let demo: Demo;
    before(async () => {
      demo = await startDemo();
    });
    after(() => demo?.stop());

    const places: Record<string, { path: string; inside: (tab: Tab) => Promise<Tab> }> = {
      'the box': { path: '/form', inside: async (tab) => tab },
      "the broker's frame": { path: '/framed', inside: (tab) => tab.frame({ css: 'iframe' }) },
    };
    for (const [what, { path, inside }] of Object.entries(places)) {
      test(`has the ids and receipts of ${what} again, shows the file, and sends it nowhere twice`, {
        timeout: 240_000,
      }, async (t) => {
        const picture = makeFile(makeFolder(), 'picture.png', pngBytes(300_000));
        const browser = await openBrowser(name);
        t.after(() => browser.close());
        const { tab } = browser;
        await tab.open(`${demo.site}${path}`);
        const box = await inside(tab);
        await box.see({ css: 'button', text: 'Choose files' });
        await box.choose({ css: 'input[type=file]' }, [picture.path]);
        await box.click({ css: 'button', text: 'Upload 1 file' });
        await fillInLogIn(await browser.window(demo.provider));
        const page = await browser.window(demo.site);
        await (await inside(page)).see(ADDED, 60_000);
        const sent = await valuesOf(page);
        const stored = await storedHashes(demo);

        // A new document first: Firefox and Chromium keep no page that hears `unload`. Then as the browser likes it; of a
        // page that was kept Firefox's driver sees no frame. WebKitGTK gives elements no state in a new document (measured),
        // so there only a page that it kept has its files again.
        const ways = path === '/form' ? [false, true] : [false];
        for (const mayBeKept of name === 'webkit' ? [true] : ways) {
          if (!mayBeKept) await page.evaluate("(addEventListener('unload', () => {}), true)");
          await page.evaluate('(window.isFirst = true)');
          await page.open(`${demo.site}/files`);
          await page.see({ css: 'button', text: 'Choose files' });
          await goBack(page);
          const isSame = await page.evaluate<boolean>('window.isFirst === true');
          t.diagnostic(`the document is ${isSame ? 'the same' : 'a new one'}`);
          if (!isSame) {
            await (await inside(page)).see(ADDED, 60_000);
            await (await inside(page)).see({ css: '*', text: 'picture.png' });
          }
          assert.deepEqual(await valuesOf(page), sent);
          assert.equal(await page.evaluate("document.querySelector('[name=documents]').validity.valid"), true);
        }
        assert.deepEqual(await storedHashes(demo), stored);
        assert.ok(stored.includes(picture.sha256));
      });
    }
  });
}

/** Resolves in the document that comes then. */
async function goBack(page: Tab): Promise<void> {
  const from = await page.evaluate('location.href');
  await page.evaluate('(setTimeout(() => history.back()), true)');
  const isNew = async () =>
    page.evaluate<boolean>(`location.href !== ${JSON.stringify(from)} && document.readyState === 'complete'`);
  await until(async () => ((await isNew().catch(() => false)) ? true : null), 'the page');
}

const valuesOf = (page: Tab): Promise<[string, string][]> =>
  until(async () => {
    const values = await page.evaluate<[string, string][]>(VALUES);
    return values.length > 0 ? values : null;
  }, 'a value of the form');
