import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';
import { checkBegun, checkKey, isIn, readScope, timeOf } from './authenticate.ts';
import { BodyCheck } from './body-check.ts';
import { alreadyThere } from './bucket.ts';
import { checkFormFields } from './known.ts';
import { holdTo, type PostPolicy, parsePolicy } from './post-policy.ts';
import { type Fields, readForm } from './read-form.ts';
import { keepBytes, metaOf, stored, typeOf } from './receive.ts';
import { checkKeyLength, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { ALGORITHM, isSame, signText } from './signature.ts';
import type { StoreParts } from './store-parts.ts';
import { document, element } from './xml.ts';

/** `POST /bucket` with a form, which brings its own signature. */
export const isForm = (request: S3Request): boolean =>
  request.method === 'POST' &&
  request.bucket !== '' &&
  request.key === '' &&
  !request.headers.has('authorization') &&
  /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '');

/**
 * A browser's form upload: a signed policy says which fields it may have, and how many bytes. Its fields then stand for
 * the headers of a PUT and are held to the bytes as those are.
 */
export async function postObject(parts: StoreParts, request: S3Request, message: IncomingMessage): Promise<Answer> {
  if (request.query.length > 0)
    throw new S3Error('InvalidArgument', 'The policy signs a form; its address has no query.');
  if (!request.headers.has('content-length'))
    throw new S3Error('MissingContentLength', 'The header content-length is missing.');
  return readForm(message, async (fields, bytes) => {
    const { lengths } = authenticateForm(parts, request.bucket, fields);
    const bucket = parts.buckets.get(request.bucket);
    checkFormFields(fields);
    const put: S3Request = { ...request, key: keyOf(fields), headers: fields };
    const check = new BodyCheck(put, 'UNSIGNED-PAYLOAD', lengths);
    const ifAbsent = fields.get('if-none-match') === '*';
    if (ifAbsent && bucket.find(put.key)) throw alreadyThere();
    return keepBytes(bytes, check, bucket, async (temporary, digests) => {
      const facts = { key: put.key, type: typeOf(put), ...digests, modified: parts.now(), meta: metaOf(put) };
      await bucket.keepFile(temporary, facts, ifAbsent);
      return answer(put, bucket.name, stored(put, digests));
    });
  });
}

/** Proves who signed the policy, and that it allows this form. Fails with an S3Error. */
function authenticateForm({ credentials, region, now }: StoreParts, bucket: string, fields: Fields): PostPolicy {
  const text = fields.get('policy');
  if (text === undefined) throw new S3Error('AccessDenied', 'The form is not signed.');
  if (fields.has('x-amz-security-token')) throw new S3Error('InvalidToken', 'This store knows no session tokens.');
  if (fields.get('x-amz-algorithm') !== ALGORITHM)
    throw new S3Error('InvalidArgument', `A form wants x-amz-algorithm=${ALGORITHM}.`);
  const malformed = (what: string) => new S3Error('InvalidArgument', `The form ${what}.`);
  const scope = readScope({ credential: fields.get('x-amz-credential'), at: fields.get('x-amz-date') }, malformed);
  checkKey(scope, credentials);
  if (!isIn(scope, region))
    throw malformed(`is signed for ${scope.service} in ${scope.region}; wanted s3 in ${region}`);
  checkBegun(timeOf(scope.at), now());
  if (!isSame(fields.get('x-amz-signature') ?? '', signText(text, scope, credentials.secretAccessKey)))
    throw new S3Error('SignatureDoesNotMatch', 'The signature does not fit the policy.');
  const policy = parsePolicy(text);
  holdTo(policy, bucket, fields, now());
  return policy;
}

function keyOf(fields: Fields): string {
  const key = fields.get('key') ?? '';
  if (key === '') throw new S3Error('InvalidArgument', 'The form has no key.');
  if (/\$\{filename\}/.test(key)) throw new S3Error('NotImplemented', 'A key is taken as it is here.');
  checkKeyLength(key);
  return key;
}

/** 204 unless the form asks for another success. */
function answer(put: S3Request, bucket: string, told: Record<string, string>): Answer {
  const wanted = put.headers.get('success_action_status');
  const location = `/${bucket}/${put.key.split('/').map(encodeURIComponent).join('/')}`;
  const headers = { ...told, location };
  if (wanted !== '201') return { status: wanted === '200' ? 200 : 204, headers, body: null };
  const facts = { Location: location, Bucket: bucket, Key: put.key, ETag: told.etag ?? '' };
  const inner = Object.entries(facts).map(([name, value]) => element(name, value));
  return {
    status: 201,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: document('PostResponse', inner.join('')),
  };
}
