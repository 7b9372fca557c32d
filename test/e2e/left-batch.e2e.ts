import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { assertAccessible } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { makeFile, makeFolder } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { pdf } from './support/pdf.ts';

const KB = 1024;
const MB = 1024 * KB;
const UNFINISHED = 'You have an unfinished upload. Sign in to see it.';

describe('small files whose page is thrown away', { timeout: 180_000 }, () => {
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  /** So many more files may reach the storage; the others wait before it. */
  let left = 0;
  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  });
  // A device of its own for each: what one leaves behind, the next does not find.
  beforeEach(async () => {
    context = await browser.newContext();
    await context.route(`${demo.storage}/**`, async (route) => {
      if (!['POST', 'PUT'].includes(route.request().method())) return route.continue();
      left -= 1;
      if (left >= 0) await route.continue();
    });
  });
  afterEach(() => context.close());
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  test('are told by number on coming back, to whoever sent them, until that is made up for', async () => {
    const page = await context.newPage();
    await begin(page, 10, 6);
    await kill(page);

    const back = await open();
    await back.getByText(UNFINISHED).waitFor();
    assert.equal(await back.getByText(/arrived/).count(), 0, 'no number before sign-in');
    await assertAccessible(back, 'a batch left behind, before sign-in');
    await signIn(back);
    const told = back.locator('#left p').first();
    await told.waitFor();
    assert.equal(
      (await told.textContent())?.replaceAll('\u00a0', ' '),
      'Your upload stopped 1 minute ago. 6 of 10 files arrived. Choose the others again.',
    );
    assert.match((await back.locator('#left p').nth(1).textContent()) ?? '', /^Reference .[0-9A-Z]{4}-[0-9A-Z]{4}.$/);
    await assertAccessible(back, 'a batch left behind');

    left = Number.POSITIVE_INFINITY;
    await back.locator('secure-upload #files').setInputFiles(paths(4));
    await back.getByRole('button', { name: 'Upload 4 files' }).click();
    await back.getByRole('heading', { name: '4 files uploaded' }).waitFor();
    const last = await open();
    await last.getByText('before anything is sent').waitFor();
    assert.equal(await last.getByText(UNFINISHED).count(), 0);
    assert.deepEqual(await kept(last), []);
  });

  test('are not told while another tab sends them, and are once that is closed', async () => {
    const first = await context.newPage();
    await begin(first, 3, 1);
    const second = await open();
    await signIn(second);
    await second.getByText('Signed in as').first().waitFor();
    assert.equal((await kept(second)).length, 1);
    assert.equal(await second.locator('#left').count(), 0);
    await first.close();
    await second.getByText('1 of 3 files arrived. Choose the others again.').first().waitFor();
    await second.getByRole('button', { name: 'Hide this' }).click();
    await second.locator('#left').waitFor({ state: 'detached' });
    assert.deepEqual(await kept(second), []);
  });

  test('leave nothing behind where they were cancelled, or all arrived', async () => {
    const page = await context.newPage();
    await begin(page, 3, 1);
    await page.getByRole('button', { name: 'Cancel all' }).click();
    await page.getByRole('button', { name: 'Upload 2 files' }).waitFor();
    assert.deepEqual(await kept(page), []);
    left = Number.POSITIVE_INFINITY;
    await page.getByRole('button', { name: 'Upload 2 files' }).click();
    await page.getByRole('heading', { name: /uploaded$/ }).waitFor();
    assert.deepEqual(await kept(page), []);
  });

  const paths = (n: number): string[] => {
    const folder = makeFolder();
    // Of both kinds: forms, and a PUT.
    const sizes = [MB + 1, ...Array.from({ length: n - 1 }, () => 2 * KB)];
    return sizes.map((size, i) => makeFile(folder, `letter-${i}.pdf`, pdf(size)).path);
  };

  async function open(page?: Page): Promise<Page> {
    const opened = page ?? (await context.newPage());
    await opened.goto(`${demo.site}/files`);
    await opened.getByRole('button', { name: 'Choose files' }).waitFor();
    return opened;
  }

  async function signIn(page: Page): Promise<void> {
    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in now' }).click();
    await logIn(await popup);
  }

  /** Uploads until so many files have arrived and the others wait. */
  async function begin(page: Page, n: number, arrive: number): Promise<void> {
    await open(page);
    left = arrive;
    await page.locator('secure-upload #files').setInputFiles(paths(n));
    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: `Upload ${n} files` }).click();
    await logIn(await popup);
    await page.getByRole('heading', { name: `Uploading ${arrive} of ${n} files` }).waitFor();
    // What a page has kept when it is thrown away without a word is at most a second old.
    await page.waitForFunction((arrived) => {
      const [key = ''] = Object.keys(localStorage).filter((one) => one.startsWith('secure-upload batch '));
      return JSON.parse(localStorage.getItem(key) ?? '[]')[3] === arrived;
    }, arrive);
  }

  /** As a device does that needs the memory: no handler runs. */
  async function kill(page: Page): Promise<void> {
    const crashed = page.waitForEvent('crash');
    const devtools = await context.newCDPSession(page);
    devtools.send('Page.crash').catch(() => {});
    await crashed;
    await page.close();
  }

  const kept = (page: Page): Promise<string[]> =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('secure-upload batch ')));
});
