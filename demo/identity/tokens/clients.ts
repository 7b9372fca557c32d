import { type Client, errors } from 'oidc-provider';
import { scopesOf } from '../../registry/registry.ts';
import type { ServiceClient } from '../../registry/service-client.ts';
import { audienceOf, issuerOf } from '../access-token.ts';
import { livesOf } from '../lives.ts';
import type { IdentityDeps } from '../ports.ts';
import { lifeCapOf } from './revocations.ts';

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** An automation: client credentials by a key of its own, tokens bound to a key as everybody's, no redirect, no secret. */
export function serviceClientOf({ id, jwks }: ServiceClient) {
  return {
    client_id: id,
    application_type: 'web' as const,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    token_endpoint_auth_signing_alg: 'ES256' as const,
    jwks: { keys: jwks.keys.map((key) => ({ ...key })) },
    grant_types: ['client_credentials', TOKEN_EXCHANGE],
    response_types: [],
    redirect_uris: [],
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: 'ES256' as const,
  };
}

/** Seconds that an assertion may still live: what is longer than that was not made for this call. */
const ASSERTION_LIFE = 300;

/** RFC 7523 leaves several audiences and any life open; we take one audience and minutes. The signature is checked before. */
export function refuseLooseAssertion({ config, now }: IdentityDeps, claims: Readonly<Record<string, unknown>>): void {
  const issuer = issuerOf(config.publicUrl);
  const isForUs = claims.aud === issuer || claims.aud === `${issuer}/token`;
  const isShort = typeof claims.exp === 'number' && claims.exp <= now() / 1000 + ASSERTION_LIFE;
  if (!isForUs || !isShort) throw new errors.InvalidClientAuth('one audience, ours, and an exp within 5 minutes');
}

/** The one resource server, with what a client may get there; lives as the template, the operator and a cut of lives say. */
export async function resourceFor(deps: IdentityDeps, client: Client, secondsLeft: number) {
  const app = deps.registry.ofClient(client.clientId);
  if (!app) throw new errors.InvalidTarget();
  const audience = audienceOf(deps.config.publicUrl);
  const scopes = deps.registry.service(client.clientId)?.scopes ?? scopesOf(app);
  const life = Math.min(
    livesOf(deps, app).accessToken,
    secondsLeft,
    (await lifeCapOf(deps)) ?? Number.MAX_SAFE_INTEGER,
  );
  return {
    scope: scopes.join(' '),
    audience,
    accessTokenTTL: life,
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'ES256' as const } },
  };
}
