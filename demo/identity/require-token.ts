import type { Context, MiddlewareHandler } from 'hono';
import { jwtVerify } from 'jose';
import * as v from 'valibot';
import { Problem } from '../base/problem.ts';
import type { RegisteredApp } from '../registry/registry.ts';
import type { IdentityEnv } from './env.ts';
import type { IdentityDeps } from './ports.ts';

/** `https://broker.example/v1`: the one audience of our access tokens (RFC 8707). */
export const audienceOf = (publicUrl: string): string => `${publicUrl}/v1`;
export const issuerOf = (publicUrl: string): string => `${publicUrl}/oidc`;

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

/**
 * Our own `at+jwt` (RFC 9068) with one audience, bound to the key of a fresh proof, for an app that may be called from
 * this page. Handlers get the caller and nothing else of the token.
 */
export function requireToken(deps: IdentityDeps, scope: string): MiddlewareHandler<IdentityEnv> {
  return async (c, next) => {
    const { token, jkt } = await readDpopToken(deps, c);
    const claims = await verifyToken(deps, token);
    if (claims.cnf.jkt !== jkt) throw ended('the key of the proof is not the key of the token');
    const app = deps.registry.find(claims.client_id);
    if (!app) throw ended('the app is gone');
    refuseForeignPage(deps, app, c.req.header('origin'));
    const scopes = new Set(claims.scope.split(' '));
    if (!scopes.has(scope)) {
      throw new Problem('not_allowed', {
        headers: { 'WWW-Authenticate': `DPoP error="insufficient_scope", scope="${scope}"` },
      });
    }
    if (app.record.mode === 'closed') throw new Problem('app_closed');
    c.set('jkt', jkt);
    c.set('caller', { tenant: app.record.tenant, app, person: claims.sub, scopes });
    await next();
  };
}

/** A page that is not on the app's list gets nothing, even with a token of that app. No Origin means: not a page. */
export function refuseForeignPage(deps: IdentityDeps, app: RegisteredApp, origin: string | undefined): void {
  if (origin === undefined || origin === new URL(deps.config.publicUrl).origin) return;
  if (app.record.origins.includes(origin)) return;
  // Its builder may be shown why: an app in test mode has no visitors yet.
  throw new Problem('origin_not_allowed', app.record.mode === 'test' ? { figures: { why: 'test' } } : {});
}

const AccessToken = v.object({
  aud: v.string(), // One audience: a token made for several is refused (RFC 9068 section 4 leaves it open; we do not).
  sub: v.string(),
  client_id: v.string(),
  scope: v.optional(v.string(), ''),
  cnf: v.object({ jkt: v.string() }),
});

async function verifyToken(deps: IdentityDeps, token: string): Promise<v.InferOutput<typeof AccessToken>> {
  try {
    const { payload } = await jwtVerify(token, deps.keys.issuer.publicJwk, {
      issuer: issuerOf(deps.config.publicUrl),
      audience: audienceOf(deps.config.publicUrl),
      typ: 'at+jwt',
      algorithms: ['ES256'],
      requiredClaims: ['exp', 'sub', 'client_id', 'cnf'],
      currentDate: new Date(deps.now()),
    });
    return v.parse(AccessToken, payload);
  } catch (cause) {
    throw ended(cause);
  }
}

function ended(cause: unknown): Problem {
  return new Problem('sign_in_ended', { cause, headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"' } });
}

function checkProof(deps: IdentityDeps, c: Context, token?: string): Promise<string> {
  return deps.proofs.check({
    header: c.req.header('dpop'),
    method: c.req.method,
    url: deps.config.publicUrl + c.req.path,
    ...(token !== undefined && { token }),
  });
}
