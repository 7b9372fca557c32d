import { and, eq, gt } from 'drizzle-orm';
import * as oauth from 'oauth4webapi';
import { hasHiddenCharacters } from '../../src/policy/index.ts';
import { newId, newSecret, sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { ProviderRecord } from '../registry/provider-record.ts';
import type { RegisteredApp } from '../registry/registry.ts';

import type { IdentityDeps } from './ports.ts';
import { oidcRecord, person } from './schema.ts';

/**
 * The broker as confidential client of the organisation's OpenID provider. The round trip is bound to the browser by a
 * cookie of its own: a victim who is made to open somebody else's authorize address brings back nothing.
 */

const MODEL = 'Upstream';
const END = 'UpstreamEnd';

interface RoundTrip extends Record<string, unknown> {
  readonly uid: string;
  readonly app: string;
  readonly provider: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly cookieHash: string;
}

export async function leaveForProvider(
  deps: IdentityDeps,
  trip: { uid: string; app: RegisteredApp; asksForAccount: boolean },
): Promise<{ authorize: string; cookie: string }> {
  const provider = providerOf(deps, trip.app.record.providers[0]);
  const server = await discover(provider);
  const [state, nonce, verifier, cookie] = [newSecret(), newSecret(), newSecret(), newSecret()];
  const payload: RoundTrip = {
    uid: trip.uid,
    app: trip.app.record.id,
    provider: provider.id,
    nonce,
    verifier,
    cookieHash: hashOf(cookie),
  };
  await deps.db.q.insert(oidcRecord).values({
    model: MODEL,
    id: state,
    payload,
    expiresAt: new Date(deps.now() + deps.config.times.signIn * 1000),
  });
  const authorize = new URL(server.authorization_endpoint ?? '');
  const parameters = {
    client_id: provider.clientId,
    response_type: 'code',
    redirect_uri: callbackUri(deps),
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // Without it the provider's session would answer at once with the account that was just refused.
    ...(trip.asksForAccount && { prompt: 'select_account' }),
  };
  for (const [name, value] of Object.entries(parameters)) authorize.searchParams.set(name, value);
  return { authorize: authorize.href, cookie };
}

/** How a round trip ended: the person, or that the provider or the registry did not let them in. */
type Outcome = { readonly person: string } | { readonly refused: true };
type End = Outcome & { readonly cookieHash: string };

/** The provider sent the browser back: finds out who came, keeps it for their interaction and answers its uid. */
export async function returnFromProvider(deps: IdentityDeps, cookie: string | undefined, url: URL): Promise<string> {
  const trip = await takeTrip(deps, url.searchParams.get('state'), cookie);
  const outcome: Outcome = await identify(deps, trip, url).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'sign_in_refused') return { refused: true };
    throw error;
  });
  const payload: End = { ...outcome, cookieHash: trip.cookieHash };
  const row = { payload, expiresAt: new Date(deps.now() + 60_000) };
  await deps.db.q
    .insert(oidcRecord)
    .values({ model: END, id: trip.uid, ...row })
    .onConflictDoUpdate({ target: [oidcRecord.model, oidcRecord.id], set: row }); // Somebody went back and signed in again.
  return trip.uid;
}

/**
 * Once, and only for the browser whose interaction it is (the caller has checked that) and which made the round trip:
 * an interaction cookie can be planted by a neighbouring domain, ours of the round trip (`__Host-`) cannot.
 */
export async function takeEnd(deps: IdentityDeps, uid: string, cookie: string | undefined): Promise<Outcome> {
  const [row] = await deps.db.q
    .delete(oidcRecord)
    .where(and(eq(oidcRecord.model, END), eq(oidcRecord.id, uid), gt(oidcRecord.expiresAt, new Date(deps.now()))))
    .returning({ end: oidcRecord.payload });
  const end = row?.end as End | undefined;
  if (!end || !cookie || end.cookieHash !== hashOf(cookie)) throw new Problem('sign_in_lost');
  return end;
}

