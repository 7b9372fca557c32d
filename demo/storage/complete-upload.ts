import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Answer, xml } from './answer.ts';
import type { Bucket } from './bucket.ts';
import { checksumOf, type Part } from './part.ts';
import { readDocument } from './read-document.ts';
import { param, type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Upload } from './upload.ts';
import { readPartNumber } from './upload-part.ts';
import { document, element, isRecord, parseDocument } from './xml.ts';

/** What S3 allows of every part but the last. */
const SMALLEST_PART = 5 * 1024 * 1024;
/** 10,000 parts with ETag and checksum are 1.8 MB. */
const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

interface Wanted {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
  /** base64 */
  readonly sha256: string | undefined;
}

/**
 * `POST /bucket/key?uploadId=…`. No byte is copied: the object is the files of its parts, and exists from the moment
 * the JSON that names them does.
 */
export async function completeUpload(
  request: S3Request,
  message: IncomingMessage,
  bucket: Bucket,
  payloadHash: string,
  now: () => number,
): Promise<Answer> {
  if (['sha256', 'sha1', 'crc32'].some((name) => setting(request, `x-amz-checksum-${name}`) !== undefined)) {
    throw new S3Error('NotImplemented', 'A completion names the checksum of each part, not of the whole.');
  }
  const upload = bucket.uploads.get(request.key, param(request, 'uploadId') ?? '');
  const wanted = parseCompletion(await readDocument(request, message, payloadHash, MAX_DOCUMENT_BYTES));
  return bucket.uploads.change(upload, async () => {
    const parts = choose(wanted, upload);
    const { key, type, meta } = upload.facts;
    const facts = { key, type, meta, ...digestOf(parts), modified: now(), pieces: upload.piecesOf(parts) };
    await bucket.keepPieces(facts, request.headers.get('if-none-match') === '*');
    bucket.uploads.forget(upload);
    await upload.end(parts);
    return xml(
      document(
        'CompleteMultipartUploadResult',
        element('Location', `/${bucket.name}/${key}`) +
          element('Bucket', bucket.name) +
          element('Key', key) +
          element('ETag', `"${facts.md5}"`) +
          element('ChecksumSHA256', facts.sha256) +
          element('ChecksumType', 'COMPOSITE'),
      ),
    );
  });
}

/** Fails with MalformedXML, or InvalidArgument for a number that no part has. */
export function parseCompletion(text: string): Wanted[] {
  const found = parseDocument(text, 'CompleteMultipartUpload')?.Part;
  const parts: unknown[] = Array.isArray(found) ? found : [found];
  return parts.map((part) => {
    if (!isRecord(part)) throw malformed();
    const { PartNumber: number, ETag: etag, ChecksumSHA256: sha256 } = part;
    if (typeof number !== 'string' || typeof etag !== 'string') throw malformed();
    if (sha256 !== undefined && typeof sha256 !== 'string') throw malformed();
    const unknown = Object.keys(part).find((name) => !['PartNumber', 'ETag', 'ChecksumSHA256'].includes(name));
    if (unknown !== undefined) throw new S3Error('NotImplemented', 'A part is known by number, ETag and SHA-256 only.');
    return { number: readPartNumber(number), etag: etag.replace(/^"(.*)"$/, '$1'), sha256 };
  });
}

const malformed = () => new S3Error('MalformedXML', 'The list of parts cannot be read.');

/** The stored parts that are meant; every one of them, or a refusal. */
function choose(wanted: readonly Wanted[], upload: Upload): Part[] {
  if (wanted.some(({ number }, index) => number <= (wanted[index - 1]?.number ?? 0))) {
    throw new S3Error('InvalidPartOrder', 'The parts are not in ascending order.');
  }
  const parts = wanted.map(({ number, etag, sha256 }) => {
    const part = upload.part(number);
    if (sha256 === undefined && upload.facts.hasChecksums) {
      throw new S3Error('InvalidRequest', `The upload has SHA-256; the one of part ${number} is missing.`);
    }
    if (!part || part.md5 !== etag || (sha256 !== undefined && checksumOf(part) !== sha256)) {
      throw new S3Error('InvalidPart', `Part ${number} is not stored, or is another one than was named.`);
    }
    return part;
  });
  const small = parts.slice(0, -1).find(({ size }) => size < SMALLEST_PART);
  if (small) throw new S3Error('EntityTooSmall', `Part ${small.number} has less than ${SMALLEST_PART} bytes.`);
  return parts;
}

/** ETag and checksum of the whole are made of those of the parts. */
function digestOf(parts: readonly Part[]): { size: number; md5: string; sha256: string } {
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  for (const part of parts) {
    md5.update(part.md5, 'hex');
    sha256.update(part.sha256, 'hex');
  }
  return {
    size: parts.reduce((sum, { size }) => sum + size, 0),
    md5: `${md5.digest('hex')}-${parts.length}`,
    sha256: `${sha256.digest('base64')}-${parts.length}`,
  };
}
