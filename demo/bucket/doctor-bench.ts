import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { PostGrant, PutGrant } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { Binding, Bucket, ObjectToStore } from './storage.ts';

/** One promise of the bucket, looked at. The detail says what was tried and seen, and what to do. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What the storage said; status 0 where it gave no answer. */
export interface Answer {
  readonly status: number;
  /** S3's own word, `BadDigest`; empty where there is none. */
  readonly code: string;
  /** Whose pages may read it, by its CORS header; empty where none may. */
  readonly readers: string;
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
  #uploads: readonly (readonly [key: string, uploadId: string])[] = [];

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

  grant({ object }: Sample, binding: Binding, age = 0): Promise<PutGrant> {
    return this.#bucket.signPut(object, GRANT_SECONDS, binding, age);
  }

  /** Begins an upload in parts under the sample's key. */
  async begin({ object }: Sample): Promise<string> {
    const uploadId = await this.#bucket.beginMultipart(object.key, object.type);
    this.#uploads = [...this.#uploads, [object.key, uploadId]];
    return uploadId;
  }

  /** A grant for the whole sample as part 1. */
  grantPart({ object: { key, size, sha256 } }: Sample, uploadId: string, binding: Binding): Promise<PutGrant> {
    return this.#bucket.signPart({ key, uploadId, number: 1, size, sha256 }, GRANT_SECONDS, binding);
  }

  /** Uses a grant as a page would, but with these headers in place of, or beside, what was signed. */
  async put(grant: PutGrant, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const init = { method: 'PUT', headers: { ...grant.headers, ...headers }, body: new Uint8Array(body) };
    return this.call(grant.url, init);
  }

  form({ object }: Sample, age = 0): Promise<PostGrant> {
    return this.#bucket.signForm(object, GRANT_SECONDS, age);
  }

  /** Sends a form as a page would, but with these fields in place of, or beside, what was signed; undefined leaves one out. */
  async post(
    grant: PostGrant,
    body: Uint8Array,
    changes: Readonly<Record<string, string | undefined>> = {},
    origin = FOREIGN_ORIGIN,
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...grant.fields, ...changes }))
      if (value !== undefined) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(body)]), 'file');
    return this.call(grant.url, { method: 'POST', body: form, headers: { origin } });
  }

  async isStored({ object }: Sample): Promise<boolean> {
    return (await this.#bucket.head(object.key)) !== null;
  }

  async call(url: string, init: RequestInit): Promise<Answer> {
    try {
      const response = await this.#bucket.call(url, init);
      const code = /<Code>(\w{1,64})<\/Code>/.exec(await response.text())?.[1] ?? '';
      const readers = response.headers.get('access-control-allow-origin') ?? '';
      return { status: response.status, code, readers };
    } catch (error) {
      if (error instanceof Problem && error.code === 'store_down') return { status: 0, code: '', readers: '' };
      throw error;
    }
  }

  /** True where the bucket lets a page of this origin use a grant. */
  async letsIn(origin: string, grant: PutGrant): Promise<boolean> {
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
    const [keys, uploads] = [this.#keys, this.#uploads];
    this.#keys = [];
    this.#uploads = [];
    const aborted = await Promise.allSettled(uploads.map(([key, id]) => this.#bucket.abortMultipart(key, id)));
    const removed = await Promise.allSettled(keys.map((key) => this.#bucket.remove(key)));
    return [...aborted, ...removed].every(({ status }) => status === 'fulfilled');
  }
}

export const isRefusal = ({ status }: Answer): boolean => status >= 400 && status < 500;

export const said = ({ status, code }: Answer): string =>
  status === 0 ? 'not answered' : `answered ${status} ${code}`.trim();

export const otherBytes = (body: Uint8Array): Uint8Array => body.map((byte) => byte ^ 0xff);

/** `fetch failed` says nothing; what it wraps does. */
export function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no answer';
  return cause.cause instanceof Error ? reason(cause.cause) : 'code' in cause ? String(cause.code) : cause.message;
}
