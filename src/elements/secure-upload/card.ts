import { html, nothing, type TemplateResult } from 'lit';
import { pickWords } from '../../i18n/messages.ts';
import { chooseView } from './choose.ts';
import type { FirstView } from './view.ts';

/** The card while there is an app: heading, ribbon, and the view of the phase. */
export function cardView(view: FirstView): TemplateResult {
  const { snapshot, app, words, formats, late } = view;
  const isFinished =
    ['done', 'part-done', 'not-done'].includes(snapshot.phase) && !(snapshot.phase === 'done' && view.isInForm);
  const kept = app.retention_days === 1 ? words.oneDay : formats.days(app.retention_days);
  return html`
    ${app.mode === 'test' ? html`<p part="ribbon" class="ribbon small">${words.testMode(kept)}</p>` : nothing}
    ${isFinished ? nothing : top(view)}
    ${late?.phase() ?? chooseView(view)} ${late?.beside() ?? nothing}
    <slot name="footer"></slot>
  `;
}

function top({ app, words, lang, late }: FirstView): TemplateResult {
  return html`<div class="top">
    <h2 part="heading" class="heading" id="heading" tabindex="-1"><slot name="heading">${app.heading ? pickWords(app.heading, lang) : words.heading}</slot></h2>
    ${late?.person() ?? nothing}
  </div>`;
}
