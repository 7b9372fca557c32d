import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIGN_IN_WORDS } from '../../../demo/identity/words.ts';
import { SECOND_STEP } from '../../../demo/provider/accounts.ts';
import type { BrowserName } from '../../support/browsers.ts';
import type { Demo } from './demo.ts';
import { makeFile, makeFolder, pngBytes, type TestFile } from './files.ts';
import { landsOn, pickOn, press, pressOn, signInByKeys, tabTo, write } from './keyboard.ts';
import { codeIn, mailTo } from './mail.ts';
import { withDemo } from './stage.ts';
import { storedHashes } from './storage.ts';
import { type Browser, type Engine, type Tab, until } from './tab.ts';

const GUEST = 'guest@visitors.example';
const { start, choose, address, code: entering, elsewhere } = SIGN_IN_WORDS.en;

/** The ways in that an owner can choose, with keys alone, the same in each engine: from the top of each page to the stored file. */
export function waysKeys(name: BrowserName): void {
  describe(`ways in by keys alone, in ${name}`, { timeout: 300_000 }, () => {
    let demo: Demo;
    let engine: Engine;
    let browser: Browser;
    withDemo(name, (...parts) => {
      [demo, engine] = parts;
    });

    /** In a browser of its own a picture gets from this page to the store; `act` does it. */
    const story = (title: string, path: string, act: (tab: Tab, picture: TestFile) => Promise<void>) =>
      test(title, async () => {
        const picture = makeFile(makeFolder(), 'picture.png', pngBytes(50_000));
        browser = await engine.open();
        try {
          await browser.tab.open(demo.site + path);
          await act(browser.tab, picture);
          assert.ok((await storedHashes(demo)).includes(picture.sha256));
        } finally {
          await browser.close();
        }
      });

    const choosePicture = async (tab: Tab, { path }: TestFile) => {
      await tab.see({ css: 'button', text: 'Choose files' });
      await pickOn(tab, 'Choose files', '#files', [path]);
      await tab.see({ css: 'button', text: 'Upload 1 file' });
    };

    story('a guest mends the address and the code, and the upload goes on', '/ways/guests', async (tab, picture) => {
      await choosePicture(tab, picture);
      await pressOn(tab, 'Upload 1 file');
      const window = await browser.window(demo.broker);
      await window.see({ css: 'h1', text: choose.title });
      await pressOn(window, new RegExp(`^${choose.guest}`));
      await window.see({ css: 'button', text: address.send });
      await landsOn(window, address.label);
      await write(window, 'guest@visitors');
      await tabTo(window, address.agree);
      await press(window, ' ');
      await pressOn(window, address.send);
      await window.see({ css: '[role=alert]', text: address.wrong });
      await landsOn(window, address.label);
      await press(window, 'End');
      await write(window, '.example');
      await press(window, 'Enter');

      await window.see({ css: 'h1', text: entering.title });
      await landsOn(window, entering.label);
      const code = codeIn(await mailTo(demo, GUEST, /./));
      await write(window, code === '00000000' ? '11111111' : '00000000');
      await press(window, 'Enter');
      await window.see({ css: '[role=alert]', text: entering.miss(4) });
      await landsOn(window, entering.label);
      await write(window, code);
      await pressOn(window, entering.go);
      await landsOn(tab, '1 file uploaded');
      await tab.see({ css: '*', text: new RegExp(`^Signed in as ${GUEST}`) });
    });

    story(
      'a code is asked for, typed on another device after a wrong one, and the page carries on',
      '/ways/codes',
      async (tab, picture) => {
        await choosePicture(tab, picture);
        await pressOn(tab, 'Upload 1 file');
        // It says to be closed, which is a key of the browser's own.
        const lost = await browser.window(`${demo.broker}/sign-in/start`);
        await lost.see({ css: 'h1', text: start.lost });
        await lost.evaluate('(setTimeout(() => close()), true)');
        await until(async () => ((await tab.evaluate('document.hasFocus()')) ? true : null), 'the page with the box');
        await landsOn(tab, 'The sign-in window cannot reach this page');
        await pressOn(tab, 'Use a code instead');
        await landsOn(tab, 'Sign in on another page');
        await pressOn(tab, 'Copy address');
        await landsOn(tab, /^(Copied|Copy address)$/);
        const code = await tab.text({ css: '.user-code' });
        const other = await engine.open();
        try {
          await typeCode(other, code);
        } finally {
          await other.close();
        }
        await landsOn(tab, '1 file uploaded');
      },
    );

    async function typeCode({ tab, window }: Browser, code: string): Promise<void> {
      await tab.open(`${demo.broker}/code`);
      await tabTo(tab, /^Enter the code/);
      await write(tab, 'bbbbbbbb');
      await press(tab, 'Enter');
      await tab.see({ css: '[role=alert]', text: /^This code does not work\./ });
      await landsOn(tab, /^Enter the code/);
      await tab.see({ css: 'input[aria-invalid=true][aria-describedby=problem]' });
      // What did not work is marked: the next letters take its place.
      await write(tab, code.toLowerCase().replace('-', ' '));
      await pressOn(tab, 'Continue');
      await tab.see({ css: 'h1', text: 'Upload to Acme Support' });
      await landsOn(tab, 'Yes, sign in');
      await press(tab, 'Enter');
      await signInByKeys(await window(demo.provider));
      await (await window(demo.broker)).see({ css: 'h1', text: elsewhere.title });
    }

    story(
      'a second step is asked for when it is needed, and what was agreed to and chosen stays',
      '/ways/stronger',
      async (tab, picture) => {
        await choosePicture(tab, picture);
        await tabTo(tab, 'I have read what I send.');
        await press(tab, ' ');
        await pressOn(tab, 'Upload 1 file');
        await signInByKeys(await browser.window(demo.provider));
        await tab.see({ css: '*', text: 'For this step Acme asks you to confirm once more.' });
        await pressOn(tab, 'Upload 1 file');
        const again = await browser.window(demo.provider);
        await again.see({ css: 'input[name=code]' });
        await signInByKeys(again, SECOND_STEP);
        await landsOn(tab, '1 file uploaded');
      },
    );

    story(
      'a box that goes to the sign-in itself comes back, and uploads',
      '/hard/own-group/redirect',
      async (tab, picture) => {
        await tab.see({ css: 'button', text: /^Sign in with/ });
        await pressOn(tab, /^Sign in with/);
        await signInByKeys(await browser.window(demo.provider));
        const back = await browser.window(`${demo.site}/hard/own-group/redirect`);
        await back.see({ css: '*', text: /^Signed in as Jo Meyer/ });
        await choosePicture(back, picture);
        await pressOn(back, 'Upload 1 file');
        await landsOn(back, '1 file uploaded');
      },
    );
  });
}
