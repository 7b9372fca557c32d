import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { makeFile, makeFolder } from './files.ts';
import { fillInLogIn } from './log-in.ts';
import { pdf } from './pdf.ts';
import { dammedFor } from './stage.ts';
import { hashesIn } from './storage.ts';

const MB = 1024 * 1024;

/** What a page's script does to a box: each is one task, so the box is out of the page between two of them. */
const TAKE_OUT =
  "void (globalThis.box = document.querySelector('secure-upload'), globalThis.home = box.parentElement, box.remove())";
const PUT_BACK = 'void home.append(box)';
const MOVE = `void (() => {
  const box = document.querySelector('secure-upload');
  const place = document.createElement('section');
  box.parentElement.append(place);
  place.append(box);
})()`;

/** A page that moves its box at the worst moments, the same in each engine. */
export function movedWhileSending(name: BrowserName): void {
  describe(`a box that its page moves while it works, in ${name}`, () => {
    test('signs in, sends each part once and says so at its end, out of the page or in it', {
      timeout: 240_000,
    }, async (t) => {
      const { store, demo, browser } = await dammedFor(t, name);
      const file = makeFile(makeFolder(), 'contract.pdf', pdf(48 * MB));

      await browser.tab.open(`${demo.site}/files`);
      await browser.tab.see({ css: 'button', text: 'Choose files' });
      await browser.tab.evaluate(
        `void (globalThis.broken = [], addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective)),
          globalThis.done = [], addEventListener('upload-done', (e) => done.push(e.detail.files.length)))`,
      );
      await browser.tab.choose({ css: '#files' }, [file.path]);
      store.let(2);
      await browser.tab.click({ css: 'button', text: 'Upload 1 file' });
      await browser.window(demo.provider);
      const tab = await browser.window(demo.site);
      await tab.evaluate(TAKE_OUT);
      await tab.evaluate(PUT_BACK);
      await fillInLogIn(await browser.window(demo.provider));
      const back = await browser.window(demo.site);
      await store.until(2);

      await back.evaluate(MOVE);
      await back.see({ css: 'button', text: 'Pause all' });
      await back.evaluate(TAKE_OUT);
      store.open();
      await store.until(4);
      await back.evaluate(PUT_BACK);
      await back.see({ css: '*', text: /^1 file uploaded/ }, 60_000);
      assert.deepEqual(await hashesIn(store), [file.sha256]);
      assert.deepEqual([...store.begun].sort(), [1, 2, 3, 4, 5, 6]);
      assert.deepEqual(await back.evaluate('[broken, done]'), [[], [1]]);
    });
  });
}
