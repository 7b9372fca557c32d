import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import type { Demo } from './support/demo.ts';
import { makeFile, makeFolder } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { composite, pdf } from './support/pdf.ts';
import { withChromium } from './support/stage.ts';
import { storedHashes } from './support/storage.ts';

const MB = 1024 * 1024;

describe('a file that travels in parts', () => {
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  const folder = makeFolder();
  withChromium(async (...parts) => {
    [demo, browser] = parts;
    context = await browser.newContext();
  });

  test('arrives bit for bit, each part once, and its receipt names the composite checksum', {
    timeout: 120_000,
  }, async () => {
    const contract = makeFile(folder, 'contract.pdf', pdf(40 * MB + 123));
    const page = await context.newPage();
    const parts = partsSent(page);
    await choose(page, contract.path);
    const done = doneEvent(page);
    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    await logIn(await popup);
    const [file] = (await done).files;
    assert.deepEqual(await storedHashes(demo), [contract.sha256]);
    assert.deepEqual([...parts].sort(), ['1', '2', '3', '4', '5', '6']);
    assert.equal(file?.sha256, composite(contract.bytes));
  });

  test('goes on by itself when the network comes back, and sends no finished part again', {
    timeout: 120_000,
  }, async () => {
    const plans = makeFile(folder, 'plans.pdf', pdf(60 * MB));
    const page = await context.newPage();
    const parts = partsSent(page);
    // The first two parts go through; the others are on their way when the network goes.
    const held: Route[] = [];
    const isLater = (url: URL) => Number(url.searchParams.get('partNumber')) > 2;
    await page.route(isLater, (route) => void held.push(route));
    await choose(page, plans.path);
    const done = doneEvent(page);
    const popup = context.waitForEvent('page');
    const first = page.waitForResponse((response) => response.url().includes('partNumber=1&'));
    const second = page.waitForResponse((response) => response.url().includes('partNumber=2&'));
    const sixth = page.waitForRequest((request) => request.url().includes('partNumber=6&'));
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    await logIn(await popup);
    await Promise.all([first, second, sixth]);
    await context.setOffline(true);
    await Promise.all(held.map((route) => route.abort('internetdisconnected')));
    await page.getByText('You are offline').first().waitFor();
    await page.unroute(isLater);
    await context.setOffline(false);
    await done;
    assert.ok((await storedHashes(demo)).includes(plans.sha256));
    const times = (number: number) => parts.filter((sent) => sent === String(number)).length;
    assert.deepEqual([times(1), times(2)], [1, 1]);
    for (let number = 3; number <= 8; number++) assert.ok(times(number) <= 2, `part ${number}: ${times(number)} times`);
  });

  async function choose(page: Page, path: string): Promise<void> {
    await page.goto(`${demo.site}/files`);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.locator('secure-upload input[type=file]').first().setInputFiles(path);
    await page.getByRole('button', { name: 'Upload 1 file' }).waitFor();
  }
});

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

/** Numbers of the parts that a page begins to send. */
function partsSent(page: Page): string[] {
  const numbers: string[] = [];
  page.on('request', (request) => {
    const number = new URL(request.url()).searchParams.get('partNumber');
    if (request.method() === 'PUT' && number) numbers.push(number);
  });
  return numbers;
}
