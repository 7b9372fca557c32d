import type { IncomingMessage } from 'node:http';
import { type Answer, empty } from './answer.ts';
import { alreadyThere, type Bucket } from './bucket.ts';
import { metaOf, receive, stored, typeOf } from './receive.ts';
import type { S3Request } from './request.ts';

/** `PUT /bucket/key`. The object exists from the answer on, whole and synced, or not at all. */
export function putObject(
  request: S3Request,
  message: IncomingMessage,
  bucket: Bucket,
  payloadHash: string,
  now: () => number,
): Promise<Answer> {
  const ifAbsent = request.headers.get('if-none-match') === '*';
  const prepare = () => {
    if (ifAbsent && bucket.find(request.key)) throw alreadyThere();
  };
  return receive(request, message, bucket, payloadHash, prepare, async (temporary, digests) => {
    const facts = { key: request.key, type: typeOf(request), ...digests, modified: now(), meta: metaOf(request) };
    await bucket.keepFile(temporary, facts, ifAbsent);
    return empty(200, stored(request, digests));
  });
}
