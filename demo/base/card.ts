import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Page, page } from './page.ts';
import { languageOf } from './page-language.ts';

export interface Card extends Omit<Page, 'lang' | 'policy'> {
  /** A module under `/pages/`, where it has one. */
  readonly script?: string;
  /** As a page's; without it the card may run `script` and nothing more. */
  readonly policy?: string;
  /** Its parts take turns, each with a heading of its own. */
  readonly hasOwnHeadings?: boolean;
}

/** Our scripts write text and never markup, so that no policy of theirs is needed. */
const NO_MARKUP = "require-trusted-types-for 'script'; trusted-types 'none'";

/** A page that is one card with a heading, in the browser's language: signing in, checking a receipt, stopping mails. */
export function card(c: Context, { title, body, head, script, policy, hasOwnHeadings, ...more }: Card) {
  return page(c, {
    ...more,
    title,
    lang: languageOf(c),
    policy: policy || script ? `${policy ?? "script-src 'self'"}; ${NO_MARKUP}` : '',
    head: html`<link rel="stylesheet" href="/pages/card.css">
    ${head ?? ''}
    ${script ? html`<script type="module" src="/pages/${script}"></script>` : ''}`,
    body: html`<main class="card">
      ${hasOwnHeadings ? '' : html`<h1>${title}</h1>`}
      ${body}
    </main>`,
  });
}
