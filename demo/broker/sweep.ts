import { and, eq, gt, inArray, lt, lte, notExists, type SQL } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import { carryOutErasures } from '../erasure/forget-person.ts';
import { turnKeys } from '../identity/key-rotation.ts';
import { codeGuess, guestCode, guestLock, oidcRecord, proofSeen, signIn } from '../identity/schema.ts';
import { ending } from '../identity/tokens/schema.ts';
import { isUnposted } from '../ledger/posted.ts';
import { forgetRecipients } from '../recipients/consent/erase.ts';
import { tellOfExpiring } from '../recipients/expiring.ts';
import { linkCode, mailSent, recipientSession } from '../recipients/schema.ts';
import { settleParts } from '../uploads/assembly.ts';
import { clearMultiparts, clearSoon, OVER } from '../uploads/end-upload.ts';
import { deleteStored } from '../uploads/files.ts';
import { tellOfRoom } from '../uploads/room-told.ts';
import { batch, idempotency, upload } from '../uploads/schema.ts';
import { actOn } from '../uploads/upload-store.ts';

const DAY_MS = 86_400_000;
const PAGE = 200;

/** Ends what is past its time. Safe to run twice at once, and to be killed anywhere: each step is found again. */
export async function sweep(deps: Deps): Promise<void> {
  const now = new Date(deps.now());
  const { files, links } = await carryOutErasures(deps);
  await driveOn(deps, now);
  await expireOpen(deps, now);
  await deleteOld(deps, now);
  await clearOver(deps, now);
  await forgetOver(deps, now);
  await tellOfExpiring(deps);
  await tellOfRoom(deps);
  const erased = await forgetRecipients(deps);
  await forgetRecords(deps, now);
  await turnKeys({ db: deps.db, now: deps.now, keyLife: deps.config.times.keyLife });
  await handOn(deps);
  // Deleted rows stay in the files. On PostgreSQL this would hold up others: there the operator says when.
  if (erased + files + links > 0 && deps.db.kind === 'pglite') await deps.db.scrub();
}

/** A job of its own: a receiver that is slow or away holds up nothing, and the queue tries it again. */
async function handOn(deps: Deps): Promise<void> {
  if (deps.config.checkpointWebhook === undefined || !(await isUnposted(deps))) return;
  await deps.db.transaction((tx) => deps.jobs.send(tx, 'checkpoint', { id: 'checkpoint' }));
  deps.jobs.wake('checkpoint');
}

/** Completions whose process died: what it had put together is a file. */
async function driveOn(deps: Deps, now: Date): Promise<void> {
  const due = and(eq(upload.state, 'open'), lte(upload.leaseUntil, now));
  for await (const row of pages(deps, due)) {
    const app = deps.registry.find(row.app);
    try {
      if (app) await settleParts(deps, app.template, row, null);
    } catch (error) {
      deps.log('info', 'upload.not-settled', { id: row.id, reason: error instanceof Problem ? error.code : 'unknown' });
    }
  }
}

/** Uploads that were never completed. */
async function expireOpen(deps: Deps, now: Date): Promise<void> {
  const due = deps.db.q
    .select({ id: upload.id })
    .from(upload)
    .where(and(eq(upload.state, 'open'), lte(upload.expiresAt, now)))
    .orderBy(upload.expiresAt)
    .limit(PAGE);
  for (let count = PAGE; count === PAGE; ) {
    count = await deps.db.transaction(async (tx) => {
      // Once more what it is due for: another sweep, or a completion, may have been faster.
      const isDue = and(inArray(upload.id, due), eq(upload.state, 'open'), lte(upload.expiresAt, now));
      const expired = await tx.update(upload).set({ state: 'expired' }).where(isDue).returning();
      await record(tx, now, ...expired.map((row) => actOn(row, 'upload.expired', { size: row.size }, 'broker')));
      return expired.length;
    });
  }
}

/** Files whose retention is over. */
async function deleteOld(deps: Deps, now: Date): Promise<void> {
  const due = and(eq(upload.state, 'stored'), lte(upload.deleteAt, now));
  for await (const row of pages(deps, due)) await deleteStored(deps, row, 'file.retention-over', 'broker');
}

/** Objects of uploads that are over, once no grant for them lives; their room is free after that. */
async function clearOver(deps: Deps, now: Date): Promise<void> {
  const due = and(inArray(upload.state, OVER), eq(upload.isCharged, true), lt(upload.grantedUntil, now));
  for await (const row of pages(deps, due)) await clearSoon(deps, row);
}

/**
 * Names of what is gone are forgotten after a day. A PUT that began within its grant may have ended long after it, so
 * what it left is removed once more.
 */
async function forgetOver(deps: Deps, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const due = and(
    inArray(upload.state, OVER),
    eq(upload.isCharged, false),
    lt(upload.grantedUntil, dayAgo),
    lt(upload.expiresAt, dayAgo),
  );
  for await (const row of pages(deps, due)) {
    try {
      if (row.partBytes !== null) await clearMultiparts(deps.storage, row.objectKey);
      await deps.storage.remove(row.objectKey);
    } catch {
      return; // The storage is not there; the next sweep goes on.
    }
    await deps.db.q.delete(upload).where(eq(upload.id, row.id));
  }
  const uploads = deps.db.q.select({ id: upload.id }).from(upload).where(eq(upload.batch, batch.id));
  await deps.db.q.delete(batch).where(and(lt(batch.createdAt, dayAgo), notExists(uploads)));
}

async function forgetRecords({ db, config }: Deps, now: Date): Promise<void> {
  const kept = new Date(now.getTime() - config.times.idempotency * 1000);
  await db.q.delete(idempotency).where(lt(idempotency.startedAt, kept));
  await db.q.delete(ending).where(lt(ending.forgetAt, now));
  await db.q.delete(proofSeen).where(lt(proofSeen.expiresAt, now));
  await db.q.delete(oidcRecord).where(lt(oidcRecord.expiresAt, now));
  await db.q.delete(codeGuess).where(lt(codeGuess.minute, new Date(now.getTime() - 3_600_000)));
  await db.q.delete(signIn).where(lt(signIn.expiresAt, now));
  await db.q.delete(recipientSession).where(lt(recipientSession.expiresAt, now));
  const dayAgo = new Date(now.getTime() - DAY_MS); // Mails are counted by the hour.
  await db.q.delete(linkCode).where(lt(linkCode.sentAt, dayAgo));
  await db.q.delete(mailSent).where(lt(mailSent.at, dayAgo));
  await db.q.delete(guestCode).where(lt(guestCode.sentAt, dayAgo));
  await db.q.delete(guestLock).where(lt(guestLock.triedAt, dayAgo));
}

/** Row by row in the order of ids, so that one which stays as it is does not come back in the same sweep. */
async function* pages(deps: Deps, where: SQL | undefined) {
  for (let last = ''; ; ) {
    const rows = await deps.db.q
      .select()
      .from(upload)
      .where(and(where, gt(upload.id, last)))
      .orderBy(upload.id)
      .limit(PAGE);
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < PAGE) return;
    last = end.id;
  }
}
