import { type Dimensions, walkJpeg } from './dimensions.ts';
import { type Content, readContent } from './sniff.ts';
import { EDGE_BYTES } from './violation.ts';

/** Reads the bytes from `from` up to but not `to`: of a file on the device, or of an object in the storage. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>;

/** What a library of signatures finds in the first bytes of a file; '' where it finds nothing. */
export type Guess = (head: Uint8Array) => string | Promise<string>;

/** What the law needs to see of a file. */
export interface Look {
  readonly content: Content;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  /** Of a JPEG whose metadata fills its head: what its frame header says behind them; null where it has none. */
  readonly dimensions?: Dimensions | null;
}

/** A segment of a JPEG has at most 64 KiB: so many of them are more metadata than any camera writes. */
const MOST_READS = 64;
const STEP_BYTES = 512;
/** A frame header as far as its width. */
const FRAME_BYTES = 9;

/**
 * Looks at a file of `size` bytes: at its ends, and into a JPEG as far as its frame header. Fails as `read` fails, or as
 * `guess` does, which is asked only where nothing else can tell.
 */
export async function look(read: ReadBytes, size: number, guess: Guess): Promise<Look> {
  const head = await read(0, Math.min(EDGE_BYTES, size));
  const tail = size <= EDGE_BYTES ? head : await read(size - EDGE_BYTES, size);
  const content = readContent(head, tail, size) ?? readContent(head, tail, size, await guess(head));
  const dimensions = size > EDGE_BYTES ? await frameOf(head, read, size) : undefined;
  return { content, head, tail, ...(dimensions !== undefined && { dimensions }) };
}

/** Of a JPEG whose head does not say; undefined of all others. */
async function frameOf(head: Uint8Array, read: ReadBytes, size: number): Promise<Dimensions | null | undefined> {
  if (head[0] !== 0xff || head[1] !== 0xd8) return undefined;
  let walk = walkJpeg(head, 2);
  if ('width' in walk) return undefined;
  for (let reads = 0; 'next' in walk && walk.next !== null && reads < MOST_READS; reads += 1) {
    const at: number = walk.next;
    if (at + FRAME_BYTES > size) return null;
    const onwards = walkJpeg(await read(at, Math.min(size, at + STEP_BYTES)), 0);
    walk = 'next' in onwards && onwards.next !== null ? { next: at + onwards.next } : onwards;
  }
  return 'width' in walk ? walk : null;
}
