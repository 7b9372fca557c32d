import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm';
import { type CollectedSignIn, RETURN_MARK, type SignInFromPage, type StartSignIn } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import { issuerOf } from './access-token.ts';
import { authorizeAddress } from './authorize.ts';
import type { Issuer } from './live-issuer.ts';
import type { IdentityDeps } from './ports.ts';
import { refuseForeignPage } from './require-token.ts';
import { signIn } from './schema.ts';

/**
 * A sign-in returns through the broker, bound to the browser that began it and to the tag that asked (decision 4).
 * `state` is the hash of a secret only the tag has; the cookie is in the browser that the start page ran in.
 */

/** Begins in the browser that has this cookie: answers the authorize address. */
export async function startSignIn(
  deps: IdentityDeps,
  issuer: Issuer,
  cookie: string,
  asked: StartSignIn,
): Promise<string> {
  const app = deps.registry.app(asked.app);
  refuseForeignPage(deps, app, asked.origin);
  await writeDown(deps, asked, { cookieHash: sha256(cookie) });
  return authorizeAddress(deps, issuer, app, asked, { isLimited: asked.origin === 'null' });
}

/**
 * Begins for a page that goes away itself. Anybody can make such an address, so the browser has to say that it comes from
 * that very page: a person who was sent here by mail or by another page goes nowhere, and no foreign address is led back to.
 */
export async function startFromPage(
  deps: IdentityDeps,
  issuer: Issuer,
  cookie: string,
  referer: string | undefined,
  asked: SignInFromPage,
): Promise<string> {
  const app = deps.registry.app(asked.app);
  const back = new URL(asked.return_to);
  const isPlain = /^https?:$/.test(back.protocol) && !back.username && !back.password && !back.hash;
  const comesFrom = referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : null;
  if (!isPlain || comesFrom !== back.origin) throw new Problem('origin_not_allowed');
  refuseForeignPage(deps, app, back.origin);
  await writeDown(deps, { ...asked, origin: back.origin }, { cookieHash: sha256(cookie), returnTo: back.href });
  return authorizeAddress(deps, issuer, app, asked);
}

/** One sign-in, for ten minutes. Fails with sign_in_lost where its state is known already. */
export async function writeDown(
  deps: IdentityDeps,
  { state, app, origin, jkt }: StartSignIn,
  more: Partial<Pick<typeof signIn.$inferInsert, 'cookieHash' | 'returnTo' | 'userCodeHash' | 'asked'>>,
): Promise<void> {
  const expiresAt = new Date(deps.now() + deps.config.times.signIn * 1000);
  const added = await deps.db.q
    .insert(signIn)
    .values({ state, app, origin, jkt, expiresAt, ...more })
    .onConflictDoNothing()
    .returning({ state: signIn.state });
  if (added.length === 0) throw new Problem('sign_in_lost');
}

export interface Callback {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly iss?: string | undefined;
  readonly error?: string | undefined;
}

/**
 * Parks code or error, but only in the browser that holds the cookie, and only once. A code must be one that we issued
 * for this very app and key: what somebody else's sign-in brought is not worth ending this one for.
 */
export async function parkSignIn(
  deps: IdentityDeps,
  issuer: Issuer,
  cookie: string | undefined,
  { state, code, iss, error }: Callback,
): Promise<SignInEnd> {
  if (!cookie || !state || iss !== issuerOf(deps.config.publicUrl)) return { end: 'lost' };
  const open = and(
    eq(signIn.state, state),
    eq(signIn.cookieHash, sha256(cookie)),
    gt(signIn.expiresAt, new Date(deps.now())),
    isNull(signIn.outcome),
  );
  const [begun] = await deps.db.q.select().from(signIn).where(open);
  if (!begun) return { end: (await isCancelled(deps, cookie, state)) ? 'cancelled' : 'lost' };
  const issued = code ? await (await issuer.current()).AuthorizationCode.find(code) : undefined;
  const isItsCode = issued?.isValid && issued.clientId === begun.app && issued.dpopJkt === begun.jkt;
  const outcome = code && isItsCode ? { code, iss } : !code && isErrorCode(error) ? { error } : null;
  if (!outcome) return { end: 'lost' };
  const { returnTo } = begun;
  // What goes back in the address of its page is nobody's to collect.
  const collectedAt = returnTo === null ? null : new Date(deps.now());
  const change = deps.db.q.update(signIn).set({ outcome, collectedAt });
  const parked = await change.where(open).returning({ state: signIn.state });
  if (parked.length === 0) return { end: 'lost' };
  if (returnTo !== null) {
    return {
      end: 'back',
      address: `${returnTo}${RETURN_MARK}${new URLSearchParams({ app: begun.app, iss, state, ...outcome })}`,
    };
  }
  wake(state);
  return { end: begun.asked ? 'elsewhere' : 'parked' };
}

