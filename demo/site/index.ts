import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { hardPages } from './hard-pages.ts';
import { boxPolicy, framePolicy } from './policies.ts';
import { shopPages } from './shop.ts';
import type { Snippet } from './snippet.ts';

/** The builder's pages: plain HTML with the pasted lines, under the strictest policy that the box works with. */
export function createSite(snippet: Snippet): Hono {
  const site = new Hono();
  site.use(async (c, next) => {
    c.header('Content-Security-Policy', c.req.path === '/framed' ? framePolicy(snippet) : boxPolicy(snippet));
    // With `no-store` Firefox gives no form its words back, and no browser keeps the page for Back.
    c.header('Cache-Control', ['/form', '/framed'].includes(c.req.path) ? 'no-cache' : 'no-store');
    await next();
  });
  site.get('/ways/codes', async (c, next) => {
    // Its windows can say nothing to each other, as those of a kiosk that opens none.
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    await next();
  });
  for (const [path, page] of shopPages(snippet)) site.get(path, (c) => c.html(page));
  site.route('/hard', hardPages(snippet));
  const css = readFileSync(new URL('./site.css', import.meta.url), 'utf8');
  site.get('/site.css', (c) => c.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  // What the form sends: ids and receipts, never bytes. A real backend would check each receipt with verifyUpload().
  site.post('/form/sent', async (c) => {
    const form = await c.req.formData();
    const documents = form.getAll('documents').length;
    return c.html(html`<!doctype html>
      <html lang="en"><meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Case sent</title><link rel="stylesheet" href="/site.css">
      <main><h1>Case sent</h1><p>With ${documents} ${documents === 1 ? 'document' : 'documents'}.</p><p><a href="/form">Another case</a></p></main></html>`);
  });
  return site;
}
