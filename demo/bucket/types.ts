import type { Grant, PostGrant, PutGrant } from '../../src/contract/index.ts';

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

/** An upload that was begun and neither completed nor aborted. */
export interface OpenMultipart {
  readonly key: string;
  readonly uploadId: string;
  readonly initiated: Date;
}

/** Any S3. "Gone" (null) is never confused with "not reachable" (Problem store_down). */
export interface Storage {
  readonly origin: string;
  /** How many requests serve a page best at a time. */
  readonly requests: number;
  /** Whether the doctor has cleared it: else no grant is given. */
  readonly isCleared: boolean;
  /** Signs a PUT for exactly these bytes; no overwrite. Fails with bucket_unsafe where the doctor has not cleared the bucket. */
  grantPut(object: ObjectToStore, seconds: number): Promise<PutGrant>;
  /** The same, as a form where that is accepted, the file is small and the doctor has cleared the bucket for forms. */
  grantFile(object: ObjectToStore, seconds: number, acceptsForms?: boolean): Promise<Grant>;
  /** Signs a GET that downloads as `name` (attachment, octet-stream). */
  signGet(key: string, name: string, seconds: number): Promise<{ url: string; expiresAt: Date }>;
  head(key: string): Promise<StoredObject | null>;
  /** Bytes first..last (inclusive), fewer where the object is shorter. Fails with not_stored_yet where it is gone. */
  read(key: string, first: number, last: number): Promise<Uint8Array>;
  remove(key: string): Promise<void>;
  /** Opens a multipart upload with SHA-256 per part; answers the store's name for it. Fails with bucket_unsafe as grantPart does. */
  createMultipart(key: string, type: string): Promise<string>;
  /** Signs one part for exactly these bytes. Fails with bucket_unsafe where the doctor has not cleared the bucket for parts. */
  grantPart(part: PartToStore, seconds: number): Promise<PutGrant>;
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

/** What else the doctor saw a safe bucket do. */
export interface Ways {
  /** Files may travel in parts. */
  readonly parts?: boolean;
  /** Small files may travel as forms. */
  readonly forms?: boolean;
  /** Requests at a time. */
  readonly requests?: number;
}

/** The storage as its operator and the doctor see it. */
export interface Bucket extends Storage {
  /** Opens the bucket for grants, bound in the way that the doctor saw working, and for parts; null shuts it. It starts shut. */
  clear(binding: Binding | null, ways?: Ways): void;
  /** A grant that no doctor has to have cleared: for the doctor alone, who may also date it back. Seconds. */
  signPut(object: ObjectToStore, seconds: number, binding: Binding, age?: number): Promise<PutGrant>;
  /** The same as a form. */
  signForm(object: ObjectToStore, seconds: number, age?: number): Promise<PostGrant>;
  /** The same for a part, and for the upload that it is of. */
  signPart(part: PartToStore, seconds: number, binding: Binding): Promise<PutGrant>;
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
