import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import type Provider from 'oidc-provider';
import { CollectSignIn, StartSignIn } from '../../src/contract/index.ts';
import { readBody } from '../base/body.ts';
import { pageFiles } from '../base/page-files.ts';
import { Problem } from '../base/problem.ts';
import type { Ctx, IdentityEnv } from './env.ts';
import { endPage, startPage } from './pages.ts';
import type { IdentityDeps } from './ports.ts';
import { refuseForeignPage, requireProof } from './require-token.ts';
import { collectSignIn, parkSignIn, startSignIn } from './sign-in.ts';
import { leaveForProvider, returnFromProvider, takeEnd } from './upstream.ts';

export function signInRoutes(deps: IdentityDeps, issuer: Provider): Hono<IdentityEnv> {
  const routes = new Hono<IdentityEnv>();
  const own = new URL(deps.config.publicUrl).origin;
  const began = browserCookie(deps, 'su_sign_in');
  const left = browserCookie(deps, 'su_upstream');
  const refused = browserCookie(deps, 'su_refused');

  const script = 'text/javascript; charset=utf-8';
  const scripts = { 'sign-in-start.js': script, 'sign-in-end.js': script };
  routes.route('/', pageFiles(new URL('./pages/', import.meta.url), scripts));

  routes.get('/sign-in/start', (c) => startPage(c, deps.registry.app(c.req.query('app') ?? '').record));

  // Only the start page itself may begin: it alone has seen which window asked, and from which origin.
  routes.post('/sign-in/start', async (c) => {
    if (c.req.header('origin') !== own) throw new Problem('origin_not_allowed');
    const { authorize, cookie } = await startSignIn(deps, await readBody(c, StartSignIn));
    began.put(c, cookie);
    return c.json({ authorize });
  });

  // oidc-provider asks who is there; the organisation's provider knows.
  routes.get('/sign-in/interaction/:uid', async (c) => {
    const details = await interactionOf(issuer, c);
    if (details.prompt.name !== 'login') return c.redirect(await endInteraction(issuer, c, { refused: true }), 303);
    const app = deps.registry.app(String(details.params.client_id));
    const asksForAccount = refused.take(c) !== undefined;
    const { authorize, cookie } = await leaveForProvider(deps, { uid: details.uid, app, asksForAccount });
    left.put(c, cookie);
    return c.redirect(authorize, 303);
  });

  routes.get('/sign-in/provider', async (c) => {
    const url = new URL(deps.config.publicUrl + c.req.path + new URL(c.req.url).search);
    const uid = await returnFromProvider(deps, left.read(c), url);
    return c.redirect(`/sign-in/interaction/${uid}/end`, 303);
  });

  routes.get('/sign-in/interaction/:uid/end', async (c) => {
    const { uid } = await interactionOf(issuer, c);
    const end = await takeEnd(deps, uid, left.take(c));
    if ('refused' in end) refused.put(c, '1');
    return c.redirect(await endInteraction(issuer, c, end), 303);
  });

  routes.get('/sign-in/callback', async (c) => {
    const { state, code, iss, error } = c.req.query();
    const isParked = await parkSignIn(deps, began.take(c), { state, code, iss, error });
    return endPage(c, isParked);
  });

  routes.post('/v1/sign-in/collect', requireProof(deps), async (c) => {
    const { app, secret } = await readBody(c, CollectSignIn);
    const origin = c.req.header('origin');
    refuseForeignPage(deps, deps.registry.app(app), origin);
    const answer = await collectSignIn(deps, { app, secret, jkt: c.get('jkt'), origin }, c.req.raw.signal);
    c.header('Cache-Control', 'no-store');
    return c.json(answer);
  });

  return routes;
}

/** Node's own request and response: oidc-provider reads its interaction cookie from them. */
interface NodeBindings {
  readonly incoming: Parameters<Provider['interactionDetails']>[0];
  readonly outgoing: Parameters<Provider['interactionDetails']>[1];
}

/** The interaction of this browser. Another browser, without the cookie, is told that the sign-in is lost. */
async function interactionOf(issuer: Provider, c: Ctx) {
  const { incoming, outgoing } = c.env as unknown as NodeBindings;
  try {
    return await issuer.interactionDetails(incoming, outgoing);
  } catch (cause) {
    throw new Problem('sign_in_lost', { cause });
  }
}

function endInteraction(issuer: Provider, c: Ctx, end: { person: string } | { refused: true }): Promise<string> {
  const { incoming, outgoing } = c.env as unknown as NodeBindings;
  const result = 'person' in end ? { login: { accountId: end.person, remember: false } } : { error: 'access_denied' };
  return issuer.interactionResult(incoming, outgoing, result, { mergeWithLastSubmission: false });
}

/** A cookie that binds one step to this browser; taken once. `__Host-` wherever there is TLS. */
function browserCookie({ config }: IdentityDeps, plain: string) {
  const secure = config.publicUrl.startsWith('https:');
  const name = secure ? `__Host-${plain}` : plain;
  const options: CookieOptions = { httpOnly: true, sameSite: 'Lax', path: '/', secure, maxAge: config.times.signIn };
  return {
    put: (c: Ctx, value: string) => setCookie(c, name, value, options),
    read: (c: Ctx) => getCookie(c, name),
    take(c: Ctx): string | undefined {
      const value = getCookie(c, name);
      if (value !== undefined) setCookie(c, name, '', { ...options, maxAge: 0 });
      return value;
    },
  };
}
