import { html, nothing, type TemplateResult } from 'lit';
import type { Cover } from '../../contract/links.ts';
import type { RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import type { Formats } from '../../i18n/format.ts';
import { isolate } from '../../i18n/names.ts';
import type { RecipientWords } from '../../i18n/recipient-en.ts';
import type { FirstRecipientWords } from '../../i18n/recipient-first-en.ts';
import type { RecipientCatalogue } from '../../i18n/recipient-pack.ts';

/** What the page remembers by itself: nothing that the flow must know. */
export interface Ui {
  /** "Withdraw" was pressed and asks once more, or waits for the proof. */
  readonly isWithdrawing: boolean;
  /** Pasted text in which there is no link. */
  readonly isPasteWrong: boolean;
  readonly isCopied: boolean;
  /** Where a link leads to the sign-in, because the browser let no window open; empty until that is known. */
  readonly signInLink: string | null;
  /** "What was recorded" is open. */
  readonly isLogOpen: boolean;
  /** Which of the two was pressed; for the dots. */
  readonly deciding: 'accept' | 'decline' | null;
  /** Long names that stand in full, with their folders. */
  readonly wholeNames: ReadonlySet<string>;
}

export const QUIET_UI: Ui = {
  isWithdrawing: false,
  isPasteWrong: false,
  isCopied: false,
  signInLink: null,
  isLogOpen: false,
  deciding: null,
  wholeNames: new Set(),
};

/** What a press may do before the rest of the page is there. */
export interface FirstActs {
  openLink(event: SubmitEvent): void;
  copyLink(): void;
  sendCode(event: Event): void;
  /** Proves with an account at this provider. */
  signIn(provider: string, event: Event): void;
  /** The link on the broker's own page, where an account can be asked for. */
  openElsewhere(): void;
  notMine(event: Event): void;
}

/** What a press may do. Those that take an event hand on whether a person made it. */
export interface Acts extends FirstActs {
  codeTyped(event: Event): void;
  submitCode(event: SubmitEvent): void;
  stopSignIn(): void;
  askForLink(event: Event): void;
  notMe(event: Event): void;
  choose(purpose: string, isAgreed: boolean): void;
  decide(decision: 'accept' | 'decline', event: Event): void;
  showDetails(): void;
  /** All of a long name. */
  showName(key: string): void;
  download(id: string): void;
  downloadAll(): void;
  /** Compares the saved copy that was chosen. */
  check(id: string, event: Event): void;
  extend(): void;
  saveReceipt(): void;
  mailReceipt(): void;
  toggleLog(): void;
  askToWithdraw(event: Event): void;
  withdraw(event: Event): void;
  keep(): void;
  retry(): void;
}

/** Everything that the first screens draw from. */
export interface FirstView {
  readonly snapshot: RecipientSnapshot;
  readonly acts: FirstActs;
  readonly ui: Ui;
  readonly words: FirstRecipientWords;
  readonly formats: Formats;
  /** ms since epoch */
  readonly now: number;
  /** The broker's own page: the only one that holds the link in its address. */
  readonly isOwnPage: boolean;
  /** The link was in this address once, and has been used for the proof. */
  readonly wasOpened: boolean;
  /** `https://files.acme.example/` */
  readonly brokerAddress: string;
  /** What is told where the person stands. */
  problem(): TemplateResult | typeof nothing;
}

/** Everything that all the others draw from. */
export interface View extends FirstView {
  readonly acts: Acts;
  readonly words: RecipientWords;
  readonly kinds: RecipientCatalogue['kinds'];
  readonly hasMouse: boolean;
}

/** A view of a link that has been read. */
export type FirstCoverView = FirstView & { readonly cover: Cover };
export type CoverView = View & { readonly cover: Cover };

export function heading(text: string): TemplateResult {
  return html`<h2 part="heading" class="heading" tabindex="-1">${text}</h2>`;
}

/** A button that shows three dots while what it asked for is under way. */
export function busyButton(
  { snapshot }: FirstView,
  text: unknown,
  press: (event: Event) => void,
  look: '' | 'primary' | 'quiet' = '',
): TemplateResult {
  return html`<button
    part=${look === 'primary' ? 'primary' : nothing}
    class="button ${look} ${snapshot.isBusy ? 'busy' : ''}"
    type="button"
    aria-disabled=${snapshot.isBusy ? 'true' : nothing}
    aria-describedby=${snapshot.problem ? 'problem' : nothing}
    @click=${press}
  >
    ${text}
  </button>`;
}

/** A list of label and text; the text may be a template. */
export function facts(entries: readonly (readonly [string, unknown])[]): TemplateResult {
  return html`<dl part="facts" class="facts">
    ${entries.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}
  </dl>`;
}

/** The sentence with one isolated part of it made strong. */
export function withStrong(sentence: string, part: string): TemplateResult {
  const mark = isolate(part);
  const at = sentence.indexOf(mark);
  if (at < 0) return html`${sentence}`;
  return html`${sentence.slice(0, at)}<strong class="bold">${mark}</strong>${sentence.slice(at + mark.length)}`;
}

export function dateOf(view: FirstView, time: string): string {
  return view.formats.future(time, view.now);
}
