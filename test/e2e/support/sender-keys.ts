import assert from 'node:assert/strict';
import { signInByHand } from './client.ts';
import type { Demo } from './demo.ts';
import { type Keyed, landsOn, press, see, stop, tabTo, write } from './keyboard.ts';
import { mailLink, receiveByHand } from './recipient.ts';

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
export async function senderKeys(page: Keyed, recipient: string, before: SentBefore): Promise<void> {
  await tabTo(page, 'Send to someone');
  await press(page, 'Enter');
  await see(page, { css: '#recipient' });
  await tabTo(page, /^Send to$/);
  await write(page, recipient);
  await tabTo(page, 'What is it for?');
  await write(page, 'Your signed contract');
  await tabTo(page, 'See what they will see');
  await press(page, 'Enter');
  await see(page, { css: 'h3', text: 'The first page' });
  await tabTo(page, 'Send link');
  await press(page, 'Enter');
  await landsOn(page, /^I have read this and say yes/);
  await press(page, ' ');
  await press(page, 'Enter');
  await landsOn(page, new RegExp(`^Link sent to ${recipient}`));

  await tabTo(page, 'Links you sent');
  await press(page, 'Enter');
  await landsOn(page, 'Links you sent');
  await see(page, { css: 'li', text: new RegExp(before.waiting) });
  await tabTo(page, `Take back the link to ${before.waiting}`);
  await press(page, 'Enter');
  await landsOn(page, /^Take back the link to/);
  await tabTo(page, 'Take back');
  await press(page, 'Enter');
  await see(page, { css: 'li', text: /Taken back/ });
  await landsOn(page, `Send a new link to ${before.waiting}`);
  await press(page, 'Enter');
  await see(page, { css: 'li', text: /Replaced by a new link/ });
  assert.notEqual((await stop(page)).tag, 'body', 'the focus stays in the list');
}
