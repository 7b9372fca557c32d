import { and, eq, gt } from 'drizzle-orm';
import * as oauth from 'oauth4webapi';
import { newSecret, sha256 } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { RegisteredApp } from '../../registry/registry.ts';
import type { IdentityDeps } from '../ports.ts';
import { oidcRecord } from '../schema.ts';
import { admit } from './admit.ts';
import type { Demand, How, Journey, ProviderClient } from './client.ts';

/**
 * To the organisation's provider and back. The round trip is bound to the browser by a cookie of its own: a victim who
 * is made to open somebody else's authorize address brings back nothing.
 */

const MODEL = 'Upstream';
const END = 'UpstreamEnd';
/** Seconds from the provider's answer to the end of the interaction: two redirects. */
const END_LIFE = 60;

interface RoundTrip extends Journey, Record<string, unknown> {
  readonly uid: string;
  readonly app: string;
  readonly provider: string;
  readonly cookieHash: string;
}

/** Rejects where the provider cannot be reached; nothing is kept then. */
export async function leaveForProvider(
  deps: IdentityDeps,
  client: ProviderClient,
  trip: { uid: string; app: RegisteredApp; asksForAccount: boolean; demand: Demand; cookie: string },
): Promise<string> {
  const [state, nonce, verifier] = [newSecret(), newSecret(), newSecret()];
  // Without it the provider's session would answer at once with the account that was just refused.
  const more = trip.asksForAccount ? { prompt: 'select_account' } : {};
  const journey: Journey = { nonce, verifier, ...trip.demand };
  const authorize = await client.authorizeUrl(journey, state, more);
  const payload: RoundTrip = {
    ...journey,
    uid: trip.uid,
    app: trip.app.record.id,
    provider: client.record.id,
    cookieHash: hashOf(trip.cookie),
  };
  const expiresAt = new Date(deps.now() + deps.config.times.signIn * 1000);
  await deps.db.q.insert(oidcRecord).values({ model: MODEL, id: state, payload, expiresAt });
  return authorize;
}

/** How a round trip ended: the person, or that they are not let in, or that the provider gave no answer that holds. */
export type Outcome =
  | { readonly person: string; readonly how?: How }
  | { readonly refused: true }
  | { readonly lost: true };
type End = Outcome & { readonly cookieHash: string };

/**
 * The provider sent the browser back: finds out who came, keeps it for their interaction and answers its uid. Fails with
 * sign_in_lost where this browser made no such trip to this provider.
 */
export async function returnFromProvider(
  deps: IdentityDeps,
  client: ProviderClient | undefined,
  cookie: string | undefined,
  url: URL,
): Promise<string> {
  const state = url.searchParams.get('state');
  if (!client) throw new Problem('sign_in_lost', { cause: 'no such provider' });
  const trip = await takeTrip(deps, client, state, cookie);
  const outcome = await identify(deps, client, trip, url, state ?? '');
  const payload: End = { ...outcome, cookieHash: trip.cookieHash };
  const row = { payload, expiresAt: new Date(deps.now() + END_LIFE * 1000) };
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

/** Whatever a provider answers, or does not, ends in one of the three. */
async function identify(
  deps: IdentityDeps,
  client: ProviderClient,
  trip: RoundTrip,
  url: URL,
  state: string,
): Promise<Outcome> {
  let claims: oauth.IDToken;
  try {
    claims = await client.redeem(url, trip, state);
  } catch (error) {
    if (isNo(error)) return { refused: true };
    deps.log('warn', 'provider.failed', { provider: client.record.id, reason: reasonOf(error) });
    return { lost: true };
  }
  try {
    const how = client.howOf(claims, trip);
    if (!how) return { refused: true };
    return { person: await admit(deps, deps.registry.app(trip.app), client.record, claims), how };
  } catch (error) {
    if (error instanceof Problem && error.code === 'sign_in_refused') return { refused: true };
    throw error;
  }
}

/** The person pressed Cancel there, or the provider does not let them in. */
function isNo(error: unknown): boolean {
  return error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied';
}

/** What went wrong, by name: messages of libraries may repeat addresses. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code || (error instanceof Error ? error.name : 'unknown');
}

/** What does not fit is refused before anything is taken, so that it ends nobody's sign-in. */
async function takeTrip(
  deps: IdentityDeps,
  client: ProviderClient,
  state: string | null,
  cookie: string | undefined,
): Promise<RoundTrip> {
  if (!state || !cookie) throw new Problem('sign_in_lost');
  const here = and(
    eq(oidcRecord.model, MODEL),
    eq(oidcRecord.id, state),
    gt(oidcRecord.expiresAt, new Date(deps.now())),
  );
  const [row] = await deps.db.q.select().from(oidcRecord).where(here);
  const trip = row?.payload as RoundTrip | undefined;
  if (!trip || trip.cookieHash !== hashOf(cookie)) throw new Problem('sign_in_lost');
  if (trip.provider !== client.record.id) throw new Problem('sign_in_lost', { cause: 'another provider' });
  const taken = await deps.db.q.delete(oidcRecord).where(here).returning({ id: oidcRecord.id });
  if (taken.length === 0) throw new Problem('sign_in_lost');
  return trip;
}

const hashOf = (cookie: string) => sha256(cookie).toString('base64url');
