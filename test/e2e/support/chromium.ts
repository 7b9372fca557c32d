import { chromium, type Browser as Native, type Page } from 'playwright-core';
import { playwrightOptions, requireBrowser } from '../../support/browsers.ts';
import { find } from './playwright.ts';
import { nameOf, type Target } from './tab.ts';

/** Playwright's own browser object, for what it alone can do: traffic, touch screens, a trusted drop, axe. */
export function launchChromium(): Promise<Native> {
  return chromium.launch(playwrightOptions('chromium', requireBrowser('chromium').path));
}

/**
 * Before the page is opened. A driver's wish to see pickers goes to the renderer and a press of its to the browser, which is
 * sometimes the first to arrive: a picker that nobody waits for yet never opens.
 */
export function seePickers(page: Page): void {
  page.on('filechooser', () => {});
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
