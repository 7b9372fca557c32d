import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Demo } from './support/demo.ts';
import { makeFile, makeFolder } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { pdf } from './support/pdf.ts';
import { withChromium } from './support/stage.ts';
import { storedHashes } from './support/storage.ts';

const KB = 1024;
const MB = 1024 * KB;

describe('in a real browser', () => {
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  const folder = makeFolder();
  withChromium(async (...parts) => {
    [demo, browser] = parts;
    context = await browser.newContext();
  });

  test('files up to 1 MiB travel as forms and a larger one by PUT, all bit for bit', { timeout: 120_000 }, async () => {
    const files = [
      makeFile(folder, 'small.pdf', pdf(2 * KB)),
      makeFile(folder, 'middle.pdf', pdf(MB)),
      makeFile(folder, 'large.pdf', pdf(MB + 1)),
    ];
    const page = await context.newPage();
    let workers = 0;
    page.on('worker', () => {
      workers += 1;
    });
    const sent: string[] = [];
    page.on('request', (request) => {
      const isFile = request.url().startsWith(demo.storage) && ['POST', 'PUT'].includes(request.method());
      if (isFile) sent.push(`${request.method()} ${(request.headers()['content-type'] ?? '').split(';')[0]}`);
    });
    await upload(
      page,
      files.map(({ path }) => path),
    );
    assert.deepEqual(sent.sort(), ['POST multipart/form-data', 'POST multipart/form-data', 'PUT application/pdf']);
    assert.equal(workers, 2, 'which hash');
    const stored = await storedHashes(demo);
    for (const { name, sha256 } of files) assert.ok(stored.includes(sha256), name);
  });

  test('a file in parts arrives bit for bit where the policy of the page forbids workers', {
    timeout: 120_000,
  }, async () => {
    const contract = makeFile(folder, 'contract.pdf', pdf(20 * MB + 7));
    const page = await context.newPage();
    let workers = 0;
    page.on('worker', () => {
      workers += 1;
    });
    // A second policy holds beside the first. (A page that the test answers itself may not load from loopback.)
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        const policy = document.createElement('meta');
        policy.httpEquiv = 'Content-Security-Policy';
        policy.content = "worker-src 'none'";
        document.head.append(policy);
      });
    });
    await upload(page, [contract.path]);
    assert.equal(workers, 0);
    assert.ok((await storedHashes(demo)).includes(contract.sha256));
  });

  /** Resolves when all of them are stored. */
  async function upload(page: Page, paths: readonly string[]): Promise<void> {
    await page.goto(`${demo.site}/files`);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page
      .locator('secure-upload input[type=file]')
      .first()
      .setInputFiles([...paths]);
    const button = page.getByRole('button', { name: `Upload ${paths.length} file${paths.length === 1 ? '' : 's'}` });
    await button.waitFor();
    const done = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          document.querySelector('secure-upload')?.addEventListener('upload-done', () => resolve());
        }),
    );
    const popup = context.waitForEvent('page');
    await button.click();
    await logIn(await popup);
    await done;
  }
});
