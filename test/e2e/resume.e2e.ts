import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { assertAccessible } from './support/axe.ts';
import type { DammedStore } from './support/dammed-store.ts';
import type { Demo } from './support/demo.ts';
import { makeFile, makeFolder, type TestFile } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { composite, pdf } from './support/pdf.ts';
import { withDammedChromium } from './support/stage.ts';
import { hashesIn } from './support/storage.ts';

const MB = 1024 * 1024;
const PART = 8 * MB;
const SLOTS = 6;

describe('an upload that outlives its page', { timeout: 180_000 }, () => {
  let store: DammedStore;
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  const folder = makeFolder();
  withDammedChromium((...parts) => {
    [store, demo, browser] = parts;
  });
  // A device of its own for each: what one leaves behind, the next does not find.
  beforeEach(async () => {
    context = await browser.newContext();
  });
  afterEach(() => context.close());

  test('goes on after a reload with the same file alone, and sends no stored part again', async () => {
    const file = makeFile(folder, 'contract.pdf', pdf(48 * MB));
    const page = await context.newPage();
    const { bytes: bytesBefore } = store;
    await begin(page, file, 3);
    // In what order parts arrive, nobody knows; what differs only where nothing is stored yet may go on.
    const [arrived = 1] = store.stored;
    const changed = makeFile(makeFolder(), 'contract.pdf', changedIn(file, (arrived - 0.5) * PART));
    await open(page);
    await page.getByText('You have an unfinished upload. Sign in to see it.').waitFor();
    assert.equal(await page.getByText('contract.pdf').count(), 0, 'no name before sign-in');
    await assertAccessible(page, 'unfinished before sign-in');
    await signIn(page);
    await page.getByRole('heading', { name: 'You have 1 unfinished upload' }).waitFor();
    await page.getByText(/^\d\d?% sent /).waitFor();
    await assertAccessible(page, 'unfinished');

    await again(page, changed);
    await page
      .getByText('This is not the same file. Choose the original, or upload this one as new.')
      .first()
      .waitFor();
    await assertAccessible(page, 'unfinished, another file');

    const early = [...store.stored];
    const from = store.begun.length;
    store.let(Number.POSITIVE_INFINITY);
    const done = doneEvent(page);
    await again(page, file);
    assert.equal((await done).files[0]?.sha256, composite(file.bytes));
    assert.deepEqual(await hashesIn(store), [file.sha256]);
    const late = store.begun.slice(from);
    assert.deepEqual([...early, ...late].sort(), [1, 2, 3, 4, 5, 6], 'each part was stored once');
    const twice = store.bytes - bytesBefore - file.bytes.length;
    assert.ok(twice <= SLOTS * PART, `${twice} bytes went twice`);
  });

  test('is moved to another tab, and the first one says where it went', async () => {
    const file = makeFile(folder, 'plans.pdf', pdf(48 * MB));
    const first = await context.newPage();
    const from = store.begun.length;
    await begin(first, file, 2);
    const second = await context.newPage();
    await open(second);
    await signIn(second);
    await second.getByText('This upload is running in another tab.').waitFor();
    await assertAccessible(second, 'unfinished elsewhere');
    await second.getByRole('button', { name: 'Move it here' }).click();
    await first.getByText('This upload is running in another tab.').first().waitFor();
    const stored = store.begun.slice(from, from + 2);
    store.let(Number.POSITIVE_INFINITY);
    const done = doneEvent(second);
    await again(second, file);
    await done;
    assert.ok((await hashesIn(store)).includes(file.sha256));
    const late = store.begun.slice(from + 2);
    for (const part of stored) assert.ok(!late.includes(part), `part ${part} was sent again`);
  });

  test('is recognised among files that are dropped, and waits for "Upload" with them', async () => {
    const file = makeFile(folder, 'letters.pdf', pdf(24 * MB));
    const renamed = makeFile(makeFolder(), 'letters-of-october.pdf', file.bytes);
    const page = await context.newPage();
    await begin(page, file, 1);
    await open(page);
    await signIn(page);
    await page.getByRole('heading', { name: 'You have 1 unfinished upload' }).waitFor();
    await page.locator('secure-upload #files').setInputFiles(file.path);
    await page.getByText('Only the missing part is sent.').waitFor();
    await page.getByRole('button', { name: /^Remove / }).click();
    store.let(Number.POSITIVE_INFINITY);
    const done = doneEvent(page);
    await again(page, renamed);
    await done;
    assert.ok((await hashesIn(store)).includes(file.sha256));
  });

  test('is forgotten when the person deletes what was sent, or signs out', async () => {
    const file = makeFile(folder, 'notes.pdf', pdf(24 * MB));
    const page = await context.newPage();
    await begin(page, file, 1);
    await open(page);
    await signIn(page);
    const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await page.getByRole('button', { name: /^Delete what was sent/ }).click();
    await page.getByRole('heading', { name: /unfinished/ }).waitFor({ state: 'detached' });
    assert.equal((await deleted).status(), 204);
    await begin(page, file, 1);
    await open(page);
    await signIn(page);
    await page.getByRole('heading', { name: 'You have 1 unfinished upload' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('before anything is sent').waitFor();
    await open(page);
    await page.getByText('before anything is sent').waitFor();
    assert.equal(await page.getByText(/unfinished/).count(), 0);
  });

  async function open(page: Page): Promise<void> {
    await page.goto(`${demo.site}/files`);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
  }

  /** Uploads until so many parts are stored and the others are on their way. */
  async function begin(page: Page, file: TestFile, parts: number): Promise<void> {
    await open(page);
    store.let(parts);
    const stored = store.stored.length;
    await page.locator('secure-upload #files').setInputFiles(file.path);
    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    await logIn(await popup);
    await store.until(stored + parts);
  }

  async function signIn(page: Page): Promise<void> {
    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in now' }).click();
    await logIn(await popup);
    await page.getByText('Signed in as').first().waitFor();
  }

  /** "Choose it again": the row's own file input. */
  async function again(page: Page, file: TestFile): Promise<void> {
    await page.locator('secure-upload [data-upload] input[type=file]').setInputFiles(file.path);
  }
});

/** The same bytes but for one. */
function changedIn({ bytes }: TestFile, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
  return changed;
}

interface Done {
  readonly files: readonly { readonly sha256: string }[];
}

function doneEvent(page: Page): Promise<Done> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        document.querySelector('secure-upload')?.addEventListener('upload-done', (event) => {
          resolve(JSON.parse(JSON.stringify((event as CustomEvent).detail)));
        });
      }),
  );
}
