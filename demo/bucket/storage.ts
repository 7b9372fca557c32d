import * as v from 'valibot';
import { type Grant, Sha256 } from '../../src/contract/index.ts';
import { Problem } from '../problem.ts';
import { bytes, codeOf, finish, hear, textOf, unexpected } from './answers.ts';
import { boundTo, Multipart } from './multipart.ts';
import type { OpenMultipart } from './multipart-xml.ts';
import { type BucketConfig, S3, type S3Ports } from './s3.ts';
import { contentMd5, corsXml, locationXml, readListing } from './xml.ts';

/** The bytes that one PUT may carry. */
export interface ObjectToStore {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
  /** base64 */
  readonly sha256: string;
}

export interface StoredObject {
  readonly size: number;
  readonly type: string;
  /** base64; the composite (SHA-256 of the parts' SHA-256) after a multipart upload; null where the store keeps none. */
  readonly sha256: string | null;
}

/** One part of a multipart upload, as it may be sent. */
export interface PartToStore {
  readonly key: string;
  /** The store's own name for the upload. */
  readonly uploadId: string;
  /** 1 to 10,000. */
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  /** base64 */
  readonly sha256: string;
}

export interface StoredPart {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  /** base64; null where the store keeps no checksum. */
  readonly sha256: string | null;
}

/** Any S3. "Gone" (null) is never confused with "not reachable" (Problem store_down). */
export interface Storage {
  readonly origin: string;
  /** Signs a PUT for exactly these bytes; no overwrite. Fails with bucket_unsafe where the doctor has not cleared the bucket. */
  grantPut(object: ObjectToStore, seconds: number): Promise<Grant>;
  /** Signs a GET that downloads as `name` (attachment, octet-stream). */
  signGet(key: string, name: string, seconds: number): Promise<{ url: string; expiresAt: Date }>;
  head(key: string): Promise<StoredObject | null>;
  /** Bytes first..last (inclusive), fewer where the object is shorter. Fails with not_stored_yet where it is gone. */
  read(key: string, first: number, last: number): Promise<Uint8Array>;
  remove(key: string): Promise<void>;
  /** Opens a multipart upload with SHA-256 per part; answers the store's name for it. Fails with bucket_unsafe as grantPart does. */
  createMultipart(key: string, type: string): Promise<string>;
  /** Signs one part for exactly these bytes. Fails with bucket_unsafe where the doctor has not cleared the bucket for parts. */
  grantPart(part: PartToStore, seconds: number): Promise<Grant>;
  /** Every part that is stored, in order (all pages); null where the store does not know the upload (any more). */
  listParts(key: string, uploadId: string): Promise<readonly StoredPart[] | null>;
  /** Puts the parts together, without overwriting: `gone` where the upload is not there (any more), `taken` where the key is. */
  completeMultipart(key: string, uploadId: string, parts: readonly StoredPart[]): Promise<'done' | 'gone' | 'taken'>;
  /** Again is fine. */
  abortMultipart(key: string, uploadId: string): Promise<void>;
  /**
   * Names of all multipart uploads of exactly this key (ListMultipartUploads with the key as prefix): a broker that died
   * between opening one and writing it down finds it again here.
   */
  listMultiparts(key: string): Promise<readonly string[]>;
}

/**
 * What makes the store refuse other bytes. `checksum`: the signed `x-amz-checksum-sha256` (AWS, Ceph 20, our own).
 * `payload`: the signed `x-amz-content-sha256` too, for stores that ignore the first (Ceph 16 and 18).
 */
export type Binding = 'checksum' | 'payload';

/** The storage as its operator and the doctor see it. */
export interface Bucket extends Storage {
  /** Opens the bucket for grants, bound in the way that the doctor saw working, and for parts; null shuts it. It starts shut. */
  clear(binding: Binding | null, takesParts?: boolean): void;
  /** A grant that no doctor has to have cleared: for the doctor alone, who may also date it back. Seconds. */
  signPut(object: ObjectToStore, seconds: number, binding: Binding, age?: number): Promise<Grant>;
  /** The same for a part, and for the upload that it is of. */
  signPart(part: PartToStore, seconds: number, binding: Binding): Promise<Grant>;
  beginMultipart(key: string, type: string): Promise<string>;
  /** Every upload in parts under this prefix that was neither completed nor aborted. */
  openMultiparts(prefix: string): AsyncGenerator<OpenMultipart>;
  /** Every key with this prefix, in order. */
  list(prefix: string): AsyncGenerator<{ readonly key: string; readonly size: number }>;
  /** Makes the bucket where it is missing. */
  ensure(): Promise<void>;
  /** Lets pages of exactly these origins use grants. */
  putBucketCors(origins: readonly string[]): Promise<void>;
  /** Where a key is, without a signature. */
  address(key: string): string;
  /** One call as a page would make it, with no signature of ours. Fails with store_down. */
  call(url: string, init: RequestInit): Promise<Response>;
}

