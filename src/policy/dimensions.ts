import { ascii, indexOf, latin1, startsWith, uint16 } from './bytes.ts';

/** Of a picture, in pixels, as its header has them. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

const big16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const big32 = (bytes: Uint8Array, at: number): number => big16(bytes, at) * 0x10000 + big16(bytes, at + 2);
const little24 = (bytes: Uint8Array, at: number): number => uint16(bytes, at) | ((bytes[at + 2] ?? 0) << 16);

/** Read from the first bytes of JPEG, PNG, GIF, WebP, HEIC and AVIF without decoding; null where they do not say. */
export function dimensionsOf(type: string, head: Uint8Array): Dimensions | null {
  const found = READERS[type]?.(head) ?? null;
  return found && found.width > 0 && found.height > 0 ? found : null;
}

const READERS: Readonly<Record<string, (head: Uint8Array) => Dimensions | null>> = {
  'image/jpeg': (head) => {
    const walk = walkJpeg(head, 2);
    return 'width' in walk ? walk : null;
  },
  'image/png': (head) =>
    head.length >= 24 && startsWith(head, ascii('IHDR'), 12)
      ? { width: big32(head, 16), height: big32(head, 20) }
      : null,
  'image/gif': (head) => (head.length >= 10 ? { width: uint16(head, 6), height: uint16(head, 8) } : null),
  'image/webp': webp,
  'image/heic': largestExtent,
  'image/avif': largestExtent,
};

/**
 * Walks the segments of a JPEG (ISO/IEC 10918-1, B.1.1.4) from the marker at `from` to the frame header. Answers where the walk goes
 * on if that lies behind these bytes; `next: null` where there is no frame header to come.
 */
export function walkJpeg(bytes: Uint8Array, from: number): Dimensions | { readonly next: number | null } {
  let at = from;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return { next: null };
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: big16(bytes, at + 5), width: big16(bytes, at + 7) };
    } else if (marker === 0xd9 || marker === 0xda) return { next: null };
    else at += 2 + Math.max(2, big16(bytes, at + 2));
  }
  return { next: at };
}

/** RFC 9649, sections 2.5 to 2.7. */
function webp(head: Uint8Array): Dimensions | null {
  const kind = latin1(head, 12, 16);
  if (kind === 'VP8X' && head.length >= 30) return { width: little24(head, 24) + 1, height: little24(head, 27) + 1 };
  if (kind === 'VP8L' && head.length >= 25) {
    const bits = uint16(head, 21) + uint16(head, 23) * 0x10000;
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind === 'VP8 ' && head.length >= 30)
    return { width: uint16(head, 26) & 0x3fff, height: uint16(head, 28) & 0x3fff };
  return null;
}

/** The largest spatial extent (`ispe`, ISO/IEC 23008-12 6.5.3): tiles and thumbnails have smaller ones. */
function largestExtent(head: Uint8Array): Dimensions | null {
  let largest: Dimensions | null = null;
  for (let at = indexOf(head, ascii('ispe')); at !== -1; at = indexOf(head, ascii('ispe'), at + 4)) {
    if (at + 16 > head.length) break;
    const one = { width: big32(head, at + 8), height: big32(head, at + 12) };
    if (!largest || one.width * one.height > largest.width * largest.height) largest = one;
  }
  return largest;
}
