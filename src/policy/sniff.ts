import { filetypeinfo } from 'magic-bytes.js';
import { ascii, latin1, startsWith } from './bytes.ts';
import { isActiveType } from './kinds.ts';
import { isTextTail, readMarkup, readText } from './text.ts';
import { endsAsZip, readZip, startsAsZip } from './zip.ts';

/** Signatures that must not be left to the library: programs, and kinds it knows loosely or not at all. */
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

/** Major brands of ISO base media files (ISO/IEC 14496-12 section 4.3); anything else is taken for MP4. */
const BRANDS: readonly (readonly [RegExp, string])[] = [
  [/^(avif|avis)/, 'image/avif'],
  [/^(hei[cmsx]|hev[cmx]|mif1|msf1)/, 'image/heic'],
  [/^qt {2}/, 'video/quicktime'],
  [/^M4[AB] /, 'audio/mp4'],
  [/^3g/, 'video/3gpp'],
];

/**
 * The media type that these bytes speak of, '' where they say nothing. `head` and `tail` are the first and last bytes
 * of the file, up to 64 KiB each. Same answer for same bytes; never throws.
 */
export function sniff(head: Uint8Array, tail: Uint8Array = head): string {
  if (head.length === 0) return '';
  if (startsWith(head, ascii('MZ')) && head.subarray(0, 512).includes(0)) return 'application/x-msdownload';
  const known = SIGNATURES.find(([signature]) => startsWith(head, signature))?.[1];
  if (known && isActiveType(known)) return known;
  if (startsAsZip(head) || endsAsZip(tail)) return readZip(head, tail);
  if (known) return known;
  if (startsWith(head, ascii('ftyp'), 4)) return brand(head);
  const text = isTextTail(head, tail) ? readText(head) : null;
  if (text !== null) return readMarkup(text) || 'text/plain';
  const guesses = filetypeinfo(head.subarray(0, 512)).map(({ mime = '' }) => mime.toLowerCase());
  // A byte order mark alone, or a program's own data, is not a kind.
  return guesses.find((mime) => mime !== '' && mime !== 'application/octet-stream' && !mime.startsWith('text/')) ?? '';
}

function brand(head: Uint8Array): string {
  const major = latin1(head, 8, 12);
  return BRANDS.find(([pattern]) => pattern.test(major))?.[1] ?? 'video/mp4';
}
