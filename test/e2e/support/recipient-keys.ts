import assert from 'node:assert/strict';
import type { Demo } from './demo.ts';
import { landsOn, press, stop, tabTo, write } from './keyboard.ts';
import { codeIn, linkIn, mailTo } from './mail.ts';
import { FIND, findArguments, type Tab, until } from './tab.ts';

/** The files stay for 15 minutes, of which the last five are told. Nobody waits that long: the page's own timer is kept … */
const KEEP_LONG_TIMERS = `(() => {
  const set = window.setTimeout;
  window.setTimeout = (act, ms, ...more) => (ms > 300000 ? ((window.late = act), 0) : set(act, ms, ...more));
  return true;
})()`;
/** … and fires, for a clock that is eleven minutes on. */
const ELEVEN_MINUTES_ON = `(() => {
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
  await tabTo(tab, 'That was not me');
  await press(tab, 'Enter');
  await tab.see({ css: '#reported' });

  await tab.open(linkIn(await mailTo(demo, recipient, /sent you/)));
  await tab.see({ css: 'button', text: 'Send me the code' });
  await tabTo(tab, 'This is not for me');
  await press(tab, 'Enter');
  await landsOn(tab, 'Thank you');

  await reload(tab);
  await tab.see({ css: 'button', text: 'Send me the code' });
  await tabTo(tab, 'Language');
  await press(tab, 'ArrowDown');
  await tab.see({ css: 'button', text: 'Code senden' });
  await press(tab, 'ArrowUp');
  await tab.see({ css: 'button', text: 'Send me the code' });
  await tabTo(tab, 'Send me the code');
  await press(tab, 'Enter');
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
  await tabTo(tab, 'Read the full notice');
  await press(tab, ' ');
  await tabTo(tab, /^Decline/);
  await press(tab, 'Enter');
  await landsOn(tab, 'You declined');
  await tabTo(tab, 'Show the details again');
  await press(tab, 'Enter');
  await landsOn(tab, 'Do you want to receive these files?');
  await tabTo(tab, /^Decline/);
  await tabTo(tab, /^Accept/, 'Shift+Tab');
  await press(tab, ' ');

  await landsOn(tab, 'Your files are ready');
  await tab.evaluate(KEEP_LONG_TIMERS);
  await tabTo(tab, /Download.*note/);
  await press(tab, 'Enter');
  await tab.see({ css: '*', text: /Nothing was changed on the way/ });
  await tab.evaluate(ELEVEN_MINUTES_ON);
  await tab.see(ENDING);
  await tabTo(tab, '15 more minutes');
  await press(tab, 'Enter');
  await until(async () => ((await tab.evaluate<boolean>(IS_ENDING)) ? null : true), 'the end, put off');
  assert.notEqual((await stop(tab)).tag, 'body', 'the focus stays on the page');
  await tabTo(tab, 'Email me the receipt');
  await press(tab, 'Enter');
  await tab.see({ css: '#mailed' });
  await tabTo(tab, 'What was recorded');
  await press(tab, 'Enter');
  await tab.see({ css: 'table td', text: 'You accepted' });
  await tabTo(tab, /^Withdraw/, 'Shift+Tab');
  await press(tab, 'Enter');
  await landsOn(tab, 'Withdraw?');
  await tabTo(tab, /^Withdraw/);
  await press(tab, 'Enter');
  await landsOn(tab, 'You withdrew');
}

/** The stop page, with keys alone: opening it changes nothing, a press stops mails, and one on the same page allows them again. */
export async function stopKeys(tab: Tab, address: string): Promise<void> {
  await tab.open(address);
  await tab.see({ css: 'button', text: 'Stop these emails' });
  await reload(tab);
  await tab.see({ css: 'button', text: 'Stop these emails' });
  await tabTo(tab, 'Stop these emails');
  await press(tab, 'Enter');
  await landsOn(tab, 'You get no more of these emails');
  await reload(tab);
  await tab.see({ css: 'button', text: 'Allow them again' });
  await tabTo(tab, 'Allow them again');
  await press(tab, 'Enter');
  await landsOn(tab, 'Stop these emails');
}

/** Until the page from before is gone, in which the same things could still be seen. */
async function reload(tab: Tab): Promise<void> {
  await tab.evaluate('(window.isBefore = true, location.reload(), true)');
  const isNew = () => tab.evaluate<boolean>('window.isBefore !== true').catch(() => false);
  await until(async () => ((await isNew()) ? true : null), 'the page, loaded anew');
}
