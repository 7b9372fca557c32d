import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { fillInLogIn } from './log-in.ts';
import { storedHashes } from './storage.ts';
import type { Browser, Tab } from './tab.ts';
import { until } from './tab.ts';

const FRAME = { css: 'iframe' };

/** A page on one site with the broker's frame of another, the same in each engine. */
export function inAFrame(name: BrowserName): void {
  describe(`the box in the broker's frame in ${name}`, () => {
    let demo: Demo;
    let browser: Browser;
    before(async () => {
      [demo, browser] = await Promise.all([startDemo(), openBrowser(name)]);
    });
    after(async () => {
      await browser?.close();
      await demo?.stop();
    });

    test("files go up from the frame, and the page's form carries their ids and receipts and nothing else", {
      timeout: 240_000,
    }, async () => {
      const { tab } = browser;
      const picture = makeFile(makeFolder(), 'picture.png', pngBytes(300_000));
      await openFramed(tab, demo);
      await tab.evaluate(WATCH);
      const frame = await tab.frame(FRAME);
      await frame.see({ css: 'button', text: 'Choose files' });
      assert.equal(await tab.evaluate("document.querySelector('form').checkValidity()"), false, 'required, and empty');

      await frame.choose({ css: 'input[type=file]' }, [picture.path]);
      await frame.click({ css: 'button', text: 'Upload 1 file' });
      await fillInLogIn(await browser.window(demo.provider));
      const back = await browser.window(demo.site);
      await (await back.frame(FRAME)).see({ css: '*', text: /^1 file added\. / }, 60_000);
      assert.deepEqual(await storedHashes(demo), [picture.sha256]);

      const form = await until(async () => {
        const entries: [string, string][] = await back.evaluate("[...new FormData(document.querySelector('form'))]");
        return entries.length > 1 ? entries : null;
      }, 'a value of the form');
      const told = await back.evaluate<unknown>(
        'window.__told.map(({ type, detail: { files } }) => ({ type, files }))',
      );
      const [, [idName, id] = [], [receiptName, receipt] = []] = form;
      assert.deepEqual([form.length, idName, receiptName], [3, 'documents', 'documents-receipt']);
      assert.match(receipt ?? '', /^[\w-]+\.[\w-]+\.[\w-]+$/);
      assert.equal(await back.evaluate("document.querySelector('secure-upload-frame').validity.valid"), true);
      assert.deepEqual(told, [{ type: 'frame-upload-done', files: [{ id, receipt }] }]);
      assert.deepEqual(await back.evaluate('window.__broken'), [], 'the policy of the page holds');
    });
  });
}

async function openFramed(tab: Tab, demo: Demo): Promise<void> {
  await tab.open(`${demo.site}/framed`);
  await tab.see(FRAME);
}

/** What the page is told, and what its policy refuses. */
const WATCH = `(() => {
  window.__told = [];
  window.__broken = [];
  for (const type of ['frame-upload-done', 'frame-upload-rejected', 'frame-upload-failed'])
    addEventListener(type, ({ detail }) => __told.push({ type, detail }));
  addEventListener('securitypolicyviolation', (event) => __broken.push(event.violatedDirective));
  return true;
})()`;
