import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm';
import type { Claimed } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { RecipientCaller } from '../context/env.ts';
import type { Transaction } from '../database/index.ts';
import { upload } from '../uploads/schema.ts';
import { recipientAct } from './codes.ts';
import { noteAct } from './consent/access-log.ts';
import { type LinkRow, lockLink, type OpenedLink, refuseEnded, stateOf } from './link-store.ts';
import { link, linkFile, recipientSession } from './schema.ts';

/**
 * The only way to the bytes behind a link (decision 7). The first key to come after an accepted notice wins, by one
 * conditional UPDATE; it may come again until its window ends, and nobody else ever. Fails with notice_stale (no
 * answer yet), link_declined, link_used, window_over, not_found (every file was deleted), or what has ended the link.
 */
export async function claimLink(deps: Deps, who: RecipientCaller): Promise<Claimed> {
  const now = new Date(deps.now());
  const { opened, row, sessionEnds } = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, who.link);
    const windowEndsAt = new Date(now.getTime() + opened.rules.delivery_window_s * 1000);
    const [won] = await tx
      .update(link)
      .set({ claimedBy: who.jkt, claimedAt: now, windowEndsAt })
      .where(
        and(
          eq(link.id, who.link),
          isNull(link.claimedBy),
          eq(link.decision, 'accept'),
          gt(link.expiresAt, now),
          isNull(link.takenBackAt),
          isNull(link.withdrawnAt),
          exists(storedFiles(tx, who.link)),
        ),
      )
      .returning();
    if (!won) refuseStranger(opened, who.jkt, now.getTime());
    await record(tx, now, recipientAct(opened, won ? 'link.claimed' : 'link.claim-repeated'));
    if (won) await noteAct(tx, who.link, 'downloaded', now);
    if (won) await deps.jobs.send(tx, 'sender-mail', { id: who.link });
    const row = won ?? opened.row;
    const [session] = await tx
      .update(recipientSession)
      .set({ expiresAt: sql`greatest(${recipientSession.expiresAt}, ${endOf(row).toISOString()}::timestamptz)` })
      .where(eq(recipientSession.tokenHash, who.session))
      .returning({ expiresAt: recipientSession.expiresAt });
    return { opened, row, sessionEnds: session?.expiresAt ?? endOf(row) };
  });
  deps.jobs.wake('sender-mail');
  return await deliver(deps, opened, row, sessionEnds);
}

const storedFiles = (tx: Transaction, linkId: string) =>
  tx
    .select({ upload: linkFile.upload })
    .from(linkFile)
    .innerJoin(upload, eq(upload.id, linkFile.upload))
    .where(and(eq(linkFile.link, linkId), eq(upload.state, 'stored')));

/** Lets through only the key that holds an open window. */
function refuseStranger(opened: OpenedLink, jkt: string, now: number): void {
  const { row } = opened;
  if (stateOf(row, now) !== 'claimed' || row.claimedBy !== jkt) {
    refuseEnded(row, now);
    if (row.decision === null) throw new Problem('notice_stale');
    if (row.decision === 'decline') throw new Problem('link_declined');
    throw new Problem('not_found');
  }
  if (endOf(row).getTime() <= now) throw new Problem('window_over');
  if (opened.files.length === 0) throw new Problem('not_found');
}

function endOf(row: LinkRow): Date {
  if (!row.windowEndsAt) throw new Problem('internal');
  return row.windowEndsAt;
}

async function deliver(deps: Deps, opened: OpenedLink, row: LinkRow, sessionEnds: Date): Promise<Claimed> {
  const seconds = deps.config.times.downloadUrl;
  const files = await Promise.all(
    opened.files.map(async (file) => {
      const { url, expiresAt } = await deps.storage.signGet(file.objectKey, file.name, seconds);
      return { id: file.id, url, expires_at: expiresAt.toISOString() };
    }),
  );
  return {
    claimed_at: (row.claimedAt ?? new Date(deps.now())).toISOString(),
    window_ends_at: endOf(row).toISOString(),
    expires_at: sessionEnds.toISOString(),
    files,
  };
}
