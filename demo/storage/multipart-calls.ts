import { type Answer, empty, xml } from './answer.ts';
import type { Bucket } from './bucket.ts';
import { checksumOf } from './part.ts';
import { metaOf, typeOf } from './receive.ts';
import { param, type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';
import { document, element, group } from './xml.ts';

const MAX_PARTS_SHOWN = 1000;

/** What answers say of an upload that was begun with a checksum. */
export const CHECKSUMS = { 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-type': 'COMPOSITE' };

/** `POST /bucket/key?uploads`. */
export async function createUpload(request: S3Request, bucket: Bucket, now: () => number): Promise<Answer> {
  for (const [name, only] of Object.entries(CHECKSUMS)) {
    const found = setting(request, name);
    if (found !== undefined && found !== only) throw new S3Error('NotImplemented', `${name} can only be ${only}.`);
  }
  const { facts } = await bucket.uploads.create({
    key: request.key,
    type: typeOf(request),
    meta: metaOf(request),
    hasChecksums: setting(request, 'x-amz-checksum-algorithm') !== undefined,
    initiated: now(),
  });
  const names = element('Bucket', bucket.name) + element('Key', facts.key) + element('UploadId', facts.id);
  return xml(document('InitiateMultipartUploadResult', names), facts.hasChecksums ? CHECKSUMS : {});
}

/** `DELETE /bucket/key?uploadId=…`. */
export async function abortUpload(request: S3Request, bucket: Bucket): Promise<Answer> {
  const upload = bucket.uploads.get(request.key, param(request, 'uploadId') ?? '');
  await bucket.uploads.change(upload, async () => {
    bucket.uploads.forget(upload);
    await upload.remove();
  });
  return empty(204);
}

/** `GET /bucket/key?uploadId=…`. */
export function listParts(request: S3Request, bucket: Bucket): Answer {
  const { facts, parts } = bucket.uploads.get(request.key, param(request, 'uploadId') ?? '');
  const [after, limit] = [count(request, 'part-number-marker', 0), count(request, 'max-parts', MAX_PARTS_SHOWN)];
  const following = parts.filter(({ number }) => number > after);
  const shown = following.slice(0, Math.min(limit, MAX_PARTS_SHOWN));
  const isTruncated = shown.length > 0 && shown.length < following.length;
  return xml(
    document(
      'ListPartsResult',
      element('Bucket', bucket.name) +
        element('Key', facts.key) +
        element('UploadId', facts.id) +
        element('StorageClass', 'STANDARD') +
        (facts.hasChecksums ? element('ChecksumAlgorithm', 'SHA256') + element('ChecksumType', 'COMPOSITE') : '') +
        element('PartNumberMarker', after) +
        (isTruncated ? element('NextPartNumberMarker', shown.at(-1)?.number ?? after) : '') +
        element('MaxParts', Math.min(limit, MAX_PARTS_SHOWN)) +
        element('IsTruncated', isTruncated) +
        shown
          .map((part) =>
            group(
              'Part',
              element('PartNumber', part.number) +
                element('LastModified', new Date(part.modified).toISOString()) +
                element('ETag', `"${part.md5}"`) +
                element('Size', part.size) +
                element('ChecksumSHA256', checksumOf(part)),
            ),
          )
          .join(''),
    ),
  );
}

/** Fails with InvalidArgument. */
export function count(request: S3Request, name: string, absent: number): number {
  const text = param(request, name);
  if (text === undefined) return absent;
  if (!/^\d{1,9}$/.test(text)) throw new S3Error('InvalidArgument', `${name} is no number.`);
  return Number(text);
}
