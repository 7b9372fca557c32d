import { revealRow } from '../late-list.ts';
import type { View } from './view.ts';

/** PageUp and PageDown go about as far as a screen. */
const PAGE = 10;

/** Delete takes a row out; in a long list the arrows, Home and End walk through it. */
export function steer(
  view: View,
  rows: readonly { readonly key: string }[],
  isLong: boolean,
  event: KeyboardEvent,
): void {
  const list = event.currentTarget;
  const at = event.target instanceof Element ? event.target.closest<HTMLElement>('.row[data-key]') : null;
  if (!at || !(list instanceof Element)) return;
  const index = rows.findIndex(({ key }) => key === at.dataset.key);
  if (event.key === 'Delete' || event.key === 'Backspace') {
    const item = view.snapshot.items.find(({ key }) => key === at.dataset.key);
    if (!item || !at.querySelector('.remove')) return;
    event.preventDefault();
    view.acts.remove(item);
    return;
  }
  if (!isLong || index === -1) return;
  const last = rows.length - 1;
  const next = {
    ArrowDown: Math.min(index + 1, last),
    ArrowUp: Math.max(index - 1, 0),
    PageDown: Math.min(index + PAGE, last),
    PageUp: Math.max(index - PAGE, 0),
    Home: 0,
    End: last,
  }[event.key];
  const key = next === undefined ? undefined : rows[next]?.key;
  if (next === undefined || key === undefined || next === index) return;
  const rowOfKey = list.querySelector<HTMLElement>(`.row[data-key="${CSS.escape(key)}"]`);
  const target = revealRow(list, next) ?? rowOfKey;
  if (!target) return;
  event.preventDefault();
  view.acts.patch({ currentKey: key });
  // One that says how to bring a file back has a button, and nothing else to stand on.
  (target.querySelector<HTMLElement>('.removed button') ?? target).focus();
}
