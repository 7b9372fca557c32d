import type { Grant } from '../../src/contract/index.ts';

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
  /** Bytes first..last (inclusive). */
  read(key: string, first: number, last: number): Promise<Uint8Array>;
  remove(key: string): Promise<void>;
}
