import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { serveGallery } from '../gallery/serve.ts';
import { accessTree } from './support/access-tree.ts';
import { launchChromium } from './support/chromium.ts';

/** What a screen reader meets, state by state: `# element state`, then its tree. Read it aloud before you change it. */
const EXPECTED = readFileSync(new URL('./access-tree.txt', import.meta.url), 'utf8');

describe("the browser's accessibility tree", () => {
  let gallery: { url: string; stop: () => void };
  let browser: Browser;
  before(async () => {
    [gallery, browser] = await Promise.all([serveGallery(), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    gallery?.stop();
  });

  for (const chapter of EXPECTED.split(/^# /m).slice(1)) {
    const [title = '', ...lines] = chapter.trimEnd().split('\n');
    const [element = '', state = ''] = title.split(' ');
    test(`reads as written in ${element}, ${state}`, async () => {
      const page = await browser.newPage({ timezoneId: 'Europe/Berlin', locale: 'en-GB' });
      await page.clock.setFixedTime('2026-11-21T13:05:00Z');
      await page.goto(`${gallery.url}/box?element=${element}&state=${state}&width=480`);
      await page.locator('html[data-shown=yes]').waitFor();
      assert.deepEqual(await accessTree(page, element), lines);
      await page.close();
    });
  }
});
