import { and, desc, eq, isNull } from 'drizzle-orm';
import {
  CONSENT_RECEIPT_TYP,
  type ConsentReceipt,
  type Decide,
  type Decided,
  type Withdrawn,
} from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { RecipientCaller } from '../context/env.ts';
import type { Transaction } from '../database/index.ts';
import { signReceipt } from '../uploads/receipts.ts';
import { recipientAct } from './codes.ts';
import { lockLink, type OpenedLink, openById, refuseEnded } from './link-store.ts';
import { maskAddress, NOTICE_VERSION, sealNotice } from './notice.ts';
import { consent, link, recipientSession } from './schema.ts';

/** An accepted and a downloaded link within this time are told to the sender in one mail. Seconds. */
export const ONE_MAIL_S = 900;

/** Where a press was made: as the page says, unless its origin says that it is not ours. */
export interface Place {
  readonly surface: Decide['surface'];
  readonly origin: string | null;
}

function placeOf(deps: Deps, surface: Decide['surface'], origin: string | undefined): Place {
  const isForeign = origin !== undefined && origin !== new URL(deps.config.publicUrl).origin;
  return { surface: isForeign ? 'embedded' : surface, origin: origin ?? null };
}

/**
 * Records an answer to the notice that was shown, with its receipt, or nothing at all. Fails with not_a_person,
 * notice_stale, not_allowed (embedded where the template is confidential or regulated), or what has ended the link.
 */
export async function decide(deps: Deps, who: RecipientCaller, answer: Decide, origin?: string): Promise<Decided> {
  const now = new Date(deps.now());
  const place = placeOf(deps, answer.surface, origin);
  if (!answer.is_trusted) await refuseScript(deps, who, now);
  const receipt = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, who.link);
    refuseEnded(opened.row, now.getTime());
    refuseEmbedded(opened, place);
    const current = sealNotice(opened);
    // The nonce is spent here: a second decision needs a notice that was shown again.
    const [shown] = await tx
      .update(recipientSession)
      .set({ noticeUsedAt: now })
      .where(
        and(
          eq(recipientSession.tokenHash, who.session),
          eq(recipientSession.noticeNonce, answer.nonce),
          eq(recipientSession.noticeSha256, answer.notice_sha256),
          isNull(recipientSession.noticeUsedAt),
        ),
      )
      .returning();
    if (!shown || shown.noticeSha256 !== current.sha256) throw new Problem('notice_stale');
    await tx.update(link).set({ decision: answer.decision, decidedAt: now }).where(eq(link.id, who.link));
    const event = answer.decision === 'accept' ? 'accepted' : 'declined';
    return await keep(deps, tx, { opened, who, place, event, at: now, shown });
  });
  deps.jobs.wake('receipt-mail');
  deps.jobs.wake('sender-mail');
  return { decision: answer.decision, at: now.toISOString(), receipt };
}

/**
 * Takes an answer back; the link ends. Asked again, it answers the same receipt. Fails with notice_stale where there is
 * no answer yet.
 */
export async function withdraw(deps: Deps, who: RecipientCaller, origin?: string): Promise<Withdrawn> {
  const now = new Date(deps.now());
  const place = placeOf(deps, 'page', origin);
  const withdrawn = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, who.link);
    const { decision, withdrawnAt } = opened.row;
    if (withdrawnAt) return { at: withdrawnAt, receipt: await latestReceipt(tx, who.link) };
    if (decision === null) throw new Problem('notice_stale');
    const [shown] = await tx.select().from(recipientSession).where(eq(recipientSession.tokenHash, who.session));
    if (!shown) throw new Problem('sign_in_ended');
    await tx.update(link).set({ withdrawnAt: now }).where(eq(link.id, who.link));
    return { at: now, receipt: await keep(deps, tx, { opened, who, place, event: 'withdrawn', at: now, shown }) };
  });
  deps.jobs.wake('receipt-mail');
  deps.jobs.wake('sender-mail');
  return { at: withdrawn.at.toISOString(), receipt: withdrawn.receipt };
}

interface ConsentAct {
  readonly opened: OpenedLink;
  readonly who: RecipientCaller;
  readonly place: Place;
  readonly event: ConsentReceipt['event'];
  readonly at: Date;
  /** The session, with the notice exactly as it was shown. */
  readonly shown: typeof recipientSession.$inferSelect;
}

/** Evidence, audit entry and the mails about it, in the transaction of the act. */
async function keep(deps: Deps, tx: Transaction, act: ConsentAct): Promise<string> {
  const { opened, who, place, event, at, shown } = act;
  const { row, app } = opened;
  const id = newId();
  const claims: ConsentReceipt = {
    iss: deps.config.publicUrl,
    iat: Math.floor(at.getTime() / 1000),
    jti: id,
    app: row.app,
    link: row.id,
    reference: row.reference,
    event,
    event_time: at.toISOString(),
    pii_controller: app.record.org.name,
    pii_principal: { masked_address: maskAddress(row.recipient), verification: 'email_code' },
    notice_version: NOTICE_VERSION,
    notice_language: row.language,
    notice_sha256: shown.noticeSha256,
    notice: shown.noticeCanonical,
    surface: place.surface,
  };
  const receipt = await signReceipt(deps, CONSENT_RECEIPT_TYP, claims);
  const facts = { ...claims, notice_nonce: shown.noticeNonce, jkt: who.jkt, origin: place.origin };
  const { tenant, app: appId } = row;
  await tx.insert(consent).values({ id, tenant, app: appId, link: row.id, event, at, record: facts, receipt });
  await record(tx, at, recipientAct(opened, `consent.${event}`, { consent: id, surface: place.surface }));
  await deps.jobs.send(tx, 'receipt-mail', { id });
  await deps.jobs.send(tx, 'sender-mail', { id }, event === 'accepted' ? ONE_MAIL_S : 0);
  return receipt;
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

async function refuseScript(deps: Deps, who: RecipientCaller, now: Date): Promise<never> {
  const opened = await openById(deps, who.link);
  await deps.db.transaction((tx) => record(tx, now, recipientAct(opened, 'consent.refused', { code: 'not_a_person' })));
  throw new Problem('not_a_person');
}

/** A page that is not ours may hide what is pressed, so these templates want our own page (decision 8). */
function refuseEmbedded(opened: OpenedLink, place: Place): void {
  const { sensitivity } = opened.app.template;
  if (place.surface === 'embedded' && (sensitivity === 'confidential' || sensitivity === 'regulated')) {
    throw new Problem('not_allowed');
  }
}
