import * as v from 'valibot';
import { ProblemBody } from '../contract/problem-body.ts';
import { readRetryAfter } from '../contract/retry-after.ts';
import { UploadError } from '../errors.ts';

/** `fetch`, or one that signs what it sends. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export interface Call<Schema extends v.GenericSchema | null> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What the answer must fit; null where it has no body. */
  readonly answer: Schema;
}

type Answer<Schema extends v.GenericSchema | null> = Schema extends v.GenericSchema ? v.InferOutput<Schema> : undefined;

/**
 * One call of the wire. Fails with UploadError: the broker's own code where it answered a problem, broker_down or
 * offline where nobody answered, broker_unexpected where the answer does not fit the contract; an abort by `signal`
 * fails with its reason.
 */
export async function send<const Schema extends v.GenericSchema | null>(
  fetch: Fetch,
  call: Call<Schema>,
): Promise<Answer<Schema>> {
  const response = await reach(fetch, call);
  if (!response.ok) throw await problemOf(response, call.signal);
  if (call.answer === null) return undefined as Answer<Schema>;
  const answer = v.safeParse(call.answer, await readJson(response, call.signal));
  if (!answer.success) throw new UploadError('broker_unexpected');
  return answer.output as Answer<Schema>;
}

async function reach(fetch: Fetch, { method, url, body, headers, signal }: Call<v.GenericSchema | null>) {
  try {
    return await fetch(url, {
      method,
      credentials: 'omit',
      redirect: 'error',
      headers: {
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof UploadError) throw cause;
    throw new UploadError(globalThis.navigator?.onLine === false ? 'offline' : 'broker_down', { cause });
  }
}

export async function problemOf(response: Response, signal: AbortSignal | undefined): Promise<UploadError> {
  const body = v.safeParse(ProblemBody, await readJson(response, signal));
  const retryAfterMs = readRetryAfter(response.headers.get('Retry-After'), Date.now());
  if (body.success) return new UploadError(body.output.code, { problem: body.output, retryAfterMs });
  // No broker of ours speaks like this: a gateway before it does.
  if (response.status === 429) return new UploadError('slow_down', { retryAfterMs });
  return new UploadError(response.status >= 500 ? 'broker_down' : 'broker_unexpected', { retryAfterMs });
}

/** Undefined where it is no JSON; that fits no schema. */
async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof SyntaxError) return undefined;
    throw new UploadError('broker_down', { cause });
  }
}
