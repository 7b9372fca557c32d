import { and, eq, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import { type ConsentReceipt, type Decide, type Decided, Notice } from '../../../src/contract/index.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { RecipientCaller } from '../../context/env.ts';
import { lockLink, refuseEnded } from '../link-store.ts';
import { link, recipientSession } from '../schema.ts';
import { sealNotice } from './notice.ts';
import { placeOf, refuseEmbedded, refuseScript } from './place.ts';
import { keep } from './record.ts';

/**
 * Records an answer to the notice that was shown, with its receipt, or nothing at all. Fails with not_a_person,
 * notice_stale, consent_needed, not_allowed (embedded where that may not be), or what has ended the link.
 */
export async function decide(deps: Deps, who: RecipientCaller, answer: Decide, origin?: string): Promise<Decided> {
  const at = new Date(deps.now());
  const place = placeOf(deps, answer.surface, origin);
  if (!answer.is_trusted) await refuseScript(deps, who, at);
  const receipt = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, who.link);
    refuseEnded(opened.row, at.getTime());
    refuseEmbedded(opened, place);
    // The nonce is spent here: a second decision needs a notice that was shown again.
    const [shown] = await tx
      .update(recipientSession)
      .set({ noticeUsedAt: at })
      .where(
        and(
          eq(recipientSession.tokenHash, who.session),
          eq(recipientSession.noticeNonce, answer.nonce),
          eq(recipientSession.noticeSha256, answer.notice_sha256),
          isNull(recipientSession.noticeUsedAt),
        ),
      )
      .returning();
    if (!shown || shown.noticeSha256 !== sealNotice(opened, shown.language).sha256) throw new Problem('notice_stale');
    const purposes = purposesOf(v.parse(Notice, JSON.parse(shown.noticeCanonical)), answer);
    await tx.update(link).set({ decision: answer.decision, decidedAt: at }).where(eq(link.id, who.link));
    const event = answer.decision === 'accept' ? 'accepted' : 'declined';
    return await keep(deps, tx, { opened, who, place, event, at, shown, purposes, component: answer.component });
  });
  deps.jobs.wake('receipt-mail');
  deps.jobs.wake('sender-mail');
  return { decision: answer.decision, at: at.toISOString(), receipt };
}

/**
 * Each purpose of the notice with its tick; who declines has ticked none. Fails with bad_request where the answer names
 * others than were shown, and with consent_needed.
 */
function purposesOf({ purposes }: Notice, { decision, purposes: given = [] }: Decide): ConsentReceipt['purposes'] {
  const ticks = new Map(given.map(({ id, agreed }) => [id, agreed]));
  const isAsShown = ticks.size === given.length && given.every(({ id }) => purposes.some((one) => one.id === id));
  if (!isAsShown || (decision === 'accept' && ticks.size !== purposes.length)) throw new Problem('bad_request');
  const answered = purposes.map(({ id, version, needed }) => ({
    id,
    version,
    needed,
    agreed: decision === 'accept' && ticks.get(id) === true,
  }));
  if (decision === 'accept' && answered.some(({ needed, agreed }) => needed && !agreed)) {
    throw new Problem('consent_needed');
  }
  return answered.map(({ id, version, agreed }) => ({ id, version, agreed }));
}
