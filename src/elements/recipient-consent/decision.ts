import { html, nothing, type TemplateResult } from 'lit';
import type { Notice, NoticeLine, NoticePurpose } from '../../contract/notice.ts';
import type { NoticePart } from '../../flow/recipient-snapshot.ts';
import { LANGUAGE_NAMES } from '../../i18n/language-names.ts';
import { directionOf } from '../../i18n/messages.ts';
import { isolate } from '../../i18n/names.ts';
import { contactLink } from './contact.ts';
import { fileRow } from './file-row.ts';
import { problemLine } from './problem-text.ts';
import { type CoverView, dateOf, facts, heading } from './view.ts';

export type NoticeView = CoverView & { readonly notice: Notice };

/**
 * Accept and Decline weigh the same, and nothing here is in the colour of the brand. What the notice says stands here word
 * for word: that is what is recorded.
 */
export function decisionScreen(view: NoticeView): TemplateResult {
  const { notice, snapshot } = view;
  if (snapshot.problem?.code === 'notice_stale') return staleScreen(view);
  const { language } = notice;
  return html`<div class="group notice" lang=${language} dir=${directionOf(language)}>
      ${heading(notice.question)}
      <div class=${isChanged(view, 'files') ? 'changed' : ''}>
        <ul part="list" class="rows">
          ${notice.files.map((file) => fileRow(view, file))}
        </ul>
        ${isChanged(view, 'files') ? html`<p>${changedTag(view)}</p>` : nothing}
      </div>
      ${noticeLines(view, notice.lines)} ${fullNotice(view)} ${purposes(view)}
    </div>
    <div class="group">
      ${problemLine(view)} ${snapshot.problem?.code === 'not_allowed' ? elsewhere(view) : choosing(view)}
    </div>`;
}

/** Here neither answer would count. */
function elsewhere({ words, acts, isOwnPage }: NoticeView): TemplateResult | typeof nothing {
  if (isOwnPage) return nothing;
  return html`<div class="buttons">
    <button class="button" type="button" @click=${acts.openElsewhere}>${words.cover.openElsewhere}</button>
  </div>`;
}

function choosing(view: NoticeView): TemplateResult {
  const { cover, notice, words } = view;
  const { language, choices } = notice;
  return html`<div class="pair" lang=${language} dir=${directionOf(language)}>
        ${choice(view, 'accept', choices.accept, words.decision.acceptName)}
        ${choice(view, 'decline', choices.decline, words.decision.declineName)}
      </div>
      <p class="small muted">
        ${words.decision.either(isolate(notice.sender.name), dateOf(view, cover.expires_at))}
      </p>`;
}

/** Named with what it does, where that begins with what can be read: whoever speaks to the page says what they read. */
function choice(view: NoticeView, decision: 'accept' | 'decline', text: string, name: string): TemplateResult {
  const { isBusy } = view.snapshot;
  return html`<button
    class="button choice ${isBusy && view.ui.deciding === decision ? 'busy' : ''}"
    type="button"
    aria-label=${name.startsWith(text) ? name : nothing}
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${(event: Event) => view.acts.decide(decision, event)}
  >
    ${text}
  </button>`;
}

function noticeLines(view: NoticeView, lines: readonly NoticeLine[]): TemplateResult {
  return facts(lines.map(({ id, label, text }) => [label, marked(view, id, lineText(view, id, text))]));
}

/** A contact and the address of the authority can be pressed; a purpose is the sender's own words. */
function lineText({ notice }: NoticeView, id: NoticeLine['id'], text: string): unknown {
  if (id === 'contact') return contactLink(notice.controller.contact, text);
  if (id === 'authority' && notice.authority.url !== undefined) return contactLink(notice.authority.url, text);
  // A sentence of the broker's may begin with the name of an organisation, and runs as its language does all the same.
  const ownWords = id === 'purpose' ? 'auto' : directionOf(notice.language);
  return html`<bdi dir=${id === 'sender_address' ? 'ltr' : ownWords}>${text}</bdi>`;
}

