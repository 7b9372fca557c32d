import type { BrowserContext, ElementHandle, Frame, Page } from 'playwright-core';
import { type BrowserName, ENGINES, playwrightOptions } from '../../support/browsers.ts';
import {
  type Browser,
  type Engine,
  FIND,
  findArguments,
  nameOf,
  PHONE,
  SCREEN,
  type Screen,
  type Tab,
  type Target,
  until,
  windowsAt,
} from './tab.ts';

type Handle = ElementHandle<HTMLElement>;

/** Chromium everywhere; the others where Playwright downloaded its own. */
export async function startByPlaywright(name: BrowserName, path: string, screen: Screen): Promise<Engine> {
  const native = await ENGINES[name].launch(playwrightOptions(name, path));
  const finger = { viewport: PHONE, hasTouch: true, ...(name !== 'firefox' && { isMobile: true }) };
  return {
    async open() {
      const context = await native.newContext({ acceptDownloads: true, ...(screen === 'phone' && finger) });
      return browserIn(name, context);
    },
    close: () => native.close(),
  };
}

/** A context with one window. */
export async function browserIn(name: BrowserName, context: BrowserContext): Promise<Browser> {
  // Drivers see the picker of a file input only, which browsers without handles open.
  await context.addInitScript('delete window.showOpenFilePicker');
  const look = async (address: string) => context.pages().find((page) => page.url().startsWith(address)) ?? null;
  const others = () => windowsAt(context.pages().map((page) => page.url()));
  const page = await context.newPage();
  seePickers(page);
  return {
    name,
    tab: tabOf(page),
    window: async (address, timeout) => tabOf(await until(() => look(address), address, timeout, others)),
    close: () => context.close(),
  };
}

/**
 * Before the page is opened. A driver's wish to see pickers goes to the renderer and a press of its to the browser, which is
 * sometimes the first to arrive: a picker that nobody waits for yet never opens.
 */
export function seePickers(page: Page): void {
  page.on('filechooser', () => {});
}

export function find(page: Page | Frame, target: Target, isHidden = false, timeout?: number): Promise<Handle> {
  const look = async () => {
    // Between two documents there is none to look in.
    const found = await page.evaluateHandle(`(${FIND})(${findArguments(target, isHidden)})`).catch(() => null);
    return (found?.asElement() ?? null) as Handle | null;
  };
  return until(look, nameOf(target), timeout, () => page.evaluate<string>(SCREEN));
}

function tabOf(page: Page, within: Page | Frame = page): Tab {
  return {
    async open(url) {
      await page.goto(url);
    },
    url: async () => within.url(),
    front: () => page.bringToFront(),
    async see(target, timeout) {
      await find(within, target, false, timeout);
    },
    text: async (target) => (await (await find(within, target)).innerText()).replace(/\s+/g, ' ').trim(),
    click: async (target) => (await find(within, target)).click(),
    tap: async (target) => (await find(within, target)).tap(),
    type: async (target, text) => (await find(within, target)).fill(text),
    press: (keys) => page.keyboard.press(keys),
    choose: async (target, paths) => (await find(within, target, true)).setInputFiles([...paths]),
    async pick(act, _target, paths) {
      const opened = page.waitForEvent('filechooser');
      await act();
      await (await opened).setFiles([...paths]);
    },
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
