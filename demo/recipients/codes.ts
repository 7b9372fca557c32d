import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { CodeState } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { codeState, HOUR_MS, isEarly, nextMailAt } from '../base/code-law.ts';
import { newId } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Queries, Transaction } from '../database/index.ts';
import { proofsOf } from './account-providers.ts';
import { noteAct } from './consent/access-log.ts';
import { lockLink, type OpenedLink, refuseEnded } from './link-store.ts';
import { countMail } from './mail-caps.ts';
import { link, linkCode } from './schema.ts';

export type CodeRow = typeof linkCode.$inferSelect;

/** Codes asked for within the last hour, newest first. */
export async function recentCodes(q: Queries | Transaction, linkId: string, now: number): Promise<CodeRow[]> {
  return await q
    .select()
    .from(linkCode)
    .where(and(eq(linkCode.link, linkId), gt(linkCode.sentAt, new Date(now - HOUR_MS))))
    .orderBy(desc(linkCode.sentAt));
}

export function refuseLocked(opened: OpenedLink, now: number): void {
  const until = opened.row.lockedUntil;
  if (until && until.getTime() > now) throw new Problem('code_locked', { figures: { until: until.toISOString() } });
}

/** Proof is possible while a link is open, and afterwards for those whose answer stands: they may want to withdraw it. */
export function refuseUnprovable(opened: OpenedLink, now: number): void {
  if (opened.row.decision === null || opened.row.withdrawnAt) refuseEnded(opened.row, now);
}

/**
 * Asks for a mail with a code. Asked again too early while a code is out, the answer tells of that code and no mail is
 * sent: the first answer may have been lost. Fails with mail_limit, code_locked, or what has ended the link.
 */
export async function sendCode(deps: Deps, linkId: string): Promise<CodeState> {
  const now = deps.now();
  const state = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, linkId);
    refuseUnprovable(opened, now);
    if (!proofsOf(deps, opened).includes('code')) throw new Problem('not_allowed');
    refuseLocked(opened, now);
    const codes = await recentCodes(tx, linkId, now);
    const [newest] = codes;
    const limits = deps.config.codes;
    const standing = codeState(codes, now, limits);
    const next = nextMailAt(codes, limits);
    if (newest && next && next.getTime() > now) {
      if (isEarly(newest, now, limits) && standing && standing.tries_left > 0) return standing;
      throw mailLimit(next.toISOString(), now);
    }
    await countCode(deps, tx, opened);
    const [asked] = await tx
      .insert(linkCode)
      .values({
        id: newId(),
        link: linkId,
        sentAt: new Date(now),
        expiresAt: new Date(now + deps.config.times.code * 1000),
      })
      .returning();
    const made = asked && codeState([asked, ...codes], now, limits);
    if (!made) throw new Problem('internal');
    await record(tx, new Date(now), recipientAct(opened, 'code.requested'));
    await deps.jobs.send(tx, 'code-mail', { id: asked.id });
    return made;
  });
  deps.jobs.wake('code-mail');
  return state;
}

/** The address has a limit over all links; here its words are those of codes. */
async function countCode(deps: Deps, tx: Transaction, { row }: OpenedLink): Promise<void> {
  const { tenant, app, recipient: address } = row;
  try {
    await countMail(deps, tx, { tenant, app, address, person: null });
  } catch (error) {
    const until = error instanceof Problem ? error.figures?.until : undefined;
    throw until === undefined ? error : mailLimit(until, deps.now());
  }
}

const mailLimit = (until: string, now: number): Problem =>
  new Problem('mail_limit', {
    figures: { until },
    headers: { 'Retry-After': String(Math.ceil((Date.parse(until) - now) / 1000)) },
  });

/**
 * Counts a try before the code is looked at, so that parallel guesses cannot have more tries than one after the other.
 * Null where the code is used, too old, or out of tries.
 */
export async function countTry(deps: Deps, tx: Transaction, codeId: string, now: Date): Promise<CodeRow | null> {
  const [counted] = await tx
    .update(linkCode)
    .set({ tries: sql`${linkCode.tries} + 1` })
    .where(
      and(
        eq(linkCode.id, codeId),
        isNull(linkCode.usedAt),
        gt(linkCode.expiresAt, now),
        lt(linkCode.tries, deps.config.codes.triesPerCode),
      ),
    )
    .returning();
  return counted ?? null;
}

/** Counts a wrong code against the link; the last of so many pauses all codes and starts the count anew. */
export async function countWrong(deps: Deps, tx: Transaction, opened: OpenedLink, now: Date): Promise<Date | null> {
  const isLast = opened.row.wrongCodes + 1 >= deps.config.codes.wrongInAll;
  const until = isLast ? new Date(now.getTime() + deps.config.times.codePause * 1000) : null;
  await tx
    .update(link)
    .set(isLast ? { wrongCodes: 0, lockedUntil: until } : { wrongCodes: sql`${link.wrongCodes} + 1` })
    .where(eq(link.id, opened.row.id));
  if (isLast) await noteAct(tx, opened.row.id, 'locked', now);
  if (isLast) await record(tx, now, recipientAct(opened, 'link.locked'));
  return until;
}

export function recipientAct(opened: OpenedLink, act: string, facts: Record<string, string | number | boolean> = {}) {
  const { id, tenant, app, reference } = opened.row;
  return { tenant, app, actor: `recipient:${id}`, act, subject: id, reference, facts };
}
