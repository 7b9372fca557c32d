import type { BrowserName } from '../../support/browsers.ts';
import { openChromium } from './chromium.ts';
import { openFirefox } from './firefox.ts';
import type { Browser } from './tab.ts';
import { openWebKit } from './webkit.ts';

const OPEN: Record<BrowserName, () => Promise<Browser>> = {
  chromium: openChromium,
  firefox: openFirefox,
  webkit: openWebKit,
};

/** The same verbs in each engine, so that one journey is written once. */
export const openBrowser = (name: BrowserName): Promise<Browser> => OPEN[name]();
