import { Hono } from 'hono';
import * as v from 'valibot';
import { CancelSignIn, CollectSignIn, SignInFromPage, StartSignIn } from '../../src/contract/index.ts';
import { readBody } from '../base/body.ts';
import { pageFiles } from '../base/page-files.ts';
import { Problem } from '../base/problem.ts';
import { codeRoutes } from './code-routes.ts';
import { browserCookie } from './cookies.ts';
import type { Ctx, IdentityEnv } from './env.ts';
import { interactionRoutes } from './interactions.ts';
import type { Issuer } from './live-issuer.ts';
import { type EndShown, endPage, startPage } from './pages.ts';
import type { IdentityDeps } from './ports.ts';
import { refuseForeignPage, requireProof } from './require-token.ts';
import { cancelSignIn, collectSignIn, parkSignIn, startFromPage, startSignIn } from './sign-in.ts';

export function signInRoutes(deps: IdentityDeps, issuer: Issuer): Hono<IdentityEnv> {
  const routes = new Hono<IdentityEnv>();
  const own = new URL(deps.config.publicUrl).origin;
  const began = browserCookie(deps, 'su_sign_in');

  const script = 'text/javascript; charset=utf-8';
  const files = {
    'sign-in-start.js': script,
    'sign-in-end.js': script,
    'sign-in-code.js': script,
    'guest-code.js': script,
  };
  routes.route('/', pageFiles(new URL('./pages/', import.meta.url), files));

  // Each GET here moves a sign-in on. A HEAD, which Hono would hand to the same functions, asks for no such thing.
  routes.use('/sign-in/*', async (c, next) => {
    if (c.req.method === 'HEAD') throw new Problem('not_found');
    await next();
  });

  routes.get('/sign-in/start', (c) => startPage(c, deps.registry.app(c.req.query('app') ?? '').record, own));

  // Only the start page itself may begin: it alone has seen which window asked, and from which origin.
  routes.post('/sign-in/start', async (c) => {
    if (c.req.header('origin') !== own) throw new Problem('origin_not_allowed');
    const asked = await readBody(c, StartSignIn);
    return c.json({ authorize: await startSignIn(deps, issuer, began.keep(c), asked) });
  });

  routes.get('/sign-in/page', async (c) => {
    const asked = v.safeParse(SignInFromPage, c.req.query());
    if (!asked.success) throw new Problem('bad_request');
    c.header('Cache-Control', 'no-store');
    return c.redirect(await startFromPage(deps, issuer, began.keep(c), c.req.header('referer'), asked.output), 303);
  });

  routes.route('/', codeRoutes(deps, issuer, began));
  routes.route('/', interactionRoutes(deps, issuer));

  routes.get('/sign-in/callback', async (c) => {
    const [state, code, iss, error] = ['state', 'code', 'iss', 'error'].map((name) => onlyOne(c, name));
    const done = await parkSignIn(deps, issuer, began.read(c), { state, code, iss, error });
    if (done.end !== 'back') return endPage(c, endOf(done.end, error), isToldElsewhere(done.end));
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cache-Control', 'no-store');
    return c.redirect(done.address, 303);
  });

  // Where the issuer sends whoever it cannot send back to a page.
  routes.get('/sign-in/lost', (c) => endPage(c, 'lost'));

  // Programs get what the wire says (the app's own handler); people a page with the next step.
  routes.onError((error, c) => {
    const isForPeople = c.req.method === 'GET' && /\btext\/html\b/.test(c.req.header('accept') ?? '');
    if (!isForPeople || !(error instanceof Problem) || error.code !== 'sign_in_lost') throw error;
    c.status(400);
    return endPage(c, 'lost');
  });

  routes.post('/v1/sign-in/collect', requireProof(deps), async (c) => {
    const { app, secret } = await readBody(c, CollectSignIn);
    const origin = c.req.header('origin');
    refuseForeignPage(deps, deps.registry.app(app), origin);
    const answer = await collectSignIn(deps, { app, secret, jkt: c.get('jkt'), origin }, c.req.raw.signal);
    return c.json(answer);
  });

  routes.post('/v1/sign-in/cancel', requireProof(deps), async (c) => {
    const { app, secret } = await readBody(c, CancelSignIn);
    const origin = c.req.header('origin');
    refuseForeignPage(deps, deps.registry.app(app), origin);
    await cancelSignIn(deps, { app, secret, jkt: c.get('jkt'), origin });
    return c.body(null, 204);
  });

  return routes;
}

/** A parked error is an end as well: the person is told which. */
function endOf(end: 'parked' | 'elsewhere' | 'cancelled' | 'lost', error: string | undefined): EndShown {
  if (error === undefined || end === 'cancelled' || end === 'lost') return end;
  return error === 'access_denied' ? 'refused' : 'failed';
}

/** The page that opened this window says it, in words of its own. */
const isToldElsewhere = (end: string): boolean => end === 'parked' || end === 'cancelled';

/** A parameter that came once (RFC 6749 section 3.1); of two, neither counts. */
function onlyOne(c: Ctx, name: string): string | undefined {
  const values = c.req.queries(name) ?? [];
  return values.length === 1 ? values[0] : undefined;
}
