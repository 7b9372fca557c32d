import { Hono } from 'hono';
import type Provider from 'oidc-provider';
import { Problem } from '../base/problem.ts';
import { choosePage } from './choose-page.ts';
import { browserCookie } from './cookies.ts';
import type { Ctx, IdentityEnv } from './env.ts';
import { guestsOf } from './guests/codes.ts';
import { guestRoutes } from './guests/routes.ts';
import type { Issuer } from './live-issuer.ts';
import type { IdentityDeps } from './ports.ts';
import { type Demand, ProviderClient } from './providers/client.ts';
import { leaveForProvider, type Outcome, reasonOf, returnFromProvider, takeEnd } from './providers/round-trip.ts';

/** oidc-provider asks who is there; one of the organisation's providers knows, or a mail code shows it. */
export function interactionRoutes(deps: IdentityDeps, issuer: Issuer): Hono<IdentityEnv> {
  const routes = new Hono<IdentityEnv>();
  const left = browserCookie(deps, 'su_upstream');
  const refused = browserCookie(deps, 'su_refused');
  const clients = new Map(deps.config.providers.map((record) => [record.id, new ProviderClient(deps, record)]));

  const of = async (c: Ctx) => {
    const { uid, prompt, params } = await interactionOf(issuer, c);
    const app = deps.registry.app(String(params.client_id));
    const providers = app.record.providers.flatMap((id) => clients.get(id) ?? []);
    const demand = demandOf(params);
    return { uid, prompt, app, providers, demand, hasGuests: guestsOf(app) !== null };
  };

  const leave = async (
    c: Ctx,
    { uid, app, demand, ...ways }: Awaited<ReturnType<typeof of>>,
    id: string | undefined,
  ) => {
    const client = ways.providers.find(({ record }) => record.id === id);
    if (!client) throw new Problem('sign_in_lost', { cause: `there is no provider ${id}` });
    const asksForAccount = refused.take(c) !== undefined;
    try {
      const trip = { uid, app, asksForAccount, demand, cookie: left.keep(c) };
      return c.redirect(await leaveForProvider(deps, client, trip), 303);
    } catch (error) {
      deps.log('warn', 'provider.failed', { provider: client.record.id, reason: reasonOf(error) });
      return choosePage(c, { uid, app, ...ways, silent: client });
    }
  };

  routes.get('/sign-in/interaction/:uid', async (c) => {
    const asked = await of(c);
    if (asked.prompt.name !== 'login') return c.redirect(await endInteraction(issuer, c, { refused: true }), 303);
    const [only, second] = asked.providers;
    return second || asked.hasGuests ? choosePage(c, asked) : leave(c, asked, only?.record.id);
  });

  routes.get('/sign-in/interaction/:uid/with/:provider', async (c) => leave(c, await of(c), c.req.param('provider')));

  routes.route('/', guestRoutes(deps, { of, end: (c, person) => endInteraction(issuer, c, { person }) }));

  // An address of its own for each provider: an answer to one is never read as another's (RFC 9700 section 4.4.2.2).
  routes.get('/sign-in/provider/:provider', async (c) => {
    const url = new URL(deps.config.publicUrl + c.req.path + new URL(c.req.url).search);
    const uid = await returnFromProvider(deps, clients.get(c.req.param('provider')), left.read(c), url);
    return c.redirect(`/sign-in/interaction/${uid}/end`, 303);
  });

  routes.get('/sign-in/interaction/:uid/end', async (c) => {
    const { uid } = await interactionOf(issuer, c);
    const end = await takeEnd(deps, uid, left.read(c));
    if ('refused' in end) refused.put(c, '1');
    return c.redirect(await endInteraction(issuer, c, end), 303);
  });

  return routes;
}

/** What the sign-in must be, as its request says (OpenID Connect Core section 3.1.2.1). */
function demandOf(params: Readonly<Record<string, unknown>>): Demand {
  const { acr_values: acr, max_age: maxAge } = params;
  return { ...(typeof acr === 'string' && { acr }), ...(maxAge !== undefined && { maxAge: Number(maxAge) }) };
}

/** Node's own request and response: oidc-provider reads its interaction cookie from them. */
interface NodeBindings {
  readonly incoming: Parameters<Provider['interactionDetails']>[0];
  readonly outgoing: Parameters<Provider['interactionDetails']>[1];
}

/** The interaction of this browser. Another browser, without the cookie, is told that the sign-in is lost. */
async function interactionOf(issuer: Issuer, c: Ctx) {
  const { incoming, outgoing } = c.env as unknown as NodeBindings;
  try {
    return await (await issuer.current()).interactionDetails(incoming, outgoing);
  } catch (cause) {
    throw new Problem('sign_in_lost', { cause });
  }
}

/** The tag learns of each end: `access_denied` is its sign_in_refused, every other error its sign_in_lost. */
async function endInteraction(issuer: Issuer, c: Ctx, end: Outcome): Promise<string> {
  const { incoming, outgoing } = c.env as unknown as NodeBindings;
  const result =
    'person' in end
      ? { login: { accountId: end.person, remember: false, ...end.how } }
      : { error: 'refused' in end ? 'access_denied' : 'server_error' };
  const provider = await issuer.current();
  return provider.interactionResult(incoming, outgoing, result, { mergeWithLastSubmission: false });
}
