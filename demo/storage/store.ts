import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';
import type { Credentials } from './authenticate.ts';
import { Buckets } from './buckets.ts';
import { corsHeaders, preflight } from './cors.ts';
import { drain } from './drain.ts';
import { isLoopback } from './loopback.ts';
import { parseRequest } from './request.ts';
import { route } from './route.ts';
import { S3Error } from './s3-error.ts';
import type { StoreParts } from './store-parts.ts';

export interface StoreOptions {
  readonly dataDir: string;
  readonly credentials: Credentials;
  readonly region: string;
  /** ms since epoch; the clock that expires URLs. */
  readonly now?: () => number;
  /** Hears of faults of the store itself (a full disk): the caller only sees InternalError. */
  readonly onFault?: (error: unknown) => void;
}

/**
 * A small S3 for development: a Node request handler over files in `dataDir`. One process per folder. It enforces
 * everything that is signed and refuses what it does not understand.
 */
export async function createStore(options: StoreOptions): Promise<RequestListener> {
  const { dataDir, credentials, region, now = Date.now, onFault = report } = options;
  const parts: StoreParts = { buckets: await Buckets.open(dataDir), credentials, region, now };
  return (message, response) => {
    respond(parts, onFault, message, response).catch((error: unknown) => {
      onFault(error);
      response.destroy();
    });
  };
}

function report(error: unknown): void {
  console.error('The development store failed:', error);
}

async function respond(
  parts: StoreParts,
  onFault: (error: unknown) => void,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomBytes(8).toString('hex');
  let cors: Record<string, string> = {};
  let answer: Answer;
  try {
    if (!isLoopback(message.socket.remoteAddress))
      throw new S3Error('AccessDenied', 'This store serves its own machine only.');
    const request = parseRequest(message);
    const rules = parts.buckets.find(request.bucket)?.cors ?? [];
    cors = corsHeaders(rules, request);
    answer =
      request.method === 'OPTIONS'
        ? { status: 200, headers: preflight(rules, request), body: null }
        : await route(parts, request, message);
  } catch (error) {
    if (message.destroyed && !message.complete) return; // The client left in the middle of its body.
    if (!(error instanceof S3Error)) onFault(error);
    const told = error instanceof S3Error ? error : new S3Error('InternalError', 'The store failed. Try again.');
    const body = told.toXml(requestId);
    answer = { status: told.status, headers: { 'content-type': 'application/xml', ...told.headers }, body };
  }
  const isRead = await drain(message);
  response.writeHead(answer.status, {
    ...cors,
    ...answer.headers,
    ...lengthOf(answer, message.method ?? ''),
    ...(!isRead && { connection: 'close' }),
    date: new Date(parts.now()).toUTCString(), // Clients set their clock by it.
    'x-amz-request-id': requestId,
    server: 'secure-upload-development-store',
  });
  await send(answer, message, response);
}

function lengthOf({ status, headers, body }: Answer, method: string): Record<string, string> {
  if (headers['content-length'] !== undefined || status === 204 || status === 304) return {};
  if (method === 'HEAD') return {};
  return { 'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : 0) };
}

async function send({ body }: Answer, message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (body === null || typeof body === 'string') {
    response.end(message.method === 'HEAD' ? undefined : (body ?? undefined));
    return;
  }
  try {
    await pipeline(body.chunks(), response);
  } catch (error) {
    if (!response.destroyed) throw error;
  } finally {
    await body.close();
  }
}
