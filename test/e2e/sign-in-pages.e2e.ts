import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../build/root.ts';
import type { SignInRig } from '../support/sign-in.ts';
import { assertAccessible, axeOf } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { signInPages, startPages } from './support/sign-in-pages.ts';

const WIDTHS = [360, 1280];
/** `PICTURES=1` leaves one of each page in test/artifacts/sign-in-pages/, to be looked at. */
const PICTURES = `${root}test/artifacts/sign-in-pages`;

/** Words wider than the page, and targets too small for a finger (WCAG 2.5.8; ours are 44 px high where a finger is used). */
const TOO_WIDE = 'document.documentElement.scrollWidth > innerWidth';
const TOO_SMALL = `[...document.querySelectorAll('a, button, input, label.tick')]
  .filter((one) => one.checkVisibility() && !one.closest('label.tick input, p') && one.type !== 'checkbox')
  .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 120))`;

describe('the pages of signing in', { timeout: 300_000 }, () => {
  let rig: SignInRig;
  let browser: Browser;
  before(async () => {
    rig = await startPages();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await rig?.close();
  });

  for (const lang of ['en', 'de', 'ar'] as const) {
    test(`are all accessible in ${lang}, to a finger and at 360 px, and speak one language`, async () => {
      const context = await browser.newContext({
        locale: lang,
        hasTouch: true,
        viewport: { width: WIDTHS[0] ?? 360, height: 740 },
      });
      const page = await context.newPage();
      const seen: string[] = [];
      for await (const name of signInPages(page, rig, lang)) {
        assert.ok(!seen.includes(name), `${name} twice`);
        seen.push(name);
        await page.waitForLoadState();
        assert.equal(await page.evaluate('document.documentElement.lang'), lang, name);
        assert.equal(
          await page.evaluate('[...document.querySelectorAll("h1")].some((one) => one.checkVisibility())'),
          true,
          name,
        );
        assert.equal(await page.evaluate(TOO_WIDE), false, `${name} is wider than the page`);
        assert.deepEqual(await page.evaluate(TOO_SMALL), [], name);
        await page.emulateMedia({ colorScheme: 'light' });
        await assertAccessible(page, name);
        if (process.env.PICTURES) await takePictures(page, `${lang}-light`, name);
        await page.emulateMedia({ colorScheme: 'dark' });
        // Colours are the same in each language.
        if (lang === 'en') await assertContrast(page, name);
        if (process.env.PICTURES) await takePictures(page, `${lang}-dark`, name);
      }
      assert.equal(seen.length, 28);
      await context.close();
    });
  }

  /** In the dark nothing else is new. */
  async function assertContrast(page: Page, name: string): Promise<void> {
    const { violations } = await axeOf(page).withRules(['color-contrast']).analyze();
    assert.deepEqual(
      violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)),
      [],
      `${name}, dark`,
    );
  }

  async function takePictures(page: Page, kind: string, name: string): Promise<void> {
    for (const width of WIDTHS) {
      mkdirSync(`${PICTURES}/${kind}-${width}`, { recursive: true });
      await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
      await page.screenshot({ path: `${PICTURES}/${kind}-${width}/${name}.png` });
    }
    await page.setViewportSize({ width: WIDTHS[0] ?? 360, height: 740 });
  }
});
