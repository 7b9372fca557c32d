import type { IncomingMessage } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Env } from '../context/env.ts';
import { appOf } from '../identity/call-limits.ts';

/** Calls for which nobody has signed in, whatever header they bring. The issuer's own are bounded where it hears them. */
const WITHOUT_SIGN_IN = /^\/(sign-in\/|code$|v1\/(apps|sign-in|recipient)\/)/;

/** Fails with slow_down. After CORS, so that a page can read it. */
export function limitCalls({ limits }: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (WITHOUT_SIGN_IN.test(c.req.path)) {
      const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
      const seconds = limits.waitFor(incoming, appOf(new URL(c.req.url), c.req.header('origin')));
      if (seconds > 0) throw new Problem('slow_down', { headers: { 'Retry-After': String(seconds) } });
    }
    await next();
  };
}
