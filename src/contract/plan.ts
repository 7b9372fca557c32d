import { MB } from './mb.ts';

/** How a file travels; both sides work it out alike, and the broker keeps the plan with the upload. */

/** Up to here a form may bring a file, where the storage takes forms. Larger ones need the progress that only a PUT tells. Bytes. */
export const FORM_BYTES = MB;

/** Requests to the storage at a time: browsers open six connections to one HTTP/1.1 host, and one HTTP/2 connection carries more. */
export const HTTP1_REQUESTS = 6;
export const HTTP2_REQUESTS = 16;

/** What S3 allows. */
export const MAX_PARTS = 10_000;

const PART_BYTES = 8 * MB;

/** Bytes of each part but the last: 8 MiB, more only where the file would not fit into 10,000 of them. */
export function partBytesFor(size: number): number {
  const needed = Math.ceil(size / MAX_PARTS);
  return Math.max(PART_BYTES, Math.ceil(needed / MB) * MB);
}

/** Number of parts of a file. */
export const partCount = (size: number, partBytes: number): number => Math.ceil(size / partBytes);

/** Bytes of part `number` (1 for the first); 0 for a part that the plan does not have. */
export function bytesOfPart(size: number, partBytes: number, number: number): number {
  return Math.max(0, Math.min(partBytes, size - (number - 1) * partBytes));
}
