import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { bytesOfPart, partCount, type Template } from '../../src/contract/index.ts';
import type { StoredPart } from '../bucket/storage.ts';
import { compositeOf, sumObject } from './checksums.ts';
import { upload } from './db/schema.ts';
import type { Deps } from './deps.ts';
import { clearMultiparts, clearSoon, endUpload } from './end-upload.ts';
import { Problem } from './problems.ts';
import { type Settlement, settleUpload } from './settlement.ts';
import type { UploadRow } from './upload-store.ts';

/** Longer than one call of the storage is waited for (30 s). Whose lease is over is taken for dead. */
const LEASE_MS = 60_000;

/**
 * Puts the parts of an open upload together and settles it. `sums` are the checksums that the parts must have; null where
 * nobody is there to say them (sweep): then only what was put together already is settled. Where a process dies in here,
 * the next asks the storage how far it came. Fails with bad_request, not_stored_yet, damaged (parts that may be sent
 * again) and store_down; the upload is open then.
 */
export async function settleParts(
  deps: Deps,
  template: Template,
  row: UploadRow,
  sums: readonly string[] | null,
): Promise<Settlement> {
  if (sums && sums.length !== partCount(row.size, row.partBytes ?? row.size)) {
    throw new Problem('bad_request', { cause: 'not as many checksums as parts' });
  }
  const leased = await lease(deps, row);
  if (!leased) throw new Problem('not_stored_yet'); // Another process is at it.
  const { objectKey: key, multipartId } = leased;
  let mayBeTogether = true;
  try {
    const parts = multipartId === null ? [] : await deps.storage.listParts(key, multipartId);
    let outcome: 'done' | 'gone' | 'taken' = 'gone';
    if (parts) {
      mayBeTogether = false;
      const wanted = partsOfPlan(leased, sums, parts);
      mayBeTogether = true;
      outcome = await deps.storage.completeMultipart(key, multipartId ?? '', wanted);
    }
    const found = await deps.storage.head(key); // Decides, whatever the completion was answered.
    if (!found && outcome === 'gone') return await giveUp(deps, leased);
    if (!found) throw new Problem('not_stored_yet');
    await clearMultiparts(deps.storage, key); // A start that was repeated or cut short may have left another.
    const sha256 = found.sha256 ?? (await sumObject(deps.storage, leased));
    const promised = sums ? compositeOf(sums) : sha256;
    // A process that is gone put it together from other checksums: these say nothing against it.
    if (!parts && promised !== sha256) throw new Problem('damaged');
    return await settleUpload(deps, template, leased, { ...found, sha256 }, promised);
  } catch (error) {
    // With a time that is over, the next request may go on at once, and the sweep looks at it too.
    await release(deps, leased, mayBeTogether ? new Date(deps.now()) : null);
    throw error;
  }
}

/** For one process at a time, and no longer than its lease. Until then its room is held, whatever becomes of it. */
async function lease(deps: Deps, row: UploadRow): Promise<UploadRow | undefined> {
  const now = new Date(deps.now());
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const isFree = or(isNull(upload.leaseUntil), lte(upload.leaseUntil, now));
  const [leased] = await deps.db.q
    .update(upload)
    .set({
      leaseUntil,
      grantedUntil: sql`greatest(${upload.grantedUntil}, ${leaseUntil.toISOString()}::timestamptz)`,
    })
    .where(and(eq(upload.id, row.id), eq(upload.state, 'open'), gt(upload.expiresAt, now), isFree))
    .returning();
  return leased;
}

async function release(deps: Deps, { id, leaseUntil }: UploadRow, until: Date | null): Promise<void> {
  if (leaseUntil === null) return;
  await deps.db.q
    .update(upload)
    .set({ leaseUntil: until })
    .where(and(eq(upload.id, id), eq(upload.leaseUntil, leaseUntil)));
}

/** Every part as the store has it, in order. Fails with not_stored_yet where one is missing, damaged where one differs. */
function partsOfPlan(
  { size, partBytes }: UploadRow,
  sums: readonly string[] | null,
  stored: readonly StoredPart[],
): StoredPart[] {
  if (!sums) throw new Problem('not_stored_yet');
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  return sums.map((sum, i) => {
    const part = byNumber.get(i + 1);
    if (!part) throw new Problem('not_stored_yet');
    const isSame = part.size === bytesOfPart(size, partBytes ?? size, i + 1) && (part.sha256 ?? sum) === sum;
    if (!isSame) throw new Problem('damaged');
    return part;
  });
}

/** The store has neither parts nor object any more: its owner may have had it cleared. */
async function giveUp(deps: Deps, row: UploadRow): Promise<Settlement> {
  const isEnded = await endUpload(deps, row, 'aborted', { code: 'upload_over' });
  if (isEnded) await clearSoon(deps, row);
  return 'over';
}
