import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import { dropFiles, launchChromium } from './support/chromium.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { makeFile, makeFolder, pngBytes } from './support/files.ts';
import { type HostileSite, startHostileSite } from './support/hostile-site.ts';
import { logIn } from './support/log-in.ts';
import { storedHashes } from './support/storage.ts';
import { until } from './support/tab.ts';

const FRAME = { css: 'iframe' };
/** Where the focus is, down to the box in the frame. */
const FOCUSED = `(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return (at?.textContent ?? '').replace(/\\s+/g, ' ').trim();
})()`;

describe('the box in its frame', { timeout: 240_000 }, () => {
  let demo: Demo;
  let site: HostileSite;
  let browser: Browser;
  let page: Page;
  before(async () => {
    [demo, site, browser] = await Promise.all([startDemo(), startHostileSite(), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    site?.close();
    await demo?.stop();
  });

  const picture = (name: string) => makeFile(makeFolder(), name, pngBytes(40_000));

  async function openFramed(): Promise<Frame> {
    const context = await browser.newContext();
    page = await context.newPage();
    await page.goto(`${demo.site}/framed`);
    const look = async () => page.frames().find((one) => one.url().startsWith(`${demo.broker}/embed/`)) ?? null;
    const frame = await until(look, 'the frame');
    await frame.getByRole('button', { name: 'Choose files' }).waitFor();
    return frame;
  }

  test('takes a drop and a paste as in a page, is gone through with Tab, and its keys alone upload', async () => {
    const frame = await openFramed();
    const dropped = picture('dropped.png');
    await dropFiles(page, FRAME, [dropped.path]);
    await frame.getByText('dropped.png').first().waitFor();
    await frame.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(${JSON.stringify([...pngBytes(3000)])})], 'pasted.png', { type: 'image/png' }));
      document.querySelector('secure-upload').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await frame.getByText('pasted.png').first().waitFor();

    // From the page's own field, through the frame, to the page's own button.
    await page.getByLabel('What is it about?').focus();
    const met: string[] = [];
    for (let presses = 0; presses < 40 && !met.includes('page: Send the case'); presses += 1) {
      await page.keyboard.press('Tab');
      const [outside, inside] = [await page.evaluate<string>(FOCUSED), await frame.evaluate<string>(FOCUSED)];
      met.push(/^Send the case$/.test(outside) ? 'page: Send the case' : inside);
    }
    assert.ok(met.includes('Upload 2 files') && met.at(-1) === 'page: Send the case', met.join(' | '));

    for (let presses = 0; (await frame.evaluate(FOCUSED)) !== 'Upload 2 files'; presses += 1) {
      assert.ok(presses < 40, 'the way back');
      await page.keyboard.press('Shift+Tab');
    }
    const popup = page.context().waitForEvent('page');
    await page.keyboard.press('Enter');
    await logIn(await popup);
    await frame.getByText('2 files added').first().waitFor();
    assert.ok((await storedHashes(demo)).includes(dropped.sha256));
    await page.context().close();
  });

  test('hears and tells nobody but the page around it: not the right origin in a wrong window, nor a stranger', async () => {
    const settings = { lang: 'ar', scheme: 'dark', viewport: 400, inForm: false, required: false, disabled: true };
    const hello = { protocol: 'secure-upload-embed/1', session: 'a'.repeat(22), settings };
    const say = (to: string) => `(() => {
      window.heard = [];
      addEventListener('message', ({ data }) => window.heard.push(data));
      for (const type of ['hello', 'settings', 'reset', 'refused']) (${to}).postMessage({ ...${JSON.stringify(hello)}, type }, '*');
      return true;
    })()`;
    const frameOf = (one: Page) =>
      until(async () => one.frames().find((at) => at.url().startsWith(`${demo.broker}/embed/`)) ?? null, 'the frame');
    const context = await browser.newContext();

    // Another page of the builder's, which opened this one and so can reach its frame.
    const builder = await context.newPage();
    await builder.goto(`${demo.site}/ways`);
    let opening = builder.waitForEvent('popup');
    await builder.evaluate(`(window.opened = window.open('${demo.site}/framed'), true)`);
    const framed = await frameOf(await opening);
    await framed.getByRole('button', { name: 'Choose files' }).waitFor();
    const inside =
      "opened.document.querySelector('secure-upload-frame').shadowRoot.querySelector('iframe').contentWindow";
    await builder.evaluate(say(inside));

    // A stranger can reach no frame of the tag's, but can open its address in a window.
    const stranger = await context.newPage();
    await stranger.goto(site.linkTo('about:blank'));
    opening = stranger.waitForEvent('popup');
    await stranger.evaluate(`(window.opened = window.open('${demo.broker}/embed/case-files'), true)`);
    const alone = (await opening).mainFrame();
    await alone.getByRole('button', { name: 'Choose files' }).waitFor();
    await stranger.evaluate(say('opened'));

    const box = "(({ lang, disabled }) => [lang, disabled])(document.querySelector('secure-upload'))";
    for (const one of [framed, alone]) assert.deepEqual(await one.evaluate(box), ['en', false], one.url());
    for (const who of [builder, stranger]) assert.deepEqual(await who.evaluate('window.heard'), []);
    await context.close();
  });

  test('is not shown by a page that is not on the list, nor through one that is; pages of signing in are shown by none', async () => {
    const context = await browser.newContext();
    const stranger = await context.newPage();
    const refused: string[] = [];
    stranger.on('console', (message) => refused.push(message.text()));
    await stranger.goto(site.linkTo('about:blank'));
    for (const address of [
      `${demo.broker}/embed/case-files`,
      `${demo.site}/framed`,
      `${demo.broker}/u/case-files`,
      `${demo.broker}/sign-in/start?app=case-files`,
      `${demo.broker}/code`,
    ]) {
      refused.length = 0;
      await stranger.evaluate(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = () => resolve(true);
        frame.src = '${address}';
        document.body.append(frame);
      })`);
      await until(async () => (refused.some((text) => text.includes('frame-ancestors')) ? true : null), address);
    }
    await context.close();
  });
});
