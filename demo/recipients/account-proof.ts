import { and, eq, gt } from 'drizzle-orm';
import * as oauth from 'oauth4webapi';
import type { SignInVerified, StartedRecipientSignIn, StartRecipientSignIn } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { newSecret, sha256 } from '../base/ids.ts';
import { readMailAddress } from '../base/mail-address.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import { provenAddress } from '../identity/providers/admit.ts';
import type { Journey, ProviderClient } from '../identity/providers/client.ts';
import { reasonOf } from '../identity/providers/round-trip.ts';
import { oidcRecord } from '../identity/schema.ts';
import { offeredProviders } from './account-providers.ts';
import { recipientAct, refuseUnprovable } from './codes.ts';
import { lockLink, type OpenedLink, openById } from './link-store.ts';
import { admit, endSession } from './recipients.ts';

/**
 * A recipient proves their address with an account. The way there and back is bound to the browser by a cookie and to the
 * page by its key: whoever is led to somebody else's address of a provider proves nothing for them.
 */

const TRIP = 'RecipientTrip';
const END = 'RecipientEnd';
/** Tells an answer of a provider for a recipient from one for a sign-in. */
const MARK = 'r.';

interface Trip extends Journey, Record<string, unknown> {
  readonly link: string;
  readonly jkt: string;
  readonly provider: string;
  readonly back: StartRecipientSignIn['back'];
  readonly cookieHash: string;
}
type Outcome = 'proven' | 'other' | 'refused' | 'lost';
interface End extends Record<string, unknown> {
  readonly link: string;
  readonly jkt: string;
  /** `asking` while the provider has not said yet who came back. */
  readonly is: Outcome | 'asking';
  /** ms since epoch */
  readonly at: number;
}

export const isRecipientState = (state: string | null): state is string => state?.startsWith(MARK) ?? false;

const hashOf = (secret: string) => sha256(secret).toString('base64url');

/** Fails with not_a_person, not_allowed (no such provider here), store_down (it does not answer), or what ended the link. */
export async function startAccountProof(
  deps: Deps,
  clients: ReadonlyMap<string, ProviderClient>,
  opened: OpenedLink,
  wish: StartRecipientSignIn,
  { jkt, cookie }: { readonly jkt: string; readonly cookie: string },
): Promise<StartedRecipientSignIn> {
  if (!wish.is_trusted) throw new Problem('not_a_person');
  refuseUnprovable(opened, deps.now());
  const client = offeredProviders(deps, opened).some(({ id }) => id === wish.provider) && clients.get(wish.provider);
  if (!client) throw new Problem('not_allowed');
  const [state, signIn] = [MARK + newSecret(), newSecret()];
  const journey: Journey = { nonce: newSecret(), verifier: newSecret() };
  const expiresAt = new Date(deps.now() + deps.config.times.signIn * 1000);
  let address: string;
  try {
    // Which account is the person's choice; the address itself is not told: anyone may hold the link.
    address = await client.authorizeUrl(journey, state, { prompt: 'select_account' });
  } catch (error) {
    deps.log('warn', 'provider.failed', { provider: wish.provider, reason: reasonOf(error) });
    throw new Problem('store_down', { cause: error });
  }
  const place = { link: opened.row.id, jkt, provider: wish.provider, back: wish.back };
  const payload: Trip = { ...journey, ...place, cookieHash: hashOf(cookie) };
  await deps.db.q.insert(oidcRecord).values({ model: TRIP, id: state, uid: hashOf(signIn), payload, expiresAt });
  return { address, sign_in: signIn, expires_at: expiresAt.toISOString() };
}

/**
 * The provider sent the browser back: finds out whose account it is and keeps that for the page. Fails with sign_in_lost
 * where this browser made no such trip to this provider.
 */
