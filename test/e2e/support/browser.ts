import { type BrowserName, requireBrowser } from '../../support/browsers.ts';
import type { Browser } from './tab.ts';

/** The same verbs in each engine, so that one journey is written once. Loads the one driver alone: each takes half a second. */
export async function openBrowser(name: BrowserName): Promise<Browser> {
  const { path, driver } = requireBrowser(name);
  if (driver === 'playwright') return (await import('./playwright.ts')).openByPlaywright(name, path);
  if (driver === 'bidi') return (await import('./bidi.ts')).openByBidi(path);
  return (await import('./webdriver.ts')).openByWebDriver(path);
}
