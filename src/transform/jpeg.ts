import { iptcHasLocation, orientationOnly, readExif, xmpHasLocation } from './exif.ts';
import { type Dissected, type Found, Keeper } from './picture.ts';
import { big16, fromLatin1, latin1, type Source } from './source.ts';

const EXIF = 'Exif\0\0';
const JFIF_BYTES = 14;
const ADOBE_BYTES = 12;

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** What the decoder needs besides frames and scans, and whether a body is one (B.2.4, B.2.5). Hierarchies are unknown here. */
const TABLES: Readonly<Record<number, (body: Uint8Array) => boolean>> = {
  // Huffman codes: a class, 16 counts, and so many symbols.
  196: (body) => isRow(body, (at) => 17 + body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0)),
  // Conditions of arithmetic coding.
  204: (body) => body.length % 2 === 0,
  // Quantisation: 64 values of one byte or two.
  219: (body) => isRow(body, (at) => ((body[at] ?? 0) >> 4 === 0 ? 65 : 129)),
  // Number of lines; restart interval.
  220: (body) => body.length === 2,
  221: (body) => body.length === 2,
};

/** Whether entries of the lengths that they state fill a body exactly. */
function isRow(body: Uint8Array, lengthAt: (at: number) => number): boolean {
  let at = 0;
  while (at < body.length) at += lengthAt(at);
  return at === body.length;
}

/** Walks a JPEG (ISO/IEC 10918-1, annex B) to its end. Fails where it is not one, or not whole. */
export async function dissectJpeg(source: Source): Promise<Dissected> {
  const kept = new Keeper();
  const found = new Set<Found>();
  let orientation: number | null = null;
  let size: { width: number; height: number } | null = null;
  let hasScan = false;
  let at = 2;
  for (;;) {
    const [mark, marker = 0] = await source.bytes(at, 2);
    if (mark !== 0xff) throw new SyntaxError('no marker');
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const length = big16(await source.bytes(at + 2, 2), 0);
    if (length < 2) throw new SyntaxError('a segment without length');
    const end = at + 2 + length;
    const body = () => source.bytes(at + 4, length - 2);
    if (marker === 0xda) {
      if (!size) throw new SyntaxError('a scan without a frame');
      const scan = await body();
      if (scan.length !== 4 + 2 * (scan[0] ?? 0)) throw new SyntaxError('a broken scan');
      hasScan = true;
      const next = await endOfScan(source, end);
      kept.keep(at, next);
      at = next;
      continue;
    }
    if (isFrame(marker)) {
      const frame = await body();
      if (frame.length !== 6 + 3 * (frame[5] ?? 0)) throw new SyntaxError('a broken frame');
      size ??= { height: big16(frame, 1), width: big16(frame, 3) };
      kept.keep(at, end);
    } else if (Object.hasOwn(TABLES, marker)) {
      // Nothing else may travel under the name of a table.
      if (!TABLES[marker]?.(await body())) throw new SyntaxError('a broken table');
      kept.keep(at, end);
    } else if (marker >= 0xe0 && marker <= 0xef) {
      const told = keepApplication(kept, marker, at, await body(), found);
      orientation ??= told; // As decoders have it, the first says how the picture is turned.
    } else if (marker === 0xfe) found.add('comment');
    else throw new SyntaxError(`marker ${marker}`);
    at = end;
  }
  if (!size || !hasScan) throw new SyntaxError('no picture');
  kept.keep(at, at + 2);
  if (at + 2 < source.size) found.add('trailer');
  const turned = orientation ?? 1;
  return { pieces: assemble(kept, turned), found, ...size, orientation: turned, isAnimated: false };
}

/** Start of image, JFIF where there is one, then how it is turned, then the rest. */
function assemble({ pieces }: Keeper, orientation: number): Dissected['pieces'] {
  const start = new Uint8Array([0xff, 0xd8]);
  if (orientation === 1) return [start, ...pieces];
  const body = [...fromLatin1(EXIF), ...orientationOnly(orientation)];
  const turned = new Uint8Array([0xff, 0xe1, 0, body.length + 2, ...body]);
  const [first, ...rest] = pieces;
  const isJfif = first instanceof Uint8Array && first[1] === 0xe0;
  return isJfif ? [start, first, turned, ...rest] : [start, turned, ...pieces];
}

/** Keeps what colours depend on, written anew without what it carries along. Answers the orientation that EXIF says. */
function keepApplication(
  kept: Keeper,
  marker: number,
  at: number,
  body: Uint8Array<ArrayBuffer>,
  found: Set<Found>,
): number | null {
  const text = latin1(body);
  if (marker === 0xe0 && text.startsWith('JFIF\0') && body.length >= JFIF_BYTES) {
    if (body.length > JFIF_BYTES) found.add('thumbnail');
    kept.put([0xff, 0xe0, 0, JFIF_BYTES + 2, ...body.subarray(0, JFIF_BYTES - 2), 0, 0]);
  } else if (marker === 0xe0 && text.startsWith('JFXX\0')) found.add('thumbnail');
  else if (marker === 0xe2 && text.startsWith('ICC_PROFILE\0')) kept.keep(at, at + 4 + body.length);
  else if (marker === 0xee && text.startsWith('Adobe') && body.length >= ADOBE_BYTES) {
    if (body.length > ADOBE_BYTES) found.add('other');
    kept.put([0xff, 0xee, 0, ADOBE_BYTES + 2, ...body.subarray(0, ADOBE_BYTES)]);
  } else if (marker === 0xe1 && text.startsWith(EXIF)) {
    const exif = readExif(body.subarray(EXIF.length));
    if (text !== EXIF + latin1(new Uint8Array(orientationOnly(exif.orientation)))) found.add('exif');
    if (exif.hasLocation) found.add('location');
    return exif.orientation;
  } else if (marker === 0xe1 && text.startsWith('http://ns.adobe.com/')) {
    found.add('xmp');
    if (xmpHasLocation(text)) found.add('location');
  } else if (marker === 0xed && text.startsWith('Photoshop 3.0\0')) {
    found.add('iptc');
    if (iptcHasLocation(text)) found.add('location');
  } else found.add('other');
  return null;
}

/** Behind a scan that begins at `at`: the first marker that is neither a stuffed byte nor a restart (B.1.1.5). */
async function endOfScan(source: Source, at: number): Promise<number> {
  for (let from = at; ; ) {
    const bytes = await source.some(from, 2);
    // The last byte at hand may be the first half of a marker: it is looked at again with its other half.
    const last = bytes.length - 1;
    for (let mark = bytes.indexOf(0xff); mark !== -1 && mark < last; mark = bytes.indexOf(0xff, mark + 1)) {
      const marker = bytes[mark + 1] ?? 0;
      if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return from + mark;
    }
    from += last;
  }
}
