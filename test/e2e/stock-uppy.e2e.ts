import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page, Request, Route } from 'playwright-core';
import { openPglite } from '../../demo/database/index.ts';
import { quota } from '../../demo/uploads/schema.ts';
import { MB } from '../../src/contract/index.ts';
import { launchChromium } from './support/chromium.ts';
import { signInByHand } from './support/client.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { makeFile, makeFolder, pngBytes, type TestFile } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { pdf } from './support/pdf.ts';
import { openMultiparts, storedHashes } from './support/storage.ts';
import { until } from './support/tab.ts';
import { openUppyPage } from './support/uppy-page.ts';

describe('a page with a stock Uppy, its Dashboard and @uppy/aws-s3', () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  const requests: Request[] = [];
  const folder = makeFolder();
  const small = [
    makeFile(folder, 'one.png', pngBytes(60_000)),
    makeFile(folder, 'two.png', pngBytes(700_000)),
    makeFile(folder, 'note.txt', Buffer.from('The box was open when it arrived.\n')),
  ];
  const large = makeFile(folder, 'contract.pdf', pdf(40 * MB));
  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
    page = await openUppyPage(browser, demo);
    page.on('request', (request) => requests.push(request));
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  test('uploads three small files and one in parts, paused and resumed, each bit for bit', {
    timeout: 120_000,
  }, async () => {
    await signIn(page);
    await choose([...small, large]);
    const third = await holdPart(3);
    await page.getByRole('button', { name: 'Upload 4 files' }).click();
    const held = await third.first;

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await held.abort().catch(() => {}); // Uppy has let go of it.
    await third.end();
    const state = await page.evaluate(() => JSON.stringify(globalThis.uppy.getState()));
    assert.match(state, /"s3Multipart":\{"uploadId":"/);
    assert.doesNotMatch(state, /X-Amz-|S3-Ticket|DPoP|Authorization|eyJ/, 'no address, ticket or token is kept');

    const done = completed();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    const files = await done;
    assert.deepEqual(await hashes(), [...small, large].map(({ sha256 }) => sha256).sort());
    assert.deepEqual(
      files.map(({ error, meta }) => [error ?? null, /^ey/.test(meta.receipt ?? ''), typeof meta.upload]),
      files.map(() => [null, true, 'string']),
    );
    assert.deepEqual([partsSent(1), partsSent(2), partsSent(5)], [1, 1, 1], 'what was stored is not sent again');
  });

  test('leaves nothing open in the store when a file is removed on its way', { timeout: 60_000 }, async () => {
    const second = await holdPart(2);
    await choose([makeFile(folder, 'plans.pdf', pdf(20 * MB))]);
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    const held = await second.first;
    assert.equal((await openMultiparts(demo)).length, 1);
    const told = page.waitForResponse((response) => response.url().endsWith('/abort'));
    await page.getByRole('button', { name: 'Remove file' }).last().click();
    assert.equal((await told).status(), 204);
    await held.abort().catch(() => {});
    await second.end();
    await until(async () => ((await openMultiparts(demo)).length === 0 ? true : null), 'an empty list of uploads');
  });

  test('sends no part that was changed on its way, and gives another account nothing of an upload', {
    timeout: 60_000,
  }, async () => {
    const first = await holdPart(1);
    const draft = makeFile(folder, 'draft.pdf', pdf(20 * MB));
    await choose([draft]);
    const done = completed();
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    const held = await first.first;
    const changed = Buffer.from(draft.bytes.subarray(0, 8 * MB));
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    const headers = await held.request().allHeaders();
    const names = Object.keys(headers).filter((name) => name.startsWith('x-amz-') || name === 'content-type');
    const answer = await fetch(held.request().url(), {
      method: 'PUT',
      headers: Object.fromEntries(names.map((name) => [name, headers[name] ?? ''])),
      body: new Uint8Array(changed),
    });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /BadDigest|XAmzContentChecksumMismatch/);

    const upload = await page.evaluate(() => globalThis.uppy.getFiles().at(-1)?.s3Multipart?.uploadId);
    const maria = await signInByHand(demo, 'case-files', 'maria');
    for (const act of ['list', 'complete', 'abort']) {
      assert.equal((await maria.call('POST', '/v1/s3/tickets', { upload, act })).status, 404);
    }
    assert.equal((await maria.call('DELETE', `/v1/uploads/${upload}`)).status, 404);

    await held.continue();
    await first.end();
    assert.equal((await done).at(-1)?.error ?? null, null);
    assert.ok((await hashes()).includes(draft.sha256));
  });

  test('shows no token or ticket in an address, and leaves the quota exact', { timeout: 60_000 }, async () => {
    assert.ok(requests.some((request) => new URL(request.url()).pathname.startsWith('/v1/s3/')));
    for (const request of requests) assert.doesNotMatch(request.url(), /eyJ/);
    await demo.kill();
    const db = await openPglite({ dataDir: join(demo.dataDir, 'broker') });
    const rooms = await db.q.select({ used: quota.used, reserved: quota.reserved }).from(quota);
    await db.close();
    const bytes = [...small, large].reduce((sum, file) => sum + file.bytes.length, 20 * MB);
    const [app, person] = rooms;
    assert.ok(rooms.length === 2 && app && person);
    assert.deepEqual([app.used, person.used], [bytes, bytes]);
    // The room of what was aborted comes back when its last grant is over.
    for (const { reserved } of rooms) assert.ok([0, 20 * MB].includes(reserved), `${reserved} bytes are set aside`);
  });

  const hashes = async () => (await storedHashes(demo)).sort();
  const partsSent = (number: number) =>
    requests.filter((request) => request.method() === 'PUT' && numberOf(new URL(request.url())) === number).length;

  async function choose(files: readonly TestFile[]): Promise<void> {
    const isDone = await page.getByRole('button', { name: 'Done' }).isVisible();
    if (isDone) await page.getByRole('button', { name: 'Done' }).click();
    const input = page.locator('input.uppy-Dashboard-input[multiple]:not([webkitdirectory])').first();
    await input.setInputFiles(files.map(({ path }) => path));
  }

  /** Keeps one part from leaving. */
  async function holdPart(number: number): Promise<{ first: Promise<Route>; end(): Promise<void> }> {
    const isIt = (url: URL) => numberOf(url) === number;
    let hold: (route: Route) => void = () => {};
    const first = new Promise<Route>((resolve) => {
      hold = resolve;
    });
    await page.route(isIt, (route) => hold(route));
    return { first, end: () => page.unroute(isIt) };
  }

  /** The files of the next upload that Uppy calls complete. */
  function completed(): Promise<{ error?: string | null; meta: { receipt?: string; upload?: string } }[]> {
    return page.evaluate(
      () =>
        new Promise((resolve) => {
          globalThis.uppy.once('complete', ({ successful = [], failed = [] }) => {
            resolve([...successful, ...failed].map(({ error, meta }) => JSON.parse(JSON.stringify({ error, meta }))));
          });
        }),
    );
  }
});

const numberOf = (url: URL): number => Number(url.searchParams.get('partNumber'));

async function signIn(page: Page): Promise<void> {
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await logIn(await popup);
  await page.getByText('Jo Meyer').waitFor();
}
