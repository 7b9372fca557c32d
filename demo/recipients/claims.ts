import { and, eq, exists, gt, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { Claimed, ExtendedWindow } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { RecipientCaller } from '../context/env.ts';
import type { Transaction } from '../database/index.ts';
import { upload } from '../uploads/schema.ts';
import { recipientAct } from './codes.ts';
import { noteAct } from './consent/access-log.ts';
import { lockLink, type OpenedLink, refuseEnded } from './link-store.ts';
import { link, linkClaim, linkFile, recipientSession } from './schema.ts';

/**
 * The only way to the bytes behind a link (decision 7). A key that comes after an accepted notice wins while the link has
 * claims left, by one conditional UPDATE; it may come again until its window ends, and no other ever. Fails with
 * notice_stale (no answer yet), link_declined, link_used, window_over, not_found (every file was deleted), or what has
 * ended the link.
 */
export async function claimLink(deps: Deps, who: RecipientCaller): Promise<Claimed> {
  const now = new Date(deps.now());
  const { opened, claim, sessionEnds } = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, who.link);
    const windowEndsAt = new Date(now.getTime() + opened.rules.delivery_window_s * 1000);
    const [won] = await tx
      .update(link)
      .set({
        claimsUsed: sql`${link.claimsUsed} + 1`,
        claimedAt: sql`coalesce(${link.claimedAt}, ${now.toISOString()}::timestamptz)`,
        windowEndsAt: newest(windowEndsAt),
      })
      .where(
        and(
          eq(link.id, who.link),
          lt(link.claimsUsed, link.claims),
          notExists(claimOf(tx, who)),
          eq(link.decision, 'accept'),
          gt(link.expiresAt, now),
          isNull(link.takenBackAt),
          isNull(link.withdrawnAt),
          isNull(link.renewedAt),
          exists(storedFiles(tx, who.link)),
        ),
      )
      .returning();
    const claim = won
      ? { link: who.link, jkt: who.jkt, at: now, windowEndsAt, extendedAt: null }
      : await heldClaim(tx, opened, who, now.getTime());
    if (won) await tx.insert(linkClaim).values(claim);
    await record(tx, now, recipientAct(opened, won ? 'link.claimed' : 'link.claim-repeated'));
    if (won) await noteAct(tx, who.link, 'downloaded', now);
    if (won) await deps.jobs.send(tx, 'sender-mail', { id: who.link });
    return { opened, claim, sessionEnds: await lengthenSession(tx, who, claim.windowEndsAt) };
  });
  deps.jobs.wake('sender-mail');
  return await deliver(deps, opened, claim, sessionEnds);
}

/**
 * As long again for the key that holds an open window, once. Fails with window_unopened (nothing claimed yet),
 * window_extended, window_over, or what claiming again fails with.
 */
export async function extendWindow(deps: Deps, who: RecipientCaller): Promise<ExtendedWindow> {
  const now = new Date(deps.now());
  return await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, who.link);
    const claim = await heldClaim(tx, opened, who, now.getTime());
    const windowEndsAt = new Date(claim.windowEndsAt.getTime() + opened.rules.delivery_window_s * 1000);
    const [longer] = await tx
      .update(linkClaim)
      .set({ windowEndsAt, extendedAt: now })
      .where(and(eq(linkClaim.link, who.link), eq(linkClaim.jkt, who.jkt), isNull(linkClaim.extendedAt)))
      .returning();
    if (!longer) throw new Problem('window_extended', { figures: { until: claim.windowEndsAt.toISOString() } });
    await tx
      .update(link)
      .set({ windowEndsAt: newest(windowEndsAt) })
      .where(eq(link.id, who.link));
    await record(tx, now, recipientAct(opened, 'link.window-extended'));
    const sessionEnds = await lengthenSession(tx, who, windowEndsAt);
    return { window_ends_at: windowEndsAt.toISOString(), expires_at: sessionEnds.toISOString() };
  });
}

/** A link is open for as long as the longest window of its keys. */
const newest = (until: Date) => sql`greatest(${link.windowEndsAt}, ${until.toISOString()}::timestamptz)`;

type Claim = typeof linkClaim.$inferSelect;

const claimOf = (tx: Transaction, who: RecipientCaller) =>
  tx
    .select()
    .from(linkClaim)
    .where(and(eq(linkClaim.link, who.link), eq(linkClaim.jkt, who.jkt)));

const storedFiles = (tx: Transaction, linkId: string) =>
  tx
    .select({ upload: linkFile.upload })
    .from(linkFile)
    .innerJoin(upload, eq(upload.id, linkFile.upload))
    .where(and(eq(linkFile.link, linkId), eq(upload.state, 'stored')));

/** Lets through only a key that holds an open window; everybody else is told why not. */
async function heldClaim(tx: Transaction, opened: OpenedLink, who: RecipientCaller, now: number): Promise<Claim> {
  const { row } = opened;
  const [held] = await claimOf(tx, who);
  const isEnded = row.withdrawnAt ?? row.takenBackAt ?? row.renewedAt;
  if (!held || isEnded) {
    refuseEnded(row, now);
    if (row.decision === null) throw new Problem('notice_stale');
    if (row.decision === 'decline') throw new Problem('link_declined');
    throw new Problem(opened.files.length === 0 ? 'not_found' : 'window_unopened');
  }
  if (held.windowEndsAt.getTime() <= now) throw new Problem('window_over');
  if (opened.files.length === 0) throw new Problem('not_found');
  return held;
}

/** The proof lasts as long as the window that was won with it. */
async function lengthenSession(tx: Transaction, who: RecipientCaller, until: Date): Promise<Date> {
  const [session] = await tx
    .update(recipientSession)
    .set({ expiresAt: sql`greatest(${recipientSession.expiresAt}, ${until.toISOString()}::timestamptz)` })
    .where(eq(recipientSession.tokenHash, who.session))
    .returning({ expiresAt: recipientSession.expiresAt });
  return session?.expiresAt ?? until;
}

async function deliver(deps: Deps, opened: OpenedLink, claim: Claim, sessionEnds: Date): Promise<Claimed> {
  const seconds = deps.config.times.downloadUrl;
  const files = await Promise.all(
    opened.files.map(async (file) => {
      const { url, expiresAt } = await deps.storage.signGet(file.objectKey, file.name, seconds);
      return { id: file.id, url, expires_at: expiresAt.toISOString() };
    }),
  );
  return {
    claimed_at: claim.at.toISOString(),
    window_ends_at: claim.windowEndsAt.toISOString(),
    extendable: claim.extendedAt === null,
    expires_at: sessionEnds.toISOString(),
    files,
  };
}
