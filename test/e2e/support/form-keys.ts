import { makeFile, makeFolder } from './files.ts';
import { landsOn, press, pressOn, tabTo, write } from './keyboard.ts';
import type { Desk } from './keys-story.ts';
import { pdf } from './pdf.ts';

const MB = 1024 * 1024;

/** What a builder may add to the page: the form can be emptied. */
const ADD = `(() => {
  const button = document.createElement('button');
  button.type = 'reset';
  button.textContent = 'Start over';
  document.forms[0].append(button);
  return true;
})()`;

export async function formKeys({ browser, demo, store }: Desk): Promise<void> {
  const report = makeFile(makeFolder(), 'report.pdf', pdf(24 * MB));
  const { tab } = browser;
  await tab.open(`${demo.site}/form`);
  await tab.see({ css: 'button', text: 'Choose files' });
  await tab.evaluate(ADD);

  await pressOn(tab, 'Send the case');
  await landsOn(tab, 'What is it about?');
  await write(tab, 'Rain');
  await pressOn(tab, 'Send the case');
  await landsOn(tab, 'Upload files');
  await tabTo(tab, 'Choose files');
  await tab.pick(() => press(tab, 'Enter'), { css: '#files' }, [report.path]);
  await tab.see({ css: 'button', text: 'Upload 1 file' });
  await pressOn(tab, 'Start over');
  await tab.see({ css: 'button', text: 'Choose files' });
  await landsOn(tab, 'Start over');

  store.let(Number.POSITIVE_INFINITY);
  await tabTo(tab, 'Choose files', 'Shift+Tab');
  await tab.pick(() => press(tab, 'Enter'), { css: '#files' }, [report.path]);
  await tab.see({ css: 'button', text: 'Upload 1 file' });
  await pressOn(tab, 'Upload 1 file');
  await landsOn(tab, /sent with the form\.$/);
  await tabTo(tab, 'What is it about?', 'Shift+Tab');
  await write(tab, 'Rain');
  await pressOn(tab, 'Send the case');
  await tab.see({ css: 'p', text: 'With 1 document.' });
}
