import { html, raw } from 'hono/html';
import { card } from '../base/card.ts';
import { languageOf } from '../base/page-language.ts';
import type { AppRecord } from '../registry/app-record.ts';
import type { Ctx } from './env.ts';
import { wordsFor } from './sign-in-page.ts';
import { TYPED_WORDS } from './typed-words.ts';

/**
 * The window that the tag opens. Its script learns from its opener what to sign in for, and goes on to the issuer. It is no
 * module: in a sandbox that takes the page's origin away, a module would not load and the window say nothing.
 */
export function startPage(c: Ctx, app: AppRecord, own: string) {
  const words = wordsFor(c).start;
  return card(c, {
    title: words.title,
    hasOwnHeadings: true,
    // By its name as well: in a sandbox that takes the origin away, WebKit's 'self' is nobody.
    policy: `script-src 'self' ${own}; connect-src 'self'`,
    head: html`<meta name="app" content="${app.id}">
    <meta name="app-origins" content="${JSON.stringify(app.origins)}">
    <script defer src="/pages/sign-in-start.js"></script>`,
    body: html`<section id="wait">
        <h1>${words.title}</h1>
        <p role="status">${words.wait}</p>
      </section>
      <section id="lost" hidden>
        <h1>${words.lost}</h1>
        <p>${words.lostText}</p>
      </section>`,
  });
}

/** What a person types the code of another page in, who is told which organisation and site it is for before anything begins. */
export function codePage(c: Ctx) {
  const words = TYPED_WORDS[languageOf(c)];
  const [to, afterOrg] = words.to;
  const [at, afterSite] = words.site;
  return card(c, {
    title: words.title,
    hasOwnHeadings: true,
    policy: "script-src 'self'; connect-src 'self'",
    script: 'sign-in-code.js',
    isApart: 'same-origin',
    body: html`<form id="enter">
        <h1>${words.title}</h1>
        <label for="code">${words.label}</label>
        <input class="code" id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" required dir="ltr"
          aria-describedby="problem">
        <p class="error" id="problem" role="alert" data-wrong="${words.wrong}" data-slow="${words.slow}" data-down="${words.down}"></p>
        <button class="button primary">${words.go}</button>
      </form>
      <form id="confirm" hidden>
        <h1>${to}<bdi id="org"></bdi>${afterOrg}</h1>
        <p>${at}<strong><bdi id="site" data-unknown="${words.unknown}"></bdi></strong>${afterSite}</p>
        <p>${words.care}</p>
        <button class="button primary">${words.yes}</button>
      </form>`,
  });
}

/** How a sign-in ends in its window. */
export type EndShown = 'parked' | 'elsewhere' | 'cancelled' | 'refused' | 'failed' | 'lost';

/**
 * The end of the round trip. Nothing of the answer stands in the page; its script closes the window where the page with
 * the box knows how it ended and says it.
 */
export function endPage(c: Ctx, end: EndShown, isKnown = false) {
  const words = wordsFor(c)[end === 'failed' ? 'lost' : end];
  return card(c, {
    title: words.title,
    script: 'sign-in-end.js',
    body: html`<p role="status"${isKnown ? raw(' data-known') : ''}>${words.text}</p>`,
  });
}
