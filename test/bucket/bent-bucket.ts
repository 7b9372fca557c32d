import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { Problem } from '../../demo/base/problem.ts';
import type { Check } from '../../demo/bucket/doctor.ts';
import { type Bucket, createStorage } from '../../demo/bucket/storage.ts';
import { CREDENTIALS, REGION, startTestStore, type TestStore } from '../storage/support.ts';

export const PAGES = ['http://localhost:8080', 'https://www.example.com'];
export const OBJECT = {
  key: 'in/1',
  size: 1,
  type: 'image/png',
  sha256: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
};

type Fetch = typeof fetch;
export interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

export type Bend = (call: Call, send: (change?: RequestInit) => Promise<Response>) => Promise<Response>;

/** A bucket whose store is bent on its way: the rest of it is the real one. */
export async function bentBucket(t: TestContext, bend: Bend) {
  const store = await startTestStore(t);
  const bent: Fetch = (input, init = {}) => {
    const { method = 'GET', headers = {}, body = null } = init;
    const call = {
      url: String(input),
      method,
      headers: headers as Record<string, string>,
      body: body as Uint8Array | null,
    };
    return bend(call, (change = {}) => fetch(input, { ...init, ...change }));
  };
  return { store, bucket: bucketOf(store, bent) };
}

export const bucketOf = (store: TestStore, fetch: Fetch = globalThis.fetch, bucket = 'uploads'): Bucket =>
  createStorage({ endpoint: store.url, region: REGION, bucket, ...CREDENTIALS }, { now: () => store.clock, fetch });

export const failed = (checks: readonly Check[]) => checks.filter(({ ok }) => !ok).map(({ name }) => name);

export async function isCleared(bucket: Bucket): Promise<boolean> {
  return bucket.grantPut(OBJECT, 60).then(
    () => true,
    (error: unknown) => {
      assert.ok(error instanceof Problem && error.code === 'bucket_unsafe');
      return false;
    },
  );
}

export async function leftIn(bucket: Bucket): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list('')) keys.push(key);
  for await (const { key } of bucket.openMultiparts('')) keys.push(key);
  return keys;
}

export async function isClearedForParts(bucket: Bucket): Promise<boolean> {
  const part = { key: 'in/1', uploadId: 'id', number: 1, size: 1, sha256: OBJECT.sha256 };
  const tries = await Promise.allSettled([bucket.grantPart(part, 60), bucket.createMultipart('in/1', 'image/png')]);
  const unsafe = tries.filter((one) => one.status === 'rejected' && one.reason.code === 'bucket_unsafe');
  assert.notEqual(unsafe.length, 1, 'what cannot be granted is not begun either');
  return unsafe.length === 0;
}

/** S3's code in an answer, which can still be read afterwards. */
export const codeOf = async (response: Response) => /<Code>(\w+)</.exec(await response.clone().text())?.[1];
export const yes = () => new Response(null, { status: 200 });
