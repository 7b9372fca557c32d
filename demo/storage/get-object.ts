import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type Answer, empty } from './answer.ts';
import type { Bucket } from './bucket.ts';
import type { ObjectFacts } from './object-facts.ts';
import { param, type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';

/** `GET` and `HEAD /bucket/key`: range, conditions, overrides of the signed URL. */
export function getObject(request: S3Request, bucket: Bucket): Answer {
  const overrides = readOverrides(request);
  const facts = bucket.find(request.key);
  if (!facts) throw new S3Error('NoSuchKey', 'There is no object with this key.');
  if (isUnchanged(request, facts)) return empty(304, describe(facts));
  const range = readRange(request.headers.get('range'), facts.size);
  const [first, last] = range ?? [0, facts.size - 1];
  const headers = {
    ...describe(facts),
    'accept-ranges': 'bytes',
    'content-length': String(last - first + 1),
    // A checksum of the whole would not fit a part of it.
    ...(!range && setting(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && checksum(facts)),
    ...(range && { 'content-range': `bytes ${first}-${last}/${facts.size}` }),
    ...overrides,
  };
  const status = range ? 206 : 200;
  if (request.method === 'HEAD') return empty(status, headers);
  return { status, headers, body: bucket.bytesOf(facts, first, last) };
}

const checksum = (facts: ObjectFacts) => ({
  'x-amz-checksum-sha256': facts.sha256,
  'x-amz-checksum-type': facts.sha256.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT',
});

function describe(facts: ObjectFacts): Record<string, string> {
  return {
    etag: `"${facts.md5}"`,
    'last-modified': new Date(facts.modified).toUTCString(),
    'content-type': facts.type,
    ...Object.fromEntries(Object.entries(facts.meta).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  };
}

function readOverrides(request: S3Request): Record<string, string> {
  const overrides: Record<string, string> = {};
  for (const [name, value] of request.query) {
    if (!name.startsWith('response-')) continue;
    const header = name.slice('response-'.length);
    try {
      validateHeaderName(header);
      validateHeaderValue(header, value);
    } catch {
      throw new S3Error('InvalidArgument', `${name} cannot stand in a header.`);
    }
    overrides[header] = param(request, name) ?? value;
  }
  return overrides;
}

/** RFC 9110 section 13.2.2, in its order. True means 304; a failed condition is PreconditionFailed. */
function isUnchanged(request: S3Request, facts: ObjectFacts): boolean {
  const [match, noneMatch] = [request.headers.get('if-match'), request.headers.get('if-none-match')];
  const modified = Math.floor(facts.modified / 1000) * 1000;
  const [since, unmodified] = [date(request, 'if-modified-since'), date(request, 'if-unmodified-since')];
  const failed = match !== undefined ? !names(match, facts) : unmodified !== null && modified > unmodified;
  if (failed) throw new S3Error('PreconditionFailed', 'The object is not the one that was asked for.');
  if (noneMatch !== undefined) return names(noneMatch, facts);
  return since !== null && modified <= since;
}

const names = (list: string, facts: ObjectFacts): boolean =>
  list.split(',').some((tag) => ['*', facts.md5].includes(tag.trim().replace(/^W\//, '').replaceAll('"', '')));

function date(request: S3Request, header: string): number | null {
  const at = Date.parse(request.headers.get(header) ?? '');
  return Number.isNaN(at) ? null : at;
}

/** One range; null where the whole is to be sent (no, several or unreadable ranges). Fails with InvalidRange. */
function readRange(header: string | undefined, size: number): readonly [number, number] | null {
  const [, from, to] = header?.match(/^bytes=(\d{0,15})-(\d{0,15})$/) ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null;
  if (first > last)
    throw new S3Error('InvalidRange', 'The range is outside the object.', { 'content-range': `bytes */${size}` });
  return [first, last];
}
