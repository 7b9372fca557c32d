import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { S3Request } from './request.ts';

/** AWS Signature Version 4, as S3 wants it: the path is encoded once and never normalised. */
export const ALGORITHM = 'AWS4-HMAC-SHA256';

export interface Claim {
  readonly accessKeyId: string;
  /** `20261121` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** `20261121T235959Z` */
  readonly at: string;
  readonly signedHeaders: readonly string[];
  /** Lower-case hex. */
  readonly signature: string;
  /** What stands in the last line of the canonical request. */
  readonly payloadHash: string;
}

export function signatureOf(request: S3Request, claim: Claim, secretAccessKey: string): string {
  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`;
  const canonical = createHash('sha256').update(canonicalRequest(request, claim), 'latin1').digest('hex');
  const key = [claim.day, claim.region, claim.service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return createHmac('sha256', key).update([ALGORITHM, claim.at, scope, canonical].join('\n')).digest('hex');
}

export function fits(request: S3Request, claim: Claim, secretAccessKey: string): boolean {
  const wanted = Buffer.from(signatureOf(request, claim, secretAccessKey));
  const given = Buffer.from(claim.signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** Header values are latin1 strings in Node, everything else is ASCII by now: hashed as the bytes that were sent. */
function canonicalRequest(request: S3Request, claim: Claim): string {
  const query = request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = claim.signedHeaders.map((name) => `${name}:${collapse(request.headers.get(name) ?? '')}\n`).join('');
  return [
    request.method,
    encode(request.path).replaceAll('%2F', '/'),
    query,
    headers,
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const collapse = (value: string) => value.trim().replace(/[ \t]+/g, ' ');

/** RFC 3986: everything but the unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
