import { toBase64 } from '../contract/values.ts';
import { UploadError } from '../errors.ts';

/** SHA-256 of a piece of a file, base64. Fails with file_unreadable. */
export async function sumOf(piece: Blob): Promise<string> {
  let bytes: ArrayBuffer;
  try {
    bytes = await piece.arrayBuffer();
  } catch (cause) {
    throw new UploadError('file_unreadable', { cause });
  }
  return toBase64(await crypto.subtle.digest('SHA-256', bytes));
}

/** SHA-256 of the parts' SHA-256 in order, as S3 has it. */
export async function compositeOf(sums: readonly string[]): Promise<string> {
  const digests = new Uint8Array(sums.length * 32);
  for (const [i, sum] of sums.entries()) {
    digests.set(
      Uint8Array.from(atob(sum), (character) => character.charCodeAt(0)),
      i * 32,
    );
  }
  return toBase64(await crypto.subtle.digest('SHA-256', digests));
}
