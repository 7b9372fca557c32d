import type { S3 } from '../../demo/bucket/s3.ts';
import { BODY } from './presigned-tries.ts';
import { BUCKET, type Reply, sendRaw, sha256, type TestStore } from './support.ts';

export type FormFields = Readonly<Record<string, string>>;

export const WANTED: FormFields = {
  key: 'forms/1',
  'content-type': 'image/png',
  'if-none-match': '*',
  'x-amz-checksum-algorithm': 'SHA256',
  'x-amz-checksum-sha256': sha256(BODY),
};

/** Signs a form for exactly the body of these tests. */
export async function signed(store: TestStore, fields: FormFields = WANTED, s3: S3 = store.s3): Promise<FormFields> {
  return (await s3.signForm(fields, { size: BODY.byteLength, seconds: 60 })).fields;
}

export interface Piece {
  readonly name: string;
  readonly value: Uint8Array | string;
  readonly filename?: string;
}

export const BOUNDARY = '----boundary-of-a-test';

/** A form as browsers write it, in pieces of our own order (RFC 7578). */
export function encoded(pieces: readonly Piece[], boundary = BOUNDARY): Buffer {
  const parts = pieces.flatMap(({ name, value, filename }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`,
    filename === undefined ? '\r\n\r\n' : `; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    value,
    '\r\n',
  ]);
  return Buffer.concat([...parts, `--${boundary}--\r\n`].map((part) => Buffer.from(part)));
}

export const piecesOf = (fields: FormFields): Piece[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }));

export const FILE: Piece = { name: 'file', value: BODY, filename: 'photo.png' };

export function post(
  store: TestStore,
  body: Uint8Array | readonly Uint8Array[],
  headers: Readonly<Record<string, string | undefined>> = {},
  target = `/${BUCKET}`,
): Promise<Reply> {
  const chunks = body instanceof Uint8Array ? [body] : body;
  const length = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const all = {
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': String(length),
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return sendRaw(store.url, { method: 'POST', target, headers: Object.fromEntries(sent), body: chunks });
}

export const postForm = (store: TestStore, fields: FormFields, file: Piece = FILE, headers = {}): Promise<Reply> =>
  post(store, encoded([...piecesOf(fields), file]), headers);
