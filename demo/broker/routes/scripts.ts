import { Hono } from 'hono';
import type { Env } from '../../context/env.ts';

import { allOf, type Script, type Scripts } from '../scripts.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The scripts. A released path never changes, and those of earlier releases stay; what is built here and not released is
 * asked for again each time, because the next build has the same address. `/v1/secure-upload.js` moves with every release, so nothing of ours ever
 * shows it with a hash: a hash on a moving address stops every pasted page at the next release (decision 10). It is the
 * one file that needs no other, because chunks name the entry that they belong to.
 */
export function scriptRoutes(scripts: Scripts): Hono<Env> {
  const routes = new Hono<Env>();
  const serve = (path: string, script: Script, cache: string) =>
    routes.get(path, (c) => {
      c.header('Content-Type', 'text/javascript; charset=utf-8');
      c.header('Cache-Control', cache);
      c.header('ETag', `"${script.integrity}"`);
      c.header('Access-Control-Allow-Origin', '*');
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
      const known = (c.req.header('if-none-match') ?? '').split(/\s*,\s*/);
      return known.some((tag) => tag.replace(/^W\//, '') === `"${script.integrity}"`)
        ? c.body(null, 304)
        : c.body(script.body);
    });
  const [kept, moving] = scripts.isReleased ? [FOR_EVER, 'public, max-age=300'] : ['no-cache', 'no-cache'];
  for (const script of allOf(scripts)) serve(script.path, script, kept);
  for (const script of scripts.earlier) serve(script.path, script, FOR_EVER);
  serve('/v1/secure-upload.js', scripts.whole, moving);
  return routes;
}
