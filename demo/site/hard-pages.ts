import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Snippet } from './index.ts';

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
  // Opened under another name of this machine, it is a page of another site.
  pages.get('/outside', (c) => framing(c, ''));
  pages.get('/sandbox', (c) => framing(c, 'sandbox="allow-scripts allow-popups"'));
  return pages;
}

function withBox({ broker, script, integrity }: Snippet, attributes = '') {
  return html`<!doctype html>
    <html lang="en"><meta charset="utf-8"><title>A hard page</title>
    <script type="module" src="${script}" integrity="${integrity}" crossorigin></script>
    <secure-upload broker="${broker}" app="cs-screenshots" ${raw(attributes)}><a href="${broker}/u/cs-screenshots">Upload files</a></secure-upload></html>`;
}

function framing(c: Context, attributes: string) {
  const site = `http://localhost:${new URL(c.req.url).port}`;
  c.header('Content-Security-Policy', `default-src 'none'; frame-src ${site}`);
  return c.html(html`<!doctype html>
    <html lang="en"><meta charset="utf-8"><title>A page around it</title>
    <iframe src="${site}/hard/inside" ${raw(attributes)} title="Upload" width="800" height="700"></iframe></html>`);
}
