import { Hono } from 'hono';
import type { Env } from '../../context/env.ts';

import type { Script, Scripts } from '../scripts.ts';

/**
 * The scripts. A versioned path never changes; `/v1/secure-upload.js` moves with every release, so nothing of ours ever
 * shows it with a hash: a hash on a moving address stops every pasted page at the next release (decision 10). It is the
 * one file that needs no other, because chunks name the entry that they belong to.
 */
export function scriptRoutes({ upload, recipient, whole, frame, embed, chunks }: Scripts): Hono<Env> {
  const routes = new Hono<Env>();
  const serve = (path: string, script: Script, cache: string) =>
    routes.get(path, (c) => {
      c.header('Content-Type', 'text/javascript; charset=utf-8');
      c.header('Cache-Control', cache);
      c.header('Access-Control-Allow-Origin', '*');
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
      return c.body(script.body);
    });
  for (const script of [upload, recipient, whole, frame, embed, ...chunks]) {
    serve(script.path, script, 'public, max-age=31536000, immutable');
  }
  serve('/v1/secure-upload.js', whole, 'public, max-age=300');
  return routes;
}
