import type { Context, MiddlewareHandler } from 'hono';
import type { Scope } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { RegisteredApp } from '../registry/registry.ts';
import { type AccessToken, tokenRefused, verifyAccessToken } from './access-token.ts';
import type { IdentityEnv } from './env.ts';
import type { IdentityDeps } from './ports.ts';
import { standingOf } from './tokens/revocations.ts';

/** A DPoP proof alone: shows which key is calling, not who. */
export function requireProof(deps: IdentityDeps): MiddlewareHandler<IdentityEnv> {
  return async (c, next) => {
    c.set('jkt', await checkProof(deps, c));
    c.header('DPoP-Nonce', deps.proofs.nonce());
    await next();
  };
}

/** The `DPoP` scheme's token and a proof made for it. Fails with sign_in_needed where there is none. */
export async function readDpopToken(deps: IdentityDeps, c: Context): Promise<{ token: string; jkt: string }> {
  const token = /^DPoP ([A-Za-z0-9._~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!token) throw new Problem('sign_in_needed', { headers: { 'WWW-Authenticate': 'DPoP algs="ES256"' } });
  const jkt = await checkProof(deps, c, token);
  c.header('DPoP-Nonce', deps.proofs.nonce());
  return { token, jkt };
}

/** How the person must have signed in for this call (RFC 9470). */
export interface StepUp {
  readonly acr?: string;
  /** Seconds since the sign-in, at most. */
  readonly maxAge?: number;
}

/** What a route says of itself, beside its scope. */
export interface Demands extends StepUp {
  /** It keeps to what a narrowed token is limited to (`Caller.within`). Every other route refuses such a token. */
  readonly keepsWithin?: true;
}

/**
 * Our own `at+jwt` (RFC 9068) with one audience, bound to the key of a fresh proof and not ended, for an app that may be
 * called from this page. Handlers get the caller and nothing else of the token.
 */
export function requireToken(deps: IdentityDeps, scope: Scope, demands: Demands = {}): MiddlewareHandler<IdentityEnv> {
  return async (c, next) => {
    const { token, jkt } = await readDpopToken(deps, c);
    const claims = await verifyAccessToken(deps, token);
    if (claims.cnf.jkt !== jkt) throw tokenRefused('the key of the proof is not the key of the token');
    const app = deps.registry.ofClient(claims.client_id);
    if (!app) throw tokenRefused('the app is gone');
    refuseForeignPage(deps, app, c.req.header('origin'));
    const { isEnded, lifeCap } = await standingOf(deps, claims);
    if (isEnded) throw tokenRefused('ended, or older than lives are at present');
    const scopes = new Set(claims.scope.split(' '));
    if (!scopes.has(scope) || (claims.within && !demands.keepsWithin)) {
      throw new Problem('not_allowed', {
        headers: { 'WWW-Authenticate': `DPoP error="insufficient_scope", scope="${scope}"` },
      });
    }
    refuseWeakSignIn(deps, claims, { ...stepUpOf(app, scope), ...demands });
    if (app.record.mode === 'closed') throw new Problem('app_closed');
    c.set('jkt', jkt);
    c.set('caller', {
      tenant: app.record.tenant,
      app,
      person: claims.sub,
      scopes,
      within: claims.within ?? null,
      lifeCap,
    });
    await next();
  };
}

/** What the app's template demands of a sign-in for a scope. */
function stepUpOf({ template }: RegisteredApp, scope: Scope): StepUp {
  const { acr, max_age } = template.step_up?.[scope] ?? {};
  return { ...(acr !== undefined && { acr }), ...(max_age !== undefined && { maxAge: max_age }) };
}

/** RFC 9470 section 3: the challenge says what the page must ask for. */
function refuseWeakSignIn(deps: IdentityDeps, claims: AccessToken, { acr, maxAge }: StepUp): void {
  const isRightKind = acr === undefined || claims.acr === acr;
  const isFresh = maxAge === undefined || (claims.auth_time ?? 0) + maxAge >= deps.now() / 1000;
  if (isRightKind && isFresh) return;
  const asked = [
    'DPoP error="insufficient_user_authentication"',
    ...(acr === undefined ? [] : [`acr_values="${acr}"`]),
    ...(maxAge === undefined ? [] : [`max_age="${maxAge}"`]),
  ];
  throw new Problem('stronger_sign_in', { headers: { 'WWW-Authenticate': asked.join(', ') } });
}

/** A page that is not on the app's list gets nothing, even with a token of that app. No Origin means: not a page. */
export function refuseForeignPage(deps: IdentityDeps, app: RegisteredApp, origin: string | undefined): void {
  if (origin === undefined || origin === new URL(deps.config.publicUrl).origin) return;
  if (app.record.origins.includes(origin)) return;
  // Its builder may be shown why: an app in test mode has no visitors yet.
  throw new Problem('origin_not_allowed', app.record.mode === 'test' ? { figures: { why: 'test' } } : {});
}

function checkProof(deps: IdentityDeps, c: Context, token?: string): Promise<string> {
  return deps.proofs.check({
    header: c.req.header('dpop'),
    method: c.req.method,
    url: deps.config.publicUrl + c.req.path,
    ...(token !== undefined && { token }),
  });
}
