import { Hono } from 'hono';
import { pageFiles } from '../../base/page-files.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { embedPage } from '../pages/embed.ts';
import { uploadPage } from '../pages/upload.ts';
import { verifyPage } from '../pages/verify.ts';
import type { Scripts } from '../scripts.ts';

/** The hosted upload page, the same box for frames, and the styles that the broker's own pages share. */
export function pageRoutes(deps: Deps, scripts: Scripts): Hono<Env> {
  const routes = new Hono<Env>();
  const style = 'text/css; charset=utf-8';
  routes.route('/', pageFiles(new URL('../../base/', import.meta.url), { 'page.css': style, 'card.css': style }));
  routes.get('/u/:app', (c) => uploadPage(c, deps, scripts, deps.registry.app(c.req.param('app')).record));
  routes.route(
    '/',
    pageFiles(new URL('../pages/', import.meta.url), {
      'embed.css': style,
      'verify.css': style,
      'verify.js': 'text/javascript; charset=utf-8',
      'verify-place.js': 'text/javascript; charset=utf-8',
    }),
  );
  routes.get('/embed/:app', (c) => embedPage(c, deps, scripts, deps.registry.app(c.req.param('app')).record));
  routes.get('/verify', (c) => verifyPage(c, deps));
  return routes;
}
