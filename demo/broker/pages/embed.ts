import { html } from 'hono/html';
import { page } from '../../base/page.ts';
import type { Deps } from '../../context/deps.ts';
import type { Ctx } from '../../context/env.ts';
import type { AppRecord } from '../../registry/app-record.ts';
import type { Scripts } from '../scripts.ts';
import { boxPolicy } from './upload.ts';
import { pageWords } from './words.ts';

/**
 * `/embed/{app}`: the box for a frame on the app's own pages, where none of their scripts can reach it. Pages of other
 * origins cannot frame it, and a name that is no app's is framed by nobody. `?lang=` and `?scheme=` are for frames without
 * the script that asks the page.
 */
export function embedPage(c: Ctx, deps: Deps, scripts: Scripts, app: AppRecord) {
  const { publicUrl } = deps.config;
  const { lang, words } = pageWords(c);
  const asked = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/.exec(c.req.query('lang') ?? '')?.[0];
  const scheme = c.req.query('scheme') === 'dark' ? 'dark' : 'light';
  return page(c, {
    title: app.heading?.[lang] ?? app.heading?.en ?? words.upload,
    lang,
    framedBy: app.origins,
    policy: boxPolicy(publicUrl, deps.storage.origin),
    head: html`<link rel="stylesheet" href="/pages/embed.css">
    <meta name="app-origins" content="${JSON.stringify(app.origins)}">
    <script type="module" src="${scripts.upload.path}" integrity="${scripts.upload.integrity}" crossorigin></script>
    <script type="module" src="${scripts.embed.path}" integrity="${scripts.embed.integrity}" crossorigin></script>`,
    body: html`<main data-scheme="${scheme}">
      <form id="page"></form>
      <secure-upload broker="${publicUrl}" app="${app.id}" lang="${asked ?? lang}">
        <p>${words.uploadNeedsScript}</p>
      </secure-upload>
    </main>`,
  });
}
