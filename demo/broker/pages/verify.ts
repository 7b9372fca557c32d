import { html, raw } from 'hono/html';
import { card } from '../../base/card.ts';
import { languageOf } from '../../base/page-language.ts';
import type { Deps } from '../../context/deps.ts';
import type { Ctx } from '../../context/env.ts';
import { VERIFY_WORDS } from './verify-words.ts';

/** `/verify`: a receipt is checked on the device, and nothing of it is sent. */
export function verifyPage(c: Ctx, deps: Deps) {
  const words = VERIFY_WORDS[languageOf(c)];
  return card(c, {
    title: words.title,
    policy: "script-src 'self'; connect-src 'self'",
    head: html`<link rel="stylesheet" href="/pages/verify.css">`,
    script: 'verify.js',
    isApart: 'same-origin',
    body: html`<p>${words.how}</p>
      <form>
        <label>${words.file} <input type="file" accept=".json,application/json"></label>
        <label>${words.paste} <textarea autocomplete="off" spellcheck="false"></textarea></label>
        <button type="button" class="button primary">${words.check}</button>
      </form>
      <output aria-live="polite"></output>
      <script type="application/json" id="words" data-issuer="${deps.config.publicUrl}">
        ${raw(JSON.stringify(words).replaceAll('<', '\\u003c'))}
      </script>`,
  });
}
