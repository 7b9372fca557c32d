import { html, nothing, type TemplateResult } from 'lit';
import type { LinkPreview } from '../../contract/links.ts';
import { formatReference, isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import type { FormView } from './form-view.ts';

/** "See what they will see": the mail and the first page, before anything is sent. */
export function previewOf(view: FormView): TemplateResult {
  const { words, preview } = view;
  const isOpen = preview !== null;
  return html`<div class="disclosure">
    <button
      class="link opens"
      type="button"
      id="preview"
      aria-expanded=${isOpen ? 'true' : 'false'}
      @click=${view.togglePreview}
    >
      ${words.preview}
    </button>
    ${preview === null ? nothing : 'text' in preview ? told(preview.text) : shown(view, preview)}
  </div>`;
}

function told(text: string): TemplateResult {
  return html`<p part="problem" class="problem">${icon('alert', 16)}<span>${text}</span></p>`;
}

function shown({ words, formats, now, draft }: FormView, { mail, cover }: LinkPreview): TemplateResult {
  const { language } = draft;
  return html`<div class="preview">
    <h3 class="sub-heading">${words.previewMail}</h3>
    <dl class="facts small">
      <div><dt>${words.previewFrom}</dt><dd><bdi>${mail.from}</bdi></dd></div>
      <div><dt>${words.previewSubject}</dt><dd><bdi lang=${language}>${mail.subject}</bdi></dd></div>
    </dl>
    <pre class="mail small" dir="auto" lang=${language} tabindex="0">${mail.text}</pre>
    <h3 class="sub-heading">${words.previewPage}</h3>
    <p class="small strong">${words.previewHeading(isolate(cover.sender.name), cover.files.count)}</p>
    <dl class="facts small">
      <div><dt>${words.previewPurpose}</dt><dd><bdi>${cover.purpose}</bdi></dd></div>
      <div><dt>${words.previewFrom}</dt><dd>${words.previewSender(isolate(cover.sender.name), isolate(cover.sender.address))}</dd></div>
      <div><dt>${words.previewUntil}</dt><dd>${formats.future(cover.expires_at, now)}</dd></div>
      <div><dt>${words.previewReference}</dt><dd><bdi dir="ltr">${formatReference(cover.reference)}</bdi></dd></div>
    </dl>
  </div>`;
}
