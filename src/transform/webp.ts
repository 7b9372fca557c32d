import { orientationOnly, readExif, xmpHasLocation } from './exif.ts';
import { type Dissected, type Found, Keeper } from './picture.ts';
import { fromLatin1, latin1, little16, little24, little32, type Source } from './source.ts';

/** RFC 9649, section 2.7. */
const KEPT = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const IN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;
const ANIMATION_FLAG = 0x02;

interface Chunk {
  readonly name: string;
  readonly at: number;
  /** Of the data. */
  readonly length: number;
}

/** Walks a WebP to its end. Fails where it is not one, or not whole. */
export async function dissectWebp(source: Source): Promise<Dissected> {
  const kept = new Keeper();
  const found = new Set<Found>();
  const stated = little32(await source.bytes(4, 4), 0) + 8;
  if (stated > source.size || stated < 20) throw new SyntaxError('not whole');
  if (stated < source.size) found.add('trailer');
  const chunks = await walk(source, 12, stated);
  const [first] = chunks;
  const hasPicture = chunks.some(({ name }) => ['VP8 ', 'VP8L', 'ANMF'].includes(name));
  if (!first || !hasPicture || (first.name === 'VP8X' && first.length !== 10)) throw new SyntaxError('no picture');
  const flags = first.name === 'VP8X' ? ((await source.bytes(first.at + 8, 1))[0] ?? 0) : 0;
  let orientation = 1;
  for (const chunk of chunks) {
    const { name, at, length } = chunk;
    if (chunk === first && name === 'VP8X') continue;
    if (KEPT.has(name)) {
      if (name === 'ANMF') await checkFrame(source, chunk);
      kept.keep(at, at + 8 + length + (length & 1));
    } else if (name === 'EXIF') {
      const told = await readTold(source, chunk);
      const exif = readExif(told.subarray(latin1(told.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0));
      orientation = exif.orientation;
      if (latin1(told) !== latin1(new Uint8Array(orientationOnly(orientation)))) found.add('exif');
      if (exif.hasLocation) found.add('location');
    } else if (name === 'XMP ') {
      found.add('xmp');
      if (xmpHasLocation(latin1(await readTold(source, chunk)))) found.add('location');
    } else found.add('other');
  }
  const size = await sizeOf(source, first);
  if (orientation !== 1 && flags) kept.put([...fromLatin1('EXIF'), ...bytesOf(26), ...orientationOnly(orientation)]);
  const extended = first.name === 'VP8X' ? [...(await source.bytes(first.at, 18))] : [];
  if (extended.length > 0) {
    extended[8] = (flags & ~XMP_FLAG & ~EXIF_FLAG) | (orientation === 1 ? 0 : EXIF_FLAG);
  }
  const start = [
    ...fromLatin1('RIFF'),
    ...bytesOf(4 + extended.length + kept.length),
    ...fromLatin1('WEBP'),
    ...extended,
  ];
  const pieces = [new Uint8Array(start), ...kept.pieces];
  return { pieces, found, ...size, orientation, isAnimated: (flags & ANIMATION_FLAG) !== 0 };
}

async function walk(source: Source, from: number, to: number): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for (let at = from; at < to; ) {
    const head = await source.bytes(at, 8);
    const length = little32(head, 4);
    const end = at + 8 + length + (length & 1);
    if (end > to) throw new SyntaxError('a broken chunk');
    chunks.push({ name: latin1(head.subarray(0, 4)), at, length });
    at = end;
  }
  return chunks;
}

/** A frame may hold chunks of its own: what is unknown there is not taken along. */
async function checkFrame(source: Source, { at, length }: Chunk): Promise<void> {
  const inner = await walk(source, at + 8 + 16, at + 8 + length);
  if (inner.length === 0 || inner.some(({ name }) => !IN_FRAME.has(name))) throw new SyntaxError('an unknown frame');
}

const MOST_METADATA = 16 * 1024 * 1024;
const readTold = (source: Source, { at, length }: Chunk) => source.bytes(at + 8, Math.min(length, MOST_METADATA));

async function sizeOf(source: Source, { name, at, length }: Chunk): Promise<{ width: number; height: number }> {
  const head = await source.bytes(at + 8, Math.min(length, 10));
  if (name === 'VP8X') return { width: little24(head, 4) + 1, height: little24(head, 7) + 1 };
  if (name === 'VP8L') {
    const bits = little32(head, 1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (name !== 'VP8 ') throw new SyntaxError('no picture');
  return { width: little16(head, 6) & 0x3fff, height: little16(head, 8) & 0x3fff };
}

const bytesOf = (n: number): number[] => [0, 8, 16, 24].map((shift) => (n >>> shift) & 255);
