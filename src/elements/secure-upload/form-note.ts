import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { acceptedItems } from './items.ts';
import { lacksRoom } from './room.ts';
import type { View } from './view.ts';

/** The form was submitted while files were on their way, or is refused for another reason than what is next here. */
export function formNote(view: View): TemplateResult | typeof nothing {
  const { words, ui, acts } = view;
  if (view.formFault && !hasNext(view)) return formFault(view);
  if (!ui.formHold || endSaysSo(view)) return nothing;
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

/** The note at the end of the upload tells of the form, too. */
export function endSaysSo(view: View): boolean {
  const { phase } = view.snapshot;
  return view.ui.formHold === 'not-sent' && (phase === 'part-done' || phase === 'not-done') && !lacksRoom(view);
}

/** What is in the way of the form. The browser has said it aloud, so no live region does. */
export function formFault({ formFault: text }: View): TemplateResult | typeof nothing {
  if (!text) return nothing;
  return html`<p part="problem" class="problem" id="form-fault">${icon('alert', 16)} <span>${text}</span></p>`;
}

/** The zone or "Upload" is in sight, and the reason stands there. */
function hasNext({ snapshot, ui }: View): boolean {
  if (snapshot.items.length === 0) return snapshot.phase === 'signing-in' && !ui.isListingLinks;
  return snapshot.phase === 'choosing' && acceptedItems(snapshot).length > 0;
}
