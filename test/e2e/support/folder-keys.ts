import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeFile, makeFolder } from './files.ts';
import { landsOn, pickOn, pressOn } from './keyboard.ts';
import type { Desk } from './keys-story.ts';

/**
 * By a button of its own. Chromium's driver alone can hand over a folder, whose files keep their places in it; through the
 * others' comes one file of it.
 */
export async function folderKeys({ browser, demo }: Desk): Promise<void> {
  const trip = join(makeFolder(), 'Trip');
  mkdirSync(join(trip, 'Day 1'), { recursive: true });
  const note = makeFile(trip, 'a.txt', Buffer.from('aaa'));
  makeFile(join(trip, 'Day 1'), 'b.txt', Buffer.from('bbb'));
  const isWhole = browser.name === 'chromium';
  const count = isWhole ? '2 files' : '1 file';

  const { tab } = browser;
  await tab.open(`${demo.site}/files`);
  await tab.see({ css: 'button', text: 'Choose a folder' });
  await pickOn(tab, 'Choose a folder', '#folder', [isWhole ? trip : note.path]);
  await landsOn(tab, 'Add more files');
  if (isWhole) await tab.see({ css: '*', text: /Trip\/Day 1/ });
  await pressOn(tab, `Upload ${count}`);
  await landsOn(tab, `${count} uploaded`);
}
