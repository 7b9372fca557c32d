import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { startDemo } from './support/demo.ts';
import { makeFile, makeFolder } from './support/files.ts';

/** One more than what is drawn whole. */
const MANY = 101;

/** How many rows of so many files are in the page, and whether the list has a room of its own. */
async function listOf(page: Page, address: string, paths: readonly string[]) {
  await page.goto(address);
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  await page.locator('secure-upload input[type=file]').first().setInputFiles(paths);
  await page.locator('secure-upload .row').first().waitFor();
  return page.locator('secure-upload').evaluate(({ shadowRoot }) => ({
    rows: shadowRoot?.querySelectorAll('.row').length ?? 0,
    hasRoom: shadowRoot?.querySelector('.scroller') !== null,
  }));
}

test('what draws a very long list is loaded for one, and where it does not come every row is drawn', {
  timeout: 120_000,
}, async (t) => {
  const [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  const folder = makeFolder();
  t.after(async () => {
    await browser.close();
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const paths = Array.from({ length: MANY }, (_, i) => makeFile(folder, `${i}.txt`, Buffer.from(`Letter ${i}`)).path);
  const page = await browser.newPage();
  let asked = 0;
  await page.route('**/*.long-list.js', async (route) => {
    asked += 1;
    await route.continue();
  });

  assert.deepEqual(await listOf(page, `${demo.site}/files`, paths.slice(1)), { rows: MANY - 1, hasRoom: false });
  assert.equal(asked, 0);
  const seen = await listOf(page, `${demo.site}/files`, paths);
  assert.equal(seen.hasRoom, true);
  assert.ok(seen.rows > 0 && seen.rows < 40, `${seen.rows} rows`);
  assert.equal(asked, 1);

  await page.unroute('**/*.long-list.js');
  await page.route('**/*.long-list.js', (route) => route.abort());
  assert.deepEqual(await listOf(page, `${demo.site}/files`, paths), { rows: MANY, hasRoom: false });
});
