import { type BrowserName, requireBrowser } from '../../support/browsers.ts';
import { startKept } from './kept.ts';
import type { Browser, Engine, Screen } from './tab.ts';

/** The same verbs in each engine, so that one journey is written once. */
export async function startEngine(name: BrowserName, screen: Screen = 'desk'): Promise<Engine> {
  const { engine, isOwn } = await startKept(`${name} ${screen}`, () => start(name, screen));
  if (isOwn) return engine;
  const opened: Browser[] = [];
  return {
    async open() {
      const browser = await engine.open();
      opened.push(browser);
      return { ...browser, close: () => close(browser) };
    },
    close: async () => void (await Promise.all([...opened].map(close))),
  };

  /** Once, whoever asks. */
  async function close(browser: Browser): Promise<void> {
    const place = opened.indexOf(browser);
    if (place < 0) return;
    opened.splice(place, 1);
    await browser.close();
  }
}

/** Loads the one driver alone: each takes half a second. */
async function start(name: BrowserName, screen: Screen): Promise<Engine> {
  const { path, driver } = requireBrowser(name);
  if (driver === 'playwright') return (await import('./playwright.ts')).startByPlaywright(name, path, screen);
  if (driver === 'bidi') return (await import('./bidi.ts')).startByBidi(path, screen);
  if (screen === 'phone') throw new Error(`${name} has no driver with a finger`);
  return (await import('./webdriver.ts')).startByWebDriver(path);
}

/** An engine with one browser, which ends it. */
export async function openBrowser(name: BrowserName, screen: Screen = 'desk'): Promise<Browser> {
  const engine = await startEngine(name, screen);
  return { ...(await engine.open()), close: () => engine.close() };
}