async function identify(deps: IdentityDeps, trip: RoundTrip, url: URL): Promise<Outcome> {
  const provider = providerOf(deps, trip.provider);
  const server = await discover(provider);
  const client: oauth.Client = { client_id: provider.clientId };
  let claims: oauth.IDToken;
  try {
    const answer = oauth.validateAuthResponse(server, client, url, url.searchParams.get('state') ?? '');
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.ClientSecretBasic(provider.clientSecret),
      answer,
      callbackUri(deps),
      trip.verifier,
      insecureOnLoopback(provider),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: trip.nonce,
      requireIdToken: true,
    });
    const found = oauth.getValidatedIdTokenClaims(tokens);
    if (!found) throw new Problem('sign_in_lost');
    claims = found;
  } catch (cause) {
    throw cause instanceof oauth.AuthorizationResponseError
      ? new Problem('sign_in_refused', { cause: cause.error })
      : new Problem('sign_in_lost', { cause });
  }
  return { person: await admit(deps, deps.registry.app(trip.app), provider, claims) };
}

async function takeTrip(deps: IdentityDeps, state: string | null, cookie: string | undefined): Promise<RoundTrip> {
  if (!state || !cookie) throw new Problem('sign_in_lost');
  const here = and(
    eq(oidcRecord.model, MODEL),
    eq(oidcRecord.id, state),
    gt(oidcRecord.expiresAt, new Date(deps.now())),
  );
  const [row] = await deps.db.q.select().from(oidcRecord).where(here);
  const trip = row?.payload as RoundTrip | undefined;
  if (!trip || trip.cookieHash !== hashOf(cookie)) throw new Problem('sign_in_lost');
  const taken = await deps.db.q.delete(oidcRecord).where(here).returning({ id: oidcRecord.id });
  if (taken.length === 0) throw new Problem('sign_in_lost');
  return trip;
}

/** Who came, and what the registry lets them do. The address counts only if verified and of the provider's own domains. */
async function admit(
  deps: IdentityDeps,
  app: RegisteredApp,
  provider: ProviderRecord,
  claims: oauth.IDToken,
): Promise<string> {
  const email = claims.email_verified === true && typeof claims.email === 'string' ? claims.email.toLowerCase() : '';
  const domain = email.split('@').at(-1) ?? '';
  if (!email || !provider.domains.includes(domain) || !app.record.domains.includes(domain)) {
    throw new Problem('sign_in_refused');
  }
  const scopes = [...app.template.scopes];
  if (app.record.owners.includes(email)) scopes.push('files:read:app');
  const facts = {
    // People name themselves at many providers, and mails and pages of the broker say that name.
    name: isPlainName(claims.name) ? claims.name : email,
    email,
    scopes,
    seenAt: new Date(deps.now()),
  };
  const [row] = await deps.db.q
    .insert(person)
    .values({
      id: newId(),
      tenant: app.record.tenant,
      app: app.record.id,
      issuer: provider.issuer,
      subject: claims.sub,
      ...facts,
    })
    .onConflictDoUpdate({ target: [person.app, person.issuer, person.subject], set: facts })
    .returning({ id: person.id });
  if (!row) throw new Problem('internal');
  return row.id;
}

const isPlainName = (name: unknown): name is string =>
  typeof name === 'string' && name.trim() !== '' && name.length <= 120 && !hasHiddenCharacters(name);
const hashOf = (cookie: string) => sha256(cookie).toString('base64url');
const callbackUri = (deps: IdentityDeps) => `${deps.config.publicUrl}/sign-in/provider`;

function providerOf(deps: IdentityDeps, id: string | undefined): ProviderRecord {
  const provider = deps.config.providers.find((known) => known.id === id);
  if (!provider) throw new Problem('sign_in_lost', { cause: `there is no provider ${id}` });
  return provider;
}

const discovered = new Map<string, Promise<oauth.AuthorizationServer>>();

/** Its metadata, read once; the issuer named in it must be the configured one (OpenID Discovery section 4.3). */
function discover(provider: ProviderRecord): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(provider.issuer);
  const known = discovered.get(issuer.href);
  if (known) return known;
  const asked = oauth
    .discoveryRequest(issuer, insecureOnLoopback(provider))
    .then((response) => oauth.processDiscoveryResponse(issuer, response));
  discovered.set(issuer.href, asked);
  asked.catch(() => discovered.delete(issuer.href));
  return asked;
}

/** Plain http is for a provider on this machine only. */
function insecureOnLoopback(provider: ProviderRecord) {
  const { hostname } = new URL(provider.issuer);
  return { [oauth.allowInsecureRequests]: hostname === '127.0.0.1' || hostname === 'localhost' };
}
