import type { ElementHandle, Frame, Page } from 'playwright-core';
import { type BrowserName, ENGINES, playwrightOptions } from '../../support/browsers.ts';
import { type Browser, FIND, findArguments, nameOf, type Tab, type Target, until } from './tab.ts';

type Handle = ElementHandle<HTMLElement>;

/** Chromium everywhere; the others where Playwright downloaded its own. */
export async function openByPlaywright(name: BrowserName, path: string): Promise<Browser> {
  const native = await ENGINES[name].launch(playwrightOptions(name, path));
  const context = await native.newContext({ acceptDownloads: true });
  return {
    name,
    tab: tabOf(await context.newPage()),
    async window(address, timeout) {
      const look = async () => context.pages().find((page) => page.url().startsWith(address)) ?? null;
      return tabOf(await until(look, address, timeout));
    },
    close: () => native.close(),
  };
}

export function find(page: Page | Frame, target: Target, isHidden = false, timeout?: number): Promise<Handle> {
  const look = async () => {
    // Between two documents there is none to look in.
    const found = await page.evaluateHandle(`(${FIND})(${findArguments(target, isHidden)})`).catch(() => null);
    return (found?.asElement() ?? null) as Handle | null;
  };
  return until(look, nameOf(target), timeout);
}

function tabOf(page: Page, within: Page | Frame = page): Tab {
  return {
    async open(url) {
      await page.goto(url);
    },
    url: async () => within.url(),
    async see(target, timeout) {
      await find(within, target, false, timeout);
    },
    text: async (target) => (await (await find(within, target)).innerText()).replace(/\s+/g, ' ').trim(),
    click: async (target) => (await find(within, target)).click(),
    type: async (target, text) => (await find(within, target)).fill(text),
    press: (keys) => page.keyboard.press(keys),
    choose: async (target, paths) => (await find(within, target, true)).setInputFiles([...paths]),
    evaluate: (expression) => within.evaluate(expression),
    async screenshot(path) {
      await page.screenshot({ path });
    },
    async frame(target) {
      const inside = await (await find(within, target)).contentFrame();
      if (!inside) throw new Error(`${nameOf(target)} is no frame`);
      return tabOf(page, inside);
    },
  };
}
