import { filetypeinfo } from 'magic-bytes.js';

/** Signatures stand at the start. */
const LOOKED_AT_BYTES = 512;

/** The media type that a library of signatures finds; '' where it finds none. */
export function guessType(head: Uint8Array): string {
  const guesses = filetypeinfo(head.subarray(0, LOOKED_AT_BYTES)).map(({ mime = '' }) => mime.toLowerCase());
  // A byte order mark alone, or a program's own data, is not a kind.
  return guesses.find((mime) => mime && mime !== 'application/octet-stream' && !mime.startsWith('text/')) ?? '';
}
