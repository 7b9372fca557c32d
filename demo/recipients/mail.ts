import { and, eq, gt, isNull } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { hashCode } from '../base/code-law.ts';
import { newCode, newLinkToken, sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { JobHandlers } from '../context/jobs.ts';
import { mailEach } from '../mail/mail-each.ts';
import { type Mailer, MailRefused } from '../mail/mailer.ts';
import { refuseUnprovable } from './codes.ts';
import { receiptWords, senderWords } from './consent/mail-words.ts';
import { receiptFile } from './consent/receipt-file.ts';
import { codeWords, linkWords, toldWords } from './link-mail.ts';
import { type OpenedLink, openById, stateOf } from './link-store.ts';
import { consent, link, linkCode, linkTold } from './schema.ts';
import { stoppedSince } from './stops.ts';
import { noteTold } from './told.ts';

type MailJobs = Pick<JobHandlers, 'link-mail' | 'code-mail' | 'receipt-mail' | 'sender-mail' | 'told-mail'>;

/**
 * The mails. A handler rejects when the mail was not taken now, and the queue tries again with a new secret: the one
 * of the lost try is worth nothing any more, because only the newest hash is kept. One that was refused for good is not tried again.
 */
export function mailHandlers(deps: Deps, mailer: Mailer): MailJobs {
  return {
    'link-mail': ({ id }) => mailLink(deps, mailer, id),
    'code-mail': ({ id }) => mailCode(deps, mailer, id),
    'receipt-mail': ({ id }) => mailReceipt(deps, mailer, id),
    'sender-mail': ({ id }) => mailSender(deps, mailer, id),
    'told-mail': ({ id }) => mailTold(deps, mailer, id),
  };
}

async function mailLink(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const opened = await openById(deps, id);
  if (stateOf(opened.row, deps.now()) !== 'open') return; // Taken back or too late: there is nothing to send.
  const { tenant, app, recipient, reference } = opened.row;
  if (await stoppedSince(deps.db.q, { tenant, app, address: recipient })) return;
  const [token, stop] = [newLinkToken(), newLinkToken()];
  const hashes = { tokenHash: sha256(token), stopHash: sha256(stop) };
  await deps.db.q.update(link).set(hashes).where(eq(link.id, id));
  const { publicUrl } = deps.config;
  const words = linkWords(deps, opened, { link: `${publicUrl}/r#${token}`, stop: `${publicUrl}/stop#${stop}` });
  const { email } = opened.sender;
  try {
    await mailer.send({ to: recipient, ...(email && { replyTo: email }), ...words });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    const what = error.why === 'unknown' ? 'undeliverable' : 'refused';
    await deps.db.transaction((tx) => noteTold(deps, tx, opened, what));
    return deps.jobs.wake('told-mail');
  }
  const at = new Date(deps.now());
  await deps.db.transaction(async (tx) => {
    await tx.update(link).set({ mailedAt: at }).where(eq(link.id, id));
    await record(tx, at, { tenant, app, actor: 'broker', act: 'link.mailed', subject: id, reference });
  });
}

/** What somebody with the link said: to the sender; that others have the files, to the owners too. */
async function mailTold(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const [told] = await deps.db.q.select().from(linkTold).where(eq(linkTold.id, id));
  if (!told) return;
  const opened = await openById(deps, told.link);
  const { email } = opened.sender;
  // Answered or ended meanwhile: that is what its sender hears of.
  if (told.what === 'expiring' && stateOf(opened.row, deps.now()) !== 'open') return;
  const owners = told.what === 'not_me' ? opened.app.record.owners : [];
  const words = toldWords(deps, opened, told.what);
  await mailEach({ mailer, log: deps.log }, [...(email ? [email] : []), ...owners], words);
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
  await mailEach({ mailer, log: deps.log }, [opened.row.recipient], codeWords(opened, code, asked.expiresAt));
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
  await mailEach({ mailer, log: deps.log }, [opened.row.recipient], { ...words, attachments });
}

/** `id` is a consent (what was answered) or a link (its files were downloaded). */
async function mailSender(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const [answer] = await deps.db.q.select().from(consent).where(eq(consent.id, id));
  const opened = await openById(deps, answer?.link ?? id);
  const { email } = opened.sender;
  const isOneMail = isWithin(opened.row.decidedAt, opened.row.claimedAt, deps.config.times.oneMail);
  // The mail about the download tells of the acceptance too; a changed answer has a mail of its own.
  const isTold = answer?.event === 'accepted' && (isOneMail || opened.row.decision !== 'accept');
  if (isTold || !email) return;
  const words = senderWords(deps, opened, answer?.event ?? 'downloaded', isOneMail);
  await mailEach({ mailer, log: deps.log }, [email], words);
}

function isWithin(from: Date | null, to: Date | null, seconds: number): boolean {
  return from !== null && to !== null && to.getTime() - from.getTime() <= seconds * 1000;
}
