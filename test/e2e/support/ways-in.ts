import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIGN_IN_WORDS } from '../../../demo/identity/words.ts';
import { SECOND_STEP } from '../../../demo/provider/accounts.ts';
import type { BrowserName } from '../../support/browsers.ts';
import type { Demo } from './demo.ts';
import { makeFile, makeFolder, pngBytes, type TestFile } from './files.ts';
import { fillInLogIn } from './log-in.ts';
import { codeIn, mailTo } from './mail.ts';
import { withDemo } from './stage.ts';
import { storedHashes } from './storage.ts';
import type { Browser, Engine } from './tab.ts';

const DONE = { css: '*', text: /^1 file uploaded/ };
const { choose, address, code: entering, elsewhere } = SIGN_IN_WORDS.en;

/** The ways in that an owner can choose, each from the box to the stored file, the same in each engine. */
export function waysIn(name: BrowserName): void {
  describe(`ways in, in ${name}`, { timeout: 300_000 }, () => {
    let demo: Demo;
    let engine: Engine;
    let browser: Browser;
    withDemo(name, (...parts) => {
      [demo, engine] = parts;
    });

    /** A file is chosen at this page, and sent; `act` signs in. */
    const story = (title: string, path: string, act: (file: TestFile) => Promise<void>) =>
      test(title, async () => {
        const picture = makeFile(makeFolder(), 'picture.png', pngBytes(50_000));
        browser = await engine.open();
        try {
          await browser.tab.open(demo.site + path);
          await browser.tab.choose({ css: 'input[type=file]' }, [picture.path]);
          await act(picture);
          assert.ok((await storedHashes(demo)).includes(picture.sha256));
        } finally {
          await browser.close();
        }
      });

    story(
      'a guest reads what becomes of the address, gets a code by mail, and the upload goes on',
      '/ways/guests',
      async () => {
        await browser.tab.click({ css: 'button', text: 'Upload 1 file' });
        const window = await browser.window(demo.broker);
        await window.see({ css: 'h1', text: choose.title });
        await window.click({ css: 'a', text: new RegExp(`^${choose.guest}`) });
        await window.see({ css: 'p', text: 'Your address is kept with your pictures, and goes when they go.' });
        await window.type({ css: 'input[name=address]' }, 'guest@visitors.example');
        await window.click({ css: 'input[name=agree]' });
        await window.click({ css: 'button', text: address.send });
        const code = codeIn(await mailTo(demo, 'guest@visitors.example', /./));
        await window.type({ css: 'input[name=code]' }, code);
        // Typed digits wait for the button; all of them at once, as this driver gives them, do not.
        if (name !== 'chromium') await window.click({ css: 'button', text: entering.go });
        const back = await browser.window(demo.site);
        await back.see(DONE, 60_000);
        await back.see({ css: '*', text: /^Signed in as guest@visitors\.example/ });
      },
    );

    story(
      'a code is typed on another device, which names organisation and site first, and the page carries on',
      '/ways/codes',
      async () => {
        await browser.tab.click({ css: 'button', text: 'Upload 1 file' });
        const page = await browser.window(demo.site);
        await page.click({ css: 'button', text: 'Use a code instead' });
        const code = await page.text({ css: '.user-code' });
        const phone = await engine.open();
        try {
          await phone.tab.open(`${demo.broker}/code`);
          await phone.tab.type({ css: 'input[name=code]' }, 'BBBB-BBBB');
          await phone.tab.click({ css: 'button', text: 'Continue' });
          await phone.tab.see({ css: '[role=alert]', text: /^This code does not work\./ });
          await phone.tab.evaluate("(document.querySelector('input[name=code]').value = '', true)");
          await phone.tab.type({ css: 'input[name=code]' }, code.toLowerCase().replace('-', ' '));
          await phone.tab.click({ css: 'button', text: 'Continue' });
          await phone.tab.see({ css: 'h1', text: 'Upload to Acme Support' });
          await phone.tab.see({ css: 'strong', text: new URL(demo.site).host });
          await phone.tab.click({ css: 'button', text: 'Yes, sign in' });
          await fillInLogIn(await phone.window(demo.provider));
          await (await phone.window(demo.broker)).see({ css: 'h1', text: elsewhere.title });
        } finally {
          await phone.close();
        }
        await page.see(DONE, 60_000);
      },
    );

    story(
      'a second step is asked for when it is needed, and what was agreed to and chosen stays',
      '/ways/stronger',
      async () => {
        await browser.tab.click({ css: 'input[type=checkbox]' });
        await browser.tab.click({ css: 'button', text: 'Upload 1 file' });
        await fillInLogIn(await browser.window(demo.provider));
        const page = await browser.window(demo.site);
        await page.see({ css: '*', text: 'For this step Acme asks you to confirm once more.' });
        await page.click({ css: 'button', text: 'Upload 1 file' });
        const again = await browser.window(demo.provider);
        await again.see({ css: 'input[name=code]' });
        await fillInLogIn(again, SECOND_STEP);
        await (await browser.window(demo.site)).see(DONE, 60_000);
      },
    );
  });
}
