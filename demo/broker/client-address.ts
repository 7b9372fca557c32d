import type { HttpBindings } from '@hono/node-server';
import type { Ctx } from '../context/env.ts';

/** Whose connection it is, as the socket says; null where there is none. Behind a proxy that is the proxy. */
export function clientAddress(c: Ctx): string | null {
  const bindings = c.env as Partial<HttpBindings> | undefined;
  return bindings?.incoming?.socket.remoteAddress ?? null;
}
