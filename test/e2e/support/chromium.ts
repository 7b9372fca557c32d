import { chromium, type ElementHandle, type Browser as Native, type Page } from 'playwright-core';
import { browserPath, CHROMIUM_FLAGS } from '../../support/browsers.ts';
import { type Browser, FIND, findArguments, nameOf, type Tab, type Target, until } from './tab.ts';

/** Playwright's own browser, for what only it can do: traffic, touch screens, a trusted drop, axe. */
export function launchChromium(): Promise<Native> {
  return chromium.launch({ executablePath: browserPath('chromium'), args: [...CHROMIUM_FLAGS] });
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

export async function openChromium(): Promise<Browser> {
  const native = await launchChromium();
  const context = await native.newContext({ acceptDownloads: true });
  const tab = tabOf(await context.newPage());
  return {
    name: 'chromium',
    tab,
    window: (address, timeout) =>
      until(async () => context.pages().find((page) => page.url().startsWith(address)) ?? null, address, timeout).then(
        tabOf,
      ),
    close: () => native.close(),
  };
}

function find(page: Page, target: Target, isHidden = false, timeout?: number): Promise<ElementHandle<HTMLElement>> {
  const look = async () => {
    // Between two documents there is none to look in.
    const found = await page.evaluateHandle(`(${FIND})(${findArguments(target, isHidden)})`).catch(() => null);
    return (found?.asElement() ?? null) as ElementHandle<HTMLElement> | null;
  };
  return until(look, nameOf(target), timeout);
}

function tabOf(page: Page): Tab {
  return {
    async open(url) {
      await page.goto(url);
    },
    url: async () => page.url(),
    async see(target, timeout) {
      await find(page, target, false, timeout);
    },
    text: async (target) => (await (await find(page, target)).innerText()).replace(/\s+/g, ' ').trim(),
    click: async (target) => (await find(page, target)).click(),
    type: async (target, text) => (await find(page, target)).fill(text),
    choose: async (target, paths) => (await find(page, target, true)).setInputFiles([...paths]),
    evaluate: (expression) => page.evaluate(expression),
    async screenshot(path) {
      await page.screenshot({ path });
    },
  };
}