export async function returnToRecipient(
  deps: Deps,
  client: ProviderClient | undefined,
  cookie: string | undefined,
  url: URL,
): Promise<{ readonly is: Outcome; readonly back: Trip['back'] }> {
  const state = url.searchParams.get('state') ?? '';
  // What is none of ours is not asked for: PostgreSQL refuses a text with U+0000.
  if (!/^[\w.-]+$/.test(state)) throw new Problem('sign_in_lost');
  const here = and(
    eq(oidcRecord.model, TRIP),
    eq(oidcRecord.id, state),
    gt(oidcRecord.expiresAt, new Date(deps.now())),
  );
  const [row] = await deps.db.q.select().from(oidcRecord).where(here);
  const trip = row?.payload as Trip | undefined;
  const id = row?.uid;
  const isOurs = client && trip && cookie && trip.cookieHash === hashOf(cookie) && trip.provider === client.record.id;
  if (!isOurs || !id) throw new Problem('sign_in_lost');
  /** What the page is told that asks meanwhile, and afterwards. */
  const ending = (is: End['is'], at: number) => {
    const payload: End = { link: trip.link, jkt: trip.jkt, is, at };
    return { payload, expiresAt: new Date(at + deps.config.times.signIn * 1000) };
  };
  await deps.db.transaction(async (tx) => {
    const taken = await tx.delete(oidcRecord).where(here).returning({ id: oidcRecord.id });
    if (taken.length === 0) throw new Problem('sign_in_lost');
    await tx.insert(oidcRecord).values({ model: END, id, ...ending('asking', deps.now()) });
  });
  const is = await identify(deps, client, trip, url, state);
  const at = deps.now();
  const opened = await openById(deps, trip.link);
  await deps.db.transaction(async (tx) => {
    const own = and(eq(oidcRecord.model, END), eq(oidcRecord.id, id));
    await tx.update(oidcRecord).set(ending(is, at)).where(own);
    const act = is === 'proven' ? 'recipient.verified' : 'recipient.refused';
    await record(tx, new Date(at), recipientAct(opened, act, { provider: trip.provider, outcome: is }));
  });
  return { is, back: trip.back };
}

/** Whose account it is, and no word of it to anybody: only whether it is the link's. */
async function identify(deps: Deps, client: ProviderClient, trip: Trip, url: URL, state: string): Promise<Outcome> {
  let claims: oauth.IDToken;
  try {
    claims = await client.redeem(url, trip, state);
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied') return 'refused';
    deps.log('warn', 'provider.failed', { provider: client.record.id, reason: reasonOf(error) });
    return 'lost';
  }
  const { row } = await openById(deps, trip.link);
  const address = provenAddress(client.record, claims);
  return address !== null && address === readMailAddress(row.recipient)?.address ? 'proven' : 'other';
}

/**
 * How it ended, for the page that began it, by its key. The same key may ask again while what it proved lasts, for a fresh
 * notice, or because the first answer was lost. Fails with other_mailbox, sign_in_refused, sign_in_lost, or what has ended
 * the link.
 */
export async function verifyAccountProof(
  deps: Deps,
  linkId: string,
  signIn: string,
  jkt: string,
): Promise<SignInVerified> {
  const now = new Date(deps.now());
  const id = hashOf(signIn);
  return await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, linkId);
    refuseUnprovable(opened, now.getTime());
    const alive = gt(oidcRecord.expiresAt, now);
    const [found] = await tx
      .select()
      .from(oidcRecord)
      .where(and(eq(oidcRecord.model, END), eq(oidcRecord.id, id), alive));
    const end = found?.payload as End | undefined;
    if (!end) {
      const open = and(eq(oidcRecord.model, TRIP), eq(oidcRecord.uid, id), alive);
      const [trip] = await tx.select().from(oidcRecord).where(open);
      if (!isMine(trip?.payload as Trip | undefined, linkId, jkt)) throw new Problem('sign_in_lost');
      return { status: 'pending' };
    }
    if (!isMine(end, linkId, jkt) || end.is === 'lost') throw new Problem('sign_in_lost');
    if (end.is === 'asking') return { status: 'pending' };
    if (end.is === 'refused') throw new Problem('sign_in_refused');
    if (end.is === 'other') throw new Problem('other_mailbox');
    const openedAt = new Date(end.at);
    const fresh = { openedAt, expiresAt: new Date(end.at + deps.config.times.recipientToken * 1000) };
    const held = (await endSession(tx, linkId, jkt, now)) ?? fresh;
    if (held.expiresAt <= now) throw new Problem('sign_in_lost');
    return { status: 'verified', verified: await admit(deps, tx, opened, { jkt, by: 'openid', ...held }) };
  });
}

const isMine = (one: { link: string; jkt: string } | undefined, link: string, jkt: string): boolean =>
  one !== undefined && one.link === link && one.jkt === jkt;
