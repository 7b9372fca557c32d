import assert from 'node:assert/strict';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { landsOn, pickOn, press, pressOn, tabTo } from './keyboard.ts';
import type { Desk } from './keys-story.ts';
import type { Tab } from './tab.ts';

/** What is asked before an upload: read, ticked, and taken back by a second key. */
export async function agreeKeys({ browser, demo }: Desk): Promise<void> {
  const photo = makeFile(makeFolder(), 'photo.png', pngBytes(20_000));
  const share = 'I may share these files.';
  const tab = browser.tab;
  await tab.open(`${demo.site}/event`);
  await tab.see({ css: 'button', text: 'Choose files' });
  await pickOn(tab, 'Choose files', '#files', [photo.path]);
  await tab.see({ css: 'label', text: share });
  await pressOn(tab, 'Upload 1 file');
  await tab.see({ css: '*', text: `Tick the box to upload: ${share}` });
  await landsOn(tab, share);
  assert.deepEqual(await ticks(tab), [false, false]);
  await press(tab, ' ');
  assert.deepEqual(await ticks(tab), [true, false]);
  await tabTo(tab, /train/);
  await press(tab, ' ');
  assert.deepEqual(await ticks(tab), [true, true]);
  await press(tab, ' ');
  assert.deepEqual(await ticks(tab), [true, false]);
  await pressOn(tab, 'What this means');
  await tab.see({ css: 'dd', text: /You took the pictures yourself/ });
  await pressOn(tab, 'Upload 1 file');
  await landsOn(tab, '1 file uploaded');
}

const ticks = (tab: Tab): Promise<boolean[]> =>
  tab.evaluate(
    `[...document.querySelector('secure-upload').shadowRoot.querySelectorAll('input[type=checkbox]')].map((box) => box.checked)`,
  );
