import { html } from 'hono/html';
import { type Page, page } from '../base/page.ts';
import { languageOf } from '../base/page-language.ts';
import type { Ctx } from './env.ts';
import { SIGN_IN_WORDS, type SignInWords } from './words.ts';

/** In the words of the browser's language. */
export const wordsFor = (c: Ctx): SignInWords => SIGN_IN_WORDS[languageOf(c)];

interface Card extends Pick<Page, 'title' | 'body' | 'hasForms' | 'leadsTo'> {
  /** A file under `/pages/`, where it has a script. */
  readonly script?: string;
}

/** A page of signing in: one card with a heading. */
export function card(c: Ctx, { title, body, script, ...more }: Card) {
  return page(c, {
    ...more,
    title,
    lang: languageOf(c),
    policy: script ? "script-src 'self'" : '',
    head: html`<link rel="stylesheet" href="/pages/sign-in.css">
    ${script ? html`<script type="module" src="/pages/${script}"></script>` : ''}`,
    body: html`<main class="card">
      <h1>${title}</h1>
      ${body}
    </main>`,
  });
}

/** Written in UTC for those without scripts, who are told so. */
export function moment(at: Date) {
  return html`<time datetime="${at.toISOString()}">${at.toISOString().slice(11, 16)} UTC</time>`;
}
