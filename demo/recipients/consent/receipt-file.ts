import { and, desc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import type { MailedReceipt, ReceiptFile } from '../../../src/contract/index.ts';
import { newLinkToken, sha256 } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { RecipientCaller } from '../../context/env.ts';
import type { Transaction } from '../../database/index.ts';
import { recordProof } from '../../ledger/proofs.ts';
import { openById } from '../link-store.ts';
import { consent, link, receiptAddress } from '../schema.ts';
import { maskAddress } from '../shown.ts';

/** So many files of one link still lead to the page for withdrawing; an older one's address is forgotten. */
const ADDRESSES = 10;

type Kept = typeof consent.$inferSelect;

/** The receipt of the standing answer. Fails with notice_stale where there is none. */
export async function standingReceipt(deps: Deps, who: RecipientCaller): Promise<ReceiptFile> {
  const kept = await latest(deps, who.link);
  return await receiptFile(deps, kept);
}

/**
 * `receipt.json`: the signed receipt, and an address for taking the answer back. That address is made anew for each
 * file, because only its hash is kept.
 */
export async function receiptFile(deps: Deps, kept: Kept): Promise<ReceiptFile> {
  const { iss: issuer, reference } = kept.record;
  const proof = await recordProof(deps, kept.entry);
  const file = { issuer, reference, receipt: kept.receipt, proof };
  if (kept.event === 'withdrawn') return file;
  const token = newLinkToken();
  await deps.db.transaction((tx) => addAddress(tx, kept.link, sha256(token), new Date(deps.now())));
  return { ...file, withdraw: `${deps.config.publicUrl}/w#${token}` };
}

async function addAddress(tx: Transaction, linkId: string, tokenHash: Uint8Array, at: Date): Promise<void> {
  // One after the other per link, so that the count holds.
  await tx.select({ id: link.id }).from(link).where(eq(link.id, linkId)).for('update');
  const old = tx
    .select({ tokenHash: receiptAddress.tokenHash })
    .from(receiptAddress)
    .where(eq(receiptAddress.link, linkId))
    .orderBy(desc(receiptAddress.seq))
    .offset(ADDRESSES - 1);
  await tx.delete(receiptAddress).where(inArray(receiptAddress.tokenHash, old));
  await tx.insert(receiptAddress).values({ tokenHash, link: linkId, at });
}

/**
 * Mails the receipt of the standing answer to the proven address once more, at most every `receiptMail` seconds. Fails
 * with mail_limit, and with notice_stale where there is no answer.
 */
export async function mailReceiptAgain(deps: Deps, who: RecipientCaller): Promise<MailedReceipt> {
  const now = new Date(deps.now());
  const opened = await openById(deps, who.link);
  const kept = await latest(deps, who.link);
  const wait = deps.config.times.receiptMail * 1000;
  await deps.db.transaction(async (tx) => {
    const earlier = new Date(now.getTime() - wait);
    const [mailed] = await tx
      .update(consent)
      .set({ mailedAt: now })
      .where(and(eq(consent.id, kept.id), or(isNull(consent.mailedAt), lte(consent.mailedAt, earlier))))
      .returning({ id: consent.id });
    if (!mailed) {
      const until = new Date((kept.mailedAt ?? now).getTime() + wait);
      throw new Problem('mail_limit', { figures: { until: until.toISOString() } });
    }
    await deps.jobs.send(tx, 'receipt-mail', { id: kept.id });
  });
  deps.jobs.wake('receipt-mail');
  return { sent_to: maskAddress(opened.row.recipient) };
}

async function latest(deps: Deps, linkId: string): Promise<Kept> {
  const [kept] = await deps.db.q
    .select()
    .from(consent)
    .where(eq(consent.link, linkId))
    .orderBy(desc(consent.at))
    .limit(1);
  if (!kept) throw new Problem('notice_stale');
  return kept;
}
