import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm';

import type { CollectedSignIn, StartSignIn } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import { audienceOf, issuerOf } from './access-token.ts';
import { scopesOf } from './issuer.ts';
import type { Issuer } from './live-issuer.ts';
import type { IdentityDeps } from './ports.ts';
import { refuseForeignPage } from './require-token.ts';
import { signIn } from './schema.ts';

/**
 * A sign-in returns through the broker, bound to the browser that began it and to the tag that asked (decision 4).
 * `state` is the hash of a secret only the tag has; the cookie is in the browser that the start page ran in.
 */

/** Begins in the browser that has this cookie: answers the authorize address. */
export async function startSignIn(deps: IdentityDeps, cookie: string, asked: StartSignIn): Promise<string> {
  const app = deps.registry.app(asked.app);
  refuseForeignPage(deps, app, asked.origin);
  const added = await deps.db.q
    .insert(signIn)
    .values({
      state: asked.state,
      app: asked.app,
      origin: asked.origin,
      jkt: asked.jkt,
      cookieHash: sha256(cookie),
      expiresAt: new Date(deps.now() + deps.config.times.signIn * 1000),
    })
    .onConflictDoNothing()
    .returning({ state: signIn.state });
  if (added.length === 0) throw new Problem('sign_in_lost');
  const { publicUrl } = deps.config;
  const authorize = new URL(`${issuerOf(publicUrl)}/auth`);
  authorize.search = new URLSearchParams({
    client_id: asked.app,
    response_type: 'code',
    redirect_uri: `${publicUrl}/sign-in/callback`,
    scope: ['openid', 'profile', ...scopesOf(app)].join(' '),
    resource: audienceOf(publicUrl),
    code_challenge: asked.challenge,
    code_challenge_method: 'S256',
    nonce: asked.nonce,
    state: asked.state,
    dpop_jkt: asked.jkt,
    // The organisation's provider says who is there, every time; a session of ours never answers for it.
    prompt: 'login',
    ...(asked.acr_values !== undefined && { acr_values: asked.acr_values }),
    ...(asked.max_age !== undefined && { max_age: String(asked.max_age) }),
  }).toString();
  return authorize.href;
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
): Promise<boolean> {
  if (!cookie || !state || iss !== issuerOf(deps.config.publicUrl)) return false;
  const open = and(
    eq(signIn.state, state),
    eq(signIn.cookieHash, sha256(cookie)),
    gt(signIn.expiresAt, new Date(deps.now())),
    isNull(signIn.outcome),
  );
  const [begun] = await deps.db.q.select().from(signIn).where(open);
  if (!begun) return false;
  const issued = code ? await (await issuer.current()).AuthorizationCode.find(code) : undefined;
  const isItsCode = issued?.isValid && issued.clientId === begun.app && issued.dpopJkt === begun.jkt;
  const outcome = code && isItsCode ? { code, iss } : !code && isErrorCode(error) ? { error } : null;
  if (!outcome) return false;
  const parked = await deps.db.q.update(signIn).set({ outcome }).where(open).returning({ state: signIn.state });
  if (parked.length === 0) return false;
  wake(state);
  return true;
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
    const outcome = await takeOutcome(deps, who, state);
    if (outcome) return 'code' in outcome ? { status: 'code', state, ...outcome } : { status: 'error', ...outcome };
    if (Date.now() >= until || signal.aborted) return { status: 'pending' };
    await outcomeOrTick(state, until - Date.now());
  }
}

/** An unknown state looks just like one that is not parked yet: there is nothing to guess at. */
async function takeOutcome(deps: IdentityDeps, who: Collector, state: string) {
  const [taken] = await deps.db.q
    .update(signIn)
    .set({ collectedAt: new Date(deps.now()) })
    .where(
      and(
        eq(signIn.state, state),
        eq(signIn.app, who.app),
        eq(signIn.jkt, who.jkt),
        eq(signIn.origin, who.origin ?? new URL(deps.config.publicUrl).origin),
        gt(signIn.expiresAt, new Date(deps.now())),
        isNotNull(signIn.outcome),
        isNull(signIn.collectedAt),
      ),
    )
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
