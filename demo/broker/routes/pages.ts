import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Env } from '../auth.ts';
import type { Deps } from '../deps.ts';
import { uploadPage } from '../pages/upload.ts';
import type { Scripts } from '../scripts.ts';

const FILES = {
  'page.css': 'text/css; charset=utf-8',
  'sign-in-start.js': 'text/javascript; charset=utf-8',
  'sign-in-end.js': 'text/javascript; charset=utf-8',
} as const;

/** The hosted upload page, and the few files that the broker's own pages load. */
export function pageRoutes(deps: Deps, scripts: Scripts): Hono<Env> {
  const routes = new Hono<Env>();
  for (const [name, type] of Object.entries(FILES)) {
    const body = readFileSync(new URL(`../pages/${name}`, import.meta.url), 'utf8');
    routes.get(`/pages/${name}`, (c) => c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }));
  }
  routes.get('/u/:app', (c) => uploadPage(c, deps, scripts, deps.registry.app(c.req.param('app')).record));
  return routes;
}
