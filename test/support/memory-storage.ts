import { createHash, randomUUID } from 'node:crypto';
import { Problem } from '../../demo/base/problem.ts';
import type { PartToStore, Storage, StoredObject, StoredPart } from '../../demo/bucket/storage.ts';
import { HTTP1_REQUESTS, type PutGrant } from '../../src/contract/index.ts';

interface Kept extends StoredObject {
  readonly bytes: Uint8Array;
}

interface KeptPart extends StoredPart {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

interface Multipart {
  readonly key: string;
  readonly type: string;
  readonly parts: Map<number, KeptPart>;
}

const SMALLEST_PART = 5 * 1024 * 1024;

/** Keeps objects in memory and holds to each grant as an S3 store would. For tests of SQL and time, not of storage. */
export class MemoryStorage implements Storage {
  readonly origin = 'https://storage.example';
  readonly requests = HTTP1_REQUESTS;
  isCleared = true;
  readonly objects = new Map<string, Kept>();
  /** By the store's name for each: open ones only. */
  readonly multiparts = new Map<string, Multipart>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async grantPut(object: Parameters<Storage['grantPut']>[0], seconds: number): Promise<PutGrant> {
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

  grantFile(object: Parameters<Storage['grantPut']>[0], seconds: number): Promise<PutGrant> {
    return this.grantPut(object, seconds);
  }

  async grantPart({ key, uploadId, number, size, sha256 }: PartToStore, seconds: number): Promise<PutGrant> {
    return {
      method: 'PUT',
      url: `${this.origin}/bucket/${key}?partNumber=${number}&uploadId=${uploadId}`,
      headers: { 'content-length': String(size), 'x-amz-checksum-sha256': sha256 },
      expires_at: new Date(this.#now() + seconds * 1000).toISOString(),
    };
  }

  /** The browser's part: answers the status that the store would. */
  put(grant: PutGrant, bytes: Uint8Array): number {
    const { pathname, searchParams } = new URL(grant.url);
    const key = pathname.slice('/bucket/'.length);
    const sha256 = sha256Of(bytes);
    if (this.#now() >= Date.parse(grant.expires_at)) return 403;
    if (String(bytes.byteLength) !== grant.headers['content-length']) return 403;
    if (sha256 !== grant.headers['x-amz-checksum-sha256']) return 400;
    const size = bytes.byteLength;
    const uploadId = searchParams.get('uploadId');
    if (uploadId !== null) {
      const number = Number(searchParams.get('partNumber'));
      const multipart = this.#open(key, uploadId);
      multipart?.parts.set(number, { number, size, etag: `"${sha256}"`, sha256, bytes });
      return multipart ? 200 : 404;
    }
    if (this.objects.has(key)) return 412;
    this.objects.set(key, { bytes, sha256, size, type: grant.headers['content-type'] ?? '' });
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
    if (!kept) throw new Problem('not_stored_yet');
    return kept.bytes.slice(first, last + 1);
  }

  async remove(key: string): Promise<void> {
    this.objects.delete(key);
  }

  async createMultipart(key: string, type: string): Promise<string> {
    const uploadId = randomUUID();
    this.multiparts.set(uploadId, { key, type, parts: new Map() });
    return uploadId;
  }

  async listParts(key: string, uploadId: string): Promise<readonly StoredPart[] | null> {
    const multipart = this.#open(key, uploadId);
    if (!multipart) return null;
    const parts = [...multipart.parts.values()].sort((a, b) => a.number - b.number);
    return parts.map(({ number, size, etag, sha256 }) => ({ number, size, etag, sha256 }));
  }

  /** Fails, as the store answers 400, where a part is missing, another one, or too small. */
  async completeMultipart(
    key: string,
    uploadId: string,
    wanted: readonly StoredPart[],
  ): Promise<'done' | 'gone' | 'taken'> {
    const multipart = this.#open(key, uploadId);
    if (!multipart) return 'gone';
    const parts = wanted.map(({ number, etag, sha256 }) => {
      const part = multipart.parts.get(number);
      if (part?.etag !== etag || part.sha256 !== sha256)
        throw new Problem('store_down', { cause: `completion without part ${number}` });
      return part;
    });
    if (parts.slice(0, -1).some(({ size }) => size < SMALLEST_PART))
      throw new Problem('store_down', { cause: 'completion with a small part' });
    if (this.objects.has(key)) return 'taken';
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    const sha256 = sha256Of(Buffer.concat(parts.map((part) => Buffer.from(part.sha256, 'base64'))));
    this.objects.set(key, { bytes, sha256, size: bytes.byteLength, type: multipart.type });
    this.multiparts.delete(uploadId);
    return 'done';
  }

  async abortMultipart(key: string, uploadId: string): Promise<void> {
    if (this.#open(key, uploadId)) this.multiparts.delete(uploadId);
  }

  async listMultiparts(key: string): Promise<readonly string[]> {
    return [...this.multiparts].flatMap(([uploadId, multipart]) => (multipart.key === key ? [uploadId] : []));
  }

  #open(key: string, uploadId: string): Multipart | undefined {
    const found = this.multiparts.get(uploadId);
    return found?.key === key ? found : undefined;
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');
