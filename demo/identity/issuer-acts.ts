import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Act, record } from '../audit/index.ts';
import { RateLimit } from '../base/rate-limit.ts';
import type { IdentityDeps } from './ports.ts';

/** Of one app and kind: somebody who errs on purpose writes no more than this into the list of acts. */
const REFUSALS = { perMinute: 10, burst: 20 };
/** Every page is asked for a nonce now and then, and brings it. */
const USUAL = ['use_dpop_nonce'];

/** What the issuer did and refused, in the list of acts before its answer goes out: who signed out, what did not fit. */
export function recordActs(deps: IdentityDeps, provider: Provider): void {
  const refusals = new RateLimit(REFUSALS, deps.now);
  const noted = new WeakMap<object, Omit<Act, 'tenant' | 'app'>[]>();
  const note = (ctx: KoaContextWithOIDC, act: Omit<Act, 'tenant' | 'app'>) =>
    noted.set(ctx, [...(noted.get(ctx) ?? []), act]);

  provider.on('grant.revoked', (ctx) => {
    const act = ctx.oidc.route === 'revocation' ? 'person.signed-out' : 'sign-in.reused';
    note(ctx, { ...whoOf(ctx), act });
  });
  provider.on('end_session.success', (ctx) => note(ctx, { ...whoOf(ctx), act: 'person.signed-out' }));

  const refused = (ctx: KoaContextWithOIDC, { error }: { error: string }) => {
    const app = deps.registry.ofClient(ctx.oidc?.client?.clientId ?? '')?.record.id;
    if (app === undefined || USUAL.includes(error) || refusals.take(`${app} ${error}`) > 0) return;
    note(ctx, { ...whoOf(ctx), act: 'issuer.refused', facts: { endpoint: ctx.oidc.route, error } });
  };
  provider.on('grant.error', refused);
  provider.on('revocation.error', refused);
  provider.on('introspection.error', refused);
  provider.on('authorization.error', refused);

  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx as KoaContextWithOIDC;
    // A browser's session is of one app: each sign-in asks anew (`prompt`).
    const [ofSession = ''] = Object.keys(oidc?.session?.authorizations ?? {});
    const app = deps.registry.ofClient(oidc?.client?.clientId ?? ofSession)?.record;
    const acts = (noted.get(ctx) ?? []).map((act) => ({ tenant: app?.tenant ?? '', app: app?.id ?? '', ...act }));
    if (acts.length > 0) await deps.db.transaction((tx) => record(tx, new Date(deps.now()), ...acts));
  });
}

/** A person's opaque id, an automation's, or nobody who is known. */
function whoOf({ oidc }: KoaContextWithOIDC): { actor: string; subject: string } {
  const { RefreshToken, AuthorizationCode, AccessToken } = oidc.entities;
  const account = (RefreshToken ?? AuthorizationCode ?? AccessToken)?.accountId ?? oidc.session?.accountId;
  const client = oidc.client?.clientId ?? 'issuer';
  return account === undefined
    ? { actor: 'broker', subject: client }
    : { actor: `person:${account}`, subject: account };
}
