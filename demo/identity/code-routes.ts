import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import * as v from 'valibot';
import { SignInByCode } from '../../src/contract/index.ts';
import { readBody } from '../base/body.ts';
import { Problem } from '../base/problem.ts';
import { beginWithCode, countGuess, lookAtCode, makeUserCode } from './code-sign-in.ts';
import type { browserCookie } from './cookies.ts';
import type { Ctx, IdentityEnv } from './env.ts';
import type { Issuer } from './live-issuer.ts';
import { codePage } from './pages.ts';
import type { IdentityDeps } from './ports.ts';
import { requireProof } from './require-token.ts';

const Typed = v.object({ user_code: v.pipe(v.string(), v.maxLength(40)) });

/** The way in by a code: the page asks for one, and the person types it on a page of ours. */
export function codeRoutes(
  deps: IdentityDeps,
  issuer: Issuer,
  began: ReturnType<typeof browserCookie>,
): Hono<IdentityEnv> {
  const routes = new Hono<IdentityEnv>();
  const own = new URL(deps.config.publicUrl).origin;

  routes.post('/v1/sign-in/code', requireProof(deps), async (c) => {
    const asked = await readBody(c, SignInByCode);
    if (asked.jkt !== c.get('jkt')) throw new Problem('proof_refused');
    return c.json(await makeUserCode(deps, { ...asked, origin: c.req.header('origin') ?? own }));
  });

  // The code never stands in an address: a link alone must not bring anybody here with a stranger's code.
  routes.get('/code', (c) => codePage(c));

  /** Only the page itself may ask; what it types in vain is counted. */
  const read = async <Found>(c: Ctx, find: (typed: string) => Promise<Found | null>): Promise<Found> => {
    if (c.req.header('origin') !== own) throw new Problem('origin_not_allowed');
    const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
    const seconds = deps.limits.guessed(incoming);
    if (seconds > 0) throw new Problem('slow_down', { headers: { 'Retry-After': String(seconds) } });
    const { user_code } = await readBody(c, Typed);
    const found = await countGuess(deps, () => find(user_code));
    if (found === null) throw new Problem('code_wrong');
    return found;
  };
  routes.post('/sign-in/code/look', async (c) => c.json(await read(c, (typed) => lookAtCode(deps, typed))));
  routes.post('/sign-in/code/begin', async (c) =>
    c.json({ authorize: await read(c, (typed) => beginWithCode(deps, issuer, began.keep(c), typed)) }),
  );

  return routes;
}
