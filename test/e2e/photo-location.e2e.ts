import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import exifr from 'exifr';
import type { Browser, Page } from 'playwright-core';
import { withJpegMetadata } from '../transform/metadata.ts';
import type { Demo } from './support/demo.ts';
import { makeFile, makeFolder } from './support/files.ts';
import { logIn } from './support/log-in.ts';
import { withChromium } from './support/stage.ts';
import { storedHashes } from './support/storage.ts';

describe('a photo that knows where it was taken', () => {
  let demo: Demo;
  let browser: Browser;
  withChromium((...parts) => {
    [demo, browser] = parts;
  });

  test('is stored without its location, and its pixels to the byte', { timeout: 120_000 }, async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(demo.site);
    const picture = await drawn(page);
    const photo = makeFile(makeFolder(), 'holiday.jpg', Buffer.from(withJpegMetadata(picture, { hasLocation: true })));
    assert.equal((await exifr.gps(photo.bytes))?.latitude.toFixed(2), '52.52');

    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.locator('secure-upload #files').setInputFiles(photo.path);
    const row = page.getByRole('listitem');
    await row.getByText('photo. Location removed').waitFor();
    await row.locator('canvas').waitFor({ state: 'visible' });

    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    await logIn(await popup);
    await page.getByText('1 file uploaded').first().waitFor();
    const clean = createHash('sha256').update(picture).digest('base64');
    assert.deepEqual(await storedHashes(demo), [clean], 'what the camera drew, and nothing that it told');
    await context.close();
  });

  test('that is broken in a way nobody can clean never leaves the device', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(demo.site);
    const whole = withJpegMetadata(await drawn(page), { hasLocation: true });
    const cut = makeFile(makeFolder(), 'cut.jpg', Buffer.from(whole.subarray(0, whole.length - 500)));
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.locator('secure-upload #files').setInputFiles(cut.path);
    await page.getByText('The location in this photo cannot be removed safely.').first().waitFor();
    await page.getByText('None of these files can be uploaded').waitFor();
    assert.deepEqual(
      requests.filter((url) => url.startsWith(demo.storage) && url !== new URL('/', demo.storage).href),
      [],
    );
    await context.close();
  });

  /** A JPEG as the browser itself writes one. */
  async function drawn(page: Page): Promise<Uint8Array<ArrayBuffer>> {
    const base64 = await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 240;
      const context = canvas.getContext('2d');
      for (let x = 0; context && x < 320; x += 8) {
        context.fillStyle = `hsl(${x} 80% 50%)`;
        context.fillRect(x, (x * 3) % 200, 8, 40);
      }
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
    });
    return new Uint8Array(Buffer.from(base64, 'base64'));
  }
});
