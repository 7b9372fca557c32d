import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { canonical } from '../../src/contract/index.ts';
import { assertAccessible } from './support/axe.ts';
import type { Demo } from './support/demo.ts';
import { makeFile, makeFolder, pngBytes } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { withChromium } from './support/stage.ts';
import { storedHashes } from './support/storage.ts';

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const nameOf = () =>
    page.evaluate(() => {
      const focused = document.activeElement?.shadowRoot?.activeElement;
      const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : focused?.textContent;
      return label?.replace(/\s+/g, ' ').trim();
    });
  for (let presses = 0; (await nameOf()) !== name; presses++) {
    assert.ok(presses < 30, `${name} cannot be reached by Tab`);
    await page.keyboard.press('Tab');
  }
}

describe('what is asked before an upload', () => {
  let demo: Demo;
  let browser: Browser;
  const folder = makeFolder();
  const files = ['one.png', 'two.png'].map((name) => makeFile(folder, name, pngBytes(20_000)));

  withChromium((...parts) => {
    [demo, browser] = parts;
  });

  test('is answered by keyboard alone, once, and stands on the receipt', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ acceptDownloads: true, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const calls: { readonly body: unknown; readonly status: number }[] = [];
    page.on('response', async (response) => {
      const request = response.request();
      const isAnswer = request.method() === 'POST' && request.url().endsWith('/v1/agreements');
      if (isAnswer) calls.push({ body: request.postDataJSON(), status: response.status() });
    });
    const choose = (n: number) =>
      page
        .locator('secure-upload input[type=file]')
        .first()
        .setInputFiles(files[n]?.path ?? '');
    await page.goto(`${demo.site}/event`);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await choose(0);
    const share = page.getByRole('checkbox', { name: 'I may share these files.' });
    await share.waitFor();
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 0);

    await tabTo(page, 'Upload 1 file');
    await page.keyboard.press('Enter');
    await page.getByText('Tick the box to upload: I may share these files.').waitFor();
    assert.equal(await share.evaluate((box) => box.matches(':focus')), true);
    assert.deepEqual([context.pages().length, await storedHashes(demo)], [1, []]);
    await assertAccessible(page, 'agree-missing');

    await page.keyboard.press('Space');
    await tabTo(page, 'What this means');
    await page.keyboard.press('Enter');
    await page.getByText('You took the pictures yourself').waitFor();
    await tabTo(page, 'Upload 1 file');
    const popup = context.waitForEvent('page');
    await page.keyboard.press('Enter');
    await logIn(await popup);
    await page.getByRole('heading', { name: '1 file uploaded' }).waitFor();
    assert.deepEqual(await storedHashes(demo), [files[0]?.sha256]);

    const { purposes, org } = await (await fetch(`${demo.broker}/v1/apps/event-photos`)).json();
    const shown = purposes.map(({ id, version, needed, label, explanation }: Record<string, { en: string }>) => {
      return { id, version, needed, label: label?.en, explanation: explanation?.en };
    });
    const notice = { version: 1, language: 'en', app: 'event-photos', controller: org, purposes: shown };
    assert.deepEqual(calls, [
      {
        status: 201,
        body: {
          notice_sha256: createHash('sha256').update(canonical(notice)).digest('base64'),
          language: 'en',
          purposes: [
            { id: 'share', agreed: true },
            { id: 'training', agreed: false },
          ],
        },
      },
    ]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save receipt' }).click();
    const receipt = readFileSync(await (await download).path(), 'utf8');
    assert.deepEqual(receipt.match(/Agreed to: [^<]*/g), ['Agreed to: I may share these files']);

    await page.getByRole('button', { name: 'Upload more files' }).click();
    await choose(1);
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    await page.getByRole('heading', { name: '1 file uploaded' }).waitFor();
    assert.deepEqual([calls.length, await page.getByRole('checkbox').count()], [1, 0]);
    assert.equal((await storedHashes(demo)).length, 2);
    await context.close();
  });
});
