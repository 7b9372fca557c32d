import type { Demo } from './demo.ts';
import { landsOn, press, pressOn, staysOnPage, tabTo, write } from './keyboard.ts';
import { codeIn, linkIn, mailTo } from './mail.ts';
import { FIND, findArguments, type Tab, until } from './tab.ts';

/** The files stay for 15 minutes, of which the last five are told. Nobody waits that long: the page's own timer is kept … */
export const KEEP_LONG_TIMERS = `(() => {
  const set = window.setTimeout;
  window.setTimeout = (act, ms, ...more) => (ms > 300000 ? ((window.late = act), 0) : set(act, ms, ...more));
  return true;
})()`;
/** … and fires, for a clock that is eleven minutes on. */
export const ELEVEN_MINUTES_ON = `(() => {
  const now = Date.now;
  Date.now = () => now() + 660000;
  try {
    window.late();
  } finally {
    Date.now = now;
  }
  return true;
})()`;

const ENDING = { css: 'strong', text: /minutes left/ };
const IS_ENDING = `(${FIND})(${findArguments(ENDING)}) !== null`;

/**
 * What a recipient does, with keys alone: every step from the cover to the withdrawal, and what can be said of a link. One
 * was mailed to `recipient`, with a file `note.txt`; `used` is the address of one whose files somebody else has.
 */
export async function recipientKeys(tab: Tab, demo: Demo, recipient: string, used: string): Promise<void> {
  await tab.open(used);
  await tab.see({ css: 'h2', text: 'This link has been used' });
  await pressOn(tab, 'That was not me');
  await tab.see({ css: '#reported' });

  await tab.open(linkIn(await mailTo(demo, recipient, /sent you/)));
  await tab.see({ css: 'button', text: 'Send me the code' });
  await pressOn(tab, 'This is not for me');
  await landsOn(tab, 'Thank you');

  await reload(tab);
  await tab.see({ css: 'button', text: 'Send me the code' });
  await tabTo(tab, 'Language');
  await press(tab, 'ArrowDown');
  await tab.see({ css: 'button', text: 'Code senden' });
  await press(tab, 'ArrowUp');
  await tab.see({ css: 'button', text: 'Send me the code' });
  await pressOn(tab, 'Send me the code');
  await landsOn(tab, 'Code');
  const code = codeIn(await mailTo(demo, recipient, /is your code/));
  await write(tab, code === '00000000' ? '11111111' : '00000000');
  await press(tab, 'Enter');
  await tab.see({ css: '*', text: /You have 4 tries left/ });
  await landsOn(tab, 'Code');
  // What did not match is marked: the next digits take its place.
  await write(tab, code);
  await press(tab, 'Enter');

  await landsOn(tab, 'Do you want to receive these files?');
  await pressOn(tab, 'Read the full notice', ' ');
  await pressOn(tab, /^Decline/);
  await landsOn(tab, 'You declined');
  await pressOn(tab, 'Show the details again');
  await landsOn(tab, 'Do you want to receive these files?');
  await tabTo(tab, /^Decline/);
  await tabTo(tab, /^Accept/, 'Shift+Tab');
  await press(tab, ' ');

  await landsOn(tab, 'Your files are ready');
  await tab.evaluate(KEEP_LONG_TIMERS);
  await pressOn(tab, /Download.*note/);
  await tab.see({ css: '*', text: /Nothing was changed on the way/ });
  await tab.evaluate(ELEVEN_MINUTES_ON);
  await tab.see(ENDING);
  await pressOn(tab, '15 more minutes');
  await until(async () => ((await tab.evaluate<boolean>(IS_ENDING)) ? null : true), 'the end, put off');
  await staysOnPage(tab);
  await pressOn(tab, 'Email me the receipt');
  await tab.see({ css: '#mailed' });
  await pressOn(tab, 'What was recorded');
  await tab.see({ css: 'table td', text: 'You accepted' });
  await tabTo(tab, /^Withdraw/, 'Shift+Tab');
  await press(tab, 'Enter');
  await landsOn(tab, 'Withdraw?');
  await pressOn(tab, /^Withdraw/);
  await landsOn(tab, 'You withdrew');
}

/** The stop page, with keys alone: opening it changes nothing, a press stops mails, and one on the same page allows them again. */
export async function stopKeys(tab: Tab, address: string): Promise<void> {
  await tab.open(address);
  await tab.see({ css: 'button', text: 'Stop these emails' });
  await reload(tab);
  await tab.see({ css: 'button', text: 'Stop these emails' });
  await pressOn(tab, 'Stop these emails');
  await landsOn(tab, 'You get no more of these emails');
  await reload(tab);
  await tab.see({ css: 'button', text: 'Allow them again' });
  await pressOn(tab, 'Allow them again');
  await landsOn(tab, 'Stop these emails');
}

/** Until the page from before is gone, in which the same things could still be seen. */
async function reload(tab: Tab): Promise<void> {
  await tab.evaluate('(window.isBefore = true, location.reload(), true)');
  const isNew = () => tab.evaluate<boolean>('window.isBefore !== true').catch(() => false);
  await until(async () => ((await isNew()) ? true : null), 'the page, loaded anew');
}
