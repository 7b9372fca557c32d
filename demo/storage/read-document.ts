import type { IncomingMessage } from 'node:http';
import { BodyCheck } from './body-check.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';

/** A small body, checked against everything it claims like an object's. Empty where there is none. */
export async function readDocument(
  request: S3Request,
  message: IncomingMessage,
  payloadHash: string,
  maxBytes: number,
): Promise<string> {
  if (!request.headers.has('content-length') && !request.headers.has('transfer-encoding')) return '';
  const check = new BodyCheck(request, payloadHash);
  if (Number(request.headers.get('content-length')) > maxBytes) {
    throw new S3Error('EntityTooLarge', `A document here has at most ${maxBytes} bytes.`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    check.update(chunk);
    chunks.push(chunk);
  }
  check.finish();
  return Buffer.concat(chunks).toString();
}
