import { XMLParser } from 'fast-xml-parser';
import * as v from 'valibot';
import { Sha256 } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { OpenMultipart, StoredPart } from './types.ts';
import { escaped, NAMESPACE } from './xml.ts';

const parser = new XMLParser({
  parseTagValue: false,
  htmlEntities: true,
  isArray: (name) => name === 'Part' || name === 'Upload',
});
const digits = v.pipe(v.string(), v.digits(), v.transform(Number));
const Time = v.pipe(
  v.string(),
  v.transform((text) => new Date(text)),
  v.date(),
);

const Begun = v.object({ InitiateMultipartUploadResult: v.object({ UploadId: v.pipe(v.string(), v.minLength(1)) }) });

const Parts = v.object({
  ListPartsResult: v.object({
    Part: v.optional(
      v.array(
        v.object({
          PartNumber: digits,
          Size: digits,
          ETag: v.string(),
          ChecksumSHA256: v.optional(v.nullable(v.fallback(v.nullable(Sha256), null)), null),
        }),
      ),
      [],
    ),
    IsTruncated: v.optional(v.string()),
    NextPartNumberMarker: v.optional(v.string()),
  }),
});

const Uploads = v.object({
  ListMultipartUploadsResult: v.object({
    Upload: v.optional(v.array(v.object({ Key: v.string(), UploadId: v.string(), Initiated: Time })), []),
    IsTruncated: v.optional(v.string()),
    NextKeyMarker: v.optional(v.string()),
    NextUploadIdMarker: v.optional(v.string()),
  }),
});

/** Each fails with store_down where the answer is something else. */
export const readUploadId = (xml: string): string => read(Begun, xml).InitiateMultipartUploadResult.UploadId;

export function readParts(xml: string): { parts: StoredPart[]; next: string | undefined } {
  const { Part, IsTruncated, NextPartNumberMarker } = read(Parts, xml).ListPartsResult;
  return {
    parts: Part.map((part) => ({
      number: part.PartNumber,
      size: part.Size,
      etag: part.ETag,
      sha256: part.ChecksumSHA256,
    })),
    next: IsTruncated === 'true' ? NextPartNumberMarker : undefined,
  };
}

export function readUploads(xml: string): { uploads: OpenMultipart[]; next: Record<string, string> | undefined } {
  const found = read(Uploads, xml).ListMultipartUploadsResult;
  const { NextKeyMarker: key = '', NextUploadIdMarker: id = '' } = found;
  return {
    uploads: found.Upload.map(({ Key, UploadId, Initiated }) => ({
      key: Key,
      uploadId: UploadId,
      initiated: Initiated,
    })),
    next: found.IsTruncated === 'true' ? { 'key-marker': key, 'upload-id-marker': id } : undefined,
  };
}

/** True for the answer to a completion that was carried out. */
export const isCompletion = (xml: string): boolean => /<CompleteMultipartUploadResult\b/.test(xml);

export function completionXml(parts: readonly StoredPart[]): string {
  const each = parts.map(
    ({ number, etag, sha256 }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${escaped(etag)}</ETag>` +
      `${sha256 === null ? '' : `<ChecksumSHA256>${sha256}</ChecksumSHA256>`}</Part>`,
  );
  return `<CompleteMultipartUpload xmlns="${NAMESPACE}">${each.join('')}</CompleteMultipartUpload>`;
}

function read<Shape extends v.GenericSchema>(shape: Shape, xml: string): v.InferOutput<Shape> {
  try {
    return v.parse(shape, parser.parse(xml));
  } catch (error) {
    throw new Problem('store_down', { cause: error });
  }
}
