import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import type { Demo } from './demo.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { landsOn, pickOn, pressOn, signInByKeys, staysOnPage, tabTo } from './keyboard.ts';
import { withDemo } from './stage.ts';
import type { Browser, Engine, Tab } from './tab.ts';

const FRAME = { css: 'iframe' };
const SIGNED_IN = { css: '*', text: /^Signed in as Jo Meyer/ };
const OWN_PAGE = { css: 'a', text: /^Open this on its own page/ };
const CANNOT = { css: 'h1', text: 'This window cannot sign you in' };
const KEPT = `(async () => ({
  address: location.href,
  session: Object.keys(sessionStorage).length,
  keys: (await indexedDB.databases()).some(({ name }) => name === 'secure-upload-sign-in')
    ? await new Promise((resolve, reject) => {
        const opening = indexedDB.open('secure-upload-sign-in');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction('keys').objectStore('keys').count();
          counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
        };
      })
    : 0,
}))().then((kept) => { window.__kept = kept; })`;

/**
 * Pages on which a sign-in window has a hard time, with keys alone, the same in each engine: each leads to a sign-in, or
 * says what to do.
 */
export function signInWays(name: BrowserName): void {
  describe(`signing in where it is hard, in ${name}`, { timeout: 300_000 }, () => {
    let demo: Demo;
    let engine: Engine;
    let browser: Browser;
    withDemo(name, (...parts) => {
      [demo, engine] = parts;
    });

    /** A browser of its own: whoever signed in before is not known there. */
    const story = (title: string, act: (tab: Tab) => Promise<void>) =>
      test(title, async () => {
        browser = await engine.open();
        try {
          await act(browser.tab);
        } finally {
          await browser.close();
        }
      });

    const logIn = async () => signInByKeys(await browser.window(demo.provider));

    const signInNow = async (box: Tab) => {
      await box.see({ css: 'button', text: 'Sign in now' });
      await pressOn(box, 'Sign in now');
    };
    const chooseAndUpload = async (box: Tab) => {
      await box.see({ css: 'button', text: 'Choose files' });
      await pickOn(box, 'Choose files', '#files', [makeFile(makeFolder(), 'picture.png', pngBytes(50_000)).path]);
      await box.see({ css: 'button', text: 'Upload 1 file' });
      await pressOn(box, 'Upload 1 file');
    };
    /** It is there, and Tab leads to it. */
    const isReached = async (box: Tab, target: { readonly css: string; readonly text: RegExp }) => {
      await box.see(target);
      await box.front();
      await tabTo(box, target.text);
    };

    story(
      'a page whose windows are cut off from it offers to sign in on the page, and is signed in when it is back',
      async (tab) => {
        const page = `${demo.site}/hard/own-group/window?case=4711#part-2`;
        await tab.open(page);
        await signInNow(tab);
        await (await browser.window(`${demo.broker}/sign-in/start`)).see(CANNOT);
        const here = await browser.window(page);
        await here.see({ css: 'h3', text: 'The sign-in window cannot reach this page' });
        await here.front();
        await pressOn(here, 'Sign in on this page');
        await logIn();
        const back = await browser.window(`${demo.site}/hard/own-group/window`);
        await back.see(SIGNED_IN);
        await back.evaluate(KEPT);
        await back.see({ css: 'button', text: 'Choose files' });
        assert.deepEqual(await back.evaluate('window.__kept'), { address: page, session: 0, keys: 0 });
      },
    );

    story('a page that asks for it goes to the sign-in itself, comes back, and uploads', async (tab) => {
      const page = `${demo.site}/hard/own-group/redirect`;
      await tab.open(page);
      await tab.see({ css: 'button', text: /^Sign in with/ });
      await pressOn(tab, /^Sign in with/);
      await logIn();
      const back = await browser.window(page);
      await back.see(SIGNED_IN);
      assert.equal(await back.url(), page);
      await chooseAndUpload(back);
      await landsOn(back, '1 file uploaded');
    });

    story(
      'somebody who is led to that page with the answer of another is not signed in, and the address is clean',
      async (tab) => {
        const page = `${demo.site}/hard/own-group/redirect`;
        const state = 's'.repeat(43);
        const answer = new URLSearchParams({
          app: 'cs-screenshots',
          iss: `${demo.broker}/oidc`,
          state,
          code: 'attackers-code',
        });
        await tab.open(`${page}#secure-upload-sign-in&${answer}`);
        await tab.see({ css: '*', text: 'The sign-in took too long or was opened twice. Try again.' });
        assert.equal(await tab.url(), page);
      },
    );

    story('a browser that blocks windows opens one by the link, and the upload goes on by itself', async (tab) => {
      await tab.open(demo.site);
      await tab.see({ css: 'button', text: 'Choose files' });
      await tab.evaluate('(window.open = () => null, true)');
      await chooseAndUpload(tab);
      await tab.see({ css: 'h3', text: 'Your browser blocked the sign-in window' });
      await staysOnPage(tab);
      await pressOn(tab, /^Open sign-in/);
      await logIn();
      await landsOn(await browser.window(demo.site), '1 file uploaded');
    });

    story('a box in a frame of another site signs in through its window', async (tab) => {
      const outside = `${demo.site.replace('localhost', '127.0.0.1')}/hard/outside`;
      await tab.open(outside);
      await signInNow(await tab.frame(FRAME));
      await logIn();
      await (await (await browser.window(outside)).frame(FRAME)).see(SIGNED_IN);
    });

    const inside = (tab: Tab) => tab.frame(FRAME);

    story(
      'a box in a frame of another site, on a page that is cut off from its windows, says where else it works',
      async (tab) => {
        const outside = `${demo.site.replace('localhost', '127.0.0.1')}/hard/own-group/outside`;
        await tab.open(outside);
        await signInNow(await inside(tab));
        await isReached(await inside(await browser.window(outside)), OWN_PAGE);
      },
    );

    story(
      'a box in a sandbox without an origin says that uploads are not available, and where they are',
      async (tab) => {
        await tab.open(`${demo.site}/hard/sandbox/unlisted`);
        const box = await inside(tab);
        await box.see({ css: '*', text: 'Uploads are not available here right now' });
        await isReached(box, { css: 'a', text: /^Upload files/ });
      },
    );

    story('a box in a sandbox that frees its windows signs in', async (tab) => {
      const page = `${demo.site}/hard/sandbox/open`;
      await tab.open(page);
      await signInNow(await inside(tab));
      await logIn();
      await (await inside(await browser.window(page))).see(SIGNED_IN);
    });

    story(
      'in a sandbox whose windows stay in it, a provider may show nothing: who cancels is told where else it works',
      async (tab) => {
        const page = `${demo.site}/hard/sandbox/closed`;
        await tab.open(page);
        await signInNow(await inside(tab));
        const box = await inside(await browser.window(page));
        await box.front();
        await pressOn(box, 'Cancel');
        await box.see({ css: '*', text: 'The sign-in was not finished. Nothing was sent.' });
        await staysOnPage(box);
        await isReached(box, OWN_PAGE);
      },
    );

    story('in a sandbox without windows a box says so, and where else it works', async (tab) => {
      await tab.open(`${demo.site}/hard/sandbox/windowless`);
      const box = await inside(tab);
      await signInNow(box);
      await box.see({ css: 'h3', text: 'Your browser blocked the sign-in window' });
      await isReached(box, OWN_PAGE);
    });

    story(
      'an app that lets in pages without an origin signs in from a sandbox that frees its windows, and uploads',
      async (tab) => {
        const page = `${demo.site}/hard/sandbox/nowhere-open`;
        await tab.open(page);
        await signInNow(await inside(tab));
        await logIn();
        const box = await inside(await browser.window(page));
        await box.see(SIGNED_IN);
        await chooseAndUpload(box);
        await landsOn(box, '1 file uploaded');
      },
    );

    story(
      'where its windows stay in the sandbox, the window says that it cannot sign in, and the box offers a code',
      async (tab) => {
        const page = `${demo.site}/hard/sandbox/nowhere-closed`;
        await tab.open(page);
        await signInNow(await inside(tab));
        await (await browser.window(`${demo.broker}/sign-in/start`)).see(CANNOT);
        const box = await inside(await browser.window(page));
        await box.see({ css: 'h3', text: 'The sign-in window cannot reach this page' });
        await isReached(box, { css: 'button', text: /^Use a code instead/ });
        await isReached(box, OWN_PAGE);
      },
    );

    story('a window that is cancelled is closed, or closes itself when it comes back', async (tab) => {
      await tab.open(demo.site);
      await signInNow(tab);
      const login = await browser.window(demo.provider);
      await login.see({ css: 'input[name=username]' });
      const here = await browser.window(demo.site);
      await here.front();
      await pressOn(here, 'Cancel');
      await here.see({ css: '*', text: 'The sign-in was not finished. Nothing was sent.' });
      await staysOnPage(here);
    });
  });
}
