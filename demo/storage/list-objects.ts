import { type Answer, xml } from './answer.ts';
import type { Bucket } from './bucket.ts';
import { param, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { document, element, group } from './xml.ts';

const MAX_KEYS = 1000;

/** `GET /bucket?list-type=2`. */
export function listObjects(request: S3Request, bucket: Bucket): Answer {
  if (param(request, 'list-type') !== '2') throw new S3Error('NotImplemented', 'Only ListObjectsV2 is offered.');
  const [prefix, delimiter] = [param(request, 'prefix') ?? '', param(request, 'delimiter') ?? ''];
  const token = param(request, 'continuation-token');
  const startAfter = param(request, 'start-after') ?? '';
  const encoding = param(request, 'encoding-type');
  if (encoding !== undefined && encoding !== 'url')
    throw new S3Error('InvalidArgument', 'encoding-type can only be url.');
  const limit = readLimit(param(request, 'max-keys'));
  const page = collect(bucket.keys(), {
    prefix,
    delimiter,
    after: token === undefined ? startAfter : readToken(token),
    limit,
  });

  const shown = (text: string) => (encoding === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  const contents = page.keys.map((key) => {
    const facts = bucket.find(key);
    if (!facts) return '';
    return group(
      'Contents',
      element('Key', shown(key)) +
        element('LastModified', new Date(facts.modified).toISOString()) +
        element('ETag', `"${facts.md5}"`) +
        element('Size', facts.size) +
        element('StorageClass', 'STANDARD'),
    );
  });
  return xml(
    document(
      'ListBucketResult',
      element('Name', bucket.name) +
        element('Prefix', shown(prefix)) +
        (delimiter && element('Delimiter', shown(delimiter))) +
        element('MaxKeys', limit) +
        (encoding ? element('EncodingType', encoding) : '') +
        element('KeyCount', page.keys.length + page.prefixes.length) +
        element('IsTruncated', page.next !== null) +
        (token === undefined ? '' : element('ContinuationToken', token)) +
        (page.next === null ? '' : element('NextContinuationToken', makeToken(page.next))) +
        (startAfter && element('StartAfter', shown(startAfter))) +
        contents.join('') +
        page.prefixes.map((found) => group('CommonPrefixes', element('Prefix', shown(found)))).join(''),
    ),
  );
}

interface Wanted {
  readonly prefix: string;
  readonly delimiter: string;
  /** Names up to and including this one were shown before. */
  readonly after: string;
  readonly limit: number;
}

interface Page {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** The last name shown, where more follow. */
  readonly next: string | null;
}

function collect(sorted: readonly string[], { prefix, delimiter, after, limit }: Wanted): Page {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let last = after;
  for (const key of sorted) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (name === last || !isAfter(name, after)) continue;
    if (keys.length + prefixes.length === limit) return { keys, prefixes, next: limit === 0 ? null : last };
    (end < 0 ? keys : prefixes).push(name);
    last = name;
  }
  return { keys, prefixes, next: null };
}

const isAfter = (name: string, mark: string) => Buffer.compare(Buffer.from(name), Buffer.from(mark)) > 0;

function readLimit(text: string | undefined): number {
  if (text === undefined) return MAX_KEYS;
  if (!/^\d{1,9}$/.test(text)) throw new S3Error('InvalidArgument', 'max-keys is no number.');
  return Math.min(MAX_KEYS, Number(text));
}

const makeToken = (last: string) => Buffer.from(last).toString('base64url');

function readToken(token: string): string {
  const last = Buffer.from(token, 'base64url').toString();
  if (last === '' || makeToken(last) !== token)
    throw new S3Error('InvalidArgument', 'The continuation token is not ours.');
  return last;
}
