/**
 * `npm run size`: gzip bytes of the scripts that a real Chromium loads from the demo, as one JSON line, and exit code 1
 * where one is over its budget. `first_paint`: all that had come when the box could be used, while everything else was
 * held back. `small_upload`: a whole upload with sign-in of a text that goes in one piece. `picture_upload`: of a photo,
 * out of which its place is taken. `large_upload`: a text with what sends one in parts. `recipient_page`: until a link's cover can be read and its button pressed. `recipient_path`: with what its
 * later screens need. Scripts of the organisation's own sign-in page are not ours and do not count. `--modules` lists what is in each file.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { createBuilder, type Rolldown } from 'vite';
import { root } from '../build/root.ts';
import { readScripts } from '../demo/broker/scripts.ts';
import { COVER } from '../demo/gallery/recipient-samples.ts';
import { buildInto } from '../vite.config.ts';
import { launchChromium } from './e2e/support/chromium.ts';
import { type Demo, startDemo } from './e2e/support/demo.ts';
import { makeFile, makeFolder, pngBytes, type TestFile } from './e2e/support/files.ts';

const GZIP_LEVEL = 9;

/**
 * Bytes. `target` is what we want, `budget` what must never grow: where they differ, decision 010 says what bounds it.
 */
const LIMITS = {
  first_paint: { target: 18_000, budget: 17_990 },
  small_upload: { target: 52_000, budget: 114_500 },
  picture_upload: { target: 52_000, budget: 119_770 },
  large_upload: { target: 52_000, budget: 121_660 },
  recipient_page: { target: 20_000, budget: 19_150 },
  recipient_path: { target: 44_000, budget: 43_900 },
} as const;
type Path = keyof typeof LIMITS;

const { values } = parseArgs({ options: { modules: { type: 'boolean', default: false } } });
if (values.modules) await printModules();

const demo = await startDemo();
const browser = await launchChromium();
const folder = makeFolder();
try {
  const sizes: Record<Path, number> = { ...(await uploaderSizes()), ...(await recipientSizes()) };
  const over = (Object.keys(LIMITS) as Path[]).filter((path) => sizes[path] > LIMITS[path].budget);
  console.log(JSON.stringify({ ...sizes, limits: LIMITS, over }));
  process.exitCode = over.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}

type UploaderPath = 'first_paint' | 'small_upload' | 'picture_upload' | 'large_upload';

async function uploaderSizes(): Promise<Pick<Record<Path, number>, UploaderPath>> {
  const context = await browser.newContext();
  const loaded = countScripts(context);
  const page = await context.newPage();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  // The tag's own script comes; a chunk waits until the box has been seen without it.
  const entry = /\/v1\/[\w-]+@\d+\.\d+\.\d+\.js$/;
  await page.route('**/v1/*.js', async (route) => {
    if (!entry.test(route.request().url())) await released;
    await route.continue();
  });
  await page.goto(new URL('/files', demo.site).href);
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  const firstPaint = await loaded((address) => entry.test(address));
  release();
  await upload(context, page, makeFile(folder, 'letter.txt', Buffer.from('Dear Jo,\n')));
  const small = await loaded();
  const picture = await pictureSize();
  const parts = readScripts(new URL('../dist/cdn/', import.meta.url)).chunks.filter(({ path }) =>
    /upload@.*\.(parts|records)\.js$/.test(path),
  );
  if (parts.length !== 2) throw new Error('What sends a file in parts stands elsewhere');
  const large = parts.reduce((sum, { body }) => sum + gzipped(body), small);
  return { first_paint: firstPaint, small_upload: small, picture_upload: picture, large_upload: large };
}

async function pictureSize(): Promise<number> {
  const context = await browser.newContext();
  const loaded = countScripts(context);
  const page = await context.newPage();
  await page.goto(demo.site);
  await upload(context, page, makeFile(folder, 'picture.png', pngBytes()));
  return loaded();
}

async function recipientSizes(): Promise<Pick<Record<Path, number>, 'recipient_page' | 'recipient_path'>> {
  const context = await browser.newContext();
  const loaded = countScripts(context);
  const page = await context.newPage();
  await page.route('**/v1/recipient/notice', (route) => route.fulfill({ json: COVER }));
  await page.goto(`${demo.broker}/r#${'a'.repeat(43)}`, { waitUntil: 'networkidle' });
  const button = page.getByRole('button', { name: 'Send me the code' });
  await button.waitFor();
  const first = await loaded();
  await button.click();
  // The broker knows no such link; its answer stands on a screen of the rest.
  await page.getByRole('heading', { name: 'We do not know this link' }).waitFor();
  return { recipient_page: first, recipient_path: await loaded() };
}

/** Answers the bytes of every script that the context's pages have asked for so far. */
function countScripts(context: BrowserContext): (counts?: (address: string) => boolean) => Promise<number> {
  const addresses = new Set<string>();
  context.on('request', (request) => {
    const isScript = request.resourceType() === 'script';
    // A worker's blob came with a script that is counted.
    const isOurs = request.url().startsWith('http') && !request.url().startsWith(demo.provider);
    // Hints for whoever builds a page: a visitor loads them only where the box comes to a problem or the app is in test mode.
    const isForBuilders = request.url().endsWith('.setup.js');
    if (isScript && isOurs && !isForBuilders) addresses.add(request.url());
  });
  return async (counts = () => true) => {
    const sizes = await Promise.all([...addresses].filter(counts).map(gzipSize));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
}

/** Fetched again, because a window that has closed gives no bodies. */
async function gzipSize(address: string): Promise<number> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return gzipped(new Uint8Array(await response.arrayBuffer()));
}

function gzipped(content: string | Uint8Array): number {
  return gzipSync(content, { level: GZIP_LEVEL }).length;
}

async function choose(page: Page, { path }: TestFile): Promise<void> {
  await page.locator('secure-upload input[type=file]').first().setInputFiles(path);
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
}

/** Chooses a file, signs in as the first account and waits until it is stored. */
async function upload(context: BrowserContext, page: Page, file: TestFile): Promise<void> {
  const opened = context.waitForEvent('page');
  await choose(page, file);
  await signIn(demo, await opened);
  await page.getByText('1 file uploaded').first().waitFor();
}

async function signIn({ accounts: [account] }: Demo, window: Page): Promise<void> {
  if (account === undefined) throw new Error('The demo names no account');
  await window.locator('input[name=username]').fill(account.username);
  await window.locator('input[type=password]').fill(account.password);
  await window.getByRole('button', { name: 'Sign in' }).click();
}

/** Each module gzipped alone, before names are shortened: together they weigh less, but this is where to look. */
async function printModules(): Promise<void> {
  const out = makeFolder();
  const builder = await createBuilder({ ...buildInto(out), configFile: false });
  for (const name of ['uploadScript', 'recipientScript']) {
    const target = builder.environments[name];
    if (!target) throw new Error(`The build has no ${name}`);
    const [output] = [await builder.build(target)].flat() as Rolldown.RolldownOutput[];
    for (const chunk of output?.output ?? []) {
      if (chunk.type !== 'chunk') continue;
      console.error(`\n${chunk.fileName}: ${gzipped(chunk.code)} bytes`);
      const modules = Object.entries(chunk.modules).map(([id, { code }]) => [gzipped(code ?? ''), id] as const);
      for (const [size, id] of modules.sort(([a], [b]) => b - a)) {
        console.error(`${String(size).padStart(7)} ${id.replace(/^.*\/node_modules\//, '').replace(root, '')}`);
      }
    }
  }
  rmSync(out, { recursive: true, force: true });
}
