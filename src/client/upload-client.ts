import type * as v from 'valibot';
import { Agreements, type GiveAgreement } from '../contract/agreements.ts';
import {
  CompletedUploads,
  type CompleteUploads,
  type PutGrant,
  Room,
  SignedParts,
  type SignParts,
  StartedUploads,
  type StartUploads,
  UploadStatus,
} from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { type Call, type Fetch, send } from './call.ts';
import { newTrace, traceparent } from './trace.ts';

/** What accompanies a call that may be sent twice. */
export interface BatchCall {
  /** The same for every try of one body. */
  readonly idempotencyKey: string;
  /** From `newTrace()`: the same for every call of one batch. */
  readonly trace: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A call that has no answer by then has none: a connection that stands still would hold its files for ever. Longer than
 * the broker waits for the storage (30 s), so that its own word of that arrives.
 */
const ANSWER_MS = 45_000;

/** The calls of an upload. Is given a fetch that signs; knows no token. Fails as `send` does. */
export class UploadClient {
  readonly #broker: URL;
  readonly #fetch: Fetch;

  constructor(broker: URL, fetch: Fetch) {
    this.#broker = broker;
    this.#fetch = fetch;
  }

  newTrace(): string {
    return newTrace();
  }

  /** What uploaders are asked, and what this person said. */
  agreements(): Promise<Agreements> {
    return this.call('GET', '/v1/agreements', Agreements, {});
  }

  agree(body: GiveAgreement): Promise<Agreements> {
    return this.call('POST', '/v1/agreements', Agreements, { body });
  }

  readRoom(): Promise<Room> {
    return this.call('GET', '/v1/room', Room, {});
  }

  startUploads(body: StartUploads, batch: BatchCall): Promise<StartedUploads> {
    return this.call('POST', '/v1/uploads', StartedUploads, { body, ...batchHeaders(batch) });
  }

  /** Fresh grants, in the order in which the parts were asked for. */
  async signParts(body: SignParts, options: { trace: string; signal?: AbortSignal | undefined }): Promise<PutGrant[]> {
    const { parts } = await this.call('POST', '/v1/uploads/parts', SignedParts, {
      body,
      headers: { traceparent: traceparent(options.trace) },
      signal: options.signal,
    });
    const grants = new Map(parts.map(({ number, grant }) => [number, grant]));
    return body.parts.map(({ number }) => {
      const grant = grants.get(number);
      if (!grant) throw new UploadError('broker_unexpected');
      return grant;
    });
  }

  completeUploads(uploads: readonly CompleteUploads['uploads'][number][], batch: BatchCall): Promise<CompletedUploads> {
    return this.call('POST', '/v1/uploads/complete', CompletedUploads, { body: { uploads }, ...batchHeaders(batch) });
  }

  uploadStatus(id: string, signal?: AbortSignal): Promise<UploadStatus> {
    return this.call('GET', `/v1/uploads/${encodeURIComponent(id)}`, UploadStatus, { signal });
  }

  abortUpload(id: string): Promise<undefined> {
    return this.call('DELETE', `/v1/uploads/${encodeURIComponent(id)}`, null, {});
  }

  protected async call<const Schema extends v.GenericSchema | null>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    answer: Schema,
    { signal, ...more }: Pick<Call<Schema>, 'body' | 'headers' | 'signal'>,
  ) {
    const silence = AbortSignal.timeout(ANSWER_MS);
    const either = signal ? AbortSignal.any([signal, silence]) : silence;
    try {
      return await send(this.#fetch, { method, url: new URL(path, this.#broker), answer, ...more, signal: either });
    } catch (cause) {
      if (cause === silence.reason && silence.aborted) throw new UploadError('broker_down', { cause });
      throw cause;
    }
  }
}

function batchHeaders({ idempotencyKey, trace, signal }: BatchCall) {
  return { headers: { 'Idempotency-Key': idempotencyKey, traceparent: traceparent(trace) }, signal };
}
