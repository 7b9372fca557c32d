import type { IncomingMessage } from 'node:http';
import { type Answer, empty } from './answer.ts';
import { authenticate, type Credentials } from './authenticate.ts';
import { createBucket, getCors, listBuckets, location, putCors, removeCors } from './bucket-calls.ts';
import type { Buckets } from './buckets.ts';
import { getObject } from './get-object.ts';
import { refuseUnknown } from './known.ts';
import { listObjects } from './list-objects.ts';
import { putObject } from './put-object.ts';
import { param, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';

export interface StoreParts {
  readonly buckets: Buckets;
  readonly credentials: Credentials;
  readonly region: string;
  /** ms since epoch */
  readonly now: () => number;
}

/** From a request to its answer: first who signed it, then whether all of it is understood, then the call. */
export async function route(parts: StoreParts, request: S3Request, message: IncomingMessage): Promise<Answer> {
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
  const isList = request.method === 'GET' && !has('cors') && !has('location');
  refuseUnknown(request, isList ? 'list' : 'bucket');
  if (request.method === 'PUT' && !has('cors')) {
    return createBucket(request, message, parts.buckets, payloadHash, parts.region);
  }
  const bucket = parts.buckets.get(request.bucket);
  if (isList) return listObjects(request, bucket);
  if (request.method === 'HEAD') return empty(200, { 'x-amz-bucket-region': parts.region });
  if (request.method === 'GET') return has('cors') ? getCors(bucket) : location(parts.region);
  if (request.method === 'PUT') return putCors(request, message, bucket, payloadHash);
  if (request.method === 'DELETE' && has('cors')) return removeCors(bucket);
  throw notAllowed();
}

async function onObject(
  parts: StoreParts,
  request: S3Request,
  message: IncomingMessage,
  payloadHash: string,
): Promise<Answer> {
  const bucket = parts.buckets.get(request.bucket);
  switch (request.method) {
    case 'PUT':
      refuseUnknown(request, 'put');
      return putObject(request, message, bucket, payloadHash, parts.now);
    case 'GET':
    case 'HEAD':
      refuseUnknown(request, 'read');
      return getObject(request, bucket);
    case 'DELETE':
      refuseUnknown(request, 'remove');
      await bucket.remove(request.key);
      return empty(204);
    default:
      throw notAllowed();
  }
}

const notAllowed = () => new S3Error('MethodNotAllowed', 'This store does not offer the method here.');
