import { big16, big32, join, little32, type Piece, segment } from '../policy/cases/bytes.ts';

/** What cameras and programs write into pictures; runs in Node and in browsers. */

type Entry = readonly [tag: number, type: number, count: number, value: readonly number[] | Uint8Array<ArrayBuffer>];

/** One directory of a big-endian TIFF at `at`: values over 4 bytes follow it. */
function directory(at: number, entries: readonly Entry[], next = 0): Uint8Array<ArrayBuffer> {
  let free = at + 2 + entries.length * 12 + 4;
  const values: Piece[] = [];
  const rows = entries.map(([tag, type, count, value]) => {
    const head = [...big16(tag), ...big16(type), ...big32(count)];
    if (value.length <= 4) return [...head, ...value, ...new Array<number>(4 - value.length).fill(0)];
    const row = [...head, ...big32(free)];
    values.push(new Uint8Array(value));
    free += value.length;
    return row;
  });
  return join(big16(entries.length), ...rows, big32(next), ...values);
}

const rationals = (...values: readonly number[]): number[] => values.flatMap((value) => [...big32(value), ...big32(1)]);
const ascii = (text: string): number[] => Array.from(`${text}\0`, (char) => char.charCodeAt(0));

export interface ExifFacts {
  readonly orientation?: number;
  readonly hasLocation?: boolean;
}

/** A TIFF structure with camera, maker note, thumbnail, and what is asked for. */
export function exif({ orientation = 1, hasLocation = false }: ExifFacts): Uint8Array<ArrayBuffer> {
  const [exifAt, gpsAt, thumbsAt, thumbAt] = [200, 400, 600, 700];
  const first = directory(
    8,
    [
      [0x010f, 2, 8, ascii('Cameras')],
      [0x0112, 3, 1, big16(orientation)],
      [0x8769, 4, 1, big32(exifAt)],
      ...(hasLocation ? ([[0x8825, 4, 1, big32(gpsAt)]] as const) : []),
    ],
    thumbsAt,
  );
  const makerNote = ascii('Serial number 12345');
  const parts: readonly (readonly [number, Uint8Array<ArrayBuffer>])[] = [
    [0, join('MM', [0, 42, 0, 0, 0, 8])],
    [8, first],
    [
      exifAt,
      directory(exifAt, [
        [0x9003, 2, 20, ascii('2026:11:22 10:00:00')],
        [0x927c, 7, makerNote.length, makerNote],
      ]),
    ],
    [
      gpsAt,
      directory(gpsAt, [
        [1, 2, 2, ascii('N')],
        [2, 5, 3, rationals(52, 31, 12)],
        [3, 2, 2, ascii('E')],
        [4, 5, 3, rationals(13, 24, 18)],
      ]),
    ],
    [
      thumbsAt,
      directory(thumbsAt, [
        [0x0201, 4, 1, big32(thumbAt)],
        [0x0202, 4, 1, big32(4)],
      ]),
    ],
    [thumbAt, join([0xff, 0xd8, 0xff, 0xd9])],
  ];
  const whole = new Uint8Array(thumbAt + 4);
  for (const [at, bytes] of parts) if (hasLocation || at !== gpsAt) whole.set(bytes, at);
  return whole;
}

export const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.2N" exif:GPSLongitude="13,24.3E" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Jo"/></rdf:RDF></x:xmpmeta>`;
const IPTC = join('Photoshop 3.0\0', '8BIM', [4, 4, 0, 0], big32(11), [0x1c, 2, 0x5a, 0, 6], 'Berlin', [0]);

/** Puts segments with everything a camera or program may write behind the start of a JPEG, and a film behind its end. */
export function withJpegMetadata(jpeg: Uint8Array<ArrayBuffer>, facts: ExifFacts): Uint8Array<ArrayBuffer> {
  const named = facts.hasLocation ?? false;
  return join(
    jpeg.subarray(0, 2),
    segment(0xe1, 'Exif\0\0', exif(facts)),
    ...(named ? [segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', XMP), segment(0xed, IPTC)] : []),
    segment(0xe2, 'MPF\0', [1, 2, 3]),
    segment(0xe5, 'Samsung'),
    segment(0xfe, 'made by Jo'),
    jpeg.subarray(2),
    'a film behind it',
  );
}

/** CRC-32 as PNG has it (Annex D), by a table: not as the code under test does. */
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
export const crc32 = (bytes: Uint8Array): number =>
  (bytes.reduce((crc, byte) => (TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

export function pngChunk(name: string, ...data: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const body = join(name, ...data);
  return join(big32(body.length - 4), body, big32(crc32(body)));
}

/** Puts chunks behind the header of a PNG, and bytes behind its end. */
export function withPngMetadata(png: Uint8Array<ArrayBuffer>, facts: ExifFacts): Uint8Array<ArrayBuffer> {
  return join(
    png.subarray(0, 33),
    pngChunk('eXIf', exif(facts)),
    ...(facts.hasLocation ? [pngChunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', XMP)] : []),
    pngChunk('tEXt', 'Author\0Jo'),
    pngChunk('tIME', [7, 234, 11, 22, 10, 0, 0]),
    png.subarray(33),
    'behind',
  );
}

const webpChunk = (name: string, ...data: readonly Piece[]): Uint8Array<ArrayBuffer> => {
  const body = join(...data);
  return join(name, little32(body.length), body, new Uint8Array(body.length % 2));
};

/** Makes a simple WebP an extended one, with metadata behind the picture. */
export function withWebpMetadata(
  webp: Uint8Array<ArrayBuffer>,
  { width, height }: { width: number; height: number },
  facts: ExifFacts,
): Uint8Array<ArrayBuffer> {
  const edges = [width - 1, height - 1].flatMap((n) => little32(n).slice(0, 3));
  const picture = new TextDecoder().decode(webp.subarray(12, 16)) === 'VP8X' ? webp.subarray(30) : webp.subarray(12);
  const chunks = join(
    webpChunk('VP8X', [0x08 | (facts.hasLocation ? 0x04 : 0), 0, 0, 0], edges),
    picture,
    webpChunk('EXIF', exif(facts)),
    ...(facts.hasLocation ? [webpChunk('XMP ', XMP)] : []),
    webpChunk('ABCD', 'own'),
  );
  return join('RIFF', little32(chunks.length + 4), 'WEBP', chunks, 'behind');
}
