import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { bytesOfPart, partCount, type Template } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { StoredPart } from '../bucket/storage.ts';
import type { Deps } from '../context/deps.ts';
import { compositeOf, sumObject } from './checksums.ts';
import { clearMultiparts, clearSoon, endUpload } from './end-upload.ts';
import { upload } from './schema.ts';
import { type Settlement, settleUpload } from './settlement.ts';
import type { UploadRow } from './upload-store.ts';

/** Whose lease is over is taken for dead. */
const LEASE_MS = 60_000;
/** After so long nothing comes any more of a completion that was asked for: longer than the storage is waited for (120 s). */
const COMING_MS = 180_000;

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
  const { objectKey: key, multipartId } = row;
  const leased = multipartId === null ? undefined : await lease(deps, row);
  if (multipartId === null || !leased) throw new Problem('not_stored_yet'); // Not begun, or another process is at it.
  let cameTo = row.leaseUntil;
  try {
    const parts = await deps.storage.listParts(key, multipartId);
    let outcome: 'done' | 'gone' | 'taken' = 'gone';
    if (parts) {
      cameTo = null;
      const wanted = partsOfPlan(leased, sums, parts);
      cameTo = new Date(deps.now());
      outcome = await deps.storage.completeMultipart(key, multipartId, wanted);
    }
    const found = await deps.storage.head(key); // Decides, whatever the completion was answered.
    if (!found) {
      const mayCome = row.leaseUntil !== null && deps.now() < row.leaseUntil.getTime() + COMING_MS;
      if (mayCome || outcome !== 'gone') throw new Problem('not_stored_yet');
      return await giveUp(deps, leased);
    }
    await clearMultiparts(deps.storage, key); // A start that was repeated or cut short may have left another.
    const sha256 = found.sha256 ?? (await sumObject(deps.storage, leased));
    const promised = sums ? compositeOf(sums) : sha256;
    // A process that is gone put it together from other checksums: these say nothing against it.
    if (!parts && promised !== sha256) throw new Problem('damaged');
    return await settleUpload(deps, template, leased, { ...found, sha256 }, promised);
  } catch (error) {
    await release(deps, leased, cameTo);
    throw error;
  }
}

/** For one process at a time. Its room is held as long as something may come of it, whatever becomes of the upload. */
async function lease(deps: Deps, { id, leaseUntil: before }: UploadRow): Promise<UploadRow | undefined> {
  const now = deps.now();
  if (before !== null && before.getTime() > now) return undefined;
  const isAsRead = before === null ? isNull(upload.leaseUntil) : eq(upload.leaseUntil, before);
  const coming = new Date(now + COMING_MS).toISOString();
  const [leased] = await deps.db.q
    .update(upload)
    .set({
      leaseUntil: new Date(now + LEASE_MS),
      grantedUntil: sql`greatest(${upload.grantedUntil}, ${coming}::timestamptz)`,
    })
    .where(and(eq(upload.id, id), eq(upload.state, 'open'), gt(upload.expiresAt, new Date(now)), isAsRead))
    .returning();
  return leased;
}

/**
 * The next may go on at once. `cameTo`: when the storage was last asked to put the parts together; the sweep looks at
 * such an upload too. Null where it is sure that they lie apart.
 */
async function release(deps: Deps, { id, leaseUntil }: UploadRow, cameTo: Date | null): Promise<void> {
  if (leaseUntil === null) return;
  await deps.db.q
    .update(upload)
    .set({ leaseUntil: cameTo })
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
