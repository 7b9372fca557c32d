import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';
import { fillInLogIn } from './log-in.ts';
import type { Browser } from './tab.ts';

/**
 * A person presses at first sight, on a line that brings the rest of the script later. Safari opens no window once a script
 * had to be fetched first, the others none after five seconds.
 */
export function earlyPress(name: BrowserName): void {
  describe(`a press before the rest of the script has come, in ${name}`, { timeout: 120_000 }, () => {
    const held = join(mkdtempSync(join(tmpdir(), 'secure-upload-held-')), 'held');
    let demo: Demo;
    let browser: Browser;
    before(async () => {
      writeFileSync(held, '');
      const preload = new URL('./held-script.mjs', import.meta.url).href;
      const env = { NODE_OPTIONS: `--import=${preload}`, HELD: held, LOG: '1' };
      [demo, browser] = await Promise.all([startDemo({ env }), openBrowser(name)]);
    });
    after(async () => {
      await browser?.close();
      await demo?.stop();
      rmSync(join(held, '..'), { recursive: true });
    });

    test('opens the sign-in window at once, and signs in when it has come', async () => {
      const { tab } = browser;
      await tab.open(demo.site);
      await tab.click({ css: 'button', text: 'Sign in now' });
      const start = await browser.window(`${demo.broker}/sign-in/start`);
      // The rest is not there: it would say that the sign-in is open.
      const box = await browser.window(demo.site);
      await box.see({ css: 'button', text: 'Sign in now' });
      await start.front();
      rmSync(held);
      await fillInLogIn(await browser.window(demo.provider));
      const back = await browser.window(demo.site);
      await back.see({ css: '*', text: /^Signed in as Jo Meyer/ });
      assert.equal(await back.url(), `${demo.site}/`);
    });
  });
}
