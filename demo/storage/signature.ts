import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { S3Request } from './request.ts';

/** AWS Signature Version 4, as S3 wants it: the path is encoded once and never normalised. */
export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Whose key signs, and for what. */
export interface Scope {
  readonly accessKeyId: string;
  /** `20261121` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

export interface Claim extends Scope {
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
  return signText([ALGORITHM, claim.at, scope, canonical].join('\n'), claim, secretAccessKey);
}

/** Signs the text itself, as the policy of a form is signed. */
export function signText(text: string, { day, region, service }: Scope, secretAccessKey: string): string {
  const key = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

export const fits = (request: S3Request, claim: Claim, secretAccessKey: string): boolean =>
  isSame(claim.signature, signatureOf(request, claim, secretAccessKey));

/** Takes as long for a signature that is nearly right. */
export function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
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
