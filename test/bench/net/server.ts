import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Line } from './line.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came in, since the process began. */
export interface Traffic {
  /** Preflights included. */
  requests: number;
  preflights: number;
}

/** A server on a free port of the loopback, open to pages of any origin. Answers its origin. */
export async function serve(
  line: Line,
  traffic: Traffic,
  handle: (request: IncomingMessage, url: URL) => Promise<Answer>,
): Promise<string> {
  let origin = '';
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    traffic.requests += 1;
    if (request.method !== 'OPTIONS') return handle(request, new URL(request.url ?? '/', origin));
    traffic.preflights += 1;
    return { status: 204, headers: preflight(request) };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      async (given) => {
        await line.delay();
        write(request, response, given);
      },
      (error: unknown) => {
        if (request.destroyed && !request.complete) return;
        // A defect of the rig or a call that is not of the wire. The page gives up on a 400, so that the run fails at once.
        console.error(error);
        write(request, response, { status: 400 });
      },
    );
  });
  // A connection that closes between two parts would be paid for by whoever sends next.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return origin;
}

function preflight(request: IncomingMessage): Record<string, string> {
  return {
    'access-control-allow-methods': 'GET, PUT, POST, DELETE',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    'access-control-max-age': '86400',
  };
}

function write(request: IncomingMessage, response: ServerResponse, { status, headers, body = '' }: Answer): void {
  response.writeHead(status, {
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-expose-headers': 'ETag, Retry-After, DPoP-Nonce',
    vary: 'Origin',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}
