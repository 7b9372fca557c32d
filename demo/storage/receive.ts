import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { BodyCheck, type Digests } from './body-check.ts';
import type { Bucket } from './bucket.ts';
import { type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';

/**
 * Writes a body to a temporary file, synced and held to everything that was signed, and gives it to `keep`. The file is
 * gone where a check or `keep` fails. `prepare` may refuse before the first byte is read, after the claims were read.
 */
export async function receive<T>(
  request: S3Request,
  message: IncomingMessage,
  bucket: Bucket,
  payloadHash: string,
  prepare: () => void,
  keep: (temporary: string, digests: Digests) => Promise<T>,
): Promise<T> {
  if (request.headers.has('content-encoding')) throw new S3Error('NotImplemented', 'Encoded bodies are not read here.');
  const check = new BodyCheck(request, payloadHash);
  prepare();
  // A fault of ours must leave the connection open for its answer.
  return keepBytes(message.iterator({ destroyOnReturn: false }), check, bucket, keep);
}

/** The same for bytes from anywhere. */
export async function keepBytes<T>(
  chunks: AsyncIterable<Buffer>,
  check: BodyCheck,
  bucket: Bucket,
  keep: (temporary: string, digests: Digests) => Promise<T>,
): Promise<T> {
  const { path, file } = await bucket.openTemporary();
  try {
    for await (const chunk of chunks) {
      check.update(chunk);
      await file.writeFile(chunk);
    }
    const digests = check.finish();
    await file.sync();
    await file.close();
    return await keep(path, digests);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
}

/** The headers that tell an uploader what was stored. */
export const stored = (request: S3Request, { md5, sha256 }: Digests): Record<string, string> => ({
  etag: `"${md5}"`,
  ...(setting(request, 'x-amz-checksum-sha256') !== undefined && { 'x-amz-checksum-sha256': sha256 }),
});

const META = 'x-amz-meta-';

/** `x-amz-meta-*` without the prefix. */
export function metaOf(request: S3Request): Record<string, string> {
  const settings = [...request.query, ...request.headers];
  return Object.fromEntries(
    settings.flatMap(([name, value]) => {
      const lower = name.toLowerCase();
      return lower.startsWith(META) ? [[lower.slice(META.length), value] as const] : [];
    }),
  );
}

export const typeOf = (request: S3Request): string => request.headers.get('content-type') ?? 'binary/octet-stream';
