import { type BrowserContext, chromium, type Browser as Native, type Page } from 'playwright-core';
import { playwrightOptions, requireBrowser } from '../../support/browsers.ts';
import { startKept } from './kept.ts';
import { find } from './playwright.ts';
import { nameOf, type Target } from './tab.ts';

export { seePickers } from './playwright.ts';

/** Playwright's own browser object, for what it alone can do: traffic, touch screens, a trusted drop, axe. */
export async function launchChromium(): Promise<Native> {
  const { engine, isOwn } = await startKept('chromium', () =>
    chromium.launch(playwrightOptions('chromium', requireBrowser('chromium').path)),
  );
  return isOwn ? engine : shareOf(engine);
}

/** The browser for one of many: to close it closes what was opened through it. */
function shareOf(browser: Native): Native {
  const contexts = new Set<BrowserContext>();
  const own: Partial<Native> = {
    async newContext(options) {
      const context = await browser.newContext(options);
      contexts.add(context);
      return context;
    },
    async newPage(options) {
      const page = await browser.newPage(options);
      contexts.add(page.context());
      return page;
    },
    close: async () => void (await Promise.all([...contexts].map((context) => context.close()))),
  };
  return new Proxy(browser, {
    get(target, key) {
      const value = Reflect.get(key in own ? own : target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A drop as the operating system makes it: trusted, and of files on disk. */
export async function dropFiles(page: Page, target: Target, paths: readonly string[]): Promise<void> {
  const handle = await find(page, target);
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (box === null) throw new Error(`${nameOf(target)} has no place`);
  const session = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await session.detach();
}
