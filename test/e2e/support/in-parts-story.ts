import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { makeFile, makeFolder } from './files.ts';
import { fillInLogIn } from './log-in.ts';
import { pdf } from './pdf.ts';
import { dammedFor } from './stage.ts';
import { hashesIn } from './storage.ts';

const MB = 1024 * 1024;

/** The long story of a large file, the same in each engine: in parts, paused, carried on, its page left, taken up again. */
export function inPartsStory(name: BrowserName): void {
  describe(`a large file in ${name}`, () => {
    test('goes in parts, is paused and carried on, and survives its page: no stored part is sent twice', {
      timeout: 240_000,
    }, async (t) => {
      const { store, demo, browser } = await dammedFor(t, name);
      const file = makeFile(makeFolder(), 'contract.pdf', pdf(48 * MB));
      const page = `${demo.site}/files`;

      await browser.tab.open(page);
      await browser.tab.see({ css: 'button', text: 'Choose files' });
      await browser.tab.choose({ css: '#files' }, [file.path]);
      store.let(2);
      await browser.tab.click({ css: 'button', text: 'Upload 1 file' });
      await fillInLogIn(await browser.window(demo.provider));
      const tab = await browser.window(demo.site);
      await store.until(2);

      await tab.click({ css: 'button', text: 'Pause all' });
      await tab.see({ css: 'h3', text: 'Paused' });
      store.let(2);
      await tab.click({ css: 'button', text: 'Carry on' });
      await store.until(4);
      assert.deepEqual([...store.stored].sort(), [...new Set(store.stored)].sort());

      await tab.open(page);
      await tab.see({ css: 'p', text: 'You have an unfinished upload. Sign in to see it.' });
      await tab.click({ css: 'button', text: 'Sign in now' });
      await tab.see({ css: 'h3', text: 'You have 1 unfinished upload' });
      const from = store.begun.length;
      const early = [...store.stored];
      store.let(Number.POSITIVE_INFINITY);
      await tab.choose({ css: '[data-upload] input' }, [file.path]);
      await tab.see({ css: '*', text: /^1 file uploaded/ }, 60_000);
      assert.deepEqual(await hashesIn(store), [file.sha256]);
      assert.deepEqual([...early, ...store.begun.slice(from)].sort(), [1, 2, 3, 4, 5, 6]);
    });
  });
}
