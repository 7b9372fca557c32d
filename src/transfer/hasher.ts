import { toBase64 } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import { trustedWorkerUrl } from '../trusted-types.ts';
import { HASH_WORKER_SOURCE } from './hash-worker-source.ts';
import { until } from './patience.ts';
import type { Hasher } from './ports.ts';
import { Slots } from './slots.ts';

/** One worker is the bottleneck of six requests, two are not (measured). */
const WORKERS = 2;

/** SHA-256 in workers; on the main thread, one at a time, where the page lets none start. One buffer each at a time. */
export class WorkerHasher implements Hasher {
  #workers: HashWorker[] | null = null;
  readonly #mainThread = new Slots(1);
  readonly #lanes = new Slots(WORKERS);

  async hash(blob: Blob, signal: AbortSignal, lane: object = this): Promise<string> {
    const hash = await this.#lanes.with(() => this.#inWorker(blob, signal), signal, lane);
    return hash ?? this.#mainThread.with(() => hashHere(blob), signal, lane);
  }

  close(): void {
    for (const worker of this.#workers ?? []) worker.close();
    this.#workers = [];
  }

  /** Null where no worker can. */
  async #inWorker(blob: Blob, signal: AbortSignal): Promise<string | null> {
    this.#workers ??= startWorkers();
    const [worker] = this.#workers.filter(({ isAble }) => isAble).sort((a, b) => a.load - b.load);
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
    this.#worker.onmessage = ({ data }: MessageEvent<Answer & { id: number }>) => {
      const tell = this.#asked.get(data.id);
      this.#asked.delete(data.id);
      tell?.(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.close();
    };
  }

  /** How much it was asked and has not answered, also where nobody waits for it any more. */
  get load(): number {
    return this.#asked.size;
  }

  async hash(blob: Blob, signal: AbortSignal): Promise<string | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    let answer: Answer = { failed: 'unable' };
    await until((resume) => {
      this.#asked.set(id, (given) => {
        answer = given;
        resume();
      });
      this.#worker.postMessage({ id, blob });
      return () => this.#asked.set(id, () => {});
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
    if (answer.failed === 'unreadable') throw unreadable(answer.name);
    // An opaque origin's worker has no crypto.subtle in Chromium.
    this.isAble = false;
    return null;
  }
}

type Answer =
  | { readonly hash: ArrayBuffer }
  | { readonly failed: 'unreadable'; readonly name: string }
  | { readonly failed: 'unable' };

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
  } catch (error) {
    throw unreadable(error instanceof DOMException ? error.name : '');
  }
  if (bytes.byteLength !== blob.size) throw unreadable('NotReadableError');
  return toBase64(await crypto.subtle.digest('SHA-256', bytes));
}

/** A file that could be read when it was chosen: moved away, or (File API section 7) changed since. */
function unreadable(name: string): UploadError {
  return new UploadError(name === 'NotReadableError' ? 'file_changed' : 'file_unreadable');
}
