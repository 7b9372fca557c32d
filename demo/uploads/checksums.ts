import { createHash } from 'node:crypto';
import { partCount } from '../../src/contract/index.ts';
import type { Storage } from '../bucket/storage.ts';

/** All checksums here are SHA-256 in base64. */

const READ_BYTES = 8 * 1024 * 1024;

/** What S3 makes of the checksums of parts, in order. */
export function compositeOf(sums: readonly string[]): string {
  const hash = createHash('sha256');
  for (const sum of sums) hash.update(Buffer.from(sum, 'base64'));
  return hash.digest('base64');
}

/** Stores that keep no checksum: the broker reads the whole object, a piece at a time; composite where it is in parts. */
export async function sumObject(
  storage: Storage,
  {
    objectKey,
    size,
    partBytes,
  }: { readonly objectKey: string; readonly size: number; readonly partBytes: number | null },
): Promise<string> {
  if (partBytes === null) return sumBytes(storage, objectKey, 0, size);
  const sums: string[] = [];
  for (let part = 0; part < partCount(size, partBytes); part++) {
    sums.push(await sumBytes(storage, objectKey, part * partBytes, Math.min((part + 1) * partBytes, size)));
  }
  return compositeOf(sums);
}

async function sumBytes(storage: Storage, key: string, from: number, end: number): Promise<string> {
  const hash = createHash('sha256');
  for (let at = from; at < end; at += READ_BYTES) {
    hash.update(await storage.read(key, at, Math.min(at + READ_BYTES, end) - 1));
  }
  return hash.digest('base64');
}
