import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Queries, Transaction } from '../../database/index.ts';
import type { IdentityDeps, IdentityTimes } from '../ports.ts';
import { oidcRecord } from '../schema.ts';
import { ending } from './schema.ts';

/** What of a token says whether it has ended. */
export interface TokenFacts {
  readonly client_id: string;
  readonly sub: string;
  /** Seconds since epoch. */
  readonly iat: number;
  readonly jti?: string | undefined;
  /** The sign-in that it comes from: the id of its grant. */
  readonly sid?: string | undefined;
}

export interface Standing {
  readonly isEnded: boolean;
  /** Seconds that anything may live at present; null where nobody cut lives. */
  readonly lifeCap: number | null;
}

const SIGN_IN = 'sign-in';

/**
 * Whether a token that still verifies is over: its sign-in was signed out or its refresh token used twice (its grant is
 * gone), it was revoked, its person, app or tenant was ended, or it is older than lives are at present. One query by
 * primary keys at every request, never remembered, so that it holds in every process from the next request on.
 */
export async function standingOf(deps: IdentityDeps, token: TokenFacts): Promise<Standing> {
  const { q } = deps.db;
  const endings = q
    .select({ holder: ending.holder, at: ending.before, lifeCap: ending.lifeCap })
    .from(ending)
    .where(inArray(ending.holder, holdersOf(deps, token)));
  const signIn = q
    .select({
      holder: sql<string>`${SIGN_IN}`,
      at: sql<Date>`${oidcRecord.expiresAt}`,
      lifeCap: sql<number | null>`null::integer`,
    })
    .from(oidcRecord)
    .where(
      and(
        eq(oidcRecord.model, 'Grant'),
        eq(oidcRecord.id, token.sid ?? ''),
        gt(oidcRecord.expiresAt, new Date(deps.now())),
      ),
    );
  const rows = await (token.sid === undefined ? endings : unionAll(endings, signIn));
  const found = rows.filter(({ holder }) => holder !== SIGN_IN);
  const isSignedOut = token.sid !== undefined && found.length === rows.length;
  const lifeCap = found.find(({ lifeCap }) => lifeCap !== null)?.lifeCap ?? null;
  const isTooOld = lifeCap !== null && deps.now() >= (token.iat + lifeCap) * 1000;
  // A token counts in whole seconds: one of the very second of the end counts as issued before it.
  const isEnded = isSignedOut || isTooOld || found.some(({ at }) => token.iat * 1000 <= at.getTime());
  return { isEnded, lifeCap };
}

export async function isEnded(deps: IdentityDeps, token: TokenFacts): Promise<boolean> {
  return (await standingOf(deps, token)).isEnded;
}

/** Seconds that anything may live at present; null where nobody cut lives. */
export async function lifeCapOf({ db }: IdentityDeps): Promise<number | null> {
  const [row] = await db.q.select({ lifeCap: ending.lifeCap }).from(ending).where(eq(ending.holder, 'everybody'));
  return row?.lifeCap ?? null;
}

interface Ending {
  readonly config: { readonly times: IdentityTimes };
  readonly now: () => number;
}

/** Ends what was issued to these holders until now. Kept as long as the longest of our lives. */
export async function endHolders(deps: Ending, q: Queries | Transaction, ...holders: string[]): Promise<void> {
  const before = new Date(deps.now());
  const forgetAt = longestFrom(deps);
  await q
    .insert(ending)
    .values(holders.map((holder) => ({ holder, before, forgetAt })))
    .onConflictDoUpdate({
      target: ending.holder,
      set: {
        before: sql`greatest(${ending.before}, excluded.before)`,
        forgetAt: sql`case when ${ending.forgetAt} is not null then greatest(${ending.forgetAt}, excluded.forget_at) end`,
      },
    });
}

/** Ends one token. */
export async function endToken(deps: IdentityDeps, jti: string): Promise<void> {
  const until = longestFrom(deps);
  await deps.db.q
    .insert(ending)
    .values({ holder: `token:${jti}`, before: until, forgetAt: until })
    .onConflictDoNothing();
}

function longestFrom({ config, now }: Ending): Date {
  return new Date(now() + (config.times.refreshToken + config.times.accessToken) * 1000);
}

function holdersOf({ registry }: IdentityDeps, { client_id, sub, jti }: TokenFacts): string[] {
  const app = registry.ofClient(client_id);
  return [
    'everybody',
    `client:${client_id}`,
    `person:${sub}`,
    ...(app ? [`app:${app.record.id}`, `tenant:${app.record.tenant}`] : []),
    ...(jti === undefined ? [] : [`token:${jti}`]),
  ];
}
