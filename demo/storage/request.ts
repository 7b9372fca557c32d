import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

/** A request taken apart. Path-style only: `/bucket/key`. */
export interface S3Request {
  readonly method: string;
  /** Decoded, as signed. */
  readonly path: string;
  /** Empty at the root. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  /** Decoded, in the order sent. */
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly headers: ReadonlyMap<string, string>;
}

const MAX_KEY_BYTES = 1024;

/** Fails with InvalidURI or KeyTooLongError. */
export function parseRequest(message: IncomingMessage): S3Request {
  const target = message.url ?? '';
  if (!target.startsWith('/')) throw new S3Error('InvalidURI', 'The request target is not a path.');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const slash = path.indexOf('/', 1);
  const bucket = decode(slash < 0 ? path.slice(1) : path.slice(1, slash));
  const key = slash < 0 ? '' : decode(path.slice(slash + 1));
  checkKeyLength(key);
  return {
    method: message.method ?? '',
    path: decode(path),
    bucket,
    key,
    query: mark < 0 ? [] : parseQuery(target.slice(mark + 1)),
    headers: new Map(
      Object.entries(message.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value] as const],
      ),
    ),
  };
}

/** Fails with KeyTooLongError. */
export function checkKeyLength(key: string): void {
  if (Buffer.byteLength(key) <= MAX_KEY_BYTES) return;
  throw new S3Error('KeyTooLongError', `The key is longer than ${MAX_KEY_BYTES} bytes.`);
}

function parseQuery(text: string): Array<readonly [string, string]> {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))] as const;
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', 'The URI has an escape that is not UTF-8.');
  }
}

/** First value of a query parameter; names of `X-Amz-…` are found in any case. */
export function param(request: S3Request, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return request.query.find(([found]) => found.toLowerCase() === wanted)?.[1];
}

/** A setting of S3 as header, or hoisted into the query as presigners do. */
export function setting(request: S3Request, name: string): string | undefined {
  return request.headers.get(name) ?? param(request, name);
}
