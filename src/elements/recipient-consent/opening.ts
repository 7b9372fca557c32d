import { html, nothing, type TemplateResult } from 'lit';
import { formatReference, isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { problemLine } from './problem-text.ts';
import { type CoverView, dateOf, facts, heading, type View, withStrong } from './view.ts';

/** The frame at about its final height, so that nothing jumps; the word comes late, and only to assistive technology. */
export function loadingScreen({ words }: View): TemplateResult {
  return html`<div class="loading"><p class="hidden-text late">${words.loading}</p></div>`;
}

export function cutLinkScreen({ words, acts, ui, isOwnPage, wasOpened }: View): TemplateResult {
  const { cutLink } = words;
  const isAgain = wasOpened || !isOwnPage;
  return html`${heading(isAgain ? cutLink.againHeading : cutLink.heading)}
    <p>${isAgain ? cutLink.again : cutLink.text}</p>
    ${
      isOwnPage
        ? html`<form class="form" novalidate @submit=${acts.openLink}>
            <div class="field">
              <label for="link">${cutLink.field}</label>
              ${
                ui.isPasteWrong
                  ? html`<p class="problem" id="problem">${icon('alert', 16)}<span>${cutLink.problem}</span></p>`
                  : nothing
              }
              <input
                class="input"
                id="link"
                name="link"
                type="text"
                dir="ltr"
                inputmode="url"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=${ui.isPasteWrong ? 'true' : 'false'}
                aria-describedby=${ui.isPasteWrong ? 'problem' : nothing}
              />
            </div>
            <button class="button primary" type="submit">${cutLink.open}</button>
          </form>`
        : nothing
    }`;
}

export function coverScreen(view: CoverView): TemplateResult {
  const { cover, words, acts, snapshot } = view;
  const sender = isolate(cover.sender.name);
  return html`${heading(words.cover.heading(sender, cover.files.count), cover.sender.org)}
    ${facts([
      [words.cover.purpose, html`<bdi>${cover.purpose}</bdi>`],
      [words.cover.from, words.cover.fromText(sender, isolate(cover.sender.address))],
      [words.cover.openUntil, dateOf(view, cover.expires_at)],
      [words.reference, html`<span class="reference" dir="ltr">${formatReference(cover.reference)}</span>`],
    ])}
    <div class="note">${icon('eye')}<p class="small">${words.cover.looking(sender)}</p></div>
    ${inAppNote(view)}
    <div class="group">
      <p>${withStrong(words.cover.why(isolate(cover.masked_address)), cover.masked_address)}</p>
      ${problemLine(view)}
      <button
        class="button primary ${snapshot.isBusy ? 'busy' : ''}"
        type="button"
        aria-disabled=${snapshot.isBusy ? 'true' : nothing}
        aria-describedby=${snapshot.problem ? 'problem' : nothing}
        @click=${acts.sendCode}
      >
        ${words.cover.send}
      </button>
    </div>
    ${genuine(view)}`;
}

/** The link cannot be moved to another browser once a download has begun; so this is told early. */
export function inAppNote({ snapshot, words, acts, ui, isOwnPage }: View): TemplateResult | typeof nothing {
  if (snapshot.canSave) return nothing;
  return html`<div class="note warn">
    ${icon('info')}
    <p class="small">${words.cover.inApp}</p>
    ${
      isOwnPage
        ? html`<div class="buttons">
            <button class="button" type="button" @click=${acts.copyLink}>
              ${icon('copy')}${ui.isCopied ? words.cover.copied : words.cover.copyLink}
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

function genuine({ cover, words, brokerAddress }: CoverView): TemplateResult {
  const sender = isolate(cover.sender.name);
  return html`<details class="disclosure">
    <summary class="link">${words.cover.genuine}</summary>
    <ul class="plain small">
      <li>${words.cover.genuineAsk(sender, isolate(formatReference(cover.reference)))}</li>
      <li>${words.cover.genuineAddress(isolate(brokerAddress))}</li>
      <li>${words.cover.genuineNever}</li>
    </ul>
  </details>`;
}
