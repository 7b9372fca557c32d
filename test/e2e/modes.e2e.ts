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

  /** All states of an element below each other, with what a page finds wrong in them. */
  async function look(
    element: string,
    options: BrowserContextOptions & { readonly width: number },
    measure: (page: Page) => Promise<unknown>,
  ): Promise<unknown> {
    const { width, ...rest } = options;
    const context = await browser.newContext({ viewport: { width: 800, height: 900 }, ...rest });
    const page = await context.newPage();
    await page.goto(`${gallery.url}/box?element=${element}&width=${width}`);
    await page.locator('html[data-shown=yes]').waitFor();
    const answer = await measure(page);
    await context.close();
    return answer;
  }

  for (const element of ELEMENTS) {
    test(`${element} keeps edges, icons, bars and what is chosen in the system's own colours`, async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const found = await look(element, { width: 480, forcedColors: 'active', colorScheme }, (page) =>
          page.evaluate(COLOURLESS),
        );
        assert.deepEqual(found, [], colorScheme);
      }
    });

    test(`${element} moves nothing where a person asked for less motion`, async () => {
      assert.deepEqual(
        await look(element, { width: 480, reducedMotion: 'reduce' }, (page) => page.evaluate(MOVING)),
        [],
      );
    });

    test(`${element} has stronger edges and no grey words where a person asked for more contrast`, async () => {
      const weak = `[...document.querySelectorAll('${element}')].flatMap(({ shadowRoot }) => [
        ...[...shadowRoot.querySelectorAll('.button:not(.quiet, .icon-only), .input')].map((e) => getComputedStyle(e).borderTopWidth),
        ...[...shadowRoot.querySelectorAll('.muted')].map((e) => getComputedStyle(e).color === getComputedStyle(shadowRoot.querySelector('.card')).color),
      ]).filter((is) => is !== '2px' && is !== true)`;
      assert.deepEqual(await look(element, { width: 480, contrast: 'more' }, (page) => page.evaluate(weak)), []);
    });

    test(`${element} loses nothing with the text spacing of a person, down to 320 px`, async () => {
      for (const width of [720, 480, 320]) {
        const found = await look(element, { width }, async (page) => {
          await page.evaluate(SPACE_TEXT);
          return page.evaluate(lost());
        });
        assert.deepEqual(found, [], `${width} px`);
      }
    });

    test(`${element} at 400 % zoom of a screen of 1280 px, and at 240 px, scrolls in one direction only`, async () => {
      for (const width of [320, 240]) {
        const found = await look(element, { width, viewport: { width: 400, height: 256 } }, (page) =>
          page.evaluate(lost()),
        );
        assert.deepEqual(found, [], `${width} px`);
      }
    });

    test(`${element} has room for a finger at every target of a touch screen`, async () => {
      const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
      assert.deepEqual(await look(element, { width: 720, ...phone }, (page) => page.evaluate(smallTargets(44))), []);
    });
  }
});
