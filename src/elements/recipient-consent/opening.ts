import { html, nothing, type TemplateResult } from 'lit';
import { LANGUAGE_NAMES } from '../../i18n/language-names.ts';
import { directionOf } from '../../i18n/messages.ts';
import { formatReference, isolate } from '../../i18n/names.ts';
import { coverIcon } from '../cover-icons.ts';
import { busyButton, dateOf, type FirstCoverView, type FirstView, facts, heading, withStrong } from './view.ts';

/** Whose page it is, and in which language; above the card, on every screen. */
export function topRow(view: FirstView, speak: (event: Event) => void): TemplateResult {
  const { words, formats, snapshot } = view;
  return html`<div class="top small" lang=${formats.lang} dir=${directionOf(formats.lang)}>
    <p class="muted"><bdi>${snapshot.cover?.sender.org}</bdi></p>
    <span class="menu">
      <select id="language" aria-label=${words.language} @change=${speak}>
        ${Object.entries(LANGUAGE_NAMES).map(
          ([tag, name]) => html`<option value=${tag} lang=${tag} .selected=${tag === formats.lang}>${name}</option>`,
        )}
      </select>
    </span>
  </div>`;
}

/** The frame at about its final height, so that nothing jumps; the word comes late, and only to assistive technology. */
export function loadingScreen({ words }: FirstView): TemplateResult {
  return html`<div class="loading"><p class="hidden-text late">${words.loading}</p></div>`;
}

export function cutLinkScreen({ words, acts, ui, isOwnPage, wasOpened }: FirstView): TemplateResult {
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
                  ? html`<p part="problem" class="problem" id="problem">${coverIcon('alert', 16)}<span>${cutLink.problem}</span></p>`
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
            <button part="primary" class="button primary" type="submit">${cutLink.open}</button>
          </form>`
        : nothing
    }`;
}

export function coverScreen(view: FirstCoverView): TemplateResult {
  const { cover, words, acts } = view;
  const sender = isolate(cover.sender.name);
  return html`${heading(words.cover.heading(sender, cover.files.count))}
    ${facts([
      [words.cover.purpose, html`<bdi>${cover.purpose}</bdi>`],
      [words.cover.from, words.cover.fromText(sender, isolate(cover.sender.address))],
      [words.cover.openUntil, dateOf(view, cover.expires_at)],
      [
        words.reference,
        html`<span part="reference" class="reference" dir="ltr">${formatReference(cover.reference)}</span>`,
      ],
    ])}
    <div part="note" class="note">${coverIcon('eye')}<p class="small">${words.cover.looking(sender)}</p></div>
    ${inAppNote(view)}
    ${proofs(view)} ${genuine(view)}
    <button class="link" type="button" id="not-mine" @click=${acts.notMine}>${words.cover.notMine}</button>`;
}

/** A code first where there is one; an account is the other way, or the only one. */
export function proofs(
  view: FirstCoverView,
  whys: Pick<FirstView['words']['cover'], 'why' | 'whyAccount'> = view.words.cover,
): TemplateResult {
  const { cover, words, acts } = view;
  const byCode = cover.proofs.includes('code');
  const masked = isolate(cover.masked_address);
  const why = byCode ? whys.why(masked) : whys.whyAccount(masked);
  return html`<div class="group">
    <p>${withStrong(why, cover.masked_address)}</p>
    ${view.problem()} ${byCode ? busyButton(view, words.cover.send, acts.sendCode, 'primary') : nothing}
    ${accountWays(view)}
  </div>`;
}

/** The account is asked for on the broker's own page alone: on any other, that page is a press away. */
export function accountWays(view: FirstCoverView): unknown {
  const { cover, words, acts, isOwnPage } = view;
  const byCode = cover.proofs.includes('code');
  return cover.providers?.map(({ id, name }, n) => {
    const provider = isolate(name);
    const text = byCode ? words.cover.signInInstead(provider) : words.cover.signIn(provider);
    const look = byCode || n > 0 ? '' : 'primary';
    if (isOwnPage) return busyButton(view, text, (event) => acts.signIn(id, event), look);
    return html`<p class="small">${words.cover.signInElsewhere(provider, isolate(view.brokerAddress))}</p>
      ${busyButton(view, words.cover.openElsewhere, acts.openElsewhere, look)}`;
  });
}

/** What stands there before the rest of the page does. */
export function firstScreen(view: FirstView): TemplateResult {
  const { cover, phase } = view.snapshot;
  if (phase === 'cut-link') return cutLinkScreen(view);
  if (phase === 'unavailable') return brokenScreen(view);
  return cover ? coverScreen({ ...view, cover }) : loadingScreen(view);
}

/** The rest of the page did not come. The link still stands in the address of the broker's own page. */
function brokenScreen({ words: { unavailable } }: FirstView): TemplateResult {
  return html`${heading(unavailable.heading)}
    <p>${unavailable.text}</p>
    <div class="buttons">
      <button class="button" type="button" @click=${() => location.reload()}>${unavailable.reload}</button>
    </div>`;
}

/** The link cannot be moved to another browser once a download has begun; so this is told early. */
export function inAppNote({ snapshot, words, acts, ui, isOwnPage }: FirstView): TemplateResult | typeof nothing {
  if (snapshot.canSave) return nothing;
  return html`<div part="note" class="note warn">
    ${coverIcon('info')}
    <p class="small">${words.cover.inApp}</p>
    ${
      isOwnPage
        ? html`<div class="buttons">
            <button class="button" type="button" @click=${acts.copyLink}>
              ${coverIcon('copy')}${ui.isCopied ? words.cover.copied : words.cover.copyLink}
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

/** Read out as one word, so it stays on one line: a hyphen may end one (UAX 14), beside a word joiner it may not. */
const unbroken = (reference: string): string => reference.replace('-', '\u2060-\u2060');

function genuine({ cover, words, brokerAddress, isOwnPage }: FirstCoverView): TemplateResult {
  const sender = isolate(cover.sender.name);
  return html`<details class="disclosure">
    <summary class="link opens">${words.cover.genuine}</summary>
    <ul class="points small">
      <li>${words.cover.genuineAsk(sender, isolate(unbroken(formatReference(cover.reference))))}</li>
      ${isOwnPage ? html`<li>${words.cover.genuineAddress(isolate(brokerAddress))}</li>` : nothing}
      <li>${words.cover.genuineNever}</li>
    </ul>
  </details>`;
}