export function createStorage(config: BucketConfig, ports: S3Ports): Bucket {
  const s3 = new S3(config, ports);
  const multipart = new Multipart(s3);
  let cleared: Binding | null = null;
  let clearedForParts: Binding | null = null;
  const orUnsafe = (binding: Binding | null): Binding => {
    if (binding === null) throw new Problem('bucket_unsafe');
    return binding;
  };

  const signPut: Bucket['signPut'] = async ({ key, size, type, sha256 }, seconds, binding, age = 0) => {
    const headers = {
      'content-type': type,
      'if-none-match': '*',
      ...boundTo(sha256, binding),
      ...(binding === 'payload' && {
        'x-amz-meta-sha256': sha256, // Such a store keeps no checksum: `head` finds it here.
        'x-amz-acl': 'private', // It also takes unsigned headers: nobody shall add public-read.
      }),
    };
    const { url, expiresAt } = await s3.presign('PUT', key, {
      // Signed, but not for the page to set: browsers take it from the body.
      headers: { ...headers, 'content-length': String(size) },
      seconds,
      age,
    });
    return { method: 'PUT', url, headers, expires_at: expiresAt.toISOString() };
  };

  const head: Bucket['head'] = async (key) => {
    const response = await s3.send('HEAD', key, { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    if (response.status === 404) {
      // A HEAD has no body to tell a missing key from a missing bucket.
      await finish(await s3.send('HEAD', ''), 200);
      return null;
    }
    await finish(response, 200);
    const sums = [response.headers.get('x-amz-checksum-sha256'), response.headers.get('x-amz-meta-sha256')];
    return {
      size: Number(response.headers.get('content-length')),
      type: response.headers.get('content-type') ?? '',
      sha256: sums.map(withoutCount).find((sum) => v.is(Sha256, sum)) ?? null,
    };
  };

  return {
    origin: s3.origin,
    clear(binding, takesParts = true) {
      cleared = binding;
      clearedForParts = takesParts ? binding : null;
    },
    signPut,
    grantPut: async (object, seconds) => signPut(object, seconds, orUnsafe(cleared)),
    signGet: (key, name, seconds) =>
      s3.presign('GET', key, {
        query: {
          'response-content-disposition': attachment(name),
          'response-content-type': 'application/octet-stream',
        },
        seconds,
      }),
    head,
    async read(key, first, last) {
      const response = await s3.send('GET', key, { headers: { range: `bytes=${first}-${last}` } });
      if (response.status === 416) return new Uint8Array(0); // An object of zero bytes has no range.
      if (response.status === 404) {
        const said = await hear(response);
        throw codeOf(said) === 'NoSuchKey' ? new Problem('not_stored_yet') : unexpected(said);
      }
      return bytes(response, 206);
    },
    async remove(key) {
      const response = await s3.send('DELETE', key);
      await finish(response, 200, 204);
    },
    beginMultipart: (key, type) => multipart.begin(key, type),
    async createMultipart(key, type) {
      orUnsafe(clearedForParts);
      return multipart.begin(key, type);
    },
    signPart: (part, seconds, binding) => multipart.sign(part, seconds, binding),
    grantPart: async (part, seconds) => multipart.sign(part, seconds, orUnsafe(clearedForParts)),
    listParts: (key, uploadId) => multipart.parts(key, uploadId),
    async completeMultipart(key, uploadId, parts) {
      const hasEnded = async () => (await multipart.parts(key, uploadId)) === null;
      // Ceph before 20 does not hear If-None-Match here, so a look goes first; keys are random, nobody races for one.
      if ((await head(key)) !== null) return (await hasEnded()) ? 'gone' : 'taken';
      try {
        return await multipart.complete(key, uploadId, parts);
      } catch (error) {
        // Ceph 16 answers 500 for an upload that was aborted; and an answer may be lost on its way.
        if (await hasEnded()) return 'gone';
        throw error;
      }
    },
    abortMultipart: (key, uploadId) => multipart.abort(key, uploadId),
    openMultiparts: (prefix) => multipart.open(prefix),
    async listMultiparts(key) {
      const ids: string[] = [];
      for await (const open of multipart.open(key)) if (open.key === key) ids.push(open.uploadId);
      return ids;
    },
    async *list(prefix) {
      let next: string | undefined;
      do {
        const token = next === undefined ? {} : { 'continuation-token': next };
        const response = await s3.send('GET', '', { query: { 'list-type': '2', prefix, ...token } });
        const page = readListing(textOf(await bytes(response, 200)));
        yield* page.objects;
        next = page.next;
      } while (next !== undefined);
    },
    async ensure() {
      const found = await s3.send('HEAD', '');
      if (found.status !== 404) return finish(found, 200);
      // AWS wants its region named everywhere but in us-east-1.
      let made = await s3.send('PUT', '', s3.region === 'us-east-1' ? {} : { body: locationXml(s3.region) });
      // Ceph calls its one place `default`, whatever region its clients sign for.
      if (made.status === 400) made = await s3.send('PUT', '');
      await finish(made, 200, 409); // 409: another process was faster.
    },
    async putBucketCors(origins) {
      const query = { cors: '' };
      if (origins.length === 0) return finish(await s3.send('DELETE', '', { query }), 200, 204);
      const body = corsXml(origins);
      await finish(await s3.send('PUT', '', { query, body, headers: { 'content-md5': contentMd5(body) } }), 200, 204);
    },
    address: (key) => s3.address(key),
    call: (url, init) => s3.call(url, init),
  };
}

/** RFC 6266: a plain name for old programs, the whole name beside it. */
function attachment(name: string): string {
  const safe = name.replace(/[\u0000-\u001f\u007f/\\]|\p{Surrogate}/gu, '_');
  const plain = safe.replace(/[^\x20-\x7e]|["%]/gu, '_');
  const whole = encodeURIComponent(safe).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** A composite checksum says of how many parts: `…=-12`. */
const withoutCount = (sum: string | null): string | undefined => sum?.replace(/-\d{1,5}$/, '');