function fullNotice(view: NoticeView): TemplateResult {
  const { notice, words, snapshot } = view;
  const { decision } = words;
  const hasChanges = notice.full.some(({ id }) => isChanged(view, id));
  return html`<details class="disclosure" ?open=${hasChanges}>
    <summary class="link opens">${decision.full}</summary>
    <div class="group">
      ${noticeLines(view, notice.full)}
      <details class="disclosure">
        <summary class="link opens">${decision.details}</summary>
        ${facts([
          [decision.version, String(notice.version)],
          [
            decision.language,
            html`<bdi lang=${notice.language}>${LANGUAGE_NAMES[notice.language] ?? notice.language}</bdi>`,
          ],
          [decision.fingerprint, html`<code class="fingerprint" dir="ltr">${snapshot.noticeSha256}</code>`],
        ])}
      </details>
    </div>
  </details>`;
}

/** Empty boxes, each with whose choice it is, and with what it means right below it. */
function purposes(view: NoticeView): TemplateResult | typeof nothing {
  const { notice, words } = view;
  if (notice.purposes.length === 0) return nothing;
  return html`<div class="purposes" role="group" aria-label=${words.decision.purposes}>
    ${notice.purposes.map((purpose) => purposeBox(view, purpose))}
    ${isChanged(view, 'purposes') ? html`<p>${changedTag(view)}</p>` : nothing}
  </div>`;
}

function purposeBox({ words, snapshot, acts }: NoticeView, purpose: NoticePurpose): TemplateResult {
  const { id, needed, label, explanation } = purpose;
  const isTicked = snapshot.agreed.includes(id);
  const isMissing = needed && !isTicked && snapshot.problem?.code === 'purpose_needed';
  return html`<div class="purpose">
    <input
      type="checkbox"
      id="purpose-${id}"
      .checked=${isTicked}
      aria-describedby="need-${id} means-${id}"
      aria-invalid=${isMissing ? 'true' : nothing}
      @change=${(event: Event) => acts.choose(id, (event.currentTarget as HTMLInputElement).checked)}
    />
    <label for="purpose-${id}"><bdi>${label}</bdi></label>
    <span class="need small muted" id="need-${id}">${needed ? words.decision.needed : words.decision.yourChoice}</span>
    <p class="small muted" id="means-${id}"><bdi>${explanation}</bdi></p>
  </div>`;
}

function staleScreen({ cover, words, snapshot, formats, acts }: NoticeView): TemplateResult {
  const { decision } = words;
  const parts = new Set(snapshot.changed.map((part) => decision.staleParts[STALE_AS[part]]));
  const org = isolate(cover.sender.org);
  return html`${heading(decision.staleHeading)}
    <p>${parts.size > 0 ? decision.stale(org, formats.list([...parts])) : decision.staleUnknown}</p>
    <div class="group">
      <button part="primary" class="button primary" type="button" @click=${acts.showDetails}>${decision.showNew}</button>
    </div>`;
}

/** By what people call it: several lines of a notice tell the same thing, short and in full. */
const STALE_AS: Readonly<Record<NoticePart, 'sender' | 'purpose' | 'files' | 'kept' | 'seen' | 'choices' | 'rest'>> = {
  sender: 'sender',
  sender_address: 'sender',
  controller: 'sender',
  contact: 'sender',
  purpose: 'purpose',
  files: 'files',
  kept: 'kept',
  data: 'kept',
  place: 'kept',
  period: 'kept',
  log: 'kept',
  seen: 'seen',
  purposes: 'choices',
  why: 'rest',
  withdraw: 'rest',
  basis: 'rest',
  rights: 'rest',
  authority: 'rest',
  copies: 'rest',
};

function isChanged(view: NoticeView, part: NoticePart): boolean {
  return view.snapshot.changed.includes(part);
}

function changedTag({ words }: NoticeView): TemplateResult {
  return html`<span class="tag small">${words.decision.changed}</span>`;
}

function marked(view: NoticeView, part: NoticePart, text: unknown): unknown {
  if (!isChanged(view, part)) return text;
  return html`<div class="changed">${text} ${changedTag(view)}</div>`;
}
