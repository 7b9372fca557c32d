import type { RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { isolate } from '../../i18n/names.ts';
import type { Announcement } from '../announcer.ts';
import { ENDING_MINUTES } from './download.ts';
import { deliveryText } from './file-row.ts';
import { problemText } from './problem-text.ts';
import type { View } from './view.ts';

/** Work that says how it ends. */
const QUIET = new Set<string>(['receiving', 'checking']);

/** What assistive technology is told about a change. Nothing that cannot also be read on the screen. */
export function announce(before: RecipientSnapshot, view: View): Announcement[] {
  const { snapshot, words } = view;
  const said: Announcement[] = [];
  if (snapshot.problem && snapshot.problem !== before.problem) {
    const text = problemText(view, snapshot.problem);
    if (text !== null) said.push({ text, isUrgent: true });
  }
  for (const delivery of snapshot.deliveries) {
    const old = before.deliveries.find(({ file }) => file.id === delivery.file.id);
    if (old?.phase === delivery.phase || delivery.phase === 'ready' || QUIET.has(delivery.phase)) continue;
    const isUrgent = ['differs', 'other-copy', 'interrupted'].includes(delivery.phase);
    said.push({ text: `${isolate(delivery.file.name)}. ${deliveryText(view, delivery)}`, isUrgent });
  }
  const { sender } = snapshot.cover ?? {};
  if (snapshot.mailedTo !== null && before.mailedTo === null) {
    said.push({ text: words.receipt.mailed(isolate(snapshot.mailedTo)) });
  }
  if (sender && snapshot.askedAt !== null && before.askedAt === null && before.cover !== null) {
    said.push({ text: words.ask.asked(isolate(sender.name)) });
  }
  if (sender && snapshot.isReported && !before.isReported) {
    said.push({ text: words.ended.reported(isolate(sender.name)) });
  }
  if (snapshot.deliveryWindow === 'ending' && before.deliveryWindow === 'open') {
    said.push({ text: words.download.endingSpoken(ENDING_MINUTES) });
  }
  return said;
}
