import { and, eq, gt, isNull } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { hashCode } from '../base/code-law.ts';
import { newCode, newLinkToken, sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { JobHandlers } from '../context/jobs.ts';
import type { Mailer } from '../mail/mailer.ts';
import { refuseUnprovable } from './codes.ts';
import { receiptWords, senderWords } from './consent/mail-words.ts';
import { receiptFile } from './consent/receipt-file.ts';
import { ONE_MAIL_S } from './consent/record.ts';
import { type OpenedLink, openById, stateOf } from './link-store.ts';
import { codeWords, linkWords } from './mail-words.ts';
import { consent, link, linkCode } from './schema.ts';

type MailJobs = Pick<JobHandlers, 'link-mail' | 'code-mail' | 'receipt-mail' | 'sender-mail'>;

/**
 * The mails. A handler rejects when the mail was not taken, and the queue tries again with a new secret: the one
 * of the lost try is worth nothing any more, because only the newest hash is kept.
 */
export function mailHandlers(deps: Deps, mailer: Mailer): MailJobs {
  return {
    'link-mail': ({ id }) => mailLink(deps, mailer, id),
    'code-mail': ({ id }) => mailCode(deps, mailer, id),
    'receipt-mail': ({ id }) => mailReceipt(deps, mailer, id),
    'sender-mail': ({ id }) => mailSender(deps, mailer, id),
  };
}

async function mailLink(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const opened = await openById(deps, id);
  if (stateOf(opened.row, deps.now()) !== 'open') return; // Taken back or too late: there is nothing to send.
  const token = newLinkToken();
  await deps.db.q
    .update(link)
    .set({ tokenHash: sha256(token) })
    .where(eq(link.id, id));
  const { publicUrl } = deps.config;
  const words = linkWords(opened, publicUrl, `${publicUrl}/r#${token}`);
  const { email } = opened.sender;
  await mailer.send({ to: opened.row.recipient, ...(email && { replyTo: email }), ...words });
  const { tenant, app, reference } = opened.row;
  const act = { tenant, app, actor: 'broker', act: 'link.mailed', subject: id, reference };
  await deps.db.transaction((tx) => record(tx, new Date(deps.now()), act));
}

async function mailCode(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const code = newCode();
  const [asked] = await deps.db.q
    .update(linkCode)
    .set({ codeHash: hashCode(id, code) })
    .where(and(eq(linkCode.id, id), isNull(linkCode.usedAt), gt(linkCode.expiresAt, new Date(deps.now()))))
    .returning();
  if (!asked) return;
  const opened = await openById(deps, asked.link);
  if (!isProvable(opened, deps.now())) return;
  await mailer.send({ to: opened.row.recipient, ...codeWords(opened, code, asked.expiresAt) });
}

function isProvable(opened: OpenedLink, now: number): boolean {
  try {
    refuseUnprovable(opened, now);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

async function mailReceipt(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const [kept] = await deps.db.q.select().from(consent).where(eq(consent.id, id));
  if (!kept) return;
  const opened = await openById(deps, kept.link);
  const file = await receiptFile(deps, kept);
  const words = receiptWords(opened, kept, { withdraw: file.withdraw, verify: `${deps.config.publicUrl}/verify` });
  const content = `${JSON.stringify(file, null, 2)}\n`;
  const attachments = [{ filename: 'receipt.json', content, contentType: 'application/json' }];
  await mailer.send({ to: opened.row.recipient, ...words, attachments });
}

/** `id` is a consent (what was answered) or a link (its files were downloaded). */
async function mailSender(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const [answer] = await deps.db.q.select().from(consent).where(eq(consent.id, id));
  const opened = await openById(deps, answer?.link ?? id);
  const { email } = opened.sender;
  const isOneMail = isWithin(opened.row.decidedAt, opened.row.claimedAt, ONE_MAIL_S);
  // The mail about the download tells of the acceptance too; a changed answer has a mail of its own.
  const isTold = answer?.event === 'accepted' && (isOneMail || opened.row.decision !== 'accept');
  if (isTold || !email) return;
  await mailer.send({ to: email, ...senderWords(opened, answer?.event ?? 'downloaded', isOneMail) });
}

function isWithin(from: Date | null, to: Date | null, seconds: number): boolean {
  return from !== null && to !== null && to.getTime() - from.getTime() <= seconds * 1000;
}
