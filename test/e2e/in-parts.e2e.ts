import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { partBytesFor } from '../../src/contract/index.ts';
import { launchChromium } from './support/chromium.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { makeFile, makeFolder } from './support/files.ts';
import { storedHashes } from './support/storage.ts';

const MB = 1024 * 1024;

describe('a file that travels in parts', () => {
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  const folder = makeFolder();
  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
    context = await browser.newContext();
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
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
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    const throttle = (offline: boolean, bytesPerSecond: number) =>
      network.send('Network.emulateNetworkConditions', {
        offline,
        latency: 0,
        downloadThroughput: bytesPerSecond,
        uploadThroughput: bytesPerSecond,
      });
    await choose(page, plans.path);
    const done = doneEvent(page);
    await throttle(false, 12 * MB);
    await page.getByRole('button', { name: /Upload 1 file/ }).click();
    await page.waitForFunction(() => {
      const bar = document.querySelector('secure-upload')?.shadowRoot?.querySelector('[role=progressbar]');
      return Number(bar?.getAttribute('aria-valuenow')) > 20;
    });
    await throttle(true, 0);
    await page.getByText('You are offline').first().waitFor();
    await throttle(false, -1);
    await done;
    assert.ok((await storedHashes(demo)).includes(plans.sha256));
    const again = parts.length - new Set(parts).size;
    assert.ok(again <= 6, `${again} parts were sent again: at most one for each request that was cut`);
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

/** A PDF as far as its first and last bytes go. */
function pdf(size: number): Buffer {
  const [head, tail] = [Buffer.from('%PDF-1.7\n'), Buffer.from('\n%%EOF\n')];
  return Buffer.concat([head, randomBytes(size - head.length - tail.length), tail]);
}

/** SHA-256 of the parts' SHA-256, as S3 has it. */
function composite(bytes: Buffer): string {
  const all = createHash('sha256');
  const part = partBytesFor(bytes.length);
  for (let at = 0; at < bytes.length; at += part) {
    all.update(
      createHash('sha256')
        .update(bytes.subarray(at, at + part))
        .digest(),
    );
  }
  return all.digest('base64');
}

async function logIn(window: Page): Promise<void> {
  await window.getByLabel('User name').fill('jo');
  await window.getByLabel('Password').fill('jo-demo');
  await window.getByRole('button', { name: 'Sign in' }).click();
}
