import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import * as v from 'valibot';
import { Problem } from '../base/problem.ts';

export const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** What a page must be allowed to send so that a grant can be used. */
const ALLOWED_HEADERS = [
  'content-type',
  'if-none-match',
  'range',
  'x-amz-acl',
  'x-amz-checksum-sha256',
  'x-amz-content-sha256',
  'x-amz-meta-sha256',
  'x-amz-sdk-checksum-algorithm',
];
const METHODS = ['GET', 'HEAD', 'PUT', 'POST'];
const EXPOSED_HEADERS = ['ETag', 'x-amz-checksum-sha256'];
/** Chromium's own limit is two hours. */
const MAX_AGE_SECONDS = 7200;

/** The bucket's CORS for these origins, to be written by the broker or shown to an operator. */
export function corsXml(origins: readonly string[]): string {
  const each = (name: string, values: readonly (string | number)[]) =>
    values.map((value) => `<${name}>${escaped(String(value))}</${name}>`).join('');
  return (
    `<CORSConfiguration xmlns="${NAMESPACE}"><CORSRule>` +
    each('AllowedOrigin', origins) +
    each('AllowedMethod', METHODS) +
    each('AllowedHeader', ALLOWED_HEADERS) +
    each('ExposeHeader', EXPOSED_HEADERS) +
    each('MaxAgeSeconds', [MAX_AGE_SECONDS]) +
    '</CORSRule></CORSConfiguration>'
  );
}

/** S3 takes a bucket's configuration only with a digest of it. */
export const contentMd5 = (body: string): string => createHash('md5').update(body).digest('base64');

export const locationXml = (region: string): string =>
  `<CreateBucketConfiguration xmlns="${NAMESPACE}"><LocationConstraint>${escaped(region)}</LocationConstraint></CreateBucketConfiguration>`;

const Listing = v.object({
  ListBucketResult: v.object({
    Contents: v.optional(v.array(v.object({ Key: v.string(), Size: v.pipe(v.string(), v.digits()) })), []),
    NextContinuationToken: v.optional(v.string()),
  }),
});
const parser = new XMLParser({ parseTagValue: false, htmlEntities: true, isArray: (name) => name === 'Contents' });

/** One page of ListObjectsV2. Fails with store_down where the answer is something else. */
export function readListing(xml: string): { objects: { key: string; size: number }[]; next: string | undefined } {
  try {
    const { Contents, NextContinuationToken } = v.parse(Listing, parser.parse(xml)).ListBucketResult;
    return {
      objects: Contents.map(({ Key, Size }) => ({ key: Key, size: Number(Size) })),
      next: NextContinuationToken,
    };
  } catch (error) {
    throw new Problem('store_down', { cause: error });
  }
}

export const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
