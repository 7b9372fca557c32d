import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { openBrowser } from './support/browser.ts';
import { launchChromium, seePickers } from './support/chromium.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { jpegBytes, makeFile, makeFolder } from './support/files.ts';
import { assertSeen, landsOn, press, stop, tabTo } from './support/keyboard.ts';
import { recipientKeys, stopKeys } from './support/recipient-keys.ts';
import { type SentBefore, sendBefore, senderKeys } from './support/sender-keys.ts';
import { storedHashes } from './support/storage.ts';

const MB = 1024 * 1024;
const RECIPIENT = 'iris@outside.example';

describe('every journey with keys alone', () => {
  let demo: Demo;
  let browser: Browser;
  let earlier: SentBefore;
  const folder = makeFolder();
  const photo = makeFile(folder, 'shop-window.jpg', jpegBytes(12 * MB));
  const note = makeFile(folder, 'note.txt', Buffer.from('hello'));

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const speed = (session: CDPSession, uploadThroughput: number) =>
    session.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1 },
      uploadThroughput,
    });

  test('choose, take out and back, sign in, pause, carry on, save the receipt, send, take back and renew links', {
    timeout: 180_000,
  }, async () => {
    const context = await browser.newContext({ viewport: { width: 900, height: 900 } });
    // Drivers see the picker of a file input only, which browsers without handles open.
    await context.addInitScript('delete window.showOpenFilePicker');
    const page = await context.newPage();
    seePickers(page);
    await page.goto(`${demo.site}/files`);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();

    await tabTo(page, 'More about your files');
    await press(page, 'Enter');
    await page.getByText('Who gets them').waitFor();
    await press(page, 'Escape');
    await page.getByText('Who gets them').waitFor({ state: 'detached' });
    await landsOn(page, 'More about your files');

    await tabTo(page, 'Choose files');
    const chooser = page.waitForEvent('filechooser');
    await press(page, 'Enter');
    await (await chooser).setFiles([photo.path, note.path]);
    await landsOn(page, /^Add more files/);
    // "Hide" belongs to the panel that builders see on their own machine.
    await walkThrough(page, ['Remove shop-window.jpg', 'Remove note.txt', 'Upload 2 files', 'Hide']);

    await tabTo(page, 'Remove shop-window.jpg');
    await press(page, 'Delete');
    await landsOn(page, 'Remove note.txt');
    await tabTo(page, 'Undo', 'Shift+Tab');
    await press(page, 'Enter');
    await landsOn(page, 'Remove shop-window.jpg');

    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await speed(session, MB);
    await tabTo(page, 'Upload 2 files');
    const opened = context.waitForEvent('page');
    await press(page, 'Space');
    const window = await opened;
    await window.getByLabel('User name').waitFor();
    await signIn(window);
    await landsOn(page, /^Uploading \d of 2 files$/);

    await tabTo(page, 'Pause all');
    await press(page, 'Enter');
    await landsOn(page, 'Carry on');
    await speed(session, -1);
    await press(page, 'Enter');
    await landsOn(page, '2 files uploaded');
    assert.deepEqual((await storedHashes(demo)).sort(), [photo.sha256, note.sha256].sort());

    await tabTo(page, 'Save receipt');
    const saved = page.waitForEvent('download');
    await press(page, 'Enter');
    assert.match(readFileSync(await (await saved).path(), 'utf8'), /shop-window\.jpg/);

    earlier = await sendBefore(demo);
    await senderKeys(page, RECIPIENT, earlier);
    await context.close();
  });

  test('report, refuse, choose the language, mistype the code and mend it, decline, accept, download, withdraw, stop mails', {
    timeout: 120_000,
  }, async () => {
    const own = await openBrowser('chromium');
    try {
      await recipientKeys(own.tab, demo, RECIPIENT, earlier.used);
      await stopKeys(own.tab, earlier.stop);
    } finally {
      await own.close();
    }
  });

  async function signIn(window: Page): Promise<void> {
    await tabTo(window, 'User name');
    await window.keyboard.type('jo');
    await window.keyboard.press('Tab');
    await window.keyboard.type('jo-demo');
    const closed = window.waitForEvent('close');
    await window.keyboard.press('Enter');
    await closed;
  }

  /** By Tab through the box and out of it, in the order of reading, and back again: no way in has no way out. */
  async function walkThrough(page: Page, expected: readonly string[]): Promise<void> {
    const stops = [];
    for (let at = await stop(page); at.isOurs; at = await stop(page)) {
      assertSeen(at);
      stops.push(at);
      assert.ok(stops.length < 40, 'the focus is caught');
      await press(page, 'Tab');
    }
    assert.deepEqual(
      stops.slice(1).map(({ name }) => name),
      expected,
    );
    assert.deepEqual(
      stops.map(({ top }) => Math.round(top)),
      stops.map(({ top }) => Math.round(top)).sort((a, b) => a - b),
    );
    await tabTo(page, /^Add more files/, 'Shift+Tab');
  }
});
