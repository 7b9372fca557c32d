import type { Transforms } from '../contract/template.ts';
import { ascii, indexOf, latin1, startsWith } from './bytes.ts';
import type { Look } from './look.ts';
import { sniffed } from './sniff.ts';
import type { Violation } from './violation.ts';

type Seen = Pick<Look, 'content' | 'head' | 'tail'>;

/**
 * Whether a picture still carries what the template demands to be taken out of it, as far as its first and last 64 KiB
 * show: whoever sends it, the broker does not keep it. What was made by `remove_metadata` always passes. A picture or
 * film of a kind that cannot be cleaned never does.
 */
export function checkMetadata(transforms: Transforms | undefined, { content, head, tail }: Seen): Violation | null {
  if (!transforms?.remove_metadata || !transforms.required) return null;
  const type = sniffed(content);
  const carries = READERS[type];
  const isKept = carries ? carries(head, tail) : /^(image|video)\//.test(type);
  return isKept ? { code: 'file_metadata' } : null;
}

const READERS: Readonly<Record<string, (head: Uint8Array, tail: Uint8Array) => boolean>> = {
  'image/jpeg': inJpeg,
  'image/png': inPng,
  'image/webp': inWebp,
};

const big16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const big32 = (bytes: Uint8Array, at: number): number => big16(bytes, at) * 0x10000 + big16(bytes, at + 2);
const little32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) * 0x10000 + (bytes[at + 3] ?? 0) * 0x1000000;

const EXIF = ascii('Exif\0\0');
const XMP = ascii('http://ns.adobe.com/xap/');
/** One entry that says how a picture is turned, and nothing else: all that cleaning leaves (big-endian TIFF, tag 0x0112). */
const TURNED = '4d4d002a000000080001011200030000000100';
const TURNED_BYTES = 26;

function saysTurnOnly(tiff: Uint8Array): boolean {
  const digits = Array.from(tiff, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return tiff.length === TURNED_BYTES && new RegExp(`^${TURNED}0[1-8]0{12}$`).test(digits);
}

/** Segments with names of their own (ISO/IEC 10918-1, B.2.4.6): kept are JFIF, a colour profile, and Adobe's colours. */
function inJpeg(head: Uint8Array, tail: Uint8Array): boolean {
  for (let at = 2; at + 4 <= head.length && head[at] === 0xff; ) {
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const end = at + 2 + Math.max(2, big16(head, at + 2));
    const body = head.subarray(at + 4, end);
    if (marker === 0xfe) return true;
    if (marker >= 0xe0 && marker <= 0xef && !isPlain(marker, body)) return true;
    at = end;
  }
  // What stands behind the picture: other pictures, films, and what they say.
  if (indexOf(tail, XMP) !== -1) return true;
  for (let at = indexOf(tail, EXIF); at !== -1; at = indexOf(tail, EXIF, at + 1)) {
    const from = at + EXIF.length;
    if (!saysTurnOnly(tail.subarray(from, from + TURNED_BYTES))) return true;
  }
  return false;
}

function isPlain(marker: number, body: Uint8Array): boolean {
  if (marker === 0xe0) return startsWith(body, ascii('JFIF\0')) && body.length === 14;
  if (marker === 0xe1) return startsWith(body, EXIF) && saysTurnOnly(body.subarray(EXIF.length));
  if (marker === 0xe2) return startsWith(body, ascii('ICC_PROFILE\0'));
  return marker === 0xee && startsWith(body, ascii('Adobe')) && body.length === 12;
}

/** Chunks that say something about a picture (PNG, third edition, section 11.3.4 and 11.3.5). */
const PNG_TOLD = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME']);

function inPng(head: Uint8Array, tail: Uint8Array): boolean {
  for (let at = 8; at + 8 <= head.length; ) {
    const length = big32(head, at);
    if (isToldInPng(head, at, length)) return true;
    at += 12 + length;
  }
  // From the end backwards a chunk is known by its name and by the length that leads to another name, or to the end.
  for (const name of PNG_TOLD) {
    for (let at = indexOf(tail, ascii(name)); at !== -1; at = indexOf(tail, ascii(name), at + 1)) {
      if (at < 4) continue;
      const length = big32(tail, at - 4);
      const next = at + 4 + length + 4;
      const leadsOn = /^[A-Za-z]{4}$/.test(latin1(tail, next + 4, next + 8));
      if (leadsOn && isToldInPng(tail, at - 4, length)) return true;
    }
  }
  return false;
}

function isToldInPng(bytes: Uint8Array, at: number, length: number): boolean {
  const name = latin1(bytes, at + 4, at + 8);
  if (name === 'eXIf') return !saysTurnOnly(bytes.subarray(at + 8, at + 8 + length));
  return PNG_TOLD.has(name);
}

/** RFC 9649, section 2.7: flags tell what is there, and the chunks of it stand at the end. */
function inWebp(head: Uint8Array, tail: Uint8Array): boolean {
  if (latin1(head, 12, 16) !== 'VP8X') return false;
  const flags = head[20] ?? 0;
  if ((flags & 0x04) !== 0) return true;
  if ((flags & 0x08) === 0) return false;
  const at = tail.length - 8 - TURNED_BYTES;
  const isLast = latin1(tail, at, at + 4) === 'EXIF' && little32(tail, at + 4) === TURNED_BYTES;
  return !isLast || !saysTurnOnly(tail.subarray(at + 8));
}
