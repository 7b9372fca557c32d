import { html, nothing, type TemplateResult } from 'lit';
import { pickWords } from '../../i18n/messages.ts';
import { chooseView, dragView } from './choose.ts';
import { doneView, notDoneView, partDoneView } from './finished.ts';
import { reviewView } from './review.ts';
import { sendingView } from './sending.ts';
import { signingInNote } from './sign-in.ts';
import type { View } from './view.ts';

/** The card while there is an app: heading, ribbon, and the view of the phase. */
export function cardView(view: View): TemplateResult {
  const { snapshot, app, words, formats, ui } = view;
  const isFinished =
    ['done', 'part-done', 'not-done'].includes(snapshot.phase) && !(snapshot.phase === 'done' && view.isInForm);
  const kept = app.retention_days === 1 ? words.oneDay : formats.days(app.retention_days);
  return html`
    ${app.mode === 'test' ? html`<p class="ribbon small">${words.testMode(kept)}</p>` : nothing}
    ${isFinished ? nothing : top(view)}
    ${phaseView(view)} ${ui.drag ? dragView(view) : nothing}
  `;
}

function top({ app, words, lang, snapshot, flow }: View): TemplateResult {
  const maySignOut = snapshot.phase === 'choosing' && snapshot.items.length === 0;
  return html`<div class="top">
    <h2 part="heading" class="heading" id="heading" tabindex="-1">${app.heading ? pickWords(app.heading, lang) : words.heading}</h2>
    ${
      snapshot.person
        ? html`<p class="small muted person">
            ${words.signedInAs(snapshot.person.name)}
            ${maySignOut ? html`<button type="button" class="link" @click=${() => flow.signOut()}>${words.signOut}</button>` : nothing}
          </p>`
        : nothing
    }
  </div>`;
}

function phaseView(view: View): TemplateResult {
  const { snapshot } = view;
  switch (snapshot.phase) {
    case 'uploading':
    case 'sign-in-again':
      return sendingView(view);
    case 'done':
      return doneView(view);
    case 'part-done':
      return partDoneView(view);
    case 'not-done':
      return notDoneView(view);
    default: {
      if (snapshot.items.length > 0 || snapshot.removed) return reviewView(view);
      return snapshot.phase === 'signing-in' ? html`${signingInNote(view)} ${chooseView(view)}` : chooseView(view);
    }
  }
}
