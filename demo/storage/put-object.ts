import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type Answer, empty } from './answer.ts';
import { BodyCheck } from './body-check.ts';
import { alreadyThere, type Bucket } from './bucket.ts';
import { type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';

/** `PUT /bucket/key`. The object exists from the answer on, whole and synced, or not at all. */
export async function putObject(
  request: S3Request,
  message: IncomingMessage,
  bucket: Bucket,
  payloadHash: string,
  now: () => number,
): Promise<Answer> {
  const ifAbsent = request.headers.get('if-none-match') === '*';
  if (request.headers.has('content-encoding')) throw new S3Error('NotImplemented', 'Encoded bodies are not read here.');
  const check = new BodyCheck(request, payloadHash);
  if (ifAbsent && bucket.find(request.key)) throw alreadyThere();

  const { path, file } = await bucket.openTemporary();
  try {
    // A fault of ours must leave the connection open for its answer.
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      check.update(chunk);
      await file.writeFile(chunk);
    }
    const { size, md5, sha256 } = check.finish();
    await file.sync();
    await file.close();
    const type = request.headers.get('content-type') ?? 'binary/octet-stream';
    await bucket.keep(
      path,
      { key: request.key, size, type, md5, sha256, modified: now(), meta: meta(request) },
      ifAbsent,
    );
    const echoes = setting(request, 'x-amz-checksum-sha256') === undefined ? {} : { 'x-amz-checksum-sha256': sha256 };
    return empty(200, { etag: `"${md5}"`, ...echoes });
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
}

const META = 'x-amz-meta-';

function meta(request: S3Request): Record<string, string> {
  const settings = [...request.query, ...request.headers];
  return Object.fromEntries(
    settings.flatMap(([name, value]) => {
      const lower = name.toLowerCase();
      return lower.startsWith(META) ? [[lower.slice(META.length), value] as const] : [];
    }),
  );
}
