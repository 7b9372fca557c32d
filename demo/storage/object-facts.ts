import { isRecord } from './xml.ts';

/** What is kept beside the bytes of an object. */
export interface ObjectFacts {
  readonly key: string;
  readonly size: number;
  readonly type: string;
  /** MD5 in hex: the ETag. */
  readonly md5: string;
  /** base64 */
  readonly sha256: string;
  /** ms since epoch */
  readonly modified: number;
  /** `x-amz-meta-*` without the prefix. */
  readonly meta: Readonly<Record<string, string>>;
  /** Name of the file with the bytes. */
  readonly file: string;
}

/** Null where the text was not written by this store. */
export function readFacts(text: string): ObjectFacts | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(found)) return null;
  const { key, size, type, md5, sha256, modified, meta, file } = found;
  const isWhole =
    typeof key === 'string' &&
    typeof size === 'number' &&
    typeof type === 'string' &&
    typeof md5 === 'string' &&
    typeof sha256 === 'string' &&
    typeof modified === 'number' &&
    typeof file === 'string' &&
    /^[0-9a-f-]+\.bytes$/.test(file) &&
    isRecord(meta);
  if (!isWhole) return null;
  const texts = Object.entries(meta).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { key, size, type, md5, sha256, modified, meta: Object.fromEntries(texts), file };
}
