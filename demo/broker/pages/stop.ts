import { Hono } from 'hono';
import { html } from 'hono/html';
import { card } from '../../base/card.ts';
import { pageFiles } from '../../base/page-files.ts';
import type { Env } from '../../context/env.ts';
import { pageWords } from './words.ts';

/**
 * `/stop`: what the stop link of a mail opens. The secret stands in the fragment, so nothing that fetches the address
 * learns or changes anything; one press on the page stops mails, and one allows them again.
 */
export function stopPages(): Hono<Env> {
  const routes = new Hono<Env>();
  routes.route('/', pageFiles(new URL('./', import.meta.url), { 'stop.js': 'text/javascript; charset=utf-8' }));
  routes.get('/stop', (c) => {
    const { stop } = pageWords(c).words;
    return card(c, {
      title: stop.heading,
      policy: "script-src 'self'; connect-src 'self'",
      script: 'stop.js',
      isApart: 'same-origin',
      body: html`<noscript><p>${stop.needsScript}</p></noscript>
      <p id="loading">${stop.loading}</p>
      <section id="open" hidden>
        <p>${stop.from} <strong><bdi data-is="sender"></bdi>, <bdi data-is="org"></bdi></strong></p>
        <p>${stop.to} <bdi data-is="address" dir="ltr"></bdi></p>
        <p>${stop.what}</p>
        <button type="button" class="button primary" id="stop">${stop.press}</button>
      </section>
      <section id="stopped" hidden>
        <h1 tabindex="-1">${stop.done}</h1>
        <p>${stop.doneText}</p>
        <button type="button" class="button" id="allow">${stop.undo}</button>
      </section>
      <section id="unknown" hidden>
        <h1>${stop.unknown}</h1>
        <p>${stop.unknownText}</p>
      </section>
      <p id="problem" role="alert" hidden>${stop.problem}</p>`,
    });
  });
  return routes;
}
