import assert from 'node:assert/strict';
import { makeFile, makeFolder } from './files.ts';
import {
  assertSeen,
  landsOn,
  outAndBack,
  pickOn,
  press,
  pressOn,
  signInByKeys,
  staysOnPage,
  stop,
  tabTo,
} from './keyboard.ts';
import type { Desk } from './keys-story.ts';
import { pdf } from './pdf.ts';
import { hashesIn } from './storage.ts';
import type { Tab } from './tab.ts';

const MB = 1024 * 1024;

/** From the first look at the box to the saved receipt, which stays open. */
export async function uploadKeys({ browser, demo, store, box }: Desk): Promise<void> {
  const folder = makeFolder();
  const contract = makeFile(folder, 'contract.pdf', pdf(48 * MB));
  const note = makeFile(folder, 'note.txt', Buffer.from('hello'));

  const { tab } = browser;
  await tab.open(`${demo.site}/files`);
  await tab.see({ css: 'button', text: 'Choose files' });
  await aboutOpensAndCloses(tab);
  await pickOn(tab, 'Choose files', '#files', [contract.path, note.path]);
  await tab.see({ css: 'button', text: 'Upload 2 files' });
  // "Hide" belongs to the panel that builders see on their own machine.
  await walkThrough(tab, ['Add more files', 'Remove contract.pdf', 'Remove note.txt', 'Upload 2 files', 'Hide']);
  await pressOn(tab, 'Hide');
  await landsOn(tab, 'Upload files');

  await tabTo(tab, 'Remove note.txt');
  await press(tab, 'Delete');
  await tab.see({ css: 'button', text: 'Upload 1 file' });
  await landsOn(tab, 'Remove contract.pdf');
  await pressOn(tab, 'Undo');
  await landsOn(tab, 'Remove note.txt');

  store.let(2);
  await pressOn(tab, 'Upload 2 files', ' ');
  await signInByKeys(await browser.window(demo.provider));
  const page = await box();
  await landsOn(page, /^Uploading \d of 2 files$/);
  await store.until(2);
  await pressOn(page, 'Cancel contract.pdf');
  await landsOn(page, 'Keep going');
  await press(page, 'Enter');
  await landsOn(page, 'Cancel contract.pdf');
  await pressOn(page, 'Cancel all');
  await landsOn(page, 'Keep going');
  await press(page, ' ');
  await landsOn(page, 'Cancel all');
  await tabTo(page, 'Pause all', 'Shift+Tab');
  await press(page, 'Enter');
  await landsOn(page, 'Carry on');
  store.let(Number.POSITIVE_INFINITY);
  await press(page, 'Enter');
  await landsOn(page, '2 files uploaded');
  assert.deepEqual((await hashesIn(store)).sort(), [contract.sha256, note.sha256].sort());

  await pressOn(page, 'Copy');
  await landsOn(page, 'Copied');
  await pressOn(page, 'Save receipt');
  await staysOnPage(page);
  await pressOn(page, 'Details');
  await page.see({ css: 'button', text: 'Technical copy' });
  await pressOn(page, 'Technical copy');
  await landsOn(page, 'Technical copy');
  await tabTo(page, 'Details', 'Shift+Tab');
  await press(page, ' ');
}

async function aboutOpensAndCloses(tab: Tab): Promise<void> {
  await pressOn(tab, 'More about your files');
  await tab.see({ css: 'dt', text: 'Who gets them' });
  await press(tab, 'Escape');
  await landsOn(tab, 'More about your files');
}

/** By Tab through the box and out of it, in the order of reading, and back again: no way in has no way out. */
async function walkThrough(tab: Tab, expected: readonly string[]): Promise<void> {
  await landsOn(tab, expected[0] ?? '');
  const stops = [await stop(tab)];
  while (stops.length < expected.length) {
    await press(tab, 'Tab');
    stops.push(await stop(tab));
  }
  for (const one of stops) assertSeen(one);
  assert.deepEqual(
    stops.map(({ name }) => name),
    expected,
  );
  const heights = stops.map(({ top }) => Math.round(top));
  assert.deepEqual(
    heights,
    heights.toSorted((a, b) => a - b),
  );
  await outAndBack(tab);
  await tabTo(tab, expected[0] ?? '', 'Shift+Tab');
}
