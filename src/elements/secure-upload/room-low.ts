import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { progressBar } from '../progress-bar.ts';
import type { View } from './view.ts';

/** From so much of the person's own room on it is worth a word, and from so much on a warning. */
const LOW = 0.7;
const ALMOST_FULL = 0.9;

/** What is left of the person's own room, while there is reason to look at it. Never what the organisation has left. */
export function roomLow({ snapshot, words, formats }: View): TemplateResult | typeof nothing {
  const { room, person } = snapshot;
  if (!room || !person || room.cap === 0) return nothing;
  const share = 1 - room.left / room.cap;
  if (share < LOW) return nothing;
  const rest = formats.size(Math.max(0, room.left));
  if (share >= ALMOST_FULL) {
    return html`<p class="status warn" id="room">${icon('alert', 16)} <span>${words.almostFull(rest)}</span></p>`;
  }
  const text = words.roomLeft(rest);
  return html`<div class="stack" id="room">
    ${progressBar(text, share, text, 'thin')}
    <p class="small muted">${text}</p>
  </div>`;
}
