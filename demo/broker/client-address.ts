import type { HttpBindings } from '@hono/node-server';
import type { Ctx } from '../context/env.ts';
import { addressOf } from '../identity/call-limits.ts';

/** Whose connection it is: as the socket says, or so many proxies of the operator's; null where there is no connection. */
export function clientAddress(c: Ctx, proxies = 0): string | null {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  return incoming ? addressOf(incoming, proxies) || null : null;
}
