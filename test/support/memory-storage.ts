import { createHash } from 'node:crypto';
import type { Storage, StoredObject } from '../../demo/bucket/storage.ts';
import type { Grant } from '../../src/contract/index.ts';

interface Kept extends StoredObject {
  readonly bytes: Uint8Array;
}

/** Keeps objects in memory and holds to each grant as an S3 store would. For tests of SQL and time, not of storage. */
export class MemoryStorage implements Storage {
  readonly origin = 'https://storage.example';
  readonly objects = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async grantPut(object: Parameters<Storage['grantPut']>[0], seconds: number): Promise<Grant> {
    return {
      method: 'PUT',
      url: `${this.origin}/bucket/${object.key}`,
      headers: {
        'content-length': String(object.size),
        'content-type': object.type,
        'if-none-match': '*',
        'x-amz-checksum-sha256': object.sha256,
      },
      expires_at: new Date(this.#now() + seconds * 1000).toISOString(),
    };
  }

  /** The browser's part: answers the status that the store would. */
  put(grant: Grant, bytes: Uint8Array): number {
    const key = new URL(grant.url).pathname.slice('/bucket/'.length);
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    if (this.#now() >= Date.parse(grant.expires_at)) return 403;
    if (String(bytes.byteLength) !== grant.headers['content-length']) return 403;
    if (sha256 !== grant.headers['x-amz-checksum-sha256']) return 400;
    if (this.objects.has(key)) return 412;
    this.objects.set(key, { bytes, sha256, size: bytes.byteLength, type: grant.headers['content-type'] ?? '' });
    return 200;
  }

  async signGet(key: string, name: string, seconds: number): Promise<{ url: string; expiresAt: Date }> {
    const url = `${this.origin}/bucket/${key}?as=${encodeURIComponent(name)}`;
    return { url, expiresAt: new Date(this.#now() + seconds * 1000) };
  }

  async head(key: string): Promise<StoredObject | null> {
    return this.objects.get(key) ?? null;
  }

  async read(key: string, first: number, last: number): Promise<Uint8Array> {
    const kept = this.objects.get(key);
    if (!kept) throw new Error('read of an object that is not there');
    return kept.bytes.slice(first, last + 1);
  }

  async remove(key: string): Promise<void> {
    this.objects.delete(key);
  }
}
