import { makeFile, makeFolder } from './files.ts';
import { landsOn, pickOn, press, pressOn, staysOnPage, tabTo, write } from './keyboard.ts';
import type { Desk } from './keys-story.ts';
import { pdf } from './pdf.ts';

const MB = 1024 * 1024;
const WAITS = { css: 'p', text: 'The form is sent when your files are uploaded.' };

/** What a builder may ask for: a form that is sent too early waits for its files. */
const WAIT = "(document.querySelector('secure-upload').setAttribute('submit', 'wait'), true)";

/** Sent while the file is on its way, taken back, and sent again: the form goes when the file is there. */
export async function formWaitKeys({ browser, demo, store }: Desk): Promise<void> {
  const report = makeFile(makeFolder(), 'report.pdf', pdf(48 * MB));
  const { tab } = browser;
  await tab.open(`${demo.site}/form`);
  await tab.see({ css: 'button', text: 'Choose files' });
  await tab.evaluate(WAIT);
  await tabTo(tab, 'What is it about?');
  await write(tab, 'Rain');
  await pickOn(tab, 'Choose files', '#files', [report.path]);
  await tab.see({ css: 'button', text: 'Upload 1 file' });

  const stored = store.stored.length;
  store.let(2);
  await pressOn(tab, 'Send the case');
  await store.until(stored + 2);
  await tab.see(WAITS);
  await staysOnPage(tab);
  await tabTo(tab, 'Do not send yet', 'Shift+Tab');
  await press(tab, 'Enter');
  await landsOn(tab, /^Uploading \d of 1 file$/);
  await pressOn(tab, 'Send the case');
  await tab.see(WAITS);
  await landsOn(tab, 'Send the case');
  store.open();
  await tab.see({ css: 'p', text: 'With 1 document.' });
}
