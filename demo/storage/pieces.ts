import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ByteSource } from './answer.ts';
import type { ObjectFacts, Piece } from './object-facts.ts';
import type { Readers } from './readers.ts';

const CHUNK_BYTES = 256 * 1024;

/** What to remove when the object is gone: its file, or the folder of its parts. Under the folder of the bucket. */
export function placeOf({ pieces }: ObjectFacts): string {
  const file = pieces[0]?.file ?? '';
  const folder = dirname(file);
  return folder === 'objects' ? file : folder;
}

/** True where every piece is on disk with its size. */
export async function isWhole(folder: string, facts: ObjectFacts): Promise<boolean> {
  let size = 0;
  for (const piece of facts.pieces) {
    const found = await stat(join(folder, piece.file)).catch(() => null);
    if (found?.size !== piece.size) return false;
    size += piece.size;
  }
  return size === facts.size;
}

/** Bytes first..last (inclusive), which stay readable until the source is closed. One chunk is in memory at a time. */
export function sourceOf(
  folder: string,
  facts: ObjectFacts,
  [first, last]: readonly [number, number],
  readers: Readers,
): ByteSource {
  readers.enter(facts);
  return {
    chunks: () => read(folder, facts.pieces, first, last),
    close: () => readers.leave(facts),
  };
}

async function* read(
  folder: string,
  pieces: readonly Piece[],
  first: number,
  last: number,
): AsyncGenerator<Buffer, void, undefined> {
  let begin = 0;
  for (const { file, size } of pieces) {
    const [start, end] = [Math.max(first - begin, 0), Math.min(last - begin, size - 1)];
    if (start <= end) yield* createReadStream(join(folder, file), { start, end, highWaterMark: CHUNK_BYTES });
    begin += size;
    if (begin > last) return;
  }
}
