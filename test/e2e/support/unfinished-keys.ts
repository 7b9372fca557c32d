import assert from 'node:assert/strict';
import { makeFile, makeFolder, type TestFile } from './files.ts';
import { landsOn, pickOn, press, pressOn, tabTo } from './keyboard.ts';
import type { Desk } from './keys-story.ts';
import { pdf } from './pdf.ts';
import { hashesIn } from './storage.ts';
import { until } from './tab.ts';

const MB = 1024 * 1024;

/** How many parts the page has a record of, which it writes once a second; answers what the call before has found. */
export const RECORDED = `(() => {
  const { broker } = document.querySelector('secure-upload');
  const opening = indexedDB.open('secure-upload ' + broker);
  opening.onsuccess = () => {
    const all = opening.result.transaction('uploads').objectStore('uploads').getAll();
    all.onsuccess = () => {
      window.recorded = Math.max(0, ...all.result.map(({ parts }) => parts.size));
      opening.result.close();
    };
  };
  return window.recorded ?? 0;
})()`;

/** What an earlier visit left behind, two parts of it stored, so that deleting it asks first. */
export async function unfinishedKeys({ browser, demo, store }: Desk): Promise<void> {
  const drawings = makeFile(makeFolder(), 'drawings.pdf', pdf(24 * MB));
  const other = makeFile(makeFolder(), 'drawings.pdf', pdf(24 * MB));
  const letters = makeFile(makeFolder(), 'letters.pdf', pdf(24 * MB));

  const { tab } = browser;
  /** Begun from where the focus is, and found again after the page was loaded anew. */
  const leave = async ({ path, name }: TestFile): Promise<void> => {
    store.let(2);
    const { length } = store.stored;
    await pickOn(tab, 'Choose files', '#files', [path]);
    await tab.see({ css: 'button', text: 'Upload 1 file' });
    await pressOn(tab, 'Upload 1 file');
    await store.until(length + 2);
    await until(async () => ((await tab.evaluate<number>(RECORDED)) === 2 ? true : null), 'the record of two parts');
    await tab.open(`${demo.site}/files`);
    await tab.see({ css: '*', text: 'You have an unfinished upload. Sign in to see it.' });
    await pressOn(tab, 'Sign in now');
    await tab.see({ css: 'h3', text: 'You have 1 unfinished upload' });
    await pressOn(tab, `Delete what was sent of ${name}`);
    await landsOn(tab, 'Keep');
  };

  await tab.open(`${demo.site}/files`);
  await tab.see({ css: 'button', text: 'Choose files' });
  await leave(drawings);
  await press(tab, 'Enter');
  await landsOn(tab, 'Choose it again: drawings.pdf');
  const again = (path: string) =>
    tab.pick(() => press(tab, 'Enter'), { css: '[data-upload] input[type=file]' }, [path]);
  await again(other.path);
  await landsOn(tab, 'Choose again: drawings.pdf');
  store.let(Number.POSITIVE_INFINITY);
  await again(drawings.path);
  await landsOn(tab, '1 file uploaded');
  assert.ok((await hashesIn(store)).includes(drawings.sha256));

  await pressOn(tab, 'Upload more files');
  await landsOn(tab, 'Choose files');
  await press(tab, 'Shift+Tab');
  await leave(letters);
  await tabTo(tab, 'Delete', 'Shift+Tab');
  await press(tab, 'Enter');
  await landsOn(tab, 'Choose files');
}