/** `elsewhere`: the page that waits is not the one that opened this window. `back`: the page comes back to its own address. */
export type SignInEnd =
  | { readonly end: 'parked' | 'elsewhere' | 'cancelled' | 'lost' }
  | { readonly end: 'back'; readonly address: string };

const CANCELLED = { error: 'cancelled' };

/** By the page that waits for it, which proves that like a collector: what comes yet is not kept. */
export async function cancelSignIn(deps: IdentityDeps, who: Collector): Promise<void> {
  const ours = and(isCollectors(deps, who), isNull(signIn.outcome));
  await deps.db.q
    .update(signIn)
    .set({ outcome: CANCELLED, collectedAt: new Date(deps.now()) })
    .where(ours);
}

async function isCancelled({ db }: IdentityDeps, cookie: string, state: string): Promise<boolean> {
  const mine = and(eq(signIn.state, state), eq(signIn.cookieHash, sha256(cookie)));
  const [row] = await db.q.select().from(signIn).where(mine);
  return row?.outcome != null && 'error' in row.outcome && row.outcome.error === CANCELLED.error;
}

/** The page that asked, with its secret and its key. */
function isCollectors(deps: IdentityDeps, who: Collector) {
  return and(
    eq(signIn.state, sha256(who.secret).toString('base64url')),
    eq(signIn.app, who.app),
    eq(signIn.jkt, who.jkt),
    eq(signIn.origin, who.origin ?? new URL(deps.config.publicUrl).origin),
    gt(signIn.expiresAt, new Date(deps.now())),
  );
}

/** RFC 6749 section 4.1.2.1 allows more; ours and OpenID's are written like this. */
const isErrorCode = (error: string | undefined): error is string => /^[a-z_]{1,64}$/.test(error ?? '');

export interface Collector {
  readonly app: string;
  readonly secret: string;
  readonly jkt: string;
  readonly origin: string | undefined;
}

/** Hands the outcome to whoever knows the secret, from the same page, with the same key; once. Waits for a while. */
export async function collectSignIn(deps: IdentityDeps, who: Collector, signal: AbortSignal): Promise<CollectedSignIn> {
  const state = sha256(who.secret).toString('base64url');
  const until = Date.now() + deps.config.times.collectPoll * 1000;
  for (;;) {
    const outcome = await takeOutcome(deps, who);
    if (outcome) return 'code' in outcome ? { status: 'code', state, ...outcome } : { status: 'error', ...outcome };
    if (await isTaken(deps, who)) return { status: 'error', error: 'sign_in_lost' };
    if (Date.now() >= until || signal.aborted) return { status: 'pending' };
    await outcomeOrTick(state, until - Date.now());
  }
}

/** The outcome went out and its answer got lost: whoever may have it is told, and need not wait for the end of time. */
async function isTaken(deps: IdentityDeps, who: Collector): Promise<boolean> {
  const taken = await deps.db.q
    .select({ state: signIn.state })
    .from(signIn)
    .where(and(isCollectors(deps, who), isNotNull(signIn.collectedAt)));
  return taken.length > 0;
}

/** An unknown state looks just like one that is not parked yet: there is nothing to guess at. */
async function takeOutcome(deps: IdentityDeps, who: Collector) {
  const [taken] = await deps.db.q
    .update(signIn)
    .set({ collectedAt: new Date(deps.now()) })
    .where(and(isCollectors(deps, who), isNotNull(signIn.outcome), isNull(signIn.collectedAt)))
    .returning({ outcome: signIn.outcome });
  return taken?.outcome ?? null;
}

/** The callback may run in another process: besides being woken, look once a second. */
const LOOK_AGAIN_MS = 1000;
const waiting = new Map<string, () => void>();

function wake(state: string): void {
  waiting.get(state)?.();
}

function outcomeOrTick(state: string, msLeft: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      waiting.delete(state);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, Math.min(LOOK_AGAIN_MS, msLeft)));
    waiting.set(state, done);
  });
}
