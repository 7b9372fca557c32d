import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { serveGallery } from '../gallery/serve.ts';
import { launchChromium } from './support/chromium.ts';
import { COLOURLESS, lost, MOVING, SPACE_TEXT, smallTargets } from './support/measure-boxes.ts';

const ELEMENTS = ['secure-upload', 'recipient-consent', 'send-link'] as const;

describe('every recorded state, as people set their systems', () => {
  let gallery: { url: string; stop: () => void };
  let browser: Browser;
  before(async () => {
    [gallery, browser] = await Promise.all([serveGallery(), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    gallery?.stop();
  });

  /** All states of an element below each other: what takes the time is to draw them, so each of these is asked several things. */
  async function draw(element: string, width: number, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(`${gallery.url}/box?element=${element}&width=${width}`);
    await page.locator('html[data-shown=yes]').waitFor();
    return page;
  }

  for (const element of ELEMENTS) {
    describe(`${element} at 480 px`, () => {
      let page: Page;
      before(async () => {
        page = await draw(element, 480, { viewport: { width: 800, height: 900 }, reducedMotion: 'reduce' });
      });
      after(async () => page?.context().close());

      test('moves nothing where a person asked for less motion', async () => {
        assert.deepEqual(await page.evaluate(MOVING), []);
      });

      test("keeps edges, icons, bars and what is chosen in the system's own colours", async () => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ forcedColors: 'active', colorScheme });
          assert.deepEqual(await page.evaluate(COLOURLESS), [], colorScheme);
        }
        await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
      });

      test('has stronger edges and no grey words where a person asked for more contrast', async () => {
        const weak = `[...document.querySelectorAll('${element}')].flatMap(({ shadowRoot }) => [
          ...[...shadowRoot.querySelectorAll('.button:not(.quiet, .icon-only), .input')].map((e) => getComputedStyle(e).borderTopWidth),
          ...[...shadowRoot.querySelectorAll('.muted')].map((e) => getComputedStyle(e).color === getComputedStyle(shadowRoot.querySelector('.card')).color),
        ]).filter((is) => is !== '2px' && is !== true)`;
        await page.emulateMedia({ contrast: 'more' });
        assert.deepEqual(await page.evaluate(weak), []);
        await page.emulateMedia({ contrast: 'no-preference' });
      });

      test('loses nothing with the text spacing of a person', async () => {
        await page.evaluate(SPACE_TEXT);
        assert.deepEqual(await page.evaluate(lost()), []);
      });
    });

    for (const width of [320, 240]) {
      test(`${element} at 400 % zoom of a screen of 1280 px scrolls in one direction only at ${width} px${width === 320 ? ', with the text spacing of a person, too' : ''}`, async () => {
        const page = await draw(element, width, { viewport: { width: 400, height: 256 } });
        assert.deepEqual(await page.evaluate(lost()), []);
        if (width === 320) {
          await page.evaluate(SPACE_TEXT);
          assert.deepEqual(await page.evaluate(lost()), [], 'with the text spacing of a person');
        }
        await page.context().close();
      });
    }

    test(`${element} has room for a finger at every target of a touch screen, and loses nothing there with the text spacing of a person`, async () => {
      const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
      const page = await draw(element, 720, phone);
      assert.deepEqual(await page.evaluate(smallTargets(44)), []);
      await page.evaluate(SPACE_TEXT);
      assert.deepEqual(await page.evaluate(lost()), []);
      await page.context().close();
    });
  }
});
