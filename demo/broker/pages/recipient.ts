import { Hono } from 'hono';
import { html } from 'hono/html';
import { page } from '../../base/page.ts';
import type { Deps } from '../../context/deps.ts';
import type { Ctx, Env } from '../../context/env.ts';
import type { Scripts } from '../scripts.ts';
import { pageWords } from './words.ts';

/**
 * `/r`: the page that mailed links open. The secret stands in the fragment, which no browser sends. Link protection may
 * turn its `#` into `%23` (once or twice encoded); that address is served too, and the element reads the secret from it.
 */
export function recipientPages(deps: Deps, scripts: Scripts): Hono<Env> {
  const answer = (c: Ctx) => recipientPage(c, deps, scripts);
  return new Hono<Env>().get('/r', answer).get('/w', answer).get('/:cut{r%(25)*23.*}', answer);
}

function recipientPage(c: Ctx, deps: Deps, scripts: Scripts) {
  const { publicUrl } = deps.config;
  const { path, integrity } = scripts.recipient;
  const { lang, words } = pageWords(c);
  return page(c, {
    title: words.files,
    lang,
    isApart: 'same-origin-allow-popups', // The window for an account is its own, and it closes it.
    policy: [
      "script-src 'self'",
      `connect-src 'self' ${deps.storage.origin}`,
      'img-src blob: data:',
      "require-trusted-types-for 'script'",
      'trusted-types recipient-consent',
    ].join('; '),
    head: html`<script type="module" src="${path}" integrity="${integrity}" crossorigin></script>`,
    body: html`<main>
      <h1 class="unseen">${words.files}</h1>
      <recipient-consent broker="${publicUrl}">
        <p>${words.filesNeedScript}</p>
      </recipient-consent>
    </main>`,
  });
}
