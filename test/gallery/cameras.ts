import * as puppeteer from 'puppeteer-core';
import { remote } from 'webdriverio';
import {
  type BrowserName,
  ENGINES,
  playwrightOptions,
  requireBrowser,
  webkitCapabilities,
} from '../support/browsers.ts';
import { startWebKitDriver } from '../support/webkit-driver.ts';

/** What taking a picture needs of each engine's driver. */
export interface Camera {
  open(url: string): Promise<void>;
  evaluate<Value>(expression: string): Promise<Value>;
  /** A PNG of one element. */
  shoot(css: string, path: string): Promise<void>;
  close(): Promise<void>;
}

/** Room for three boxes of 480 px in a row, or four of 320. */
const SIZE = { width: 1560, height: 1000 };

export function openCamera(name: BrowserName): Promise<Camera> {
  const { path, driver } = requireBrowser(name);
  if (driver === 'playwright') return byPlaywright(name, path);
  return driver === 'bidi' ? byBidi(path) : byWebDriver(path);
}

async function byPlaywright(name: BrowserName, path: string): Promise<Camera> {
  const browser = await ENGINES[name].launch(playwrightOptions(name, path));
  const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' });
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: (expression) => page.evaluate(expression),
    shoot: async (css, to) => void (await page.locator(css).screenshot({ path: to, animations: 'disabled' })),
    close: () => browser.close(),
  };
}

async function byBidi(path: string): Promise<Camera> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: path, headless: true });
  const page = await browser.newPage();
  await page.setViewport(SIZE);
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: <Value>(expression: string) => page.evaluate(expression) as Promise<Value>,
    async shoot(css, to) {
      await (await page.$(css))?.screenshot({ path: to as `${string}.png` });
    },
    close: () => browser.close(),
  };
}

async function byWebDriver(path: string): Promise<Camera> {
  const driver = await startWebKitDriver();
  const browser = await remote({
    ...{ hostname: driver.hostname, port: driver.port, path: '/', logLevel: 'error', connectionRetryCount: 0 },
    capabilities: webkitCapabilities(path),
  });
  await browser.setWindowSize(SIZE.width, SIZE.height);
  return {
    open: async (url) => void (await browser.url(url)),
    evaluate: async <Value>(expression: string) => (await browser.executeScript(`return (${expression})`, [])) as Value,
    shoot: async (css, to) => void (await browser.$(css).saveScreenshot(to)),
    async close() {
      await browser.deleteSession();
      await driver.stop();
    },
  };
}
