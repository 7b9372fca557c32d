import { existsSync } from 'node:fs';
import { chromium, firefox, type LaunchOptions, webkit } from 'playwright-core';

export const BROWSERS = ['chromium', 'firefox', 'webkit'] as const;
export type BrowserName = (typeof BROWSERS)[number];

export const ENGINES = { chromium, firefox, webkit };

/** Where Debian and the makers' own installers put them. The environment goes first. */
const PLACES: Record<BrowserName, { env: string; paths: readonly string[] }> = {
  chromium: {
    env: 'CHROMIUM_BIN',
    paths: [
      '/usr/bin/chromium',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  firefox: {
    env: 'FIREFOX_BIN',
    paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  },
  webkit: {
    env: 'WEBKIT_BIN',
    paths: ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-4.1/MiniBrowser`),
  },
};

/**
 * A browser of this machine, or the one that Playwright downloaded. They differ in who can drive them: of the machine's
 * own, Playwright speaks to Chromium alone.
 */
export interface Found {
  readonly path: string;
  readonly driver: 'playwright' | 'bidi' | 'webdriver';
}

const DRIVERS = { chromium: 'playwright', firefox: 'bidi', webkit: 'webdriver' } as const;

export function findBrowser(name: BrowserName): Found | null {
  const { env, paths } = PLACES[name];
  const own = [process.env[env], ...paths].find((path) => path !== undefined && existsSync(path));
  if (own !== undefined) return { path: own, driver: DRIVERS[name] };
  const downloaded = ENGINES[name].executablePath();
  return existsSync(downloaded) ? { path: downloaded, driver: 'playwright' } : null;
}

/** Throws with the remedy. */
export function requireBrowser(name: BrowserName): Found {
  const found = findBrowser(name);
  if (found !== null) return found;
  throw new Error(`${name} was not found. Run \`npm test\` once, which installs it, or set ${PLACES[name].env}.`);
}

/** Chromium for tests: as root without its sandbox, and with no network traffic of its own. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function playwrightOptions(name: BrowserName, path: string): LaunchOptions {
  return { executablePath: path, args: name === 'chromium' ? CHROMIUM_FLAGS : [] };
}

/** WebKitWebDriver knows this browser by its program only. */
export function webkitCapabilities(path: string) {
  return {
    browserName: 'MiniBrowser',
    'wdio:enforceWebDriverClassic': true,
    'webkitgtk:browserOptions': { binary: path, args: ['--automation'] },
  };
}
