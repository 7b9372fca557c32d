import { and, desc, eq } from 'drizzle-orm';
import type { Withdraw, Withdrawn } from '../../../src/contract/index.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { RecipientCaller } from '../../context/env.ts';
import type { Transaction } from '../../database/index.ts';
import { lockLink } from '../link-store.ts';
import { consent, link, recipientSession } from '../schema.ts';
import { placeOf, refuseScript } from './place.ts';
import { keep } from './record.ts';

const DAY_MS = 86_400_000;

/**
 * Takes an answer back; the link ends. Asked again, it answers the same receipt. Fails with not_a_person, and with
 * notice_stale where there is no answer yet.
 */
export async function withdraw(deps: Deps, who: RecipientCaller, press: Withdraw, origin?: string): Promise<Withdrawn> {
  const now = new Date(deps.now());
  if (!press.is_trusted) await refuseScript(deps, who, now);
  const place = placeOf(deps, 'page', origin);
  const { at, receipt, days } = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, who.link);
    const { decision, withdrawnAt } = opened.row;
    const days = opened.rules.erase_days;
    if (withdrawnAt) return { at: withdrawnAt, receipt: await latestReceipt(tx, who.link), days };
    if (decision === null) throw new Problem('notice_stale');
    const [shown] = await tx.select().from(recipientSession).where(eq(recipientSession.tokenHash, who.session));
    if (!shown) throw new Problem('sign_in_ended');
    const act = { opened, who, place, event: 'withdrawn', at: now, purposes: [] } as const;
    const answered = await answeredNotice(tx, who.link);
    await tx.update(link).set({ withdrawnAt: now }).where(eq(link.id, who.link));
    return { at: now, receipt: await keep(deps, tx, { ...act, shown: { ...shown, ...answered } }), days };
  });
  deps.jobs.wake('receipt-mail');
  deps.jobs.wake('sender-mail');
  const eraseBy = new Date(at.getTime() + days * DAY_MS);
  return { at: at.toISOString(), receipt, erase_by: eraseBy.toISOString() };
}

async function latestReceipt(tx: Transaction, linkId: string): Promise<string> {
  const [found] = await tx
    .select({ receipt: consent.receipt })
    .from(consent)
    .where(and(eq(consent.link, linkId), eq(consent.event, 'withdrawn')))
    .orderBy(desc(consent.at))
    .limit(1);
  if (!found) throw new Problem('internal');
  return found.receipt;
}

/** What is taken back is the answer to this notice, however it reads now. */
async function answeredNotice(tx: Transaction, linkId: string) {
  const [last] = await tx
    .select({ record: consent.record })
    .from(consent)
    .where(eq(consent.link, linkId))
    .orderBy(desc(consent.at))
    .limit(1);
  if (!last) throw new Problem('internal');
  const { privacy_notice, privacy_notice_sha256 } = last.record;
  return { noticeCanonical: privacy_notice, noticeSha256: privacy_notice_sha256 };
}
