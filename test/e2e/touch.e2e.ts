import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { verifyUpload } from '../../src/verify/index.ts';
import { cameraKeys } from './support/camera-keys.ts';
import { seePickers } from './support/chromium.ts';
import type { DammedStore } from './support/dammed-store.ts';
import type { Demo } from './support/demo.ts';
import { jpegBytes, makeFile, makeFolder } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { pdf } from './support/pdf.ts';
import { browserIn } from './support/playwright.ts';
import { withDammedChromium } from './support/stage.ts';
import { hashesIn } from './support/storage.ts';

const MB = 1024 * 1024;
/** px */
const FINGER = 44;

describe('the picker by a finger on 360 × 740', () => {
  let store: DammedStore;
  let demo: Demo;
  let browser: Browser;
  const folder = makeFolder();
  const page1 = makeFile(folder, 'page-1.jpg', jpegBytes(3 * MB));
  const page2 = makeFile(folder, 'page-2.jpg', jpegBytes(2 * MB));
  const contract = makeFile(folder, 'contract.pdf', pdf(48 * MB));

  withDammedChromium((...parts) => {
    [store, demo, browser] = parts;
  });

  const phone = (): Promise<BrowserContext> =>
    browser.newContext({
      ...{ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
      reducedMotion: 'reduce',
    });

  test('two pictures and a document: one is taken out and back, one paused, one tried again, all are stored', {
    timeout: 240_000,
  }, async () => {
    const context = await phone();
    // Drivers see the picker of a file input only, which browsers without handles open.
    await context.addInitScript('delete window.showOpenFilePicker');
    const page = await context.newPage();
    seePickers(page);
    await page.goto(`${demo.site}/files`);
    await signIn(context, page);
    await pick(page, 'Choose files', page1.path);
    await pick(page, 'Add more files', page2.path);
    await pick(page, 'Add more files', contract.path);
    await page.getByRole('button', { name: 'Upload 3 files' }).waitFor();

    await tap(page.getByRole('button', { name: /^Remove .?page-2\.jpg/ }));
    await page.getByRole('button', { name: 'Upload 2 files' }).waitFor();
    await tap(page.getByRole('button', { name: 'Undo' }));

    // The pictures go in one piece each; what stands between this phone and the storage lets none through.
    const whole = (url: URL) => url.origin === store.endpoint && !url.searchParams.has('partNumber');
    await page.route(whole, (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    store.let(2);
    await tap(page.getByRole('button', { name: 'Upload 3 files' }));
    await store.until(2);
    await tap(page.getByRole('button', { name: /^Pause .?contract\.pdf/ }));
    await page.getByText(/^Paused, /).waitFor();
    store.let(Number.POSITIVE_INFINITY);
    await tap(page.getByRole('button', { name: /^Carry on .*contract\.pdf/ }));

    await page.getByText('1 of 3 files uploaded').first().waitFor({ timeout: 120_000 });
    assert.deepEqual(await hashesIn(store), [contract.sha256]);
    await page.unroute(whole);
    await tap(page.getByRole('button', { name: 'Try those 2 again' }));
    await page.getByText('3 files uploaded').first().waitFor();
    assert.deepEqual((await hashesIn(store)).sort(), [page1.sha256, page2.sha256, contract.sha256].sort());
    await context.close();
  });

  test('two photos, one after the other, are both stored', {
    timeout: 120_000,
  }, async () => {
    const context = await phone();
    const page = await context.newPage();
    seePickers(page);
    await page.goto(demo.site);
    await signIn(context, page);
    const before = new Set(await hashesIn(store));
    await pick(page, 'Take a photo', page1.path);
    await pick(page, 'Take a photo', page2.path);
    await tap(page.getByRole('button', { name: 'Upload 2 files' }));
    await page.getByText('2 files uploaded').first().waitFor();
    assert.equal((await hashesIn(store)).length, before.size + 2);
    await context.close();
  });

  test('two photos are taken by the keys of a keyboard, by Enter and by the space bar, and stored', {
    timeout: 120_000,
  }, async () => {
    const photos = [1, 2].map((n) => makeFile(folder, `by-keys-${n}.jpg`, jpegBytes(n * 30_000)));
    const desk = await browserIn('chromium', await phone());
    await cameraKeys(desk, demo, photos);
    const stored = await hashesIn(store);
    for (const { sha256 } of photos) assert.ok(stored.includes(sha256));
    await desk.close();
  });

  test('a photo in a form: what the form sends is its receipt', { timeout: 120_000 }, async () => {
    const context = await phone();
    const page = await context.newPage();
    await page.goto(`${demo.site}/form`);
    await page.getByLabel('What is it about?').fill('A broken vase');
    await signIn(context, page);
    await pick(page, /^(Take a photo|Choose a? ?files?)$/, page1.path);
    const upload = page.getByRole('button', { name: 'Upload 1 file' });
    const added = page.getByText('It is sent with the form.').first();
    await upload.or(added).first().waitFor();
    if (await upload.isVisible()) await tap(upload);
    await added.waitFor();
    const values = await valuesOf(page);
    const receipt = values.find(([name]) => name === 'documents-receipt')?.[1] ?? '';
    const claims = await verifyUpload(receipt, { issuer: demo.broker, app: 'case-files' });
    assert.equal(claims.sha256, page1.sha256);
    await tap(page.getByRole('button', { name: 'Send the case' }), 0);
    await page.getByText('With 1 document.').waitFor();

    // Nobody signs in again for that: what the page had is in the browser's history, as the words beside it are.
    await page.goBack();
    await added.waitFor();
    assert.equal(await page.getByLabel('What is it about?').inputValue(), 'A broken vase');
    assert.deepEqual(await valuesOf(page), values);
    await context.close();
  });

  const valuesOf = (page: Page) =>
    page.evaluate(() => [...new FormData(document.forms[0])].map(([name, value]) => [name, String(value)]));

  async function signIn(context: BrowserContext, page: Page): Promise<void> {
    const window = context.waitForEvent('page');
    await tap(page.getByRole('button', { name: /^Sign in with/ }));
    await logIn(await window);
    await page.getByText('Signed in as Jo Meyer').first().waitFor();
  }

  async function pick(page: Page, button: string | RegExp, path: string): Promise<void> {
    const chooser = page.waitForEvent('filechooser');
    await tap(page.getByRole('button', { name: button }).first());
    await (await chooser).setFiles(path);
  }

  /** Only on what a finger can meet, where no bar stands over it. */
  async function tap(target: Locator, least = FINGER): Promise<void> {
    await target.waitFor();
    const height = await target.evaluate((one) => {
      const lent = Number.parseFloat(getComputedStyle(one, '::before').blockSize);
      return Math.max(one.getBoundingClientRect().height, Number.isNaN(lent) ? 0 : lent);
    });
    assert.ok(Math.round(height) >= least, `${await target.textContent()} is ${height} px high`);
    await target.tap();
  }
});
