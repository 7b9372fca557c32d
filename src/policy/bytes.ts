/** Small looks at bytes. None of them throws on short input. */

export const ascii = (text: string): readonly number[] => Array.from(text, (char) => char.charCodeAt(0));

export function startsWith(bytes: Uint8Array, signature: readonly number[], at = 0): boolean {
  return bytes.length >= at + signature.length && signature.every((byte, i) => bytes[at + i] === byte);
}

/** The first place of the signature at or after `from`, or -1. */
export function indexOf(bytes: Uint8Array, signature: readonly number[], from = 0): number {
  const [first = 0] = signature;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, signature, at)) return at;
  }
  return -1;
}

/** Bytes as characters 0 to 255, for looking up ASCII words in them. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}

export const uint16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
