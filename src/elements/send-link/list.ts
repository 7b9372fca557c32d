import { html, nothing, type TemplateResult } from 'lit';
import type { Link } from '../../contract/links.ts';
import type { Formats } from '../../i18n/format.ts';
import { isolate } from '../../i18n/names.ts';
import type { SendLinkWords } from '../../i18n/send-link-en.ts';
import { icon } from '../icons.ts';
import { isErased, type LinkAct, type LinkStanding, standingOf } from './link-state.ts';

/** The links that somebody sent, as far as they have been read. */
export interface SentList {
  /** Null before the first answer. */
  readonly links: readonly Link[] | null;
  readonly next: string | undefined;
  /** The link whose taking back is asked about. */
  readonly asking: string | null;
  /** The link that something is done to. */
  readonly busy: string | null;
  /** What went wrong, and with which link; null of all. */
  readonly problem: { readonly link: string | null; readonly text: string } | null;
  readonly isReading: boolean;
}

export const NO_LIST: SentList = {
  links: null,
  next: undefined,
  asking: null,
  busy: null,
  problem: null,
  isReading: false,
};

export interface ListView {
  readonly words: SendLinkWords;
  readonly formats: Formats;
  readonly list: SentList;
  /** ms since epoch */
  readonly now: number;
  /** Files that the form can send. */
  readonly sendable: ReadonlySet<string>;
  act(link: Link, act: LinkAct): void;
  /** Whether what was asked about is to be done. */
  answer(link: Link, isYes: boolean): void;
  more(): void;
  again(): void;
  /** Null where there is nothing to send. */
  readonly back: (() => void) | null;
}

export function linkList(view: ListView): TemplateResult {
  const { words, list } = view;
  return html`<h2 part="heading" class="heading" id="heading" tabindex="-1">${words.list.open}</h2>
    ${
      list.links === null
        ? list.problem === null
          ? html`<p class="muted">${words.list.loading}</p>`
          : nothing
        : list.links.length === 0
          ? html`<p>${words.list.none}</p>`
          : html`<ul part="list" class="rows">${list.links.map((link) => linkRow(view, link))}</ul>`
    }
    ${list.problem?.link === null ? problemLine(list.problem.text) : nothing}
    ${listButtons(view)}`;
}

function listButtons({ words, list, more, again, back }: ListView): TemplateResult | typeof nothing {
  const isLost = list.problem?.link === null;
  if (list.next === undefined && !isLost && back === null) return nothing;
  return html`<div class="buttons">
    ${
      list.next === undefined
        ? nothing
        : html`<button
            class="button ${list.isReading ? 'busy' : ''}"
            type="button"
            id="more"
            aria-disabled=${list.isReading ? 'true' : nothing}
            @click=${more}
          >
            ${words.list.more}
          </button>`
    }
    ${isLost ? html`<button class="button" type="button" id="again" @click=${again}>${words.list.again}</button>` : nothing}
    ${back === null ? nothing : html`<button class="button" type="button" id="back" @click=${back}>${words.list.back}</button>`}
  </div>`;
}

const SIGNS = { ok: 'check', warn: 'alert', bad: 'alert' } as const;

/** A clock waits: nobody does for a link that is over. */
function signOf({ state }: Link, { tone, isOpen }: LinkStanding) {
  if (tone !== '') return SIGNS[tone];
  return state === 'open' && isOpen ? 'clock' : 'stop';
}

function linkRow(view: ListView, link: Link): TemplateResult {
  const { words, formats, list, now } = view;
  const standing = standingOf(link, words.list, formats, now);
  const until = formats.future(link.expires_at, now);
  const isAsking = list.asking === link.id;
  return html`<li part="row" class="row sent" id="link-${link.id}">
    <div class="body">
      <p part="name" class="name">${isErased(link) ? words.list.nobody : html`<bdi dir="ltr">${link.recipient}</bdi>`}</p>
      <p part="status" class="status ${standing.tone}">
        ${icon(signOf(link, standing), 16)}<span>${standing.text}</span>
      </p>
      <p class="small muted">
        ${isErased(link) ? nothing : html`<bdi>${link.purpose}</bdi>&nbsp;·`}
        ${words.list.files(link.files.length)}${standing.isOpen ? html`&nbsp;· ${words.list.until(until)}` : nothing}
      </p>
      ${list.problem?.link === link.id ? problemLine(list.problem.text) : nothing}
    </div>
    ${isAsking ? question(view, link) : actions(view, link, standing)}
  </li>`;
}

function actions(view: ListView, link: Link, { acts }: LinkStanding): TemplateResult | typeof nothing {
  const possible = acts.filter((act) => act !== 'other-address' || link.files.every((id) => view.sendable.has(id)));
  if (possible.length === 0) return nothing;
  const { list } = view.words;
  const to = isolate(link.recipient);
  const texts: Readonly<Record<LinkAct, readonly [string, string]>> = {
    'take-back': [list.takeBack, list.takeBackOf(to)],
    renew: [list.renew, list.renewOf(to)],
    keep: [list.keep, list.keepOf(to)],
    'not-now': [list.notNow, list.notNowOf(to)],
    'other-address': [list.otherAddress, list.otherAddressOf(to)],
  };
  const isBusy = view.list.busy === link.id;
  return html`<div class="actions">
    ${possible.map((act) => {
      const [text, name] = texts[act];
      return html`<button
        class="button ${isBusy ? 'busy' : ''}"
        type="button"
        aria-label=${name}
        aria-disabled=${isBusy ? 'true' : nothing}
        @click=${() => view.act(link, act)}
      >
        ${text}
      </button>`;
    })}
  </div>`;
}

/** Taking back cannot be undone, so the row asks first. */
function question(view: ListView, link: Link): TemplateResult {
  const { list } = view.words;
  return html`<div class="ask" role="group" aria-labelledby="ask">
    <p id="ask" tabindex="-1">${list.takeBackAsk(isolate(link.recipient))}</p>
    <div class="buttons">
      <button class="button" type="button" @click=${() => view.answer(link, true)}>${list.takeBack}</button>
      <button class="button" type="button" @click=${() => view.answer(link, false)}>${list.keep}</button>
    </div>
  </div>`;
}

function problemLine(text: string): TemplateResult {
  return html`<p part="problem" class="problem">${icon('alert', 16)}<span>${text}</span></p>`;
}
