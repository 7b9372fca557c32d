import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { BuiltFile } from './build.ts';
import { REFUSED } from './frame-states.ts';

/** What the box itself works under on a builder's page, and nothing to connect to: all states are recorded. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src blob: data:',
  'worker-src blob:',
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html secure-upload',
].join('; ');

const read = (name: string) => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8');

/**
 * Every state of every element, from recorded snapshots and without a network, on pages of all kinds: `/gallery` with
 * choices, `/gallery/box?element=…&state=…,…&scheme=…&lang=…&width=…&brand=…&host=…&pointer=…` alone, all states where it names none.
 * `/embed/…` is what `<secure-upload-frame>` loads, with a state in the place of the app.
 */
export function galleryRoutes(): Hono {
  const routes = new Hono();
  let built: Promise<ReadonlyMap<string, BuiltFile>> | undefined;
  routes.use('/gallery/*', async (c, next) => {
    await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
  });
  routes.get('/gallery', (c) => c.html(read('gallery.html'), 200, { 'Content-Security-Policy': POLICY }));
  routes.get('/gallery/box', (c) => c.html(read('box.html')));
  for (const sheet of ['gallery.css', 'hosts.css', 'embed.css']) {
    routes.get(`/gallery/${sheet}`, (c) => c.body(read(sheet), 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  }
  routes.get('/embed/:state', (c) => {
    const policy =
      c.req.param('state') === REFUSED ? POLICY.replace("frame-ancestors 'self'", "frame-ancestors 'none'") : POLICY;
    return c.html(read('embed.html'), 200, { 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' });
  });
  routes.get('/gallery/scripts/:name', async (c) => {
    // At the first visit: who runs the demo for its uploads waits for nothing.
    built ??= import('./build.ts').then(({ buildPages }) => buildPages());
    const file = (await built).get(c.req.param('name'));
    return file === undefined ? c.notFound() : c.body(file, 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });
  return routes;
}
