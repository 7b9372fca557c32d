import { randomInt } from 'node:crypto';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { SignInCode, StartSignIn } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import { authorizeAddress } from './authorize.ts';
import type { Issuer } from './live-issuer.ts';
import type { IdentityDeps } from './ports.ts';
import { refuseForeignPage } from './require-token.ts';
import { codeGuess, signIn } from './schema.ts';
import { writeDown } from './sign-in.ts';

/**
 * Signing in where no window can open: the page shows a code, the person types it here, and the sign-in goes on in their
 * browser, bound to the page's key and verifier as any other is (RFC 8628 is the model; its tokens are bound to nothing).
 * Off unless the owner allows it, because somebody can be talked into typing a stranger's code.
 */

/** RFC 8628 section 6.1: consonants make no words, and no two of them look alike. 20^8 is 34 bits. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

/** Fails with not_allowed where the owner does not want it. */
export async function makeUserCode(deps: IdentityDeps, asked: StartSignIn): Promise<SignInCode> {
  const app = deps.registry.app(asked.app);
  refuseForeignPage(deps, app, asked.origin);
  if (!app.record.codes) throw new Problem('not_allowed');
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const { challenge, nonce, jkt, state, acr_values, max_age } = asked;
  await writeDown(deps, asked, {
    userCodeHash: sha256(letters),
    asked: { challenge, nonce, jkt, state, acr_values, max_age },
  });
  return {
    user_code: `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`,
    address: `${deps.config.publicUrl}/code`,
    expires_in: deps.config.times.signIn,
  };
}

/** What the person is about to sign in to. Null for a code that is wrong, typed already or over. */
export async function lookAtCode(deps: IdentityDeps, typed: string): Promise<{ org: string; site: string } | null> {
  const [row] = await deps.db.q.select().from(signIn).where(isOpen(deps, typed));
  if (!row) return null;
  const { org } = deps.registry.app(row.app).record;
  return { org: org.name, site: row.origin };
}

/** Goes on in the browser that has this cookie, once. Null as above. */
export async function beginWithCode(
  deps: IdentityDeps,
  issuer: Issuer,
  cookie: string,
  typed: string,
): Promise<string | null> {
  const [row] = await deps.db.q
    .update(signIn)
    .set({ cookieHash: sha256(cookie), userCodeHash: null })
    .where(isOpen(deps, typed))
    .returning();
  if (!row?.asked) return null;
  return authorizeAddress(deps, issuer, deps.registry.app(row.app), row.asked, { isLimited: true });
}

function isOpen({ now }: IdentityDeps, typed: string) {
  const letters = typed.toUpperCase().replace(/[^A-Z]/g, '');
  return and(eq(signIn.userCodeHash, sha256(letters)), gt(signIn.expiresAt, new Date(now())));
}

const WRONG_A_MINUTE = 60;
const MINUTE_MS = 60_000;

/**
 * Bounds guessing, for all people and processes together: so many tries in ten minutes find one of a thousand open codes
 * with a chance of 1 in 40,000. Counted before it is looked at, so that tries made at once are counted too; `find` answers
 * null for a wrong one. Fails with slow_down.
 */
export async function countGuess<Found>(
  { db, now }: IdentityDeps,
  find: () => Promise<Found | null>,
): Promise<Found | null> {
  const minute = new Date(Math.floor(now() / MINUTE_MS) * MINUTE_MS);
  const change = (by: number) => ({ wrong: sql`${codeGuess.wrong} + ${by}` });
  const counted = await db.q
    .insert(codeGuess)
    .values({ minute, wrong: 1 })
    .onConflictDoUpdate({ target: codeGuess.minute, set: change(1), setWhere: lt(codeGuess.wrong, WRONG_A_MINUTE) })
    .returning();
  if (counted.length === 0) {
    const seconds = Math.ceil((minute.getTime() + MINUTE_MS - now()) / 1000);
    throw new Problem('slow_down', { headers: { 'Retry-After': String(seconds) } });
  }
  const found = await find();
  if (found !== null) await db.q.update(codeGuess).set(change(-1)).where(eq(codeGuess.minute, minute));
  return found;
}
