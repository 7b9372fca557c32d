import { partCount, type S3Act, type UploadStatus } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';

export interface Facts {
  readonly app: string;
  /** Address of the upload. */
  readonly location: string;
  readonly status: UploadStatus;
}

/**
 * What one of S3's calls would answer about an upload; null where that has no body. It says what is: whoever asks has
 * made it so by a call of the wire before. Fails with upload_over where S3 would not know the upload (any more), and
 * with not_stored_yet for a completion that was not made.
 */
export function answerOf(act: S3Act, facts: Facts): string | null {
  const { app, location, status } = facts;
  const names = [node('Bucket', app), node('Key', status.id)];
  switch (act) {
    case 'create':
      if (!status.parts) throw new Problem('upload_over');
      return xml('InitiateMultipartUploadResult', [...names, node('UploadId', status.id)]);
    case 'list':
      return xml('ListPartsResult', [
        ...names,
        node('UploadId', status.id),
        ...partsOf(status).map(({ number, size, etag }) =>
          element('Part', [node('PartNumber', String(number)), node('ETag', `"${etag}"`), node('Size', String(size))]),
        ),
        node('IsTruncated', 'false'), // @uppy/aws-s3 reads one page.
      ]);
    case 'complete':
      if (status.state === 'open') throw new Problem('not_stored_yet');
      if (!status.file) throw new Problem('upload_over');
      return xml('CompleteMultipartUploadResult', [
        node('Location', location),
        ...names,
        node('ETag', `"${status.file.sha256}"`),
      ]);
    case 'abort':
      if (status.state === 'open' || status.state === 'stored') throw new Problem('upload_over');
      return null;
  }
}

/**
 * A part's ETag is its checksum: what is put together is settled by those. Of a stored upload the store has no parts any
 * more; all are named, so that a page which lost the answer to its completion asks for it again.
 */
function partsOf({ parts, file }: UploadStatus): { number: number; size: number; etag: string }[] {
  if (parts) return parts.map(({ number, size, sha256 }) => ({ number, size, etag: sha256 }));
  if (!file?.part_bytes) throw new Problem('upload_over');
  const { size, part_bytes: most, sha256: etag } = file;
  return Array.from({ length: partCount(size, most) }, (_, i) => ({
    number: i + 1,
    size: Math.min(most, size - i * most),
    etag,
  }));
}

/** The body of a refusal, as S3 has it. */
export const errorXml = (code: string, message: string, requestId: string): string =>
  document('Error', '', [node('Code', code), node('Message', message), node('RequestId', requestId)]);

const NAMESPACE = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const xml = (name: string, nodes: readonly string[]): string => document(name, NAMESPACE, nodes);
const document = (name: string, attributes: string, nodes: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attributes}>${nodes.join('')}</${name}>`;
const element = (name: string, nodes: readonly string[]): string => `<${name}>${nodes.join('')}</${name}>`;
const node = (name: string, text: string): string => element(name, [escaped(text)]);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
