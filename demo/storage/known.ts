import { type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';

/**
 * What this store understands. A signed setting that is silently ignored (encryption, a lock, a tag) would be a
 * broken promise, so anything else is refused with NotImplemented.
 */
const SETTINGS = new Set([
  'x-amz-acl',
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signature',
  'x-amz-signedheaders',
  'x-amz-content-sha256',
  'x-amz-user-agent',
  'x-amz-checksum-mode',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-checksum-sha256',
  'x-amz-checksum-sha1',
  'x-amz-checksum-crc32',
]);

/** Query parameters besides `x-amz-*`, per kind of request. `x-id` is the name the SDK gives its call. */
const PARAMS = {
  service: ['x-id'],
  bucket: ['x-id', 'cors', 'location'],
  uploads: ['x-id', 'uploads', 'prefix', 'key-marker', 'upload-id-marker', 'max-uploads', 'encoding-type'],
  list: [
    'x-id',
    'list-type',
    'prefix',
    'delimiter',
    'max-keys',
    'continuation-token',
    'start-after',
    'encoding-type',
    'fetch-owner',
  ],
  put: ['x-id'],
  create: ['x-id', 'uploads'],
  part: ['x-id', 'partNumber', 'uploadId'],
  parts: ['x-id', 'uploadId', 'max-parts', 'part-number-marker'],
  complete: ['x-id', 'uploadId'],
  abort: ['x-id', 'uploadId'],
  read: [
    'x-id',
    'response-content-type',
    'response-content-disposition',
    'response-content-language',
    'response-content-encoding',
    'response-cache-control',
    'response-expires',
  ],
  remove: ['x-id'],
} as const satisfies Record<string, readonly string[]>;
export type Kind = keyof typeof PARAMS;

/** Settings that only say something where an object is made, or begun. */
const SETTINGS_OF: Partial<Record<Kind, RegExp>> = {
  put: /^x-amz-meta-/,
  create: /^x-amz-(meta-|checksum-(algorithm|type)$)/,
};

/** The fields that a form may have, beside `x-amz-meta-*` and what S3 ignores. */
const FIELDS = new Set([
  'key',
  'policy',
  'content-type',
  'content-md5',
  'if-none-match',
  'success_action_status',
  'x-amz-acl',
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-signature',
  'x-amz-checksum-algorithm',
  'x-amz-checksum-sha256',
  'x-amz-checksum-sha1',
  'x-amz-checksum-crc32',
]);

/** Fails with NotImplemented. */
export function checkFormFields(fields: ReadonlyMap<string, string>): void {
  const isKnown = (name: string) => FIELDS.has(name) || /^x-(amz-meta|ignore)-/.test(name);
  if (![...fields.keys()].every(isKnown))
    throw new S3Error('NotImplemented', 'A field stands for something this store does not do.');
  if ((fields.get('x-amz-acl') ?? 'private') !== 'private') throw notPrivate();
  if ((fields.get('if-none-match') ?? '*') !== '*')
    throw new S3Error('NotImplemented', 'The only condition of a form is if-none-match: *.');
}

const notPrivate = () => new S3Error('NotImplemented', 'Objects of this store are private.');

const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

export function refuseUnknown(request: S3Request, kind: Kind): void {
  const params: readonly string[] = PARAMS[kind];
  const names = request.query.map(([name]) => name);
  const unknownParam = names.find((name) => !/^x-amz-/i.test(name) && !params.includes(name));
  if (unknownParam !== undefined)
    throw new S3Error('NotImplemented', 'A query parameter stands for something this store does not do.');
  const settings = [...request.headers.keys(), ...names.map((name) => name.toLowerCase())].filter((name) =>
    name.startsWith('x-amz-'),
  );
  const unknown = settings.find((name) => !SETTINGS.has(name) && !SETTINGS_OF[kind]?.test(name));
  if (unknown !== undefined)
    throw new S3Error('NotImplemented', 'An x-amz-* setting stands for something this store does not do.');
  if ((setting(request, 'x-amz-acl') ?? 'private') !== 'private') throw notPrivate();
  if (kind === 'read') return;
  const makesObject = kind === 'put' || kind === 'complete';
  const conditions = CONDITIONS.filter((name) => request.headers.has(name));
  const isCreateOnly = makesObject && request.headers.get('if-none-match') === '*';
  if (conditions.length > (isCreateOnly ? 1 : 0)) {
    throw new S3Error('NotImplemented', 'The only condition for a change is If-None-Match: * where an object is made.');
  }
}
