import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { listPage, messagePage } from './pages.ts';
import type { Sink } from './sink.ts';

export { type Attachment, type Message, type Sink, startSink } from './sink.ts';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;
const CSS = readFileSync(new URL('./inbox.css', import.meta.url), 'utf8');
const PAGE =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** What somebody mailed: no script, no fetch, no form, wherever it is shown. */
const MAIL =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'";

/** What the mail sink holds, for people (`/inbox`) and for tests (`/inbox/messages.json`, oldest first). */
export function inboxRoutes(sink: Sink): Hono {
  const find = (c: Context) => sink.messages.find(({ id }) => id === c.req.param('id'));
  const routes = new Hono();
  routes.use('/inbox/*', async (c, next) => {
    // A page whose name leads here (DNS rebinding) would have links and codes as its own.
    if (!LOOPBACK.test(new URL(c.req.url).hostname)) return c.text('The inbox is shown to this machine alone.', 421);
    c.header('Content-Security-Policy', PAGE);
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Content-Type-Options', 'nosniff');
    await next();
  });
  return routes
    .get('/inbox', (c) => c.html(listPage(sink.messages.toReversed()), 200, { Refresh: '5' }))
    .get('/inbox/inbox.css', (c) => c.body(CSS, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
    .get('/inbox/messages.json', (c) => c.json(sink.messages))
    .get('/inbox/messages/:id', (c) => {
      const message = find(c);
      return message ? c.html(messagePage(message)) : c.notFound();
    })
    .get('/inbox/messages/:id/html', (c) => {
      const message = find(c);
      if (!message) return c.notFound();
      return c.html(`<base target="_blank">${message.html}`, 200, { 'Content-Security-Policy': MAIL });
    })
    .get('/inbox/messages/:id/attachments/:index', (c) => {
      const attachment = find(c)?.attachments[Number(c.req.param('index'))];
      if (!attachment) return c.notFound();
      return c.body(new Uint8Array(Buffer.from(attachment.content, 'base64')), 200, {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
      });
    });
}
