import { html } from 'hono/html';
import { languageOf } from '../base/page-language.ts';
import type { Ctx } from './env.ts';
import { SIGN_IN_WORDS, type SignInWords } from './words.ts';

/** In the words of the browser's language. */
export const wordsFor = (c: Ctx): SignInWords => SIGN_IN_WORDS[languageOf(c)];

/** Written in UTC for those without scripts, who are told so. */
export function moment(at: Date) {
  return html`<time datetime="${at.toISOString()}">${at.toISOString().slice(11, 16)} UTC</time>`;
}
