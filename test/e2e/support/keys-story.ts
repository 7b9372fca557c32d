import { after, before, describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { agreeKeys } from './agree-keys.ts';
import { openBrowser } from './browser.ts';
import { type DammedStore, startDammedStore } from './dammed-store.ts';
import { type Demo, startDemo } from './demo.ts';
import { folderKeys } from './folder-keys.ts';
import { formKeys } from './form-keys.ts';
import { formWaitKeys } from './form-wait-keys.ts';
import { recipientKeys, stopKeys } from './recipient-keys.ts';
import { type SentBefore, sendBefore, senderKeys } from './sender-keys.ts';
import type { Browser, Tab } from './tab.ts';
import { troubleKeys } from './trouble-keys.ts';
import { unfinishedKeys } from './unfinished-keys.ts';
import { uploadKeys } from './upload-keys.ts';

const RECIPIENT = 'iris@outside.example';

/** Where a journey by keys alone takes place: the box's own page is in the first window of the browser. */
export interface Desk {
  readonly browser: Browser;
  readonly demo: Demo;
  readonly store: DammedStore;
  /**
   * The window with the box, looked up anew. Not while a window closes by itself, which a provider does who knows the person
   * still: what a driver answers then is left to each engine.
   */
  box(): Promise<Tab>;
}

/**
 * Every journey with keys alone, the same in each engine: Tab, Shift+Tab, Enter, Space, Escape, Delete, arrows and letters,
 * from the top of the page. At each stop the ring is measured, and no press may lose the focus. Each test goes on in the
 * browser of the one before, whose sign-in the provider still knows. Guests, typed sign-in codes, a second step and a
 * sign-in on the page itself are in ways-keys.ts.
 */
export function keysStory(name: BrowserName): void {
  describe(`keys alone in ${name}`, { timeout: 600_000 }, () => {
    let desk: Desk;
    let earlier: SentBefore;
    before(async () => {
      const store = await startDammedStore();
      const [demo, browser] = await Promise.all([startDemo({ env: store.env }), openBrowser(name)]);
      desk = { browser, demo, store, box: () => browser.window(demo.site) };
    });
    after(async () => {
      await desk?.browser.close();
      await desk?.demo.stop();
      await desk?.store.close();
    });

    test('choose, take out and back, sign in, stop or not, pause, carry on, copy the reference, save the receipt', () =>
      uploadKeys(desk));

    test('see what they will see, say yes to outside, send; take a link back and renew it', async () => {
      earlier = await sendBefore(desk.demo);
      await senderKeys(await desk.box(), RECIPIENT, earlier);
    });

    test('report, refuse, choose the language, mend a code, decline, accept, download, ask for time, withdraw; stop mails', async () => {
      const tab = await desk.box();
      await recipientKeys(tab, desk.demo, RECIPIENT, earlier.used);
      await stopKeys(tab, earlier.stop);
    });

    test('read and tick what an upload needs', () => agreeKeys(desk));

    test('some refused, some not uploaded: skip and walk the list, narrow it, try one and all again', () =>
      troubleKeys(desk));

    test('an unfinished upload: keep what was sent, choose another file by mistake, go on; delete the next', () =>
      unfinishedKeys(desk));

    test('a form that needs files: refused, emptied, filled, sent', () => formKeys(desk));

    test('a form that waits for its file: let go, sent again, and sent', () => formWaitKeys(desk));

    test('a folder by its own button', () => folderKeys(desk));
  });
}
