import { type Limits, MB } from '../../../src/contract/index.ts';

/** What files of many kinds begin and end with, built by hand; runs in Node and in browsers. */
export type Piece = string | readonly number[] | Uint8Array<ArrayBuffer>;

const toBytes = (piece: Piece): Uint8Array<ArrayBuffer> =>
  typeof piece === 'string' ? Uint8Array.from(piece, (char) => char.charCodeAt(0)) : new Uint8Array(piece);

export function join(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const all = pieces.map(toBytes);
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of all) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

export const text = (words: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(words));
export const utf16 = (words: string): Uint8Array<ArrayBuffer> =>
  join(
    [0xff, 0xfe],
    Array.from(words).flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]),
  );
export const big16 = (n: number): number[] => [n >> 8, n & 255];
export const big32 = (n: number): number[] => [...big16(Math.floor(n / 0x10000)), ...big16(n & 0xffff)];
const little16 = (n: number): number[] => [n & 255, n >> 8];
export const little32 = (n: number): number[] => [...little16(n & 0xffff), ...little16(Math.floor(n / 0x10000))];

/** One segment of a JPEG. */
export const segment = (marker: number, ...body: readonly Piece[]): Uint8Array<ArrayBuffer> => {
  const bytes = join(...body);
  return join([0xff, marker], big16(bytes.length + 2), bytes);
};
const JFIF = segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]);
const frame = (width: number, height: number) => segment(0xc0, [8], big16(height), big16(width), [1, 1, 0x11, 0]);
/** Of noise: its header is whole, its picture is not. `middle` stands before the frame header. */
export const jpeg = (width = 640, height = 480, ...middle: readonly Piece[]): Uint8Array<ArrayBuffer> =>
  join([0xff, 0xd8], JFIF, ...middle, frame(width, height), segment(0xda, [1, 1, 0, 0, 63, 0]), [1, 2, 3, 0xff, 0xd9]);

export const png = (width = 640, height = 480): Uint8Array<ArrayBuffer> =>
  join(
    [0x89],
    'PNG\r\n',
    [0x1a, 0x0a],
    big32(13),
    'IHDR',
    big32(width),
    big32(height),
    [8, 6, 0, 0, 0, 1, 2, 3, 4],
    big32(0),
    'IEND',
    [0xae, 0x42, 0x60, 0x82],
  );
export const gif = (width = 640, height = 480): Uint8Array<ArrayBuffer> =>
  join('GIF89a', little16(width), little16(height), [0, 0, 0, 0x3b]);
export const webp = (width = 640, height = 480): Uint8Array<ArrayBuffer> =>
  join(
    'RIFF',
    little32(30),
    'WEBPVP8X',
    little32(10),
    [0, 0, 0, 0],
    little32(width - 1).slice(0, 3),
    little32(height - 1).slice(0, 3),
    'VP8 ',
    little32(4),
    [0, 0, 0, 0],
  );
export const isoMedia = (major: string, ...compatible: readonly string[]): Uint8Array<ArrayBuffer> =>
  join(big32(16 + 4 * compatible.length), 'ftyp', major, big32(0), ...compatible);
/** With the extents of two tiles and of the whole. */
export const heic = (width = 640, height = 480): Uint8Array<ArrayBuffer> =>
  join(
    isoMedia('heic', 'mif1', 'heic'),
    big32(60),
    'meta',
    ...[512, width].map((w) => join(big32(20), 'ispe', big32(0), big32(w), big32(w === width ? height : 512))),
  );
export const PDF = join('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');
export const EXE = join('MZ', [0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff], 'This program cannot be run in DOS mode');
export const ELF = join([0x7f], 'ELF', [2, 1, 1, 0, 0, 0]);
export const OLE = join([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], new Uint8Array(64));

/** An archive of stored entries with empty sums (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
export function zip(entries: readonly (string | readonly [string, string])[], comment = ''): Uint8Array<ArrayBuffer> {
  const pairs = entries.map((entry) => (typeof entry === 'string' ? ([entry, ''] as const) : entry));
  const local = pairs.map(([name, content]) =>
    join('PK\x03\x04', new Uint8Array(22), little16(name.length), [0, 0], name, content),
  );
  const central = pairs.map(([name]) =>
    join('PK\x01\x02', new Uint8Array(24), little16(name.length), new Uint8Array(16), name),
  );
  return join(...local, ...central, 'PK\x05\x06', new Uint8Array(16), little16(comment.length), comment);
}
export const office = (part: string, ...more: readonly string[]): Uint8Array<ArrayBuffer> =>
  zip(['[Content_Types].xml', part, ...more]);

/** Bytes that are no kind of file: the same each time. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
/** A template that takes many kinds, but no HEIC. */
export const TABLE_LIMITS: Limits = {
  max_file_bytes: 15 * MB,
  max_total_bytes: 1024 * MB,
  max_files: 100,
  max_name_length: 200,
  accepts: [
    { name: 'photos', types: ['image/jpeg', 'image/webp', 'image/avif'], extensions: ['jpg', 'jpeg', 'webp', 'avif'] },
    { name: 'images', types: ['image/png', 'image/gif', 'image/svg+xml'], extensions: ['png', 'gif', 'svg'] },
    {
      name: 'documents',
      types: ['application/pdf', `${OFFICE}.wordprocessingml.document`, 'application/msword'],
      extensions: ['pdf', 'docx', 'doc'],
    },
    { name: 'tables', types: ['text/csv', `${OFFICE}.spreadsheetml.sheet`], extensions: ['csv', 'xlsx'] },
    { name: 'slides', types: [`${OFFICE}.presentationml.presentation`], extensions: ['pptx'] },
    { name: 'texts', types: ['text/plain', 'text/markdown'], extensions: ['txt', 'md'] },
    { name: 'archives', types: ['application/zip'], extensions: ['zip'] },
    { name: 'videos', types: ['video/mp4', 'video/quicktime'], extensions: ['mp4', 'mov'] },
  ],
};
