import { ascii, latin1, startsWith } from './bytes.ts';
import { isActiveType } from './kinds.ts';
import { hiddenKind } from './polyglot.ts';
import { isTextTail, readMarkup, readOldText, readText } from './text.ts';
import { endsAsZip, readZip, startsAsZip } from './zip.ts';

/** Signatures that must not be left to a library: programs, and kinds it knows loosely or not at all. */
const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0x7f, 0x45, 0x4c, 0x46], 'application/x-elf'],
  [[0xfe, 0xed, 0xfa, 0xce], 'application/x-mach-binary'],
  [[0xfe, 0xed, 0xfa, 0xcf], 'application/x-mach-binary'],
  [[0xce, 0xfa, 0xed, 0xfe], 'application/x-mach-binary'],
  [[0xcf, 0xfa, 0xed, 0xfe], 'application/x-mach-binary'],
  [[0xca, 0xfe, 0xba, 0xbe], 'application/x-mach-binary'], // A universal binary, or a Java class: a program both ways.
  [[0x00, 0x61, 0x73, 0x6d], 'application/wasm'],
  [[0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], 'application/x-ms-shortcut'],
  [ascii('dex\n'), 'application/x-dex'],
  [ascii('#!'), 'text/x-shellscript'],
  [ascii('%!PS'), 'application/postscript'],
  [ascii('%PDF-'), 'application/pdf'],
  [ascii('{\\rtf'), 'application/rtf'],
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'image/png'],
  [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 'application/x-ole-storage'],
];

/** Pictures that a library knows as well: with these a page that takes photos need not load one. */
const PICTURES: readonly (readonly [RegExp, string])[] = [
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF.{4}WEBP/s, 'image/webp'],
];

/** Major brands of ISO base media files (ISO/IEC 14496-12 section 4.3); anything else is taken for MP4. */
const BRANDS: readonly (readonly [RegExp, string])[] = [
  [/^avi[fs]/, 'image/avif'],
  [/^hei[cmsx]|^hev[cmx]/, 'image/heic'],
  [/^qt {2}/, 'video/quicktime'],
  [/^M4[AB] /, 'audio/mp4'],
  [/^3g../, 'video/3gpp'],
  [/^crx /, 'image/x-canon-cr3'],
];

export interface Content {
  /** A media type, '' where the bytes say nothing. */
  readonly type: string;
  /** What else these bytes are. */
  readonly inside?: string;
  /** Its whole text, where it is text and was seen whole. */
  readonly text?: string;
  /** Told by somebody else: nobody here has seen the bytes. */
  readonly isHearsay?: boolean;
}

/**
 * What these bytes speak of. `head` and `tail` are the first and last bytes of a file of `size`, up to 64 KiB each.
 * `guess` is the media type that a library of signatures finds in them (guess.ts); without it the answer is null where only
 * that could tell. Same answer for same bytes; never throws.
 */
export function readContent(head: Uint8Array, tail: Uint8Array, size: number, guess: string): Content;
export function readContent(head: Uint8Array, tail: Uint8Array, size: number, guess?: string): Content | null;
export function readContent(head: Uint8Array, tail: Uint8Array, size: number, guess?: string): Content | null {
  const type = typeOfBytes(head, tail, guess);
  if (type === null) return null;
  if (type === 'image/svg+xml') {
    const text = readText(whole(head, tail, size) ?? new Uint8Array());
    return { type, ...(text && { text }) };
  }
  const inside = type && !isActiveType(type) && !type.startsWith('text/') ? hiddenKind(type, head, tail) : null;
  return inside && inside !== type ? { type, inside } : { type };
}

/** The one media type of it, the more telling one where it is two; '' where its bytes say nothing. */
export const sniffed = ({ type, inside }: Content): string => inside ?? type;

function whole(head: Uint8Array, tail: Uint8Array, size: number): Uint8Array | null {
  if (size <= head.length) return head;
  if (size > head.length + tail.length) return null;
  const bytes = new Uint8Array(size);
  bytes.set(tail, size - tail.length);
  bytes.set(head);
  return bytes;
}

function typeOfBytes(head: Uint8Array, tail: Uint8Array, guess: string | undefined): string | null {
  if (head.length === 0) return '';
  if (startsWith(head, ascii('MZ')) && head.subarray(0, 512).includes(0)) return 'application/x-msdownload';
  const known = SIGNATURES.find(([signature]) => startsWith(head, signature))?.[1];
  if (known && isActiveType(known)) return known;
  if (startsAsZip(head)) return readZip(head, tail);
  if (known) return known;
  if (startsWith(head, ascii('ftyp'), 4)) return brand(head);
  const text = isTextTail(head, tail) ? readText(head) : null;
  if (text !== null) return endsAsZip(tail) ? readZip(head, tail) : readMarkup(text) || 'text/plain';
  const start = latin1(head, 0, 12);
  const picture = PICTURES.find(([pattern]) => pattern.test(start))?.[1];
  if (picture) return picture;
  if (guess === undefined) return null;
  if (guess) return guess;
  if (endsAsZip(tail)) return readZip(head, tail);
  const old = readOldText(tail) === null ? null : readOldText(head);
  return old === null ? '' : readMarkup(old) || 'text/plain';
}

/** By the major brand; where that says only "pictures", by what it goes with. */
function brand(head: Uint8Array): string {
  const major = latin1(head, 8, 12);
  if (/^m[is]f1/.test(major))
    return /avi[fs]/.test(latin1(head, 16, Math.min(head[3] ?? 0, 128))) ? 'image/avif' : 'image/heic';
  return BRANDS.find(([pattern]) => pattern.test(major))?.[1] ?? 'video/mp4';
}
