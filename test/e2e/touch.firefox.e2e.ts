import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startEngine } from './support/browser.ts';
import { cameraKeys } from './support/camera-keys.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { jpegBytes, makeFile, makeFolder } from './support/files.ts';
import { lost, smallTargets } from './support/measure-boxes.ts';
import { storedHashes } from './support/storage.ts';
import { type Browser, type Engine, PHONE, type Tab } from './support/tab.ts';

/** px */
const FINGER = 44;
const BOX = ':has(> secure-upload)';

/** What each press was made by. */
const WATCH = `(() => {
  window.__by = [];
  addEventListener('click', (event) => event.isTrusted && __by.push(event.pointerType), true);
  return true;
})()`;

describe('a touch screen of 360 × 740 in firefox', { timeout: 240_000 }, () => {
  const folder = makeFolder();
  let demo: Demo;
  let engine: Engine;
  before(async () => {
    [demo, engine] = await Promise.all([startDemo(), startEngine('firefox', 'phone')]);
  });
  after(async () => {
    await engine?.close();
    await demo?.stop();
  });
  /** A phone of its own for each, which nobody has signed in on. */
  const story = (title: string, act: (phone: Browser) => Promise<void>) =>
    test(title, async () => {
      const phone = await engine.open();
      try {
        await act(phone);
      } finally {
        await phone.close();
      }
    });

  const button = (text: string | RegExp) => ({ css: 'button', text });
  const words = (text: RegExp) => ({ css: '*', text });

  /** Waits for these words; then nothing is wider than the screen, and every target is large enough. */
  async function see(tab: Tab, text: RegExp): Promise<void> {
    await tab.see(words(text));
    const width = await tab.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= PHONE.width, `the page is ${width} px wide`);
    assert.deepEqual(await tab.evaluate(lost(BOX)), []);
    assert.deepEqual(await tab.evaluate(smallTargets(FINGER, { wide: FINGER, within: BOX })), []);
  }

  story(
    'by a finger: sign in, choose, take out and back, upload, copy the reference, save the receipt',
    async ({ tab, window }) => {
      const [first, second] = ['one.jpg', 'two.jpg'].map((name, n) => makeFile(folder, name, jpegBytes(40_000 + n)));
      assert.ok(first && second);
      await tab.open(`${demo.site}/files`);
      await see(tab, /^Choose files first$/);
      await tab.evaluate(WATCH);
      await tab.tap(button(/^Sign in with/));
      const provider = await window(demo.provider);
      await provider.tap({ css: 'input[name=username]' });
      await provider.type({ css: 'input[name=username]' }, 'jo');
      await provider.tap({ css: 'input[name=password]' });
      await provider.type({ css: 'input[name=password]' }, 'jo-demo');
      await provider.tap(button('Sign in'));
      await see(tab, /^Signed in as Jo Meyer/);

      await tab.pick(() => tab.tap(button('Choose files')), { css: '#files' }, [first.path]);
      await tab.pick(() => tab.tap(button('Add more files')), { css: '#files' }, [second.path]);
      await see(tab, /^Upload 2 files$/);
      await tab.tap({ css: '[aria-label^=Remove][aria-label*="two.jpg"]' });
      await see(tab, /^Upload 1 file$/);
      await tab.tap(button('Undo'));
      await tab.tap(button('Upload 2 files'));
      await see(tab, /^2 files uploaded/);
      const stored = await storedHashes(demo);
      for (const { sha256 } of [first, second]) assert.ok(stored.includes(sha256));
      await tab.tap(button('Copy'));
      await see(tab, /^Copied$/);
      await tab.tap(button('Save receipt'));
      await tab.tap({ css: 'summary, button', text: /^Details$/ });
      await see(tab, /^Technical copy$/);
      const by = await tab.evaluate<string[]>('window.__by');
      assert.deepEqual([...new Set(by)], ['touch']);
    },
  );

  story('by the keys of a keyboard: the camera is opened by Enter and by the space bar', async (phone) => {
    const photos = [1, 2].map((n) => makeFile(folder, `by-keys-${n}.jpg`, jpegBytes(n * 30_000)));
    await cameraKeys(phone, demo, photos);
    const stored = await storedHashes(demo);
    for (const { sha256 } of photos) assert.ok(stored.includes(sha256));
  });
});
