import { bytesOfPart, partCount } from '../contract/plan.ts';
import type { UploadStatus } from '../contract/uploads.ts';
import { toBase64 } from '../contract/values.ts';
import type { Original } from './original.ts';
import type { Edges, UploadRecord } from './record.ts';

const EDGE_BYTES = 64 * 1024;
/** Pieces that are hashed at a time: two workers are always busy, and a file that differs is found out soon. */
const AT_ONCE = 4;

/** Hashes the first and the last 64 KiB. Fails with file_changed or file_unreadable. */
export async function edgesOf(original: Original, signal: AbortSignal): Promise<Edges> {
  const { file } = original;
  const [head, tail] = await Promise.all([
    original.hash(file.slice(0, EDGE_BYTES), signal),
    original.hash(file.slice(Math.max(0, file.size - EDGE_BYTES)), signal),
  ]);
  return { head, tail };
}

/**
 * The SHA-256 of every part that is stored, by its number, where this is the file that was begun; else null. `known`
 * are sums of this very file that need no second reading. Fails with file_changed or file_unreadable.
 */
export async function provenParts(
  record: UploadRecord,
  status: UploadStatus,
  original: Original,
  known: ReadonlyMap<number, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string> | null> {
  const { file } = original;
  if (file.size !== record.size) return null;
  const { head, tail } = await edgesOf(original, signal);
  if (head !== record.edges.head || tail !== record.edges.tail) return null;
  const listed = listedParts(record, status);
  const proven = new Map<number, string>();
  const queue = listed.entries();
  let isOther = false;
  const prove = async () => {
    for (const [number, sum] of queue) {
      if (isOther) return;
      const from = (number - 1) * record.partBytes;
      const piece = file.slice(from, from + bytesOfPart(record.size, record.partBytes, number));
      const found = known.get(number) ?? (await original.hash(piece, signal));
      // A part that differs from what we sent is somebody else's and is sent again; one of another file is no part of ours.
      if (found !== (record.parts.get(number) ?? sum ?? found)) isOther = true;
      proven.set(number, found);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, prove));
  if (isOther) return null;
  if (status.file?.part_bytes !== undefined && (await compositeOf(proven)) !== status.file.sha256) return null;
  return proven;
}

/** What is stored, by number; where the store has put it together, every part, and no sum of it. */
function listedParts({ size, partBytes }: UploadRecord, status: UploadStatus): Map<number, string | undefined> {
  if (status.parts && !status.is_in_storage) return new Map(status.parts.map(({ number, sha256 }) => [number, sha256]));
  const isThere = status.is_in_storage || status.file !== undefined;
  const count = isThere ? partCount(size, partBytes) : 0;
  return new Map(Array.from({ length: count }, (_, i) => [i + 1, undefined]));
}

/** As S3 makes it: SHA-256 of the parts' SHA-256 in order. */
async function compositeOf(sums: ReadonlyMap<number, string>): Promise<string> {
  const ordered = [...sums].sort(([a], [b]) => a - b).map(([, sum]) => atob(sum));
  const bytes = Uint8Array.from(ordered.join(''), (char) => char.charCodeAt(0));
  return toBase64(await crypto.subtle.digest('SHA-256', bytes));
}
