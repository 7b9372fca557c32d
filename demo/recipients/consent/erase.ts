import { and, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, notExists, or, sql } from 'drizzle-orm';
import { eraseRecords, record } from '../../audit/index.ts';
import type { Deps } from '../../context/deps.ts';
import type { Transaction } from '../../database/index.ts';
import type { RegisteredApp } from '../../registry/registry.ts';
import { clearSoon } from '../../uploads/end-upload.ts';
import { giveUp } from '../../uploads/files.ts';
import { upload } from '../../uploads/schema.ts';
import type { UploadRow } from '../../uploads/upload-store.ts';
import type { LinkRules } from '../link-store.ts';
import {
  consent,
  link,
  linkAccess,
  linkClaim,
  linkCode,
  linkFile,
  linkTold,
  receiptAddress,
  recipientSession,
} from '../schema.ts';

const DAY_MS = 86_400_000;
const PAGE = 200;

/**
 * Deletes what is kept about recipients once its time is over: `erase_days` after a withdrawal, `record_months` after the
 * answer or the end of the link; and of the access log what is older than `log_days`. Safe to run twice at once. Answers
 * how many links were erased.
 */
export async function forgetRecipients(deps: Deps): Promise<number> {
  const now = new Date(deps.now());
  let erased = 0;
  for (const app of deps.registry.all()) {
    const rules = app.template.links;
    if (!rules) continue;
    await trimLog(deps, app, rules, now);
    for (const id of await due(deps, app, rules, now)) {
      for (const file of await eraseLink(deps, rules, id, now)) await clearSoon(deps, file);
      erased += 1;
    }
  }
  return erased;
}

async function due(deps: Deps, { record: { id: app } }: RegisteredApp, rules: LinkRules, now: Date): Promise<string[]> {
  const withdrawnBefore = new Date(now.getTime() - rules.erase_days * DAY_MS);
  const months = `${rules.record_months} months`;
  const keptUntil = sql`greatest(${link.expiresAt}, ${link.decidedAt}, ${link.windowEndsAt}) + ${months}::interval`;
  const rows = await deps.db.q
    .select({ id: link.id })
    .from(link)
    .where(
      and(
        eq(link.app, app),
        isNull(link.erasedAt),
        or(lte(link.withdrawnAt, withdrawnBefore), lte(keptUntil, sql`${now.toISOString()}::timestamptz`)),
      ),
    )
    .limit(PAGE);
  return rows.map(({ id }) => id);
}

/** What erasing needs of a broker: an operator's command has no storage. */
export type EraseDesk = Pick<Deps, 'db' | 'now'>;

/**
 * Erases what is kept of one link's recipient now. Answers the files that went with it: their objects are the caller's, or
 * the next sweep's.
 */
export async function eraseLink(
  desk: EraseDesk,
  rules: Pick<LinkRules, 'withdraw_deletes_files'>,
  id: string,
  at: Date,
): Promise<UploadRow[]> {
  // Files first: whoever is killed in between finds the link again.
  const gone: UploadRow[] = [];
  const files = rules.withdraw_deletes_files ? await unneeded(desk, id, at) : [];
  for (const file of files) if (await giveUp(desk, file, 'file.withdrawn', 'broker')) gone.push(file);
  await desk.db.transaction((tx) => eraseRows(tx, [id], at));
  return gone;
}

/** Each stays as a place in its sender's list, with nobody in it, and opens nothing any more. */
export async function eraseRows(tx: Transaction, ids: readonly string[], at: Date): Promise<void> {
  const isOpen = sql`${link.claimsUsed} < ${link.claims} and ${link.expiresAt} > ${at.toISOString()}::timestamptz`;
  const erased = await tx
    .update(link)
    .set({
      ...{ recipient: '', purpose: '', tokenHash: null, stopHash: null, erasedAt: at },
      takenBackAt: sql`case when ${isOpen} then coalesce(${link.takenBackAt}, ${at.toISOString()}::timestamptz) else ${link.takenBackAt} end`,
    })
    .where(and(inArray(link.id, [...ids]), isNull(link.erasedAt)))
    .returning({ id: link.id, tenant: link.tenant, app: link.app });
  if (erased.length === 0) return;
  const gone = erased.map(({ id }) => id);
  for (const table of [consent, linkAccess, linkClaim, linkCode, linkTold, receiptAddress, recipientSession]) {
    await tx.delete(table).where(inArray(table.link, gone));
  }
  await eraseRecords(tx, { actors: gone.map((id) => `recipient:${id}`), subjects: gone });
  const acts = erased.map(({ id, ...owner }) => ({ ...owner, actor: 'broker', act: 'recipient.erased', subject: id }));
  await record(tx, at, ...acts);
}

/** Files of a withdrawn link that no other open link brings, and no other standing answer rests on. */
async function unneeded({ db: { q } }: EraseDesk, id: string, at: Date) {
  const needed = q
    .select({ upload: linkFile.upload })
    .from(linkFile)
    .innerJoin(link, eq(link.id, linkFile.link))
    .where(
      and(
        eq(linkFile.upload, upload.id),
        ne(link.id, id),
        isNull(link.withdrawnAt),
        isNull(link.takenBackAt),
        or(gt(link.expiresAt, at), isNotNull(link.decidedAt)),
      ),
    );
  const own = q
    .select({ upload: linkFile.upload })
    .from(linkFile)
    .innerJoin(link, eq(link.id, linkFile.link))
    .where(and(eq(link.id, id), isNotNull(link.withdrawnAt)));
  return await q
    .select()
    .from(upload)
    .where(and(eq(upload.state, 'stored'), inArray(upload.id, own), notExists(needed)));
}

async function trimLog(deps: Deps, { record: { id: app } }: RegisteredApp, rules: LinkRules, now: Date): Promise<void> {
  const before = new Date(now.getTime() - rules.log_days * DAY_MS);
  const ofApp = deps.db.q.select({ id: link.id }).from(link).where(eq(link.app, app));
  await deps.db.q.delete(linkAccess).where(and(lt(linkAccess.at, before), inArray(linkAccess.link, ofApp)));
}
