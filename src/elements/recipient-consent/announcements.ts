import type { RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { isolate } from '../../i18n/names.ts';
import { ENDING_MINUTES } from './download.ts';
import { deliveryText } from './file-row.ts';
import { problemText } from './problem-text.ts';
import type { View } from './view.ts';

export interface Announcement {
  readonly text: string;
  readonly isUrgent: boolean;
}

/** What assistive technology is told about a change. Nothing that cannot also be read on the screen. */
export function announce(before: RecipientSnapshot, view: View): Announcement | null {
  const { snapshot, words } = view;
  if (snapshot.problem && snapshot.problem !== before.problem) {
    const text = problemText(view, snapshot.problem);
    if (text !== null) return { text, isUrgent: true };
  }
  for (const delivery of snapshot.deliveries) {
    const old = before.deliveries.find(({ file }) => file.id === delivery.file.id);
    if (old?.phase === delivery.phase || delivery.phase === 'ready' || delivery.phase === 'receiving') continue;
    const isUrgent = delivery.phase === 'differs' || delivery.phase === 'interrupted';
    return { text: `${isolate(delivery.file.name)}. ${deliveryText(view, delivery)}`, isUrgent };
  }
  if (snapshot.deliveryWindow === 'ending' && before.deliveryWindow === 'open') {
    return { text: words.download.endingSpoken(ENDING_MINUTES), isUrgent: false };
  }
  return null;
}
