import { signInByHand } from './client.ts';
import type { Demo } from './demo.ts';
import { landsOn, press, pressOn, staysOnPage, tabTo, write } from './keyboard.ts';
import { mailLink, receiveByHand } from './recipient.ts';
import type { Tab } from './tab.ts';

export interface SentBefore {
  /** Whose link nobody has answered. */
  readonly waiting: string;
  /** A link that was used, as its mail has it. */
  readonly used: string;
  /** The stop link of the same mail. */
  readonly stop: string;
}

/** What the same person sent from another browser. */
export async function sendBefore(demo: Demo): Promise<SentBefore> {
  const sender = await signInByHand(demo, 'case-files', 'jo');
  const { id } = await sender.upload({ name: 'earlier.txt', type: 'text/plain', bytes: Buffer.from('earlier') });
  const send = (name: string) => mailLink(demo, sender, [id], `${name}@outside.example`);
  const [waiting, used] = [await send('waiting'), await send('used')];
  await receiveByHand(demo, used);
  const [address = '', stop = ''] = used.addresses;
  return { waiting: waiting.recipient, used: address, stop };
}

/** From "Send to someone" on, with keys alone: what they will see, the yes to outside, then a link taken back and renewed. */
export async function senderKeys(page: Tab, recipient: string, before: SentBefore): Promise<void> {
  await pressOn(page, 'Send to someone');
  await page.see({ css: '#recipient' });
  await tabTo(page, /^Send to$/);
  await write(page, recipient);
  await tabTo(page, 'What is it for?');
  await write(page, 'Your signed contract');
  await pressOn(page, 'See what they will see');
  await page.see({ css: 'h3', text: 'The first page' });
  await pressOn(page, 'Send link');
  await landsOn(page, /^I have read this and say yes/);
  await press(page, ' ');
  await press(page, 'Enter');
  await landsOn(page, new RegExp(`^Link sent to ${recipient}`));

  await pressOn(page, 'Links you sent');
  await landsOn(page, 'Links you sent');
  await page.see({ css: 'li', text: new RegExp(before.waiting) });
  await pressOn(page, `Take back the link to ${before.waiting}`);
  await landsOn(page, /^Take back the link to/);
  await pressOn(page, 'Take back');
  await page.see({ css: 'li', text: /Taken back/ });
  await landsOn(page, `Send a new link to ${before.waiting}`);
  await press(page, 'Enter');
  await page.see({ css: 'li', text: /Replaced by a new link/ });
  await staysOnPage(page);
}
