import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchChromium } from './support/chromium.ts';
import { startDemo } from './support/demo.ts';
import { makeFile, makeFolder } from './support/files.ts';
import { logIn } from './support/log-in.ts';

test('a dropped folder is uploaded with its paths, and without what systems leave behind', {
  timeout: 120_000,
}, async (t) => {
  const [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  t.after(async () => {
    await browser.close();
    await demo.stop();
  });
  const trip = join(makeFolder(), 'Trip');
  for (const folder of [trip, join(trip, 'Day 1'), join(trip, 'Day 2')]) {
    mkdirSync(folder);
    makeFile(folder, 'notes.txt', Buffer.from('The same words in each folder'));
    makeFile(folder, '.DS_Store', Buffer.from('not meant'));
    makeFile(folder, 'Thumbs.db', Buffer.from('not meant'));
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${demo.site}/files`);
  const box = await page.locator('secure-upload').boundingBox();
  assert.ok(box);
  const done = page.evaluate(
    () =>
      new Promise<{ files: { name: string; path?: string }[] }>((resolve) => {
        document.querySelector('secure-upload')?.addEventListener('upload-done', (event) => {
          resolve(JSON.parse(JSON.stringify((event as CustomEvent).detail)));
        });
      }),
  );
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  const session = await context.newCDPSession(page);
  const data = { items: [], files: [trip], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: box.x + box.width / 2, y: box.y + 60, data });
  }
  const upload = page.getByRole('button', { name: 'Upload 3 files' });
  await upload.waitFor();
  await page.getByText('Trip/Day 2').waitFor();
  const popup = context.waitForEvent('page');
  await upload.click();
  await logIn(await popup);
  assert.deepEqual((await done).files.map(({ name, path }) => `${path} > ${name}`).sort(), [
    'Trip > notes.txt',
    'Trip/Day 1 > notes.txt',
    'Trip/Day 2 > notes.txt',
  ]);
});
