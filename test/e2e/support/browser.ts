import { type BrowserName, requireBrowser } from '../../support/browsers.ts';
import { openByBidi } from './bidi.ts';
import { openByPlaywright } from './playwright.ts';
import type { Browser } from './tab.ts';
import { openByWebDriver } from './webdriver.ts';

/** The same verbs in each engine, so that one journey is written once. */
export function openBrowser(name: BrowserName): Promise<Browser> {
  const { path, driver } = requireBrowser(name);
  if (driver === 'playwright') return openByPlaywright(name, path);
  return driver === 'bidi' ? openByBidi(path) : openByWebDriver(path);
}
