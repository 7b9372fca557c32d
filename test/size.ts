/**
 * `npm run size`: gzip bytes of the scripts that a real Chromium loads from the demo, as one JSON line. `first_paint`
 * before any click on the builder's page, `upload_path` for a whole upload with sign-in, `recipient_path` on the page
 * that a link opens. Scripts of the organisation's own sign-in page are not ours and do not count.
 */
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './e2e/support/chromium.ts';
import { type Demo, startDemo } from './e2e/support/demo.ts';
import { makeFile, makeFolder, pngBytes } from './e2e/support/files.ts';

const GZIP_LEVEL = 9;

const demo = await startDemo();
const browser = await launchChromium();
const folder = makeFolder();
try {
  const uploader = await browser.newContext();
  const loaded = countScripts(uploader);
  const page = await uploader.newPage();
  await page.goto(demo.site, { waitUntil: 'networkidle' });
  const firstPaint = await loaded();
  await upload(uploader, page);
  const uploadPath = await loaded();

  const recipient = await browser.newContext();
  const loadedThere = countScripts(recipient);
  await (await recipient.newPage()).goto(`${demo.broker}/r#${'a'.repeat(43)}`, { waitUntil: 'networkidle' });
  const recipientPath = await loadedThere();
  console.log(JSON.stringify({ first_paint: firstPaint, upload_path: uploadPath, recipient_path: recipientPath }));
} finally {
  await browser.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Answers the bytes of every script that the context's pages have asked for so far. */
function countScripts(context: BrowserContext): () => Promise<number> {
  const addresses = new Set<string>();
  context.on('request', (request) => {
    const isScript = request.resourceType() === 'script';
    // A worker's blob came with a script that is counted.
    const isOurs = request.url().startsWith('http') && !request.url().startsWith(demo.provider);
    if (isScript && isOurs) addresses.add(request.url());
  });
  return async () => {
    const sizes = await Promise.all([...addresses].map(gzipSize));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
}

/** Fetched again, because a window that has closed gives no bodies. */
async function gzipSize(address: string): Promise<number> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return gzipSync(new Uint8Array(await response.arrayBuffer()), { level: GZIP_LEVEL }).length;
}

/** Chooses a picture, signs in as the first account and waits until it is stored. */
async function upload(context: BrowserContext, page: Page): Promise<void> {
  const picture = makeFile(folder, 'picture.png', pngBytes());
  await page.locator('secure-upload input[type=file]').first().setInputFiles(picture.path);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
  await signIn(demo, await opened);
  await page.getByText('1 file uploaded').first().waitFor();
}

async function signIn({ accounts: [account] }: Demo, window: Page): Promise<void> {
  if (account === undefined) throw new Error('The demo names no account');
  await window.locator('input[name=username]').fill(account.username);
  await window.locator('input[type=password]').fill(account.password);
  await window.getByRole('button', { name: 'Sign in' }).click();
}
