import { type Answer, xml } from './answer.ts';
import type { Bucket } from './bucket.ts';
import { count } from './multipart-calls.ts';
import { param, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Upload } from './upload.ts';
import { document, element, group } from './xml.ts';

const MAX_UPLOADS = 1000;

/** `GET /bucket?uploads`: the open ones by key, then by id. */
export function listUploads(request: S3Request, bucket: Bucket): Answer {
  const prefix = param(request, 'prefix') ?? '';
  const [keyMarker, idMarker] = [param(request, 'key-marker') ?? '', param(request, 'upload-id-marker') ?? ''];
  const encoding = param(request, 'encoding-type');
  if (encoding !== undefined && encoding !== 'url')
    throw new S3Error('InvalidArgument', 'encoding-type can only be url.');
  const limit = Math.min(count(request, 'max-uploads', MAX_UPLOADS), MAX_UPLOADS);
  const isAfter = ({ facts: { key, id } }: Upload) => {
    const order = compare(key, keyMarker);
    return order > 0 || (order === 0 && idMarker !== '' && id > idMarker);
  };
  const following = bucket.uploads
    .all()
    .filter((upload) => upload.facts.key.startsWith(prefix) && isAfter(upload))
    .sort(({ facts: a }, { facts: b }) => compare(a.key, b.key) || (a.id < b.id ? -1 : 1));
  const shown = following.slice(0, limit);
  const last = shown.length < following.length ? shown.at(-1)?.facts : undefined;
  const text = (found: string) => (encoding === 'url' ? encodeURIComponent(found).replaceAll('%2F', '/') : found);
  return xml(
    document(
      'ListMultipartUploadsResult',
      element('Bucket', bucket.name) +
        element('Prefix', text(prefix)) +
        element('KeyMarker', text(keyMarker)) +
        element('UploadIdMarker', idMarker) +
        (last ? element('NextKeyMarker', text(last.key)) + element('NextUploadIdMarker', last.id) : '') +
        element('MaxUploads', limit) +
        (encoding ? element('EncodingType', encoding) : '') +
        element('IsTruncated', last !== undefined) +
        shown.map(({ facts }) => row(facts, text(facts.key))).join(''),
    ),
  );
}

const row = ({ id, initiated, hasChecksums }: Upload['facts'], key: string): string =>
  group(
    'Upload',
    element('Key', key) +
      element('UploadId', id) +
      element('Initiated', new Date(initiated).toISOString()) +
      element('StorageClass', 'STANDARD') +
      (hasChecksums ? element('ChecksumAlgorithm', 'SHA256') + element('ChecksumType', 'COMPOSITE') : ''),
  );

/** In the order of their UTF-8 bytes, as S3 lists keys. */
const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
