import type { ElementHandle, Page } from 'playwright-core';
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

export function find(page: Page, target: Target, isHidden = false, timeout?: number): Promise<Handle> {
  const look = async () => {
    // Between two documents there is none to look in.
    const found = await page.evaluateHandle(`(${FIND})(${findArguments(target, isHidden)})`).catch(() => null);
    return (found?.asElement() ?? null) as Handle | null;
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
