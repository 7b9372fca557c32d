import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { md5, sha256, sha256Hex, type signer } from './support.ts';

export const BODY = Buffer.from('exactly these bytes');
export const OTHER = Buffer.from('exactly those bytes');

const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('base64');
function crc(bytes: Uint8Array): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value.toString('base64');
}

const length = { 'content-length': String(BODY.byteLength) };
const type = { 'content-type': 'image/png' };
const checksum = { 'x-amz-checksum-sha256': sha256(BODY), 'x-amz-sdk-checksum-algorithm': 'SHA256' };
export const once = { 'if-none-match': '*' };
export const GRANT = { ...length, ...type, ...checksum, ...once };

export interface Try {
  readonly name: string;
  /** Signed with the URL; a whole grant where absent. */
  readonly signed?: Readonly<Record<string, string>>;
  /** Sent in place of, or beside, what was signed; undefined leaves one out. */
  readonly sent?: Readonly<Record<string, string | undefined>>;
  readonly body?: readonly Uint8Array[];
  readonly method?: string;
  /** Changes the URL. */
  readonly url?: (url: string) => string;
  readonly wrong?: Parameters<typeof signer>[2];
  readonly query?: Readonly<Record<string, string>>;
  /** Milliseconds from signing to sending. */
  readonly later?: number;
  readonly wanted: readonly [number, string];
}

const OK = [200, ''] as const;
const SIGNATURE = [403, 'SignatureDoesNotMatch'] as const;
const DENIED = [403, 'AccessDenied'] as const;

