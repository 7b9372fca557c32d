import type { IncomingMessage } from 'node:http';
import { type Answer, empty } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { createBucket, getCors, listBuckets, location, putCors, removeCors } from './bucket-calls.ts';
import { completeUpload } from './complete-upload.ts';
import { getObject } from './get-object.ts';
import { type Kind, refuseUnknown } from './known.ts';
import { listObjects } from './list-objects.ts';
import { listUploads } from './list-uploads.ts';
import { abortUpload, createUpload, listParts } from './multipart-calls.ts';
import { isForm, postObject } from './post-object.ts';
import { putObject } from './put-object.ts';
import { param, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { StoreParts } from './store-parts.ts';
import { uploadPart } from './upload-part.ts';

/** From a request to its answer: first who signed it, then whether all of it is understood, then the call. */
export async function route(parts: StoreParts, request: S3Request, message: IncomingMessage): Promise<Answer> {
  if (isForm(request)) return postObject(parts, request, message);
  const { payloadHash } = authenticate(request, parts.credentials, parts.region, parts.now());
  if (request.bucket === '') {
    refuseUnknown(request, 'service');
    if (request.method !== 'GET' || request.key !== '') throw notAllowed();
    return listBuckets(parts.buckets);
  }
  return request.key === ''
    ? onBucket(parts, request, message, payloadHash)
    : onObject(parts, request, message, payloadHash);
}

async function onBucket(
  parts: StoreParts,
  request: S3Request,
  message: IncomingMessage,
  payloadHash: string,
): Promise<Answer> {
  const has = (name: string) => param(request, name) !== undefined;
  const kind = request.method === 'GET' && has('uploads') ? 'uploads' : isList(request) ? 'list' : 'bucket';
  refuseUnknown(request, kind);
  if (request.method === 'PUT' && !has('cors')) {
    return createBucket(request, message, parts.buckets, payloadHash, parts.region);
  }
  const bucket = parts.buckets.get(request.bucket);
  if (kind === 'list') return listObjects(request, bucket);
  if (kind === 'uploads') return listUploads(request, bucket);
  if (request.method === 'HEAD') return empty(200, { 'x-amz-bucket-region': parts.region });
  if (request.method === 'GET') return has('cors') ? getCors(bucket) : location(parts.region);
  if (request.method === 'PUT') return putCors(request, message, bucket, payloadHash);
  if (request.method === 'DELETE' && has('cors')) return removeCors(bucket);
  throw notAllowed();
}

const isList = (request: S3Request): boolean =>
  request.method === 'GET' && ['cors', 'location'].every((name) => param(request, name) === undefined);

async function onObject(
  { buckets, now }: StoreParts,
  request: S3Request,
  message: IncomingMessage,
  payloadHash: string,
): Promise<Answer> {
  const bucket = buckets.get(request.bucket);
  const kind = kindOf(request);
  refuseUnknown(request, kind);
  switch (kind) {
    case 'put':
      return putObject(request, message, bucket, payloadHash, now);
    case 'read':
      return getObject(request, bucket);
    case 'remove':
      await bucket.remove(request.key);
      return empty(204);
    case 'create':
      return createUpload(request, bucket, now);
    case 'part':
      return uploadPart(request, message, bucket, payloadHash, now);
    case 'parts':
      return listParts(request, bucket);
    case 'complete':
      return completeUpload(request, message, bucket, payloadHash, now);
    case 'abort':
      return abortUpload(request, bucket);
  }
}

type ObjectKind = Extract<Kind, 'put' | 'read' | 'remove' | 'create' | 'part' | 'parts' | 'complete' | 'abort'>;

/** What a call of an object is for: the method, and whether an upload is named. Fails with MethodNotAllowed. */
function kindOf(request: S3Request): ObjectKind {
  const has = (name: string) => param(request, name) !== undefined;
  switch (request.method) {
    case 'PUT':
      return has('uploadId') && has('partNumber') ? 'part' : 'put';
    case 'GET':
      return has('uploadId') ? 'parts' : 'read';
    case 'HEAD':
      return 'read';
    case 'DELETE':
      return has('uploadId') ? 'abort' : 'remove';
    case 'POST':
      if (has('uploadId')) return 'complete';
      if (has('uploads')) return 'create';
  }
  throw notAllowed();
}

const notAllowed = () => new S3Error('MethodNotAllowed', 'This store does not offer the method here.');
