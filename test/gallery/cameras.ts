import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
const SIZE = { width: 1600, height: 1000 };
/** Room for one box of 720 px, and for the longest state. */
const ONE = { width: 800, height: 1800 };

/**
 * WebKitGTK takes the part of the window for a picture upside down, so that all is black where its mirror image would
 * not stand: what is in the middle of the window comes out whole, once it was drawn there.
 */
const CENTRE = `const { height } = document.querySelector(arguments[0]).getBoundingClientRect();
  document.body.style.paddingBlockStart = Math.max(0, (innerHeight - height) / 2) + 'px';
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[1], 50)));`;

/** How a person has set the system. */
export interface Wishes {
  readonly lessMotion?: boolean;
  /** Colours of the system instead of a page's. There is no such thing in WebKit. */
  readonly ownColours?: boolean;
}

export function openCamera(name: BrowserName, wishes: Wishes = {}): Promise<Camera> {
  const { path, driver } = requireBrowser(name);
  if (driver === 'playwright') return byPlaywright(name, path, wishes);
  return driver === 'bidi' ? byBidi(path, wishes) : byWebDriver(path, wishes);
}

async function byPlaywright(name: BrowserName, path: string, { ownColours }: Wishes): Promise<Camera> {
  const browser = await ENGINES[name].launch(playwrightOptions(name, path));
  const forcedColors = ownColours ? 'active' : 'none';
  const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce', forcedColors });
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: (expression) => page.evaluate(expression),
    shoot: async (css, to) => void (await page.locator(css).screenshot({ path: to, animations: 'disabled' })),
    close: () => browser.close(),
  };
}

async function byBidi(path: string, { lessMotion, ownColours }: Wishes): Promise<Camera> {
  const browser = await puppeteer.launch({
    ...{ browser: 'firefox', executablePath: path, headless: true },
    extraPrefsFirefox: {
      ...(lessMotion && { 'ui.prefersReducedMotion': 1 }),
      ...(ownColours && { 'browser.display.document_color_use': 2 }),
    },
  });
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

async function byWebDriver(path: string, { lessMotion }: Wishes): Promise<Camera> {
  const settings = lessMotion ? stillDesktop() : null;
  const driver = await startWebKitDriver(`${ONE.width}x${ONE.height}`, settings ? { XDG_CONFIG_HOME: settings } : {});
  const browser = await remote({
    ...{ hostname: driver.hostname, port: driver.port, path: '/', logLevel: 'error', connectionRetryCount: 0 },
    capabilities: webkitCapabilities(path),
  });
  await browser.setWindowSize(ONE.width, ONE.height);
  return {
    open: async (url) => void (await browser.url(url)),
    evaluate: async <Value>(expression: string) => (await browser.executeScript(`return (${expression})`, [])) as Value,
    async shoot(css, to) {
      await browser.executeAsyncScript(CENTRE, [css]);
      await browser.$(css).saveScreenshot(to);
    },
    async close() {
      await browser.deleteSession();
      await driver.stop();
      if (settings) rmSync(settings, { recursive: true, force: true });
    },
  };
}

/** A folder of settings in which GTK's animations are off, which is what WebKitGTK asks. */
function stillDesktop(): string {
  const folder = mkdtempSync(`${tmpdir()}/secure-upload-desktop-`);
  mkdirSync(`${folder}/gtk-3.0`);
  writeFileSync(`${folder}/gtk-3.0/settings.ini`, '[Settings]\ngtk-enable-animations=0\n');
  return folder;
}