/** What is signed by a store's own checks, each as one request that meddles with it. */
export const TRIES: readonly Try[] = [
  // Who signed
  { name: 'the grant as signed', wanted: OK },
  {
    name: 'a tampered signature',
    url: (url) => url.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
    wanted: SIGNATURE,
  },
  {
    name: 'no signature at all',
    url: (url) => url.split('?')[0] ?? '',
    sent: { 'x-amz-checksum-sha256': undefined, 'x-amz-sdk-checksum-algorithm': undefined, 'content-type': undefined },
    wanted: DENIED,
  },
  { name: 'the last second of a URL', later: 59_000, wanted: OK },
  { name: 'an expired URL', later: 60_000, wanted: DENIED },
  { name: 'a URL of tomorrow', later: -16 * 60_000, wanted: DENIED },
  {
    name: 'a URL made to live longer',
    url: (url) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'),
    wanted: SIGNATURE,
  },
  { name: 'an unknown key', wrong: { accessKeyId: 'AKOTHER' }, wanted: [403, 'InvalidAccessKeyId'] },
  { name: 'a wrong secret', wrong: { secretAccessKey: 'another secret' }, wanted: SIGNATURE },
  { name: 'another key than signed', url: (url) => url.replace('/checks/', '/others/'), wanted: SIGNATURE },
  { name: 'another bucket than signed', url: (url) => url.replace('/bucket/', '/others/'), wanted: SIGNATURE },
  { name: 'another method than signed', method: 'DELETE', wanted: SIGNATURE },
  { name: 'another query than signed', url: (url) => `${url}&x-id=PutObject`, wanted: SIGNATURE },
  {
    name: 'a signed parameter twice',
    url: (url) => `${url}&X-Amz-Expires=60`,
    wanted: [400, 'AuthorizationQueryParametersError'],
  },
  {
    name: 'a signature that is no hex',
    url: (url) => url.replace(/X-Amz-Signature=.*/, 'X-Amz-Signature=zz'),
    wanted: [400, 'AuthorizationQueryParametersError'],
  },
  {
    name: 'two ways of signing',
    sent: { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
    wanted: [400, 'InvalidArgument'],
  },
  // How long
  {
    name: 'a longer body',
    sent: { 'content-length': String(BODY.byteLength + 1) },
    body: [BODY, Buffer.from('+')],
    wanted: SIGNATURE,
  },
  {
    name: 'a shorter body',
    sent: { 'content-length': String(BODY.byteLength - 1) },
    body: [BODY.subarray(1)],
    wanted: SIGNATURE,
  },
  {
    name: 'a chunked body where the length is signed',
    sent: { 'content-length': undefined, 'transfer-encoding': 'chunked' },
    wanted: SIGNATURE,
  },
  {
    name: 'a chunked body where no length is signed',
    signed: { ...type },
    sent: { 'transfer-encoding': 'chunked' },
    wanted: [411, 'MissingContentLength'],
  },
  { name: 'a body over 5 GiB', signed: { 'content-length': '5368709121' }, body: [], wanted: [400, 'EntityTooLarge'] },
  // Which type
  { name: 'another type', sent: { 'content-type': 'text/html' }, wanted: SIGNATURE },
  { name: 'no type where one is signed', sent: { 'content-type': undefined }, wanted: SIGNATURE },
  { name: 'a type where none is signed', signed: { ...length }, sent: type, wanted: DENIED },
  // Which bytes
  { name: 'other bytes under a signed SHA-256', body: [OTHER], wanted: [400, 'BadDigest'] },
  {
    name: 'other bytes under a SHA-256 signed without its algorithm',
    signed: { ...length, 'x-amz-checksum-sha256': sha256(BODY) },
    body: [OTHER],
    wanted: [400, 'BadDigest'],
  },
  {
    name: 'another SHA-256 than signed',
    sent: { 'x-amz-checksum-sha256': sha256(OTHER) },
    body: [OTHER],
    wanted: SIGNATURE,
  },
  { name: 'a signed SHA-256 left out', sent: { 'x-amz-checksum-sha256': undefined }, wanted: SIGNATURE },
  { name: 'a SHA-256 that was not signed', signed: { ...length }, sent: checksum, wanted: DENIED },
  {
    name: 'the right bytes under a SHA-256 in the query',
    signed: length,
    query: { 'x-amz-checksum-sha256': sha256(BODY) },
    wanted: OK,
  },
  {
    name: 'other bytes under a SHA-256 in the query',
    signed: length,
    query: { 'x-amz-checksum-sha256': sha256(BODY) },
    body: [OTHER],
    wanted: [400, 'BadDigest'],
  },
  {
    name: 'a checksum both signed and in the query',
    query: { 'x-amz-checksum-sha256': sha256(BODY) },
    wanted: [400, 'AuthorizationQueryParametersError'],
  },
  {
    name: 'an algorithm without its checksum',
    signed: { ...length, 'x-amz-sdk-checksum-algorithm': 'SHA256' },
    wanted: [400, 'InvalidRequest'],
  },
  {
    name: 'a SHA-256 that is none',
    signed: { ...length, 'x-amz-checksum-sha256': 'AAAA' },
    wanted: [400, 'InvalidRequest'],
  },
  { name: 'the right payload hash', signed: { ...length, 'x-amz-content-sha256': sha256Hex(BODY) }, wanted: OK },
  {
    name: 'other bytes under a signed payload hash',
    signed: { ...length, 'x-amz-content-sha256': sha256Hex(BODY) },
    body: [OTHER],
    wanted: [400, 'XAmzContentSHA256Mismatch'],
  },
  { name: 'the right bytes under a Content-MD5', signed: { ...length, 'content-md5': md5(BODY) }, wanted: OK },
  {
    name: 'other bytes under a Content-MD5',
    signed: { ...length, 'content-md5': md5(BODY) },
    body: [OTHER],
    wanted: [400, 'BadDigest'],
  },
  { name: 'a Content-MD5 that is none', signed: { ...length, 'content-md5': 'AAAA' }, wanted: [400, 'InvalidDigest'] },
  { name: 'the right bytes under a CRC-32', signed: { ...length, 'x-amz-checksum-crc32': crc(BODY) }, wanted: OK },
  {
    name: 'other bytes under a CRC-32',
    signed: { ...length, 'x-amz-checksum-crc32': crc(BODY) },
    body: [OTHER],
    wanted: [400, 'BadDigest'],
  },
  { name: 'the right bytes under a SHA-1', signed: { ...length, 'x-amz-checksum-sha1': sha1(BODY) }, wanted: OK },
  {
    name: 'other bytes under a SHA-1',
    signed: { ...length, 'x-amz-checksum-sha1': sha1(BODY) },
    body: [OTHER],
    wanted: [400, 'BadDigest'],
  },
  {
    name: 'a checksum this store cannot compute',
    signed: { ...length, 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' },
    wanted: [501, 'NotImplemented'],
  },
  // What else came along
  { name: 'an x-amz header that was not signed', sent: { 'x-amz-meta-note': 'hello' }, wanted: DENIED },
  { name: 'public-read that was not signed', sent: { 'x-amz-acl': 'public-read' }, wanted: DENIED },
  {
    name: 'public-read that was signed',
    signed: { ...GRANT, 'x-amz-acl': 'public-read' },
    wanted: [501, 'NotImplemented'],
  },
  {
    name: 'a promise this store cannot keep',
    signed: { ...GRANT, 'x-amz-server-side-encryption': 'AES256' },
    wanted: [501, 'NotImplemented'],
  },
  {
    name: 'a changed signed x-amz-meta',
    signed: { ...length, 'x-amz-meta-note': 'one' },
    sent: { 'x-amz-meta-note': 'two' },
    wanted: SIGNATURE,
  },
  {
    name: 'a condition this store does not know',
    signed: { ...length, 'if-none-match': '"etag"' },
    wanted: [501, 'NotImplemented'],
  },
  { name: 'a signed condition left out', sent: { 'if-none-match': undefined }, wanted: SIGNATURE },
  { name: 'a session token', query: { 'X-Amz-Security-Token': 'x' }, wanted: [403, 'InvalidToken'] },
];
