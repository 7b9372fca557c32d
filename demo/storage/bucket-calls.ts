import type { IncomingMessage } from 'node:http';
import { type Answer, empty, xml } from './answer.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { corsDocument, parseCors } from './cors.ts';
import { readDocument } from './read-document.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { document, element, group, parseDocument } from './xml.ts';

const MAX_DOCUMENT_BYTES = 64 * 1024;

export function listBuckets(buckets: Buckets): Answer {
  const all = buckets.names().map((name) => group('Bucket', element('Name', name)));
  return xml(document('ListAllMyBucketsResult', group('Buckets', all.join(''))));
}

export async function createBucket(
  request: S3Request,
  message: IncomingMessage,
  buckets: Buckets,
  payloadHash: string,
  region: string,
): Promise<Answer> {
  const body = await readDocument(request, message, payloadHash, MAX_DOCUMENT_BYTES);
  if (body !== '') {
    const wanted = parseDocument(body, 'CreateBucketConfiguration');
    if (!wanted) throw new S3Error('MalformedXML', 'The bucket configuration cannot be read.');
    if (wanted.LocationConstraint !== undefined && wanted.LocationConstraint !== region) {
      throw new S3Error('IllegalLocationConstraintException', `Buckets of this store are in ${region}.`);
    }
  }
  await buckets.create(request.bucket);
  return empty(200, { location: `/${request.bucket}` });
}

export async function putCors(
  request: S3Request,
  message: IncomingMessage,
  bucket: Bucket,
  payloadHash: string,
): Promise<Answer> {
  await bucket.setCors(parseCors(await readDocument(request, message, payloadHash, MAX_DOCUMENT_BYTES)));
  return empty(200);
}

export function getCors(bucket: Bucket): Answer {
  if (bucket.cors.length === 0) throw new S3Error('NoSuchCORSConfiguration', 'The bucket has no CORS configuration.');
  return xml(corsDocument(bucket.cors));
}

export async function removeCors(bucket: Bucket): Promise<Answer> {
  await bucket.setCors([]);
  return empty(204);
}

export const location = (region: string): Answer => xml(document('LocationConstraint', region));
