import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser } from './browser.ts';
import { startDammedStore } from './dammed-store.ts';
import { type Demo, startDemo } from './demo.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { assertSeen, landsOn, press, stop, tabTo, write } from './keyboard.ts';
import { pdf } from './pdf.ts';
import { recipientKeys, stopKeys } from './recipient-keys.ts';
import { sendBefore, senderKeys } from './sender-keys.ts';
import { hashesIn } from './storage.ts';
import type { Browser, Tab } from './tab.ts';

const MB = 1024 * 1024;
const RECIPIENT = 'iris@outside.example';

/**
 * Both journeys with keys alone, the same in each engine. The system's own dialog for files is no driver's to use: the
 * story goes by Tab to the button that opens it, and the files come as they come out of that dialog.
 */
export function keysStory(name: BrowserName): void {
  describe(`keys alone in ${name}`, () => {
    test('choose, take out and back, sign in, pause, carry on, send, take back and renew links; every step of a recipient, more time too; stop mails; tick what an upload needs', {
      timeout: 300_000,
    }, async (t) => {
      const store = await startDammedStore();
      t.after(() => store.close());
      const demo = await startDemo({ env: store.env });
      t.after(() => demo.stop());
      const browser = await openBrowser(name);
      t.after(() => browser.close());
      const folder = makeFolder();
      const contract = makeFile(folder, 'contract.pdf', pdf(48 * MB));
      const note = makeFile(folder, 'note.txt', Buffer.from('hello'));
      const photo = makeFile(folder, 'photo.png', pngBytes(20_000));

      const { tab } = browser;
      await tab.open(`${demo.site}/files`);
      await tab.see({ css: 'button', text: 'Choose files' });
      await aboutOpensAndCloses(tab);
      await tabTo(tab, 'Choose files');
      await tab.choose({ css: '#files' }, [contract.path, note.path]);
      await tab.see({ css: 'button', text: 'Upload 2 files' });
      await tabTo(tab, 'Remove note.txt');
      await press(tab, 'Delete');
      await tab.see({ css: 'button', text: 'Upload 1 file' });
      await landsOn(tab, /^(Remove contract\.pdf|Add more files)$/);
      await tabTo(tab, 'Undo');
      await press(tab, 'Enter');
      await landsOn(tab, 'Remove note.txt');

      store.let(2);
      await tabTo(tab, 'Upload 2 files');
      await press(tab, ' ');
      await signIn(await browser.window(demo.provider));
      const page = await browser.window(demo.site);
      await store.until(2);
      await tabTo(page, 'Pause all');
      await press(page, 'Enter');
      await landsOn(page, 'Carry on');
      store.let(Number.POSITIVE_INFINITY);
      await press(page, 'Enter');
      await landsOn(page, '2 files uploaded');
      assert.deepEqual((await hashesIn(store)).sort(), [contract.sha256, note.sha256].sort());

      const before = await sendBefore(demo);
      await senderKeys(page, RECIPIENT, before);
      await recipientKeys(page, demo, RECIPIENT, before.used);
      await stopKeys(page, before.stop);
      await agreeKeys(browser, page, demo, photo.path);
    });
  });
}

async function aboutOpensAndCloses(tab: Tab): Promise<void> {
  await tabTo(tab, 'More about your files');
  await press(tab, 'Enter');
  await tab.see({ css: 'dt', text: 'Who gets them' });
  await press(tab, 'Escape');
  await landsOn(tab, 'More about your files');
  assertSeen(await stop(tab));
}

/** What is asked before an upload: read, ticked, and taken back by a second key. The demo's provider knows the person still. */
async function agreeKeys(browser: Browser, page: Tab, demo: Demo, path: string): Promise<void> {
  const photos = 'I may share these files.';
  await page.open(`${demo.site}/event`);
  await page.see({ css: 'button', text: 'Choose files' });
  await page.choose({ css: '#files' }, [path]);
  await page.see({ css: 'label', text: photos });
  await tabTo(page, 'Upload 1 file');
  await press(page, 'Enter');
  await page.see({ css: '*', text: `Tick the box to upload: ${photos}` });
  await landsOn(page, photos);
  assert.deepEqual(await ticks(page), [false, false]);
  await press(page, ' ');
  assert.deepEqual(await ticks(page), [true, false]);
  await tabTo(page, /train/);
  await press(page, ' ');
  assert.deepEqual(await ticks(page), [true, true]);
  await press(page, ' ');
  assert.deepEqual(await ticks(page), [true, false]);
  await tabTo(page, 'What this means');
  await press(page, 'Enter');
  await page.see({ css: 'dd', text: /You took the pictures yourself/ });
  await tabTo(page, 'Upload 1 file');
  await press(page, 'Enter');
  const back = await browser.window(demo.site);
  await landsOn(back, '1 file uploaded');
}

const ticks = (page: Tab): Promise<boolean[]> =>
  page.evaluate(
    `[...document.querySelector('secure-upload').shadowRoot.querySelectorAll('input[type=checkbox]')].map((box) => box.checked)`,
  );

async function signIn(window: Tab): Promise<void> {
  await window.see({ css: 'input[name=username]' });
  await tabTo(window, 'User name');
  await write(window, 'jo');
  await press(window, 'Tab');
  await write(window, 'jo-demo');
  await press(window, 'Enter');
}
