import { html, nothing, type TemplateResult } from 'lit';
import { pickWords } from '../../i18n/messages.ts';
import { contactHref } from '../contact-href.ts';
import type { View } from './view.ts';

/** "More about your files": a plain list, no legal text. */
export function aboutFiles(view: View): TemplateResult {
  const { app, words, formats, lang } = view;
  const fact = (label: string, value: unknown) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<div class="about">
    <dl class="facts">
      ${fact(words.whoGets, app.org.name)} ${fact(words.why, pickWords(app.purpose, lang))}
      ${fact(words.where, pickWords(app.region.label, lang))}
      ${fact(words.howLong, words.howLongText(formats.days(app.retention_days)))}
      ${fact(words.virusCheck, app.scan ? words.virusCheckYes : words.virusCheckNo)}
      ${fact(words.takeBack, words.takeBackText(app.org.name))} ${fact(words.whySignIn, words.whySignInText(app.org.name))}
      ${fact(words.tracking, words.trackingText)}
    </dl>
    ${links(view)}
  </div>`;
}

function links({ app, words }: View): TemplateResult | typeof nothing {
  const contact = contactHref(app.org.contact);
  const help = app.org.help_url?.startsWith('https://') ? app.org.help_url : null;
  if (contact === null && help === null) return nothing;
  return html`<p class="links">
    ${contact ? html`<a class="link" href=${contact} rel="noopener">${words.contact(app.org.name)}</a>` : nothing}
    ${help ? html`<a class="link" href=${help} target="_blank" rel="noopener">${words.help}<span class="hidden-text"> (${words.opensNewPage})</span></a>` : nothing}
  </p>`;
}
