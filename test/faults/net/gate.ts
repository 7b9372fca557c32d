import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as send,
} from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Act, Call } from '../script.ts';
import { callOf } from './calls.ts';

export interface GateWatcher {
  /** What is to happen to this call; null where nothing is. */
  next(call: Call): { readonly act: Act; readonly nth: number } | null;
  /** Kills, reloads. Resolves when it is done. */
  act(act: Act): Promise<void>;
  say(text: string): void;
  /** Bytes of a body that went on to the store. */
  carried(call: Call, bytes: number): void;
}

/** ms: how long nothing moves on a stalled connection before the far end gives it up too; and a late one waits. */
export interface GateTimes {
  readonly stallMs: number;
  readonly lateMs: number;
}

const SAFE_BODY = 32 * 1024;

/** Stands before one part on a port of its own. Passes everything on as it is, but for the faults that it is told. */
export class Gate {
  readonly port: number;
  readonly #end: 'broker' | 'store';
  readonly #upstream: number;
  readonly #server: Server;
  watcher: GateWatcher | null = null;
  times: GateTimes = { stallMs: 0, lateMs: 0 };
  /** ms that each answer takes longer, also those of pages and scripts. */
  slowMs = 0;

  private constructor(end: 'broker' | 'store', server: Server, port: number, upstream: number) {
    this.#end = end;
    this.#server = server;
    this.port = port;
    this.#upstream = upstream;
    server.on('request', (request, response) => void this.#pass(request, response));
  }

  static async open(end: 'broker' | 'store', upstream: number): Promise<Gate> {
    const server = createServer({ requestTimeout: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('A gate has no port');
    return new Gate(end, server, address.port, upstream);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Drops whoever is still connected. */
  clear(): void {
    this.#server.closeAllConnections();
  }

  close(): void {
    this.#server.close();
    this.clear();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.slowMs > 0) await wait(this.slowMs);
    const { watcher } = this;
    const call = watcher && callOf(this.#end, request);
    const fault = call && watcher.next(call);
    if (!watcher || !call) return void this.#forward(request, response);
    if (!fault) return void this.#forward(request, response, { carried: (bytes) => watcher.carried(call, bytes) });
    const { act, nth } = fault;
    watcher.say(`${call} ${nth}: ${describe(act)}`);
    const cut = () => void request.socket.destroy();
    const isKill = act.kind === 'kill' || act.kind === 'reload';
    if (isKill && act.when === 'before') {
      await watcher.act(act);
      if (act.kind === 'reload') return cut();
      return void this.#forward(request, response);
    }
    if (isKill) {
      // During: with the request on its way. After: with its answer gone back.
      const acted =
        act.when === 'during' ? { sent: () => void watcher.act(act) } : { answered: () => void watcher.act(act) };
      return void this.#forward(request, response, acted);
    }
    if (act.kind === 'late') return void setTimeout(() => this.#forward(request, response), this.times.lateMs);
    if (act.kind === 'status') return refuse(request, response, act);
    if (act.kind === 'lose-answer') return void this.#forward(request, response, { answer: cut });
    const end = act.kind === 'cut' ? cut : () => void setTimeout(cut, this.times.stallMs).unref();
    if (act.where === 'before') return end();
    if (act.where === 'body') return void this.#forwardHalf(request, response, end);
    this.#forward(request, response, {
      answer: (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.once('data', (chunk: Buffer) => response.write(chunk.subarray(0, chunk.length / 2)));
        response.flushHeaders();
        setTimeout(end, 5);
      },
    });
  }

  #forward(
    request: IncomingMessage,
    response: ServerResponse,
    on: {
      carried?: (bytes: number) => void;
      sent?: () => void;
      answer?: (answer: IncomingMessage) => void;
      answered?: () => void;
    } = {},
  ): ClientRequest {
    const { method, url, headers } = request;
    const onward = send({ host: '127.0.0.1', port: this.#upstream, method, path: url, headers, agent: false });
    onward.on('response', (answer) => {
      answer.on('error', () => response.destroy());
      if (on.answer) {
        if (answer.headers['content-length'] === '0' || method === 'HEAD') answer.resume();
        return on.answer(answer);
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
      if (on.answered) response.once('finish', on.answered);
    });
    onward.on('error', () => request.socket.destroy());
    response.on('close', () => onward.destroy());
    request.on('data', (chunk: Buffer) => on.carried?.(chunk.length));
    request.pipe(onward);
    if (on.sent) onward.once('finish', on.sent);
    return onward;
  }

  /** Half of the body arrives; for a body that is not worth halving, its head. */
  #forwardHalf(request: IncomingMessage, response: ServerResponse, end: () => void): void {
    const { method, url, headers } = request;
    const length = Number(headers['content-length'] ?? 0);
    const onward = send({ host: '127.0.0.1', port: this.#upstream, method, path: url, headers, agent: false });
    onward.on('error', () => request.socket.destroy());
    onward.on('response', (answer) => answer.resume());
    response.on('close', () => onward.destroy());
    onward.flushHeaders();
    let left = length < 2 ? 0 : Math.max(1, Math.floor(length / 2));
    request.on('data', (chunk: Buffer) => {
      if (left > 0) onward.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) request.pause();
      if (left <= 0) end();
    });
    if (left === 0) end();
  }
}

/** As a gateway before the store or the broker does: with the headers that let a page read it, or without. */
function refuse(request: IncomingMessage, response: ServerResponse, act: Extract<Act, { kind: 'status' }>): void {
  const { origin } = request.headers;
  const answer = () => {
    response.writeHead(act.status, {
      'content-type': 'text/plain',
      ...(act.isReadable &&
        origin && { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'Retry-After' }),
      ...(act.retryAfter !== null && { 'retry-after': String(act.retryAfter) }),
    });
    response.end('Try again later.');
  };
  if (Number(request.headers['content-length'] ?? 0) <= SAFE_BODY) {
    request.resume();
    return void request.once('end', answer);
  }
  // A refusal in the middle of a large body, and nobody reads the rest.
  request.once('data', () => {
    request.resume();
    answer();
  });
}

function describe(act: Act): string {
  switch (act.kind) {
    case 'cut':
    case 'stall':
      return `${act.kind} ${act.where}`;
    case 'kill':
      return `kill ${act.part} ${act.when}, ${act.downMs} ms`;
    case 'reload':
      return `reload ${act.when}`;
    case 'status':
      return `${act.status}${act.retryAfter === null ? '' : ` Retry-After ${act.retryAfter}`}${act.isReadable ? '' : ' unreadable'}`;
    default:
      return act.kind;
  }
}
