import { html, nothing, type TemplateResult } from 'lit';
import type { View } from './view.ts';

/** More files were chosen than may go at once: those that are not listed are not forgotten. */
export function asideNote({ snapshot, words }: View): TemplateResult | typeof nothing {
  return snapshot.aside > 0 ? html`<p class="small muted aside">${words.yetToCome(snapshot.aside)}</p>` : nothing;
}

/** Once the others are in. */
export function asideButton(
  { snapshot, words, acts, app }: View,
  rank: 'primary' | '',
): TemplateResult | typeof nothing {
  const { aside } = snapshot;
  const most = app.limits.max_files;
  if (aside === 0) return nothing;
  return html`<button type="button" part=${rank || nothing} class="button ${rank}" id="upload-next" @click=${() => acts.uploadNext()}>
    ${aside > most ? words.uploadNext(most) : words.uploadOther(aside)}
  </button>`;
}
