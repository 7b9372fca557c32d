import { html, nothing, type TemplateResult } from 'lit';
import type { Notice } from '../../contract/notice.ts';
import type { NoticePart } from '../../flow/recipient-snapshot.ts';
import { isolate } from '../../i18n/names.ts';
import { contactLink } from './contact.ts';
import { fileRow } from './file-row.ts';
import { problemLine } from './problem-text.ts';
import { type CoverView, dateOf, facts, heading } from './view.ts';

export type NoticeView = CoverView & { readonly notice: Notice };

/** Accept and Decline weigh the same, and nothing here is in the colour of the brand. */
export function decisionScreen(view: NoticeView): TemplateResult {
  const { cover, notice, words, snapshot } = view;
  if (snapshot.problem?.code === 'notice_stale') return staleScreen(view);
  return html`${heading(words.decision.heading, cover.sender.org)}
    <div class=${isChanged(view, 'files') ? 'changed' : ''}>
      <ul part="list" class="rows">
        ${notice.files.map((file) => fileRow(view, file))}
      </ul>
      ${isChanged(view, 'files') ? html`<p>${changedTag(view)}</p>` : nothing}
    </div>
    ${noticeFacts(view)} ${fullNotice(view)}
    <div class="group">
      ${problemLine(view)}
      <div class="pair">
        ${choice(view, 'accept', words.decision.accept, words.decision.acceptName)}
        ${choice(view, 'decline', words.decision.decline, words.decision.declineName)}
      </div>
      <p class="small muted">
        ${words.decision.either(isolate(notice.sender.name), dateOf(view, cover.expires_at))}
      </p>
    </div>`;
}

function choice(view: NoticeView, decision: 'accept' | 'decline', text: string, name: string): TemplateResult {
  const { isBusy } = view.snapshot;
  return html`<button
    class="button choice ${isBusy && view.ui.deciding === decision ? 'busy' : ''}"
    type="button"
    aria-label=${name}
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${(event: Event) => view.acts.decide(decision, event)}
  >
    ${text}
  </button>`;
}

function noticeFacts(view: NoticeView): TemplateResult {
  const { notice, words, formats } = view;
  const { decision } = words;
  const org = isolate(notice.controller.name);
  const others = notice.who_sees.filter((name) => name !== notice.controller.name).map(isolate);
  const kept = decision.keptText(formats.months(notice.kept_months), notice.region);
  const seen = others.length > 0 ? decision.seenByOthers(formats.list([org, ...others])) : decision.seenText(org);
  return facts([
    [decision.from, marked(view, 'sender', decision.fromText(isolate(notice.sender.name), org))],
    [decision.purpose, marked(view, 'purpose', html`<bdi>${notice.purpose}</bdi>`)],
    [decision.kept(org), marked(view, 'kept', kept)],
    [decision.why, decision.whyText(org)],
    [decision.seen, marked(view, 'seen', seen)],
    [decision.withdraw, decision.withdrawText],
  ]);
}

function fullNotice(view: NoticeView): TemplateResult {
  const { notice, words, snapshot } = view;
  const { decision } = words;
  return html`<details class="disclosure">
    <summary class="link opens">${decision.full}</summary>
    <div class="group">
      ${facts([
        [decision.controller, html`<bdi>${notice.controller.name}</bdi>`],
        [decision.askAt, contactLink(notice.controller.contact, notice.controller.contact)],
        [decision.senderAddress, html`<bdi dir="ltr">${notice.sender.address}</bdi>`],
      ])}
      <details class="disclosure">
        <summary class="link opens">${decision.details}</summary>
        ${facts([
          [decision.version, String(notice.version)],
          [decision.language, html`<bdi dir="ltr">${notice.language}</bdi>`],
          [decision.fingerprint, html`<code class="fingerprint" dir="ltr">${snapshot.noticeSha256}</code>`],
        ])}
      </details>
    </div>
  </details>`;
}

function staleScreen({ cover, words, snapshot, formats, acts }: NoticeView): TemplateResult {
  const { decision } = words;
  const parts = snapshot.changed.map((part) => decision.staleParts[part]);
  const org = isolate(cover.sender.org);
  return html`${heading(decision.staleHeading, cover.sender.org)}
    <p>${parts.length > 0 ? decision.stale(org, formats.list(parts)) : decision.staleUnknown}</p>
    <div class="buttons">
      <button part="primary" class="button primary" type="button" @click=${acts.showDetails}>${decision.showNew}</button>
    </div>`;
}

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
