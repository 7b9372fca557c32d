import { html } from 'hono/html';
import { page } from '../../base/page.ts';
import type { Deps } from '../../context/deps.ts';
import type { Ctx } from '../../context/env.ts';
import type { AppRecord } from '../../registry/app-record.ts';
import type { Scripts } from '../scripts.ts';
import { pageWords } from './words.ts';

/** `/u/{app}`: the same box on a page of our own, for hosts that take no tag and for pages whose script was stripped. */
export function uploadPage(c: Ctx, deps: Deps, scripts: Scripts, app: AppRecord) {
  const { publicUrl } = deps.config;
  const { lang, words } = pageWords(c);
  return page(c, {
    title: app.heading?.[lang] ?? app.heading?.en ?? words.upload,
    lang,
    policy: boxPolicy(publicUrl, deps.storage.origin),
    head: html`<script type="module" src="${scripts.upload.path}" integrity="${scripts.upload.integrity}" crossorigin></script>`,
    body: html`<main>
      <h1 class="org">${app.org.name}</h1>
      <secure-upload broker="${publicUrl}" app="${app.id}">
        <p>${words.uploadNeedsScript}</p>
      </secure-upload>
      <footer>${app.org.name} · <a href="${contactHref(app.org.contact)}">${words.help}</a></footer>
    </main>`,
  });
}

/** The line of decision 14: what a page must allow the box, and nothing more. */
export function boxPolicy(broker: string, storage: string): string {
  return [
    `script-src ${broker}`,
    'worker-src blob:',
    `connect-src ${broker} ${storage}`,
    'img-src blob: data:',
    "require-trusted-types-for 'script'",
    'trusted-types secure-upload',
  ].join('; ');
}

export const contactHref = (contact: string): string => (contact.includes('@') ? `mailto:${contact}` : contact);
