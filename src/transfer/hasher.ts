import { toBase64 } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import { HASH_WORKER_SOURCE } from './hash-worker-source.ts';
import { until } from './patience.ts';
import type { Hasher } from './ports.ts';
import { Slots } from './slots.ts';
import { trustedWorkerUrl } from './trusted-url.ts';

/** One worker is the bottleneck of six requests, two are not (measured). */
const WORKERS = 2;

/** SHA-256 of whole files in workers; on the main thread, one at a time, where the page lets none start. */
export class WorkerHasher implements Hasher {
  #workers: HashWorker[] | null = null;
  #next = 0;
  readonly #mainThread = new Slots(1);
  readonly #lanes = new Slots(WORKERS);

  async hash(blob: Blob, signal: AbortSignal): Promise<string> {
    const hash = await this.#lanes.with(() => this.#inWorker(blob, signal), signal);
    return hash ?? this.#mainThread.with(() => hashHere(blob), signal);
  }

  close(): void {
    for (const worker of this.#workers ?? []) worker.close();
    this.#workers = [];
  }

  /** Null where no worker can. */
  async #inWorker(blob: Blob, signal: AbortSignal): Promise<string | null> {
    this.#workers ??= startWorkers();
    const able = this.#workers.filter((worker) => worker.isAble);
    this.#next += 1;
    const worker = able[this.#next % able.length];
    return worker ? worker.hash(blob, signal) : null;
  }
}

/** Refusal comes as an exception (WebKit) or as an `error` event (Chromium, Firefox): both mean the main thread. */
class HashWorker {
  isAble = true;
  readonly #worker: Worker;
  readonly #asked = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  constructor(url: string) {
    this.#worker = new Worker(trustedWorkerUrl(url));
    this.#worker.onmessage = ({ data }: MessageEvent<Answer & { id: number }>) => this.#asked.get(data.id)?.(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.close();
    };
  }

  async hash(blob: Blob, signal: AbortSignal): Promise<string | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    let answer: Answer = { failed: 'unable' };
    await until((resume) => {
      this.#asked.set(id, (given) => {
        answer = given;
        this.#asked.delete(id);
        resume();
      });
      this.#worker.postMessage({ id, blob });
      return () => this.#asked.delete(id);
    }, signal);
    return this.#read(answer);
  }

  close(): void {
    this.isAble = false;
    this.#worker.terminate();
    for (const tell of [...this.#asked.values()]) tell({ failed: 'unable' });
  }

  #read(answer: Answer): string | null {
    if ('hash' in answer) return toBase64(answer.hash);
    if (answer.failed === 'unreadable') throw new UploadError('file_unreadable');
    // An opaque origin's worker has no crypto.subtle in Chromium.
    this.isAble = false;
    return null;
  }
}

type Answer = { readonly hash: ArrayBuffer } | { readonly failed: 'unreadable' | 'unable' };

function startWorkers(): HashWorker[] {
  const url = URL.createObjectURL(new Blob([HASH_WORKER_SOURCE], { type: 'text/javascript' }));
  try {
    return Array.from({ length: WORKERS }, () => new HashWorker(url));
  } catch {
    return [];
  }
}

async function hashHere(blob: Blob): Promise<string> {
  let bytes: ArrayBuffer;
  try {
    bytes = await blob.arrayBuffer();
  } catch (cause) {
    throw new UploadError('file_unreadable', { cause });
  }
  return toBase64(await crypto.subtle.digest('SHA-256', bytes));
}
