import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const BROWSERS = ['chromium', 'firefox', 'webkit'] as const;
export type BrowserName = (typeof BROWSERS)[number];

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

/** Path of the browser's program, or null where this machine has none. */
export function findBrowser(name: BrowserName): string | null {
  const { env, paths } = PLACES[name];
  const found = [process.env[env], ...paths].find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  const downloaded = name === 'chromium' ? chromium.executablePath() : '';
  return existsSync(downloaded) ? downloaded : null;
}

/** Path of the browser's program. Throws with the remedy. */
export function browserPath(name: BrowserName): string {
  const path = findBrowser(name);
  if (path === null) {
    throw new Error(`${name} was not found. Run \`npm test\` once, which installs it, or set ${PLACES[name].env}.`);
  }
  return path;
}

/** Chromium for tests: as root without its sandbox, and with no network traffic of its own. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** WebKitWebDriver knows this browser by its program only. */
export function webkitCapabilities() {
  return {
    browserName: 'MiniBrowser',
    'wdio:enforceWebDriverClassic': true,
    'webkitgtk:browserOptions': { binary: browserPath('webkit'), args: ['--automation'] },
  };
}
