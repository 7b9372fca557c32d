import { and, desc, eq, gt } from 'drizzle-orm';
import type { Cover, Verified } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { codeState, isCode } from '../base/code-law.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Transaction } from '../database/index.ts';
import { offeredProviders, proofsOf } from './account-providers.ts';
import { countTry, countWrong, recentCodes, recipientAct, refuseLocked, refuseUnprovable } from './codes.ts';
import { noticeLanguage, sealNotice } from './consent/notice.ts';
import { shownNotice } from './consent/show.ts';
import { endedAt, lockLink, type OpenedLink, stateOf } from './link-store.ts';
import { openSession } from './recipient-sessions.ts';
import { consent, linkCode, recipientSession } from './schema.ts';
import { maskAddress, offered } from './shown.ts';
import { askedSince } from './told.ts';

/** What anyone with the link may see: no file names, no full address of the recipient. Changes nothing. */
export async function readCover(deps: Deps, opened: OpenedLink): Promise<Cover> {
  const now = deps.now();
  const codes = await recentCodes(deps.db.q, opened.row.id, now);
  return coverOf(deps, opened, codeState(codes, now, deps.config.codes), await askedSince(deps, opened.row.id));
}

export function coverOf(deps: Deps, opened: OpenedLink, code: Cover['code'], askedAt: Date | null): Cover {
  const now = deps.now();
  const { row, app, sender, files } = opened;
  const ended = endedAt(row, now);
  const isLocked = row.lockedUntil !== null && row.lockedUntil.getTime() > now;
  return {
    app: app.record.id,
    state: stateOf(row, now),
    sender: { name: sender.name, org: app.record.org.name, address: sender.address },
    contact: app.record.org.contact,
    purpose: row.purpose,
    files: { count: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) },
    expires_at: row.expiresAt.toISOString(),
    reference: row.reference,
    masked_address: maskAddress(row.recipient),
    language: row.language,
    proofs: proofsOf(deps, opened),
    providers: offeredProviders(deps, opened).map(({ id, name }) => ({ id, name })),
    claims_left: Math.max(0, row.claims - row.claimsUsed),
    code,
    ...(askedAt && { asked_at: askedAt.toISOString() }),
    ...(isLocked && row.lockedUntil && { locked_until: row.lockedUntil.toISOString() }),
    ...(ended && { state_since: ended.toISOString() }),
    withdrawable: row.decision !== null && row.withdrawnAt === null,
    dpop_nonce: deps.proofs.nonce(),
  };
}

/** What a guess came to. Told by value, because a thrown problem would roll the count back. */
type Outcome =
  | { readonly is: 'right'; readonly verified: Verified }
  | { readonly is: 'old' }
  | { readonly is: 'wrong'; readonly triesLeft: number }
  | { readonly is: 'locked'; readonly until: Date };

/**
 * Proves who reads and opens a session for the key `jkt`. The same key may show a code again while its session lasts,
 * for a fresh notice and nonce, or because the first answer was lost. Fails with code_wrong, code_old, code_locked, or
 * what has ended the link.
 */
export async function verifyCode(deps: Deps, linkId: string, code: string, jkt: string): Promise<Verified> {
  const outcome = await deps.db.transaction((tx) => guess(deps, tx, linkId, code, jkt));
  if (outcome.is === 'right') return outcome.verified;
  if (outcome.is === 'old') throw new Problem('code_old');
  if (outcome.is === 'wrong') throw new Problem('code_wrong', { figures: { tries_left: outcome.triesLeft } });
  throw new Problem('code_locked', { figures: { until: outcome.until.toISOString() } });
}

async function guess(deps: Deps, tx: Transaction, linkId: string, code: string, jkt: string): Promise<Outcome> {
  const now = new Date(deps.now());
  const opened = await lockLink(deps, tx, linkId);
  refuseUnprovable(opened, now.getTime());
  refuseLocked(opened, now.getTime());
  const [newest, ...older] = await recentCodes(tx, linkId, now.getTime());
  if (!newest) return { is: 'old' };
  const standing = newest.usedAt && isCode(newest, code) ? await endSession(tx, linkId, jkt, now) : null;
  if (standing) {
    return { is: 'right', verified: await admit(deps, tx, opened, { jkt, by: 'email_code', ...standing }) };
  }
  const counted = await countTry(deps, tx, newest.id, now);
  if (!counted) return { is: 'old' };
  if (isCode(counted, code)) {
    await tx.update(linkCode).set({ usedAt: now }).where(eq(linkCode.id, counted.id));
    await record(tx, now, recipientAct(opened, 'recipient.verified'));
    const expiresAt = new Date(now.getTime() + deps.config.times.recipientToken * 1000);
    const proven: Proven = { jkt, by: 'email_code', openedAt: now, expiresAt };
    return { is: 'right', verified: await admit(deps, tx, opened, proven) };
  }
  const pause = await countWrong(deps, tx, opened, now);
  if (pause) return { is: 'locked', until: pause };
  if (older.some((row) => isCode(row, code))) return { is: 'old' };
  return { is: 'wrong', triesLeft: deps.config.codes.triesPerCode - counted.tries };
}

/** Ends what this key has proven already and answers from when till when it held; null where nothing does. */
export async function endSession(
  tx: Transaction,
  linkId: string,
  jkt: string,
  now: Date,
): Promise<{ readonly openedAt: Date; readonly expiresAt: Date } | null> {
  const [ended] = await tx
    .delete(recipientSession)
    .where(and(eq(recipientSession.link, linkId), eq(recipientSession.jkt, jkt), gt(recipientSession.expiresAt, now)))
    .returning({ openedAt: recipientSession.openedAt, expiresAt: recipientSession.expiresAt });
  return ended ?? null;
}

/** A page whose key belongs to somebody who has just shown who they are. */
export interface Proven {
  readonly jkt: string;
  readonly by: 'email_code' | 'openid';
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

/** Opens a session with the notice as it stands now. */
export async function admit(deps: Deps, tx: Transaction, opened: OpenedLink, proven: Proven): Promise<Verified> {
  const sealed = sealNotice(opened, noticeLanguage(opened.row.language));
  const { by: verification, ...who } = proven;
  const session = await openSession(tx, { link: opened.row.id, verification, ...who, sealed });
  const [standing] = await tx
    .select({ receipt: consent.receipt })
    .from(consent)
    .where(eq(consent.link, opened.row.id))
    .orderBy(desc(consent.at))
    .limit(1);
  return {
    recipient_token: session.token,
    expires_at: session.expiresAt.toISOString(),
    ...shownNotice(sealed, session.nonce),
    files: offered(opened),
    delivery_window_s: opened.rules.delivery_window_s,
    state: stateOf(opened.row, deps.now()),
    ...(opened.row.decidedAt && { decided_at: opened.row.decidedAt.toISOString() }),
    ...(standing && { receipt: standing.receipt }),
  };
}
