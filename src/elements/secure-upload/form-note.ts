import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { View } from './view.ts';

/** The form was submitted while files were on their way. */
export function formNote(view: View): TemplateResult | typeof nothing {
  const { words, ui, acts } = view;
  if (!ui.formHold) return nothing;
  const isWaiting = ui.formHold === 'waiting';
  return html`<div part="note" class="note ${isWaiting ? '' : 'warn'}">
    ${icon(isWaiting ? 'clock' : 'alert')}
    <p>${formHoldText(view, ui.formHold)}</p>
    ${
      isWaiting
        ? html`<div class="buttons">
            <button type="button" class="button" @click=${() => acts.patch({ formHold: null })}>${words.doNotSendForm}</button>
          </div>`
        : nothing
    }
  </div>`;
}

export function formHoldText({ words }: Pick<View, 'words'>, hold: 'waiting' | 'not-sent'): string {
  return hold === 'waiting' ? words.formWaits : words.formNotSent;
}
