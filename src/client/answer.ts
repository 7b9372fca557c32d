import * as v from 'valibot';
import { ProblemBody } from '../contract/problems.ts';
import { UploadError } from '../errors.ts';

/**
 * Judges one answer of the broker. Fails with the code of its problem; with broker_unexpected where the body is not
 * what the contract says; the body itself never gets into a message.
 */
export async function readAnswer<Schema extends v.GenericSchema>(
  response: Response,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problemError(response, body);
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) throw new UploadError('broker_unexpected');
  return parsed.output;
}

export function problemError(response: Response, body: unknown): UploadError {
  const retryAfterMs = readRetryAfter(response.headers.get('Retry-After'));
  const parsed = v.safeParse(ProblemBody, body);
  if (parsed.success) return new UploadError(parsed.output.code, { problem: parsed.output, retryAfterMs });
  // Something between here and the broker answered in its place.
  return new UploadError(response.status >= 500 ? 'broker_down' : 'broker_unexpected', { retryAfterMs });
}

/** What `fetch` throws says nothing that may be shown: no answer came. */
export function unansweredError(cause: unknown, signal?: AbortSignal | undefined): UploadError {
  if (cause instanceof UploadError) return cause;
  if (signal?.aborted) return new UploadError('cancelled');
  const isOffline = globalThis.navigator?.onLine === false;
  return new UploadError(isOffline ? 'offline' : 'broker_down');
}

/** RFC 9110 section 10.2.3, the form in seconds; milliseconds, at most a day. */
function readRetryAfter(value: string | null): number | undefined {
  if (value === null || !/^\d{1,6}$/.test(value.trim())) return undefined;
  return Math.min(Number(value), 86_400) * 1_000;
}
