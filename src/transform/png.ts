import { orientationOnly, readExif, xmpHasLocation } from './exif.ts';
import { type Dissected, type Found, Keeper } from './picture.ts';
import { big32, fromLatin1, latin1, type Source } from './source.ts';

/** What pixels, colours, size on paper and animation depend on (PNG, third edition, sections 5.6 and 11). */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT'.split(' '),
);
const FRAME = 12;
const MOST_METADATA = 16 * 1024 * 1024;

/** Walks a PNG to its end. Fails where it is not one, or not whole. */
export async function dissectPng(source: Source): Promise<Dissected> {
  const kept = new Keeper();
  const found = new Set<Found>();
  let at = 8;
  let orientation = 1;
  let hasData = false;
  let isAnimated = false;
  const header = await source.bytes(at, 8 + 13);
  if (latin1(header.subarray(4, 8)) !== 'IHDR' || big32(header, 0) !== 13) throw new SyntaxError('no header');
  const size = { width: big32(header, 8), height: big32(header, 12) };
  kept.keep(0, at);
  for (;;) {
    const head = await source.bytes(at, 8);
    const length = big32(head, 0);
    const name = latin1(head.subarray(4, 8));
    const end = at + FRAME + length;
    if (end > source.size || !/^[A-Za-z]{4}$/.test(name)) throw new SyntaxError('a broken chunk');
    if (KEPT.has(name)) {
      kept.keep(at, end);
      hasData ||= name === 'IDAT';
      isAnimated ||= name === 'acTL';
    } else if (/^[A-Z]/.test(name)) throw new SyntaxError('an unknown critical chunk');
    else {
      const data = length > MOST_METADATA ? new Uint8Array() : await source.bytes(at + 8, length);
      if (name === 'eXIf') {
        const exif = readExif(data);
        orientation = exif.orientation;
        if (latin1(data) === latin1(new Uint8Array(orientationOnly(orientation)))) kept.keep(at, end);
        else {
          found.add('exif');
          if (orientation !== 1) kept.put(chunk('eXIf', orientationOnly(orientation)));
        }
        if (exif.hasLocation) found.add('location');
      } else tell(name, latin1(data), found);
    }
    at = end;
    if (name === 'IEND') break;
  }
  if (!hasData) throw new SyntaxError('no picture');
  if (at < source.size) found.add('trailer');
  return { pieces: kept.pieces, found, ...size, orientation, isAnimated };
}

function tell(name: string, text: string, found: Set<Found>): void {
  if (!/^[itz](TXt|EXt)$/.test(name)) {
    found.add('other');
    return;
  }
  found.add(text.startsWith('XML:com.adobe.xmp\0') ? 'xmp' : 'comment');
  if (xmpHasLocation(text)) found.add('location');
}

function chunk(name: string, data: readonly number[]): number[] {
  const body = [...fromLatin1(name), ...data];
  return [...bytesOf(data.length), ...body, ...bytesOf(crc32(body))];
}

const bytesOf = (n: number): number[] => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255);

/** Annex D; of a few bytes, so that no table is worth its size. */
function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
