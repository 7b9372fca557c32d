import { MAX_PARTS } from '../contract/plan.ts';
import {
  type CompleteUploads,
  FILES_A_CALL,
  type FileToUpload,
  type Room,
  type StartedUpload,
  type StoredFile,
} from '../contract/uploads.ts';
import type { Context } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import { Gatherer } from './gatherer.ts';
import type { Grants } from './ports.ts';
import type { Slots } from './slots.ts';
import type { Steady } from './steady.ts';

export interface BatchOptions {
  readonly folder?: string | undefined;
  readonly context?: Context | undefined;
}

interface ToStart {
  readonly file: FileToUpload;
  readonly signal: AbortSignal;
}

type ToSettle = CompleteUploads['uploads'][number];

/** What may be granted ahead of sending: about as much as leaves at 4.5 Mbit/s while a grant lives (120 s). */
const AHEAD_BYTES = 64 * 1024 * 1024;
/** `upload_over`: the repeat of a start whose answer was lost, and which the broker had ended, because the store was away. */
const STARTING_PASSES: ReadonlySet<string> = new Set(['store_down', 'upload_over']);
const SETTLING_PASSES: ReadonlySet<string> = new Set(['store_down', 'not_stored_yet']);
/** Files under one reference: started together, settled together. */
export class Batch {
  readonly trace: string;
  readonly options: BatchOptions;
  readonly #grants: Grants;
  readonly #steady: Steady;
  readonly #slots: Pick<Slots, 'count'>;
  readonly #onReference: (reference: string, room?: Room) => void;
  readonly #signal: AbortSignal;
  #id: string | undefined;
  #ahead = 0;

  constructor(
    options: BatchOptions,
    ports: {
      grants: Grants;
      steady: Steady;
      slots: Pick<Slots, 'count'>;
      onReference: (reference: string, room?: Room) => void;
      signal: AbortSignal;
    },
  ) {
    this.options = options;
    this.#grants = ports.grants;
    this.#steady = ports.steady;
    this.#slots = ports.slots;
    this.#onReference = ports.onReference;
    this.#signal = ports.signal;
    this.trace = ports.grants.newTrace();
  }

  readonly #starts = new Gatherer<ToStart, StartedUpload | UploadError>(
    (waiting) => this.#most(waiting),
    (waiting) => this.#startAll(waiting),
  );
  readonly #ends = new Gatherer<ToSettle, StoredFile | UploadError>(mostToSettle, (waiting) =>
    this.#settleAll(waiting),
  );

  /** Reserves room. Each one started with a grant must be `taken` once. Fails with the broker's refusal. */
  start(file: FileToUpload, signal: AbortSignal): Promise<StartedUpload> {
    return this.#untilAnswered(() => this.#starts.add({ file, signal }, signal), STARTING_PASSES, signal);
  }

  /** A started file is on its way, or will never be. */
  taken(): void {
    this.#ahead -= 1;
    void this.#starts.go();
  }

  /** Lets the broker check what was stored. Fails with its refusal; with not_stored_yet after the budget. */
  settle(upload: ToSettle, signal: AbortSignal): Promise<StoredFile> {
    return this.#untilAnswered(() => this.#ends.add(upload, signal), SETTLING_PASSES, signal);
  }

  /** The broker answers each file of a call on its own: trouble with one that passes is no trouble with the call. */
  async #untilAnswered<Answer extends object>(
    ask: () => Promise<Answer | UploadError>,
    passing: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const patience = this.#steady.patience();
    for (;;) {
      const answer = await ask();
      if (!(answer instanceof UploadError)) return answer;
      if (!passing.has(answer.code) || !(await this.#steady.waitOut(patience, undefined, signal))) throw answer;
    }
  }

  #most(waiting: readonly ToStart[]): number {
    // While a granted file waits for every slot, no more are started.
    if (this.#ahead >= this.#slots.count) return 0;
    let bytes = 0;
    const tooMany = waiting.findIndex(({ file }, i) => {
      // Nothing is granted yet for one that goes in parts.
      if (file.sha256 !== undefined) bytes += file.size;
      return i >= FILES_A_CALL || (i > 0 && bytes > AHEAD_BYTES);
    });
    return tooMany === -1 ? waiting.length : tooMany;
  }

  async #startAll(waiting: readonly ToStart[]) {
    const answer = await this.#callStart(waiting.map(({ file }) => file));
    this.#id = answer.batch;
    this.#onReference(answer.reference, answer.room);
    return waiting.map(({ signal }, i) => {
      const entry = answer.files[i];
      if (!entry) return { error: new UploadError('broker_unexpected') };
      if ('problem' in entry) return { value: new UploadError(entry.problem.code, { problem: entry.problem }) };
      if (signal.aborted) {
        this.abort(entry.upload.id);
        return { error: signal.reason };
      }
      if (entry.upload.grant) this.#ahead += 1;
      return { value: entry.upload };
    });
  }

  async #callStart(files: FileToUpload[]) {
    const { folder, context } = this.options;
    for (;;) {
      const body = {
        files,
        ...(folder !== undefined && { folder }),
        ...(context !== undefined && { context }),
        ...(this.#id !== undefined && { batch: this.#id }),
        ...(this.#steady.isQuick && { accepts_forms: true }),
      };
      const batch = { idempotencyKey: crypto.randomUUID(), trace: this.trace, signal: this.#signal };
      try {
        return await this.#steady.call(() => this.#grants.startUploads(body, batch), this.#signal);
      } catch (error) {
        // The earlier batch belongs to whoever was signed in before.
        if (this.#id === undefined || !(error instanceof UploadError && error.code === 'not_found')) throw error;
        this.#id = undefined;
      }
    }
  }

  async #settleAll(uploads: readonly ToSettle[]) {
    const batch = { idempotencyKey: crypto.randomUUID(), trace: this.trace, signal: this.#signal };
    const { files } = await this.#steady.call(() => this.#grants.completeUploads(uploads, batch), this.#signal);
    return uploads.map(({ id }) => {
      const entry = files.find((file) => file.id === id);
      if (!entry) return { error: new UploadError('broker_unexpected') };
      if ('file' in entry) return { value: entry.file };
      return { value: new UploadError(entry.problem.code, { problem: entry.problem }) };
    });
  }

  /** Gives the reserved room back. Best effort: what is never aborted ends by its life. */
  abort(id: string): void {
    if (this.#signal.aborted) return;
    this.#steady.call(() => this.#grants.abortUpload(id), this.#signal).catch(() => {});
  }
}

/** So many uploads, and so many checksums, as one body shall carry. */
function mostToSettle(waiting: readonly ToSettle[]): number {
  let parts = 0;
  const tooMany = waiting.findIndex((upload, i) => {
    parts += upload.parts?.length ?? 0;
    return i >= FILES_A_CALL || (i > 0 && parts > MAX_PARTS);
  });
  return tooMany === -1 ? waiting.length : tooMany;
}
