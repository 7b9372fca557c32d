import assert from 'node:assert/strict';
import { makeFile, makeFolder } from './files.ts';
import { landsOn, pickOn, press, pressOn, stop, tabTo } from './keyboard.ts';
import type { Desk } from './keys-story.ts';
import { pdf } from './pdf.ts';
import { hashesIn } from './storage.ts';

const MB = 1024 * 1024;

/** More than twenty files, so that the list is one stop of the Tab key; two are refused here, twenty by the storage at first. */
export async function troubleKeys({ browser, demo, store }: Desk): Promise<void> {
  const folder = makeFolder();
  const plans = makeFile(folder, 'plans.pdf', pdf(24 * MB));
  const notes = Array.from({ length: 20 }, (_, i) => makeFile(folder, `note-${10 + i}.txt`, Buffer.from(`note ${i}`)));
  const empty = ['empty-1.txt', 'empty-2.txt'].map((name) => makeFile(folder, name, Buffer.of()));
  const before = (await hashesIn(store)).length;

  const { tab } = browser;
  await tab.open(`${demo.site}/files`);
  await tab.see({ css: 'button', text: 'Choose files' });
  const paths = [plans, ...notes, ...empty].map(({ path }) => path);
  await pickOn(tab, 'Choose files', '#files', paths);
  await tab.see({ css: 'button', text: 'Upload the other 21' });
  await pressOn(tab, 'Skip the list');
  await press(tab, 'Tab');
  assert.equal((await stop(tab)).name, 'Remove those 2');

  await tabTo(tab, 'Problems 2', 'Shift+Tab');
  await press(tab, 'Enter');
  await landsOn(tab, 'Problems 2');
  await tabTo(tab, /empty-1\.txt/);
  await press(tab, 'ArrowDown');
  await landsOn(tab, /empty-2\.txt/);
  await press(tab, 'Delete');
  await landsOn(tab, 'Remove empty-1.txt');
  await tabTo(tab, /^All \d+$/, 'Shift+Tab');
  await press(tab, ' ');
  await tabTo(tab, /plans\.pdf|note|empty/);
  for (const [key, name] of [
    ['End', 'Undo'],
    ['Home', /plans/],
    ['ArrowDown', /note-10/],
    ['ArrowDown', /note-11/],
    ['ArrowUp', /note-10/],
  ] as const) {
    await press(tab, key);
    await landsOn(tab, name);
  }
  await press(tab, 'Tab');
  assert.equal((await stop(tab)).name, 'Remove note-10.txt', 'within a row Tab goes to what can be done with it');

  store.refuse(true);
  store.let(0);
  await pressOn(tab, /^Upload the other/);
  await tab.see({ css: 'button', text: 'Problems 21' });
  await pressOn(tab, 'Problems 21');
  await tabTo(tab, /^note-/);
  await tabTo(tab, /^Try note-\d\d\.txt again$/);
  store.refuse(false);
  await press(tab, 'Enter');
  await landsOn(tab, /note-/);
  await pressOn(tab, 'Try all 19 again');
  await landsOn(tab, /^Uploading \d+ of 21 files$/);
  await pressOn(tab, /^All \d+$/);
  await tabTo(tab, /^(plans|note|empty)/);
  await press(tab, 'Home');
  await landsOn(tab, /plans\.pdf/);
  await pressOn(tab, 'Pause plans.pdf');
  await landsOn(tab, 'Carry on with plans.pdf');
  store.let(Number.POSITIVE_INFINITY);
  await press(tab, 'Enter');
  await landsOn(tab, '21 files uploaded');
  assert.equal((await hashesIn(store)).length, before + 21);
}
