import type { MiddlewareHandler } from 'hono';
import { Problem } from '../base/problem.ts';

import type { Deps } from '../context/deps.ts';
import type { Env } from '../context/env.ts';

const EXPOSED = [
  'DPoP-Nonce',
  'WWW-Authenticate',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-Request-Id',
].join(', ');

/**
 * Registered origins may call, never with credentials; every problem carries the headers too, so that a page can read
 * it. Recipients' calls are for our own page, and for pages whose owners chose to hold them (decision 032). The app document answers any origin: a foreign one learns why it gets nothing. Elsewhere a foreign page is
 * refused before the handler runs.
 */
export function cors(deps: Deps): MiddlewareHandler<Env> {
  const own = new URL(deps.config.publicUrl).origin;
  const records = deps.registry.all().map(({ record }) => record);
  const ofPages = new Set([own, ...records.flatMap(({ origins }) => origins)]);
  const ofRecipients = new Set([own, ...records.flatMap((record) => (record.embeds_recipients ? record.origins : []))]);
  return async (c, next) => {
    const origin = c.req.header('origin');
    const registered = c.req.path.startsWith('/v1/recipient/') ? ofRecipients : ofPages;
    const isAppDocument = c.req.path.startsWith('/v1/apps/');
    c.header('Vary', 'Origin', { append: true });
    if (origin !== undefined && (registered.has(origin) || isAppDocument)) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', EXPOSED);
    }
    if (c.req.method === 'OPTIONS') {
      c.header('Access-Control-Allow-Methods', 'GET, POST, DELETE');
      c.header('Access-Control-Allow-Headers', 'authorization, content-type, dpop, idempotency-key, traceparent');
      c.header('Access-Control-Max-Age', '7200');
      return c.body(null, 204);
    }
    if (origin !== undefined && !registered.has(origin) && !isAppDocument) throw new Problem('origin_not_allowed');
    return next();
  };
}
