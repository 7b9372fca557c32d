import { HTTP1_REQUESTS } from '../contract/plan.ts';
import type { StoredFile } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { atMostEvery } from './at-most-every.ts';
import { Batch, type BatchOptions } from './batch.ts';
import { Carriage } from './carriage.ts';
import { Conditions } from './conditions.ts';
import type { SendingPorts } from './journey.ts';
import { Original } from './original.ts';
import type { Clock, Connection, Grants, Hasher, OutgoingFile, Put, Random, TransferWatcher } from './ports.ts';
import type { Records } from './records.ts';
import { Sending } from './sending.ts';
import { Slots } from './slots.ts';
import { Steady } from './steady.ts';
import { Turns } from './turns.ts';

export interface TransferPorts {
  readonly grants: Grants;
  readonly hasher: Hasher;
  readonly put: Put;
  readonly clock: Clock;
  readonly random: Random;
  readonly connection: Connection;
  /** Loads what lets an upload outlive the page; where absent, none does. */
  readonly records?: (() => Promise<Records>) | undefined;
}

export interface SendOptions extends BatchOptions {
  readonly continuesBatch?: boolean | undefined;
  /** HTTP1_REQUESTS where absent. */
  readonly requests?: number | undefined;
}

interface Entry {
  readonly outgoing: OutgoingFile;
  readonly batch: Batch;
  readonly watcher: TransferWatcher;
  readonly settle: () => void;
  isPaused: boolean;
  /** Once it has set out. */
  turns: Turns | null;
}

/** How many files are on their way at once; the others wait here, where each costs next to nothing. */
const WINDOW = 100;
/** Letting one file in costs as much as letting in many: where more wait than there is room for, so long at most. */
const FILL_MS = 100;
/** Parts that are hashed ahead of those that are sent: two workers keep so many ready. */
const HASHED_AHEAD = 6;
const PROGRESS_MS = 100;

/** Owns files from accepted to stored, behind one port. The long list waits here, the running files are in a carriage. */
export class FileTransfer {
  readonly #ports: TransferPorts;
  readonly #sending: SendingPorts;
  readonly #carriage: Carriage;
  readonly #entries = new Map<string, Entry>();
  /** Those that have not set out, in their order; no paused ones. */
  readonly #waiting = new Set<Entry>();
  /** How many have set out and are not paused. */
  #moving = 0;
  #takeBackFilling: (() => void) | null = null;
  readonly #closing = new AbortController();
  #lastBatch: Batch | null = null;

