import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';

export const MAX_BODY_BYTES = 5 * 1024 ** 3;

const CHECKSUMS = ['sha256', 'sha1', 'crc32'] as const;
type Checksum = (typeof CHECKSUMS)[number];
const CHECKSUM_BYTES: Readonly<Record<Checksum, number>> = { sha256: 32, sha1: 20, crc32: 4 };

export interface Digests {
  readonly size: number;
  /** hex: the ETag */
  readonly md5: string;
  /** base64 */
  readonly sha256: string;
}

/** Bytes, both included. */
export interface Lengths {
  readonly least: number;
  readonly most: number;
}

const exactly = (length: number): Lengths => ({ least: length, most: length });

/**
 * Everything a request claims about its body, and the proof. Made before the first byte is read, so that a claim which
 * cannot be checked is refused (never ignored); `finish` fails where the bytes differ from any claim.
 */
export class BodyCheck {
  readonly #lengths: Lengths;
  readonly #payloadHash: string;
  readonly #md5: string | undefined;
  readonly #claims: ReadonlyMap<Checksum, string>;
  readonly #hashes: Readonly<{ md5: Hash; sha256: Hash; sha1: Hash | null }>;
  #size = 0;
  #crc = 0;

  /** `lengths` where something else than the header content-length says how many bytes there may be. */
  constructor(request: S3Request, payloadHash: string, lengths?: Lengths) {
    this.#lengths = lengths ?? exactly(readLength(request));
    this.#payloadHash = payloadHash;
    this.#md5 = readMd5(request);
    this.#claims = readChecksums(request);
    this.#hashes = {
      md5: createHash('md5'),
      sha256: createHash('sha256'),
      sha1: this.#claims.has('sha1') ? createHash('sha1') : null,
    };
  }

  update(chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    const { most } = this.#lengths;
    if (this.#size > most) throw new S3Error('EntityTooLarge', `The body has more than ${most} bytes.`);
    this.#hashes.md5.update(chunk);
    this.#hashes.sha256.update(chunk);
    this.#hashes.sha1?.update(chunk);
    if (this.#claims.has('crc32')) this.#crc = crc32(chunk, this.#crc);
  }

  finish(): Digests {
    const { least } = this.#lengths;
    if (this.#size < least) throw new S3Error('EntityTooSmall', `The body has ${this.#size} bytes, not ${least}.`);
    const md5 = this.#hashes.md5.digest();
    const sha256 = this.#hashes.sha256.digest();
    if (this.#payloadHash !== 'UNSIGNED-PAYLOAD' && this.#payloadHash !== sha256.toString('hex')) {
      throw new S3Error('XAmzContentSHA256Mismatch', 'The body differs from x-amz-content-sha256.');
    }
    if (this.#md5 !== undefined && this.#md5 !== md5.toString('base64')) {
      throw new S3Error('BadDigest', 'The body differs from Content-MD5.');
    }
    const found: Readonly<Record<Checksum, () => string>> = {
      sha256: () => sha256.toString('base64'),
      sha1: () => this.#hashes.sha1?.digest('base64') ?? '',
      crc32: () => Buffer.from(this.#crc.toString(16).padStart(8, '0'), 'hex').toString('base64'),
    };
    for (const [name, claim] of this.#claims) {
      if (found[name]() !== claim) throw new S3Error('BadDigest', `The body differs from x-amz-checksum-${name}.`);
    }
    return { size: this.#size, md5: md5.toString('hex'), sha256: sha256.toString('base64') };
  }
}

function readLength(request: S3Request): number {
  const text = request.headers.get('content-length');
  if (text === undefined) throw new S3Error('MissingContentLength', 'The header content-length is missing.');
  const length = Number(text);
  if (!/^\d{1,15}$/.test(text)) throw new S3Error('InvalidArgument', 'content-length is no length.');
  if (length > MAX_BODY_BYTES) throw new S3Error('EntityTooLarge', `A body has at most ${MAX_BODY_BYTES} bytes.`);
  return length;
}

function readMd5(request: S3Request): string | undefined {
  const md5 = request.headers.get('content-md5');
  if (md5 !== undefined && !isBase64Of(md5, 16)) throw new S3Error('InvalidDigest', 'Content-MD5 is no MD5 in base64.');
  return md5;
}

function readChecksums(request: S3Request): ReadonlyMap<Checksum, string> {
  const claims = new Map<Checksum, string>();
  for (const name of CHECKSUMS) {
    const value = setting(request, `x-amz-checksum-${name}`);
    if (value === undefined) continue;
    if (!isBase64Of(value, CHECKSUM_BYTES[name])) {
      throw new S3Error('InvalidRequest', `x-amz-checksum-${name} is no ${name} in base64.`);
    }
    claims.set(name, value);
  }
  for (const name of ['x-amz-sdk-checksum-algorithm', 'x-amz-checksum-algorithm']) {
    const algorithm = setting(request, name)?.toLowerCase();
    if (algorithm === undefined || [...claims.keys()].some((claimed) => claimed === algorithm)) continue;
    throw new S3Error('InvalidRequest', `${name} names a checksum that is not there.`);
  }
  return claims;
}

const isBase64Of = (text: string, bytes: number): boolean => {
  const decoded = Buffer.from(text, 'base64');
  return decoded.byteLength === bytes && decoded.toString('base64') === text;
};
