import { eq } from 'drizzle-orm';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { RegisteredApp } from '../registry/registry.ts';
import { audienceOf, issuerOf } from './access-token.ts';
import { recordActs } from './issuer-acts.ts';
import { endWithSession, loggedOutPage, logoutPage, protectPages } from './issuer-pages.ts';
import { livesOf } from './lives.ts';
import { oidcAdapter } from './oidc-adapter.ts';
import type { IdentityDeps } from './ports.ts';
import { closeToOthers } from './pushed-request.ts';
import { refuseForeignPage } from './require-token.ts';
import { person } from './schema.ts';
import { refuseLooseAssertion, resourceFor, serviceClientOf, TOKEN_EXCHANGE } from './tokens/clients.ts';
import { registerExchange } from './tokens/exchange.ts';
import { idOfSignedToken } from './tokens/signed.ts';

/**
 * The only token issuer the tag ever sees: oidc-provider, one public client per app (its id is the app's). Codes are
 * bound to PKCE S256 and to the key of the transaction; tokens to that key (RFC 9449); one audience (RFC 8707).
 */
export function configureIssuer(deps: IdentityDeps): Provider {
  const { config, keys, registry } = deps;
  const isHttps = config.publicUrl.startsWith('https:');
  const provider = new Provider(issuerOf(config.publicUrl), {
    adapter: oidcAdapter(deps),
    clients: [...registry.all().map((app) => clientOf(deps, app)), ...registry.services().map(serviceClientOf)],
    // The first signs; the others are published: the next one, and those whose tokens still live.
    jwks: { keys: keys.issuer.private as never },
    cookies: {
      keys: [keys.cookieSecret],
      // Cookies ignore ports: another provider on this host must not share the names.
      names: { session: 'su_session', interaction: 'su_interaction', resume: 'su_resume' },
      long: { httpOnly: true, sameSite: 'lax', secure: isHttps },
      short: { httpOnly: true, sameSite: 'lax', secure: isHttps },
    },
    claims: { openid: ['sub'], profile: ['name'] },
    scopes: ['openid', 'profile'],
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'private_key_jwt'],
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => refuseLooseAssertion(deps, claims),
    pkce: { required: () => true },
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      dPoPSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256'],
    },
    conformIdTokenClaims: false, // `name` in the ID token: the tag then needs no userinfo call.
    ttl: {
      AccessToken: (_ctx, { resourceServer }) => resourceServer?.accessTokenTTL ?? config.times.accessToken,
      ClientCredentials: (_ctx, { resourceServer }) => resourceServer?.accessTokenTTL ?? config.times.accessToken,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: config.times.signIn,
      Session: config.times.signIn,
      // A sign-in's grant is its life: every token of it ends with the grant at the latest, however often it was renewed.
      Grant: (_ctx, grant) => livesOf(deps, registry.app(String(grant.clientId))).session,
      RefreshToken: secondsLeft,
    },
    rotateRefreshToken: true,
    expiresWithSession: async () => false, // The session serves one sign-in; the page's tokens have a life of their own.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    clientBasedCORS: (_ctx, origin, client) => isPageOf(deps, client.clientId, origin),
    findAccount: async (_ctx, id) => {
      const [found] = await deps.db.q.select().from(person).where(eq(person.id, id));
      return found && { accountId: id, claims: async () => ({ sub: id, name: found.name }) };
    },
    extraTokenClaims: (ctx, token) => token.extra ?? claimsOf(ctx, token),
    loadExistingGrant: (ctx) => grantFor(deps, ctx),
    interactions: { url: (_ctx, interaction) => `/sign-in/interaction/${interaction.uid}` },
    renderError: async (ctx, out) => {
      deps.log('warn', 'issuer.refused', { reason: out.error });
      ctx.status = 303; // A form that was sent here is not sent on (RFC 9700 section 4.12).
      ctx.redirect(`${config.publicUrl}/sign-in/lost`);
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: loggedOutPage },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      dPoP: { enabled: true, nonceSecret: keys.nonceSecret, requireNonce: () => true },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      // For whoever proves to be the client, and about its own tokens; pages have no key of their own to prove it with.
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) =>
          client.clientAuthMethod !== 'none' && token.clientId === client.clientId,
      },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audienceOf(config.publicUrl),
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, _resource, client) => resourceFor(deps, client, secondsLeft(ctx)),
      },
    },
  } satisfies Configuration);
  registerExchange(deps, provider);
  provider.proxy = true; // It then believes the headers that the live issuer sets.
  provider.use(idOfSignedToken);
  recordActs(deps, provider);
  protectPages(provider);
  endWithSession(provider);
  closeToOthers(provider);
  provider.on('server_error', (_ctx, error) => deps.log('error', 'issuer.failed', { reason: error.name }));
  return provider;
}

/** Of the sign-in that a token is made for. Before there is one (at the authorize endpoint): any. */
function secondsLeft(ctx: KoaContextWithOIDC): number {
  const exp = ctx.oidc.entities.Grant?.exp;
  return exp === undefined ? Number.MAX_SAFE_INTEGER : Math.max(1, exp - Math.floor(Date.now() / 1000));
}

/** Which sign-in an access token comes from, and how and when that was (RFC 9470 section 6). */
function claimsOf(ctx: KoaContextWithOIDC, token: Parameters<NonNullable<Configuration['extraTokenClaims']>>[1]) {
  if (token.kind !== 'AccessToken') return undefined;
  const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
  const { acr, authTime } = AuthorizationCode ?? RefreshToken ?? {};
  return {
    sid: token.grantId,
    ...(acr !== undefined && { acr }),
    ...(authTime !== undefined && { auth_time: authTime }),
  };
}

function clientOf({ config }: IdentityDeps, app: RegisteredApp) {
  return {
    client_id: app.record.id,
    application_type: 'web' as const,
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code', 'refresh_token', TOKEN_EXCHANGE],
    response_types: ['code' as const],
    redirect_uris: [`${config.publicUrl}/sign-in/callback`],
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: 'ES256' as const,
  };
}

function isPageOf(deps: IdentityDeps, app: string, origin: string): boolean {
  try {
    refuseForeignPage(deps, deps.registry.app(app), origin);
    return true;
  } catch {
    return false;
  }
}

/**
 * Nobody is asked to consent to the operator's own app: the grant holds what the registry gives this person now and
 * rejects the rest, so that a token never carries a scope the person does not have. One for each sign-in: what ends in
 * one page (a sign-out, a refresh token used twice) leaves the person's other pages alone.
 */
async function grantFor(deps: IdentityDeps, ctx: Parameters<NonNullable<Configuration['loadExistingGrant']>>[0]) {
  const { client, session, provider, params } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const [account] = await deps.db.q.select().from(person).where(eq(person.id, session.accountId));
  if (!account || account.app !== client.clientId) return undefined;
  const asked = String(params?.scope ?? '').split(' ');
  const audience = audienceOf(deps.config.publicUrl);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(audience, asked.filter((scope) => account.scopes.includes(scope)).join(' '));
  grant.rejectResourceScope(audience, asked.filter((scope) => !account.scopes.includes(scope)).join(' '));
  await grant.save();
  return grant;
}
