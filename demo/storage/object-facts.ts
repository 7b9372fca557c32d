import { isRecord } from './xml.ts';

/** One file with bytes of an object. */
export interface Piece {
  /** Path under the folder of the bucket. */
  readonly file: string;
  readonly size: number;
}

/** What is kept beside the bytes of an object. */
export interface ObjectFacts {
  readonly key: string;
  readonly size: number;
  readonly type: string;
  /** The ETag: MD5 in hex; of an object in parts the MD5 of their MD5s, and `-N`. */
  readonly md5: string;
  /** base64; of an object in parts the SHA-256 of their SHA-256s, and `-N`. */
  readonly sha256: string;
  /** ms since epoch */
  readonly modified: number;
  /** `x-amz-meta-*` without the prefix. */
  readonly meta: Readonly<Record<string, string>>;
  /** Where the bytes are: one file, or one per part, in order. */
  readonly pieces: readonly Piece[];
}

/** Null where the text was not written by this store. */
export function readFacts(text: string): ObjectFacts | null {
  const found = readRecord(text);
  if (!found) return null;
  const { key, size, type, md5, sha256, modified } = found;
  const [meta, pieces] = [readMeta(found.meta), readPieces(found)];
  const isWhole =
    typeof key === 'string' &&
    typeof size === 'number' &&
    typeof type === 'string' &&
    typeof md5 === 'string' &&
    typeof sha256 === 'string' &&
    typeof modified === 'number' &&
    meta &&
    pieces;
  return isWhole ? { key, size, type, md5, sha256, modified, meta, pieces } : null;
}

export function readRecord(text: string): Record<string, unknown> | null {
  try {
    const found: unknown = JSON.parse(text);
    return isRecord(found) ? found : null;
  } catch {
    return null;
  }
}

export function readMeta(found: unknown): Record<string, string> | null {
  if (!isRecord(found)) return null;
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function readPieces({ pieces, file, size }: Record<string, unknown>): Piece[] | null {
  // Before there were parts, an object named its one file.
  const found: unknown = pieces ?? [{ file: `objects/${file}`, size }];
  return Array.isArray(found) && found.length > 0 && found.every(isPiece) ? found : null;
}

function isPiece(found: unknown): found is Piece {
  if (!isRecord(found)) return false;
  const { file, size } = found;
  return (
    typeof file === 'string' &&
    /^(objects\/[0-9a-f-]+\.bytes|uploads\/[0-9a-f]+\/[0-9a-f-]+\.part)$/.test(file) &&
    typeof size === 'number'
  );
}
