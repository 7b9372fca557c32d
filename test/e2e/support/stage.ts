import { after, before, type TestContext } from 'node:test';
import type { Browser as Native } from 'playwright-core';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser, startEngine } from './browser.ts';
import { launchChromium } from './chromium.ts';
import { type DammedStore, startDammedStore } from './dammed-store.ts';
import { type Demo, startDemo } from './demo.ts';
import type { Browser, Engine } from './tab.ts';

/** What suites start before their tests and end after them. `use` is given it once it stands, before the first test. */

export function withDemo(name: BrowserName, use: (demo: Demo, engine: Engine) => unknown): void {
  const end = ending();
  before(async () => {
    const starting = [end.with(startDemo(), stop), end.with(startEngine(name), close)] as const;
    await use(...(await Promise.all(starting)));
  });
}

/** With Playwright's own browser object. */
export function withChromium(use: (demo: Demo, browser: Native) => unknown): void {
  const end = ending();
  before(async () => {
    const starting = [end.with(startDemo(), stop), end.with(launchChromium(), close)] as const;
    await use(...(await Promise.all(starting)));
  });
}

/** The same, and storage that takes as many parts as a test lets through. */
export function withDammedChromium(use: (store: DammedStore, demo: Demo, browser: Native) => unknown): void {
  const end = ending();
  before(async () => {
    const store = await end.with(startDammedStore(), close);
    const starting = [end.with(startDemo({ env: store.env }), stop), end.with(launchChromium(), close)] as const;
    await use(store, ...(await Promise.all(starting)));
  });
}

/** A site that `start` makes, and one browser. */
export function withSite<Site extends { stop(): unknown }>(
  name: BrowserName,
  start: () => Promise<Site>,
  use: (site: Site, browser: Browser) => unknown,
): void {
  const end = ending();
  before(async () => {
    await use(await end.with(start(), stop), await end.with(openBrowser(name), close));
  });
}

/** A dammed store, a demo on it and a browser for one test. */
export async function dammedFor(t: TestContext, name: BrowserName) {
  const store = await startDammedStore();
  t.after(() => store.close());
  const demo = await startDemo({ env: store.env });
  t.after(() => demo.stop());
  const browser = await openBrowser(name);
  t.after(() => browser.close());
  return { store, demo, browser };
}

const stop = (one: { stop(): unknown }) => one.stop();
const close = (one: { close(): unknown }) => one.close();

/** Ends after the suite what was started, also where something beside it was not; what came last goes first. */
function ending() {
  const ends: (() => unknown)[] = [];
  after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return {
    async with<One>(starting: Promise<One>, end: (one: One) => unknown): Promise<One> {
      const one = await starting;
      ends.push(() => end(one));
      return one;
    },
  };
}
