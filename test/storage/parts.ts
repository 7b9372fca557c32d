import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { BUCKET, md5, sha256, type TestStore } from './support.ts';

/** Uploads in parts as an independent client makes them. */

export const MIB = 1024 ** 2;
const Bucket = BUCKET;
export const BODY = randomBytes(11 * MIB);
export const PARTS = [BODY.subarray(0, 5 * MIB), BODY.subarray(5 * MIB, 10 * MIB), BODY.subarray(10 * MIB)];

export const begin = async ({ sdk }: TestStore, Key: string, more = {}) => {
  const begun = await sdk.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'SHA256', ...more }));
  return begun.UploadId ?? '';
};
export const send = async ({ sdk }: TestStore, Key: string, UploadId: string, PartNumber: number, Body: Uint8Array) => {
  const { ETag, ChecksumSHA256 } = await sdk.send(
    new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: 'SHA256' }),
  );
  return { PartNumber, ETag, ChecksumSHA256 };
};
export const sendAll = async (
  store: TestStore,
  Key: string,
  UploadId: string,
  bodies = PARTS,
): Promise<CompletedPart[]> => {
  const parts: CompletedPart[] = [];
  for (const [index, body] of bodies.entries()) parts.push(await send(store, Key, UploadId, index + 1, body));
  return parts;
};
export const complete = ({ sdk }: TestStore, Key: string, UploadId: string, Parts: CompletedPart[], more = {}) =>
  sdk.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));
export const bytesOf = async ({ sdk }: TestStore, Key: string, more = {}) => {
  const { Body } = await sdk.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

export async function refusal(act: Promise<unknown>): Promise<[number | undefined, string]> {
  const error: unknown = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof S3ServiceException, `the call is refused: ${error}`);
  return [error.$metadata.httpStatusCode, error.name];
}

export const composite = (bodies: readonly Uint8Array[]) =>
  `${sha256(Buffer.concat(bodies.map((body) => createHash('sha256').update(body).digest())))}-${bodies.length}`;
export const etag = (bodies: readonly Uint8Array[]) => {
  const whole = md5(Buffer.concat(bodies.map((body) => createHash('md5').update(body).digest())));
  return `"${Buffer.from(whole, 'base64').toString('hex')}-${bodies.length}"`;
};

/** Paths under the data folder. */
export const filesOnDisk = ({ dataDir }: Pick<TestStore, 'dataDir'>): string[] =>
  readdirSync(join(dataDir, 'buckets'), { recursive: true, encoding: 'utf8' }).sort();