  constructor(ports: TransferPorts) {
    this.#ports = ports;
    const conditions = new Conditions(
      {
        busy: (until) => this.#tellAll((watcher) => watcher.busy(until)),
        offline: (isOffline) => this.#tellAll((watcher) => watcher.offline(isOffline)),
        slow: (isSlow) => this.#tellAll((watcher) => watcher.slow(isSlow)),
        signInNeeded: (why) => this.#tellAll((watcher) => watcher.signInNeeded(why)),
      },
      ports.clock,
    );
    const steady = new Steady(ports, conditions);
    this.#sending = {
      ...ports,
      steady,
      conditions,
      records: ports.records ?? null,
      leaving: this.#closing.signal,
      slots: new Slots(HTTP1_REQUESTS),
      window: new Slots(HTTP1_REQUESTS + HASHED_AHEAD),
    };
    this.#carriage = new Carriage((key, watch, signal) => this.#store(key, watch, signal), {
      progress: (key, sent) => this.#entries.get(key)?.watcher.progress(key, sent),
      finishing: (key) => this.#entries.get(key)?.watcher.finishing(key),
      stored: (key, file) => this.#arrived(key, (watcher) => watcher.stored(key, file)),
      failed: (key, { code, problem }) =>
        this.#arrived(key, (watcher) => watcher.notDone(key, { code, figures: problem?.figures })),
    });
  }

  /**
   * Sends the files as one batch; files that come while it runs, or with `continuesBatch`, join it and its reference.
   * Resolves when none of them is left. `requests` go to the storage at a time, over all files of all batches.
   */
  async send(files: readonly OutgoingFile[], options: SendOptions, watcher: TransferWatcher): Promise<void> {
    const { requests = HTTP1_REQUESTS } = options;
    this.#sending.slots.count = requests;
    this.#sending.window.count = requests + HASHED_AHEAD;
    const batch = this.#batchFor(options, watcher);
    let left = files.length;
    if (left === 0) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        left -= 1;
        if (left === 0) resolve();
      };
      for (const outgoing of files) {
        const entry = { outgoing, batch, watcher, settle, isPaused: false, turns: null };
        this.#entries.set(outgoing.key, entry);
        this.#waiting.add(entry);
        watcher.waiting(outgoing.key);
      }
      this.#fill();
    });
  }

  cancel(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#carriage.drop([key]);
    this.#end(entry);
  }

  cancelAll(): void {
    const entries = [...this.#entries.values()];
    // Emptied first, so that none that waits takes the place of one that ends.
    this.#entries.clear();
    this.#waiting.clear();
    this.#carriage.drop(entries.map(({ outgoing }) => outgoing.key));
    for (const entry of entries) this.#end(entry);
  }

  /** As `cancelAll`, but uploads that have a record stay as they are, to be gone on with. */
  leaveAll(): void {
    for (const { turns } of this.#entries.values()) turns?.leave();
    this.cancelAll();
  }

  /** Stops one file and frees what it held; requests that run are made again after `resume`. */
  pause(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry || entry.isPaused) return;
    if (entry.turns) this.#moving -= 1;
    entry.isPaused = true;
    entry.turns?.pause();
    this.#waiting.delete(entry);
    this.#fill();
  }

  resume(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry?.isPaused) return;
    entry.isPaused = false;
    entry.turns?.resume();
    if (entry.turns) this.#moving += 1;
    else this.#waiting.add(entry);
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

  #batchFor(options: SendOptions, watcher: TransferWatcher): Batch {
    const { folder, context } = options;
    const last = this.#lastBatch;
    const isSame = last?.options.folder === folder && sameContext(last?.options.context, context);
    if (last && isSame && (this.#entries.size > 0 || options.continuesBatch)) return last;
    this.#lastBatch = new Batch(
      { folder, context },
      {
        grants: this.#ports.grants,
        steady: this.#sending.steady,
        slots: this.#sending.slots,
        onReference: (reference, room) => watcher.reference(reference, room),
        signal: this.#closing.signal,
      },
    );
    return this.#lastBatch;
  }

  /** Lets waiting files set out while there is room: all at once where they fit, else half a window at a time, or soon. */
  #fill(): void {
    const room = WINDOW - this.#moving;
    if (this.#waiting.size === 0 || room <= 0 || this.#closing.signal.aborted) return;
    if (this.#waiting.size <= room || room >= WINDOW / 2) this.#letIn(room);
    else this.#takeBackFilling ??= this.#ports.clock.after(FILL_MS, () => this.#letIn(WINDOW - this.#moving));
  }

  #letIn(room: number): void {
    this.#takeBackFilling?.();
    this.#takeBackFilling = null;
    const files: { key: string; file: File }[] = [];
    for (const entry of this.#waiting) {
      if (files.length >= room) break;
      this.#waiting.delete(entry);
      entry.turns = new Turns();
      files.push(entry.outgoing);
    }
    this.#moving += files.length;
    if (files.length > 0) this.#carriage.enter(files);
  }

  #store(
    key: string,
    watch: { sent(bytes: number): void; finishing(): void },
    signal: AbortSignal,
  ): Promise<StoredFile> {
    const entry = this.#entries.get(key);
    if (!entry?.turns) throw new UploadError('cancelled');
    const sent = atMostEvery(PROGRESS_MS, this.#ports.clock, watch.sent);
    const { batch, outgoing, turns } = entry;
    signal.addEventListener('abort', () => turns.end(signal.reason), { once: true });
    const original = new Original(outgoing.file, this.#ports.hasher);
    const watcher = { sent, finishing: watch.finishing };
    const journey = { ports: this.#sending, batch, original, turns, watcher, signal };
    return new Sending(journey, outgoing).run();
  }

  #arrived(key: string, tell: (watcher: TransferWatcher) => void): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    tell(entry.watcher);
    this.#end(entry);
  }

  #end(entry: Entry): void {
    this.#entries.delete(entry.outgoing.key);
    this.#waiting.delete(entry);
    if (entry.turns && !entry.isPaused) this.#moving -= 1;
    if (this.#moving === 0) this.#carriage.clear();
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
