import type { RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { isolate } from '../../i18n/names.ts';
import type { Announcement } from '../announcer.ts';
import { ENDING_MINUTES } from './download.ts';
import { deliveryText } from './file-row.ts';
import { problemText } from './problem-text.ts';
import type { View } from './view.ts';

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
    if (old?.phase === delivery.phase || delivery.phase === 'ready' || delivery.phase === 'receiving') continue;
    const isUrgent = delivery.phase === 'differs' || delivery.phase === 'interrupted';
    said.push({ text: `${isolate(delivery.file.name)}. ${deliveryText(view, delivery)}`, isUrgent });
  }
  if (snapshot.deliveryWindow === 'ending' && before.deliveryWindow === 'open') {
    said.push({ text: words.download.endingSpoken(ENDING_MINUTES) });
  }
  return said;
}
