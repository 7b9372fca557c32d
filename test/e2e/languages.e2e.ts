import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Demo } from './support/demo.ts';
import { withChromium } from './support/stage.ts';

const GERMAN = /uploader-de\.js/;
const OTHERS = /uploader-(?!de\.)\w+\.js/;

/** Makes the page German before any script runs, and notes each text of the box in the order of its coming. */
const GERMAN_PAGE = `
  new MutationObserver((_, watch) => {
    if (!document.documentElement) return;
    watch.disconnect();
    document.documentElement.lang = 'de';
  }).observe(document, { childList: true });
  window.seen = [];
  const look = () => {
    const card = document.querySelector('secure-upload')?.shadowRoot?.querySelector('.card');
    const text = card?.innerText.replace(/\\s+/g, ' ').trim() ?? '';
    if (text && window.seen.at(-1) !== text) window.seen.push(text);
    requestAnimationFrame(look);
  };
  look();
`;

async function germanPage(browser: Browser): Promise<{ page: Page; texts: () => Promise<string[]> }> {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(GERMAN_PAGE);
  return { page, texts: () => page.evaluate('window.seen') };
}

describe('a page in German', () => {
  let demo: Demo;
  let browser: Browser;
  withChromium((...parts) => {
    [demo, browser] = parts;
  });

  test('shows no word of English before the German ones, however late they come, and loads no other language', async () => {
    const { page, texts } = await germanPage(browser);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    let isHeld: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(GERMAN, async (route) => {
      isHeld();
      await released;
      await route.continue();
    });
    const app = page.waitForResponse(/\/v1\/apps\//);
    await page.goto(demo.site, { waitUntil: 'commit' });
    await Promise.all([held, app]);
    assert.deepEqual(await texts(), []);
    release();
    await page.getByRole('button', { name: 'Dateien auswählen' }).waitFor();
    const [first = ''] = await texts();
    assert.match(first, /Geht an Acme Support\. Wird 90\sTage aufbewahrt, Ort: Europäische Union\./);
    assert.doesNotMatch((await texts()).join(' '), /\b(files?|kept|sign in|drop|choose)\b/i);
    assert.deepEqual(
      asked.filter((url) => OTHERS.test(url)),
      [],
    );
    await page.context().close();
  });

  test('speaks English where the German words cannot be loaded', async () => {
    const { page } = await germanPage(browser);
    await page.route(GERMAN, (route) => route.abort());
    await page.goto(demo.site);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.context().close();
  });
});
