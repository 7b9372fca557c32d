import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Snippet } from './snippet.ts';

/**
 * Pages on which a sign-in window has a hard time, each with the pasted lines: cut off by a policy of the page's own, in a
 * frame of another site, in a sandbox. For builders whose pages are like that, and for the tests.
 */
export function hardPages(snippet: Snippet): Hono {
  const pages = new Hono();
  // Their windows form a group of their own (HTML, cross-origin opener policies): they never know who opened them.
  pages.use('/own-group/*', async (c, next) => {
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    await next();
  });
  pages.get('/own-group/window', (c) => c.html(withBox(snippet)));
  pages.get('/own-group/redirect', (c) => c.html(withBox(snippet, 'sign-in="redirect"')));
  pages.get('/inside', (c) => {
    c.header('Content-Security-Policy', `frame-ancestors *; script-src ${snippet.broker}`);
    return c.html(withBox(snippet));
  });
  pages.get('/inside-any', (c) => {
    c.header('Content-Security-Policy', `frame-ancestors *; script-src ${snippet.broker}`);
    return c.html(withBox(snippet, '', 'front-desk'));
  });
  // Opened under another name of this machine, it is a page of another site.
  for (const path of ['/outside', '/own-group/outside']) pages.get(path, (c) => framing(c, '/hard/inside'));
  for (const [name, { page, allow }] of Object.entries(SANDBOXES)) {
    pages.get(`/sandbox/${name}`, (c) => framing(c, page, raw(`sandbox="allow-scripts ${allow}"`)));
  }
  return pages;
}

/** With `allow-same-origin` the page inside keeps its origin; without, it has none (`null`), which one app of the demo lets in. */
const SANDBOXES = {
  unlisted: { page: '/hard/inside', allow: 'allow-popups' },
  open: { page: '/hard/inside', allow: 'allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox' },
  closed: { page: '/hard/inside', allow: 'allow-same-origin allow-forms allow-popups' },
  windowless: { page: '/hard/inside', allow: 'allow-same-origin allow-forms' },
  'nowhere-open': { page: '/hard/inside-any', allow: 'allow-popups allow-popups-to-escape-sandbox' },
  'nowhere-closed': { page: '/hard/inside-any', allow: 'allow-popups' },
} as const;

function withBox({ broker, script, integrity }: Snippet, attributes = '', app = 'cs-screenshots') {
  return html`<!doctype html>
    <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A hard page</title>
    <script type="module" src="${script}" integrity="${integrity}" crossorigin></script>
    <secure-upload broker="${broker}" app="${app}" ${raw(attributes)}><a href="${broker}/u/${app}">Upload files</a></secure-upload></html>`;
}

function framing(c: Context, page: string, sandbox: ReturnType<typeof raw> | string = '') {
  const site = `http://localhost:${new URL(c.req.url).port}`;
  c.header('Content-Security-Policy', `default-src 'none'; frame-src ${site}`);
  return c.html(html`<!doctype html>
    <html lang="en"><meta charset="utf-8"><title>A page around it</title>
    <iframe src="${site}${page}" ${sandbox} title="Upload" width="800" height="700"></iframe></html>`);
}
