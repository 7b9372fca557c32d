import { Uppy } from '@uppy/core';
import type { StoredFile } from '../contract/uploads.ts';
import { asUploadError, UploadError } from '../errors.ts';
import { atMostEvery } from './at-most-every.ts';
import { Batch, type BatchOptions } from './batch.ts';
import { Conditions } from './conditions.ts';
import type { SendingPorts } from './journey.ts';
import { NOTHING_UNFINISHED } from './nothing-unfinished.ts';
import { Original } from './original.ts';
import { PART_WINDOW } from './parts-sending.ts';
import type { Clock, Connection, Grants, Hasher, OutgoingFile, Put, Random, TransferWatcher } from './ports.ts';
import { Sending } from './sending.ts';
import { Slots } from './slots.ts';
import { Steady } from './steady.ts';
import { Turns } from './turns.ts';
import { type CarriedFile, type Carrier, type FileBody, type FileMeta, UploaderPlugin } from './uploader-plugin.ts';

export interface TransferPorts {
  readonly grants: Grants;
  readonly hasher: Hasher;
  readonly put: Put;
  readonly clock: Clock;
  readonly random: Random;
  readonly connection: Connection;
}

interface Entry {
  readonly outgoing: OutgoingFile;
  readonly batch: Batch;
  readonly watcher: TransferWatcher;
  readonly turns: Turns;
  /** Uppy's id, once it is inside. */
  id: string | null;
  readonly settle: () => void;
}

/** Uppy clones its state at every event: its cost is flat up to some hundred files, and a wall at thousands. */
const WINDOW = 100;
/** Requests to the storage at a time, over all files (browsers open six connections to one HTTP/1.1 host). */
const REQUESTS = 6;
const PROGRESS_MS = 100;
/** Uppy would write file names to the page's console. */
const SILENT = { debug: () => {}, warn: () => {}, error: () => {} };

/** Owns files from accepted to stored, behind one port. The long list waits here, the running files are in Uppy. */
export class FileTransfer {
  readonly unfinished = NOTHING_UNFINISHED;
  readonly #ports: TransferPorts;
  readonly #sending: SendingPorts;
  readonly #uppy: Carrier = new Uppy<FileMeta, FileBody>({ id: 'secure-upload', logger: SILENT });
  readonly #entries = new Map<string, Entry>();
  readonly #closing = new AbortController();
  #lastBatch: Batch | null = null;

  constructor(ports: TransferPorts) {
    this.#ports = ports;
    const conditions = new Conditions(
      {
        busy: (until) => this.#tellAll((watcher) => watcher.busy(until)),
        offline: (isOffline) => this.#tellAll((watcher) => watcher.offline(isOffline)),
        slow: (isSlow) => this.#tellAll((watcher) => watcher.slow(isSlow)),
        signInNeeded: () => this.#tellAll((watcher) => watcher.signInNeeded()),
      },
      ports.clock,
    );
    const steady = new Steady(ports, conditions);
    this.#sending = { ...ports, steady, conditions, slots: new Slots(REQUESTS), window: new Slots(PART_WINDOW) };
    this.#uppy.use(UploaderPlugin, { store: (file, watch, signal) => this.#store(file, watch, signal) });
    this.#listen();
  }

  /**
   * Sends the files as one batch; files that come while it runs, or with `continuesBatch`, join it and its reference.
   * Resolves when none of them is left.
   */
  async send(
    files: readonly OutgoingFile[],
    options: BatchOptions & { readonly continuesBatch?: boolean | undefined },
    watcher: TransferWatcher,
  ): Promise<void> {
    const batch = this.#batchFor(options, watcher);
    const settled = files.map(
      (outgoing) =>
        new Promise<void>((settle) => {
          this.#entries.set(outgoing.key, { outgoing, batch, watcher, turns: new Turns(), id: null, settle });
          watcher.waiting(outgoing.key);
        }),
    );
    this.#fill();
    await Promise.all(settled);
  }

