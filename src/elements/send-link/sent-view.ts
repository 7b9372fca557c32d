import { html, nothing, type TemplateResult } from 'lit';
import type { MadeLink } from '../../contract/links.ts';
import { formatReference, isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import type { FormView } from './form-view.ts';

export interface SentActs {
  close(): void;
  another(): void;
}

/** The mails are on their way; what to tell each person, so that they know them to be genuine. */
export function sentView(sent: readonly MadeLink[], view: FormView, acts: SentActs): TemplateResult | typeof nothing {
  const [first] = sent;
  if (!first) return nothing;
  const { words, formats, now } = view;
  const until = formats.future(first.link.expires_at, now);
  const from = isolate(first.mail_from);
  const referenceOf = ({ link }: MadeLink) => isolate(formatReference(link.reference));
  const isOne = sent.length === 1;
  const title = isOne ? words.sent(isolate(first.link.recipient)) : words.sentMany(sent.length);
  return html`<div part="note" class="note ok">
      ${icon('check')}
      <h2 part="heading" class="sub-heading" id="heading" tabindex="-1">${title}</h2>
      ${
        isOne
          ? nothing
          : html`<ul class="small">${sent.map((made) => html`<li>${whole(words.sentEach(isolate(made.link.recipient), referenceOf(made)), referenceOf(made))}</li>`)}</ul>`
      }
      <p class="small">${isOne ? whole(words.sentText(until, from, referenceOf(first)), referenceOf(first)) : words.sentManyText(until, from)}</p>
    </div>
    <div class="buttons">
      <button part="primary" class="button primary" type="button" @click=${acts.close}>${words.done}</button>
      <button class="button" type="button" @click=${acts.another}>${words.another}</button>
      <button class="button quiet" type="button" id="list" @click=${view.showList}>${words.list.open}</button>
    </div>`;
}

/** The sentence with a part that stays in one line: a reference would break at its hyphen. */
function whole(sentence: string, part: string): TemplateResult {
  const [before, after = ''] = sentence.split(part, 2);
  return html`${before}<span class="whole">${part}</span>${after}`;
}
