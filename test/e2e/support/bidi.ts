import * as puppeteer from 'puppeteer-core';
import {
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

/** What there is to point with is coarse and does not hover, and there are touch events. */
const FINGER = {
  'ui.primaryPointerCapabilities': 1,
  'ui.allPointerCapabilities': 1,
  'dom.w3c_touch_events.enabled': 1,
};

/** A stock Firefox, which Playwright cannot drive. */
export async function startByBidi(path: string, screen: Screen): Promise<Engine> {
  const native = await puppeteer.launch({
    ...{ browser: 'firefox', executablePath: path, headless: true },
    extraPrefsFirefox: {
      // It would take the focus from the page.
      'browser.download.alwaysOpenPanel': false,
      ...(screen === 'phone' && FINGER),
    },
  });
  return {
    async open() {
      const context = await native.createBrowserContext();
      const fit = async (page: puppeteer.Page) => {
        if (screen === 'phone') await page.setViewport(PHONE);
        return page;
      };
      const look = async (address: string) =>
        (await context.pages()).find((page) => page.url().startsWith(address)) ?? null;
      const others = async () => windowsAt((await context.pages()).map((page) => page.url()));
      const page = await fit(await context.newPage());
      return {
        name: 'firefox',
        tab: tabOf(page),
        window: async (address, timeout) =>
          tabOf(await fit(await until(() => look(address), address, timeout, others))),
        close: () => context.close(),
      };
    },
    close: () => native.close(),
  };
}

async function find(
  page: puppeteer.Page | puppeteer.Frame,
  target: Target,
  isHidden = false,
  timeout?: number,
): Promise<puppeteer.ElementHandle<HTMLElement>> {
  const look = async () => {
    const found = await page.evaluateHandle(`(${FIND})(${findArguments(target, isHidden)})`).catch(() => null);
    return (found?.asElement() ?? null) as puppeteer.ElementHandle<HTMLElement> | null;
  };
  return until(look, nameOf(target), timeout, () => page.evaluate(SCREEN) as Promise<string>);
}

function tabOf(page: puppeteer.Page, within: puppeteer.Page | puppeteer.Frame = page): Tab {
  return {
    async open(url) {
      // A page that still sends asks before it is left; whoever opens another one has answered.
      const leave = (dialog: puppeteer.Dialog) => void dialog.accept();
      page.on('dialog', leave);
      await page.goto(url);
      page.off('dialog', leave);
    },
    url: async () => within.url(),
    front: () => page.bringToFront(),
    async see(target, timeout) {
      await find(within, target, false, timeout);
    },
    async text(target) {
      const handle = await find(within, target);
      return (await handle.evaluate((element) => element.innerText)).replace(/\s+/g, ' ').trim();
    },
    click: async (target) => (await find(within, target)).click(),
    tap: async (target) => (await find(within, target)).tap(),
    type: async (target, text) => (await find(within, target)).type(text),
    async press(keys) {
      const [last = '', ...held] = keys.split('+').reverse() as puppeteer.KeyInput[];
      for (const key of held) await page.keyboard.down(key);
      await page.keyboard.press(last as puppeteer.KeyInput);
      for (const key of held) await page.keyboard.up(key);
    },
    async choose(target, paths) {
      const input = (await find(within, target, true)) as puppeteer.ElementHandle<Element>;
      await (input as puppeteer.ElementHandle<HTMLInputElement>).uploadFile(...paths);
    },
    async pick(act, target, paths) {
      if (within !== page) return this.choose(target, paths);
      const opened = page.waitForFileChooser();
      await act();
      await (await opened).accept([...paths]);
    },
    evaluate: <Value>(expression: string) => within.evaluate(expression) as Promise<Value>,
    async screenshot(path) {
      await page.screenshot({ path: path as `${string}.png` });
    },
    async frame(target) {
      const handle: puppeteer.ElementHandle = await find(within, target);
      const inside = await handle.contentFrame();
      if (!inside) throw new Error(`${nameOf(target)} is no frame`);
      return tabOf(page, inside);
    },
  };
}