  cancel(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) this.#end(entry);
  }

  cancelAll(): void {
    const entries = [...this.#entries.values()];
    // Emptied first, so that none that waits takes the place of one that ends.
    this.#entries.clear();
    for (const entry of entries) this.#end(entry);
  }

  /** Stops one file and frees what it held; requests that run are made again after `resume`. */
  pause(key: string): void {
    this.#entries.get(key)?.turns.pause();
    this.#fill();
  }

  resume(key: string): void {
    this.#entries.get(key)?.turns.resume();
    this.#fill();
  }

  /** Tries again at once what waits for a connection. */
  tryNow(): void {
    this.#sending.steady.tryNow();
  }

  /** Goes on after `signInNeeded`. */
  signedIn(): void {
    this.#sending.conditions.signedIn();
  }

  /** Stops every request and tells nobody: the page is being left. What is stored stays, nothing is aborted. */
  close(): void {
    this.#closing.abort(new UploadError('cancelled'));
    this.cancelAll();
    this.#ports.hasher.close();
  }

  #batchFor(
    options: BatchOptions & { readonly continuesBatch?: boolean | undefined },
    watcher: TransferWatcher,
  ): Batch {
    const { folder, context } = options;
    const last = this.#lastBatch;
    const isSame = last?.options.folder === folder && sameContext(last?.options.context, context);
    if (last && isSame && (this.#entries.size > 0 || options.continuesBatch)) return last;
    this.#lastBatch = new Batch(
      { folder, context },
      {
        grants: this.#ports.grants,
        steady: this.#sending.steady,
        onReference: (reference) => watcher.reference(reference),
        signal: this.#closing.signal,
      },
    );
    return this.#lastBatch;
  }

  /** Moves waiting files into Uppy while its window has room. */
  #fill(): void {
    const moving = [...this.#entries.values()].filter(({ turns }) => !turns.isPaused);
    const room = Math.max(0, WINDOW - moving.filter(({ id }) => id !== null).length);
    const waiting = moving.filter(({ id }) => id === null).slice(0, room);
    if (waiting.length === 0 || this.#closing.signal.aborted) return;
    for (const entry of waiting) {
      const { file, key } = entry.outgoing;
      entry.id = this.#uppy.addFile({
        name: file.name,
        type: file.type,
        data: file,
        source: 'secure-upload',
        meta: { key, relativePath: key },
      });
    }
    // Its outcome is told file by file.
    this.#uppy.upload().catch(() => {});
  }

  #store(
    file: CarriedFile,
    watch: { sent(bytes: number): void; finishing(): void },
    signal: AbortSignal,
  ): Promise<StoredFile> {
    const entry = this.#entries.get(file.meta.key);
    if (!entry) throw new UploadError('cancelled');
    const sent = atMostEvery(PROGRESS_MS, this.#ports.clock, watch.sent);
    const { batch, outgoing, turns } = entry;
    signal.addEventListener('abort', () => turns.end(signal.reason), { once: true });
    const original = new Original(outgoing.file, this.#ports.hasher);
    const watcher = { sent, finishing: watch.finishing };
    const journey = { ports: this.#sending, batch, original, turns, watcher, signal };
    return new Sending(journey, outgoing.sniffedType).run();
  }

  #listen(): void {
    const entryOf = (file: CarriedFile | undefined) => file && this.#entries.get(file.meta.key);
    this.#uppy.on('upload-progress', (file, { bytesUploaded }) => {
      const entry = entryOf(file);
      if (typeof bytesUploaded === 'number') entry?.watcher.progress(entry.outgoing.key, bytesUploaded);
    });
    this.#uppy.on('postprocess-progress', (file) => {
      const entry = entryOf(file);
      entry?.watcher.finishing(entry.outgoing.key);
    });
    this.#uppy.on('upload-success', (file, { body }) => {
      const entry = entryOf(file);
      if (!entry) return;
      if (body?.stored) entry.watcher.stored(entry.outgoing.key, body.stored);
      this.#end(entry);
    });
    this.#uppy.on('upload-error', (file, error) => {
      const entry = entryOf(file);
      if (!entry) return;
      const { code, problem } = asUploadError(error, 'internal');
      entry.watcher.notDone(entry.outgoing.key, { code, figures: problem?.figures });
      this.#end(entry);
    });
  }

  /** Taking a file out of Uppy cancels what still runs for it. */
  #end(entry: Entry): void {
    this.#entries.delete(entry.outgoing.key);
    if (entry.id !== null) this.#uppy.removeFile(entry.id);
    entry.settle();
    this.#fill();
  }

  #tellAll(tell: (watcher: TransferWatcher) => void): void {
    for (const watcher of new Set([...this.#entries.values()].map((entry) => entry.watcher))) tell(watcher);
  }
}

function sameContext(a: BatchOptions['context'], b: BatchOptions['context']): boolean {
  const keys = Object.keys({ ...a, ...b });
  return keys.every((key) => a?.[key] === b?.[key]);
}
