import { and, eq, gt, sql } from 'drizzle-orm';
import { bytesOfPart, type PutGrant, partCount, type SignedParts, type SignParts } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import { upload } from './schema.ts';
import { findOne, sumOf, type UploadRow } from './upload-store.ts';

type Part = SignParts['parts'][number];

/** Seconds. */
export const grantLife = ({ config }: Deps, caller: Caller): number =>
  shorter(config.times.grant ?? caller.app.template.grant_s, caller);

/** Seconds: no longer than lives are at present. */
export const shorter = (seconds: number, { lifeCap }: Caller): number => Math.min(seconds, lifeCap ?? seconds);

/** Fresh grants for parts of the plan, each at most once. Fails with bad_request for any other, and with upload_over. */
export async function signParts(deps: Deps, caller: Caller, wish: SignParts): Promise<SignedParts> {
  const row = await findOne(deps, caller, wish.upload);
  const isEachOnce = new Set(wish.parts.map(({ number }) => number)).size === wish.parts.length;
  if (!isEachOnce || !wish.parts.every((part) => isInPlan(row, part))) {
    throw new Problem('bad_request', { cause: 'not in the plan of this upload' });
  }
  const seconds = grantLife(deps, caller);
  const parts = await Promise.all(
    wish.parts.map(async (part) => ({ number: part.number, grant: await sign(deps, row, part, seconds) })),
  );
  const grants = parts.map(({ grant }) => grant);
  await noteGranted(deps, row, grants);
  return { parts };
}

/** A fresh grant for an upload by one PUT. Fails with upload_over. */
export async function grantAgain(deps: Deps, caller: Caller, row: UploadRow): Promise<PutGrant> {
  const whole = { number: 1, size: row.size, sha256: sumOf(row).sha256 };
  const grant = await sign(deps, row, whole, grantLife(deps, caller));
  await noteGranted(deps, row, [grant]);
  return grant;
}

/** An upload by one PUT has one part, number 1: the whole file, with the size and checksum it began with. */
function isInPlan({ size, sha256, partBytes }: UploadRow, part: Part): boolean {
  if (partBytes === null) return part.number === 1 && part.size === size && part.sha256 === sha256;
  return part.number <= partCount(size, partBytes) && part.size === bytesOfPart(size, partBytes, part.number);
}

async function sign({ storage }: Deps, row: UploadRow, { number, size, sha256 }: Part, seconds: number) {
  const { objectKey: key, type, partBytes, multipartId: uploadId } = row;
  if (partBytes === null) return storage.grantPut({ key, size, type, sha256 }, seconds);
  if (uploadId === null) throw new Problem('upload_over'); // The store never answered its start, so nobody was told of it.
  return storage.grantPart({ key, uploadId, number, size, sha256 }, seconds);
}

/**
 * That an upload was granted, and until when, is written before anybody gets it: room counts as free only when no grant
 * for it can be alive. Fails with upload_over.
 */
async function noteGranted(deps: Deps, row: UploadRow, grants: readonly PutGrant[]): Promise<void> {
  const until = new Date(Math.max(...grants.map(({ expires_at }) => Date.parse(expires_at))));
  const [open] = await deps.db.q
    .update(upload)
    .set({ grantedUntil: sql`greatest(${upload.grantedUntil}, ${until.toISOString()}::timestamptz)` })
    .where(and(eq(upload.id, row.id), eq(upload.state, 'open'), gt(upload.expiresAt, new Date(deps.now()))))
    .returning({ id: upload.id });
  if (!open) throw new Problem('upload_over');
}
