import type { IncomingMessage } from 'node:http';
import { type Answer, empty } from './answer.ts';
import type { Bucket } from './bucket.ts';
import { receive, stored } from './receive.ts';
import { param, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';

const MAX_PARTS = 10_000;

/** `PUT /bucket/key?partNumber=…&uploadId=…`. Sent again, a part takes the place of the one before. */
export function uploadPart(
  request: S3Request,
  message: IncomingMessage,
  bucket: Bucket,
  payloadHash: string,
  now: () => number,
): Promise<Answer> {
  const number = readPartNumber(param(request, 'partNumber') ?? '');
  const upload = bucket.uploads.get(request.key, param(request, 'uploadId') ?? '');
  return receive(
    request,
    message,
    bucket,
    payloadHash,
    () => {},
    async (temporary, digests) => {
      const sha256 = Buffer.from(digests.sha256, 'base64').toString('hex');
      const part = { number, size: digests.size, md5: digests.md5, sha256, modified: now() };
      await bucket.uploads.change(upload, () => upload.keep(temporary, part));
      return empty(200, stored(request, digests));
    },
  );
}

/** Fails with InvalidArgument. */
export function readPartNumber(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number >= 1 && number <= MAX_PARTS) return number;
  throw new S3Error('InvalidArgument', `A part number is a whole number from 1 to ${MAX_PARTS}.`);
}
