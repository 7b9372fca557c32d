import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Grant } from '../../src/contract/index.ts';
import { Problem } from '../problem.ts';
import type { Binding, Bucket, ObjectToStore } from './storage.ts';

/** What the storage said; status 0 where it gave no answer. */
export interface Answer {
  readonly status: number;
  /** S3's own word, `BadDigest`; empty where there is none. */
  readonly code: string;
}

export interface Sample {
  readonly object: ObjectToStore;
  readonly body: Uint8Array;
}

/** A name that can never be anybody's page (RFC 2606). */
export const FOREIGN_ORIGIN = 'https://foreign.invalid';
const GRANT_SECONDS = 60;
const SAMPLE_BYTES = 64;

/** The doctor's hands: makes samples, tries them, takes them away again. */
export class Bench {
  readonly #bucket: Bucket;
  #keys: readonly string[] = [];

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  sample(): Sample {
    const body = randomBytes(SAMPLE_BYTES);
    const key = `doctor/${randomUUID()}`;
    this.#keys = [...this.#keys, key];
    const sha256 = createHash('sha256').update(body).digest('base64');
    return { object: { key, size: body.byteLength, type: 'image/png', sha256 }, body };
  }

  grant({ object }: Sample, binding: Binding, age = 0): Promise<Grant> {
    return this.#bucket.signPut(object, GRANT_SECONDS, binding, age);
  }

  /** Uses a grant as a page would, but with these headers in place of, or beside, what was signed. */
  async put(grant: Grant, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const init = { method: 'PUT', headers: { ...grant.headers, ...headers }, body: new Uint8Array(body) };
    return this.call(grant.url, init);
  }

  async isStored({ object }: Sample): Promise<boolean> {
    return (await this.#bucket.head(object.key)) !== null;
  }

  async call(url: string, init: RequestInit): Promise<Answer> {
    try {
      const response = await this.#bucket.call(url, init);
      const code = /<Code>(\w{1,64})<\/Code>/.exec(await response.text())?.[1] ?? '';
      return { status: response.status, code };
    } catch (error) {
      if (error instanceof Problem && error.code === 'store_down') return { status: 0, code: '' };
      throw error;
    }
  }

  /** True where the bucket lets a page of this origin use a grant. */
  async letsIn(origin: string, grant: Grant): Promise<boolean> {
    const response = await this.#bucket.call(grant.url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': grant.method,
        'access-control-request-headers': Object.keys(grant.headers).join(','),
      },
    });
    await response.body?.cancel();
    return response.ok && [origin, '*'].includes(response.headers.get('access-control-allow-origin') ?? '');
  }

  /** False where something had to stay behind. */
  async tidy(): Promise<boolean> {
    const keys = this.#keys;
    this.#keys = [];
    const removed = await Promise.allSettled(keys.map((key) => this.#bucket.remove(key)));
    return removed.every(({ status }) => status === 'fulfilled');
  }
}

export const isRefusal = ({ status }: Answer): boolean => status >= 400 && status < 500;

export const said = ({ status, code }: Answer): string =>
  status === 0 ? 'not answered' : `answered ${status} ${code}`.trim();

export const otherBytes = (body: Uint8Array): Uint8Array => body.map((byte) => byte ^ 0xff);
