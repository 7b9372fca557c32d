import type { Room, StoredFile } from '../contract/uploads.ts';
import type { Context } from '../contract/values.ts';
import { HandOver } from './hand-over.ts';
import type { ItemList } from './item-list.ts';
import { type Closed, closedFor } from './owner-stop.ts';
import { Paced } from './paced.ts';
import type { Clock, SignInNeed, Transfer, TransferWatcher } from './ports.ts';
import type { ItemProblem } from './problem.ts';
import { Tally } from './tally.ts';
import { TimeLeft } from './time-left.ts';
import { ACTIVE, isActive, MAY_PAUSE, mayPause } from './upload-phases.ts';
import type { ItemPhase, ItemSnapshot } from './upload-snapshot.ts';

export interface RunListener {
  changed(): void;
  /** A file went on: of interest soon, and often. */
  moved(): void;
  /** At most ten times a second. */
  progress(): void;
  room(room: Room): void;
  signInNeeded(why: SignInNeed): void;
  /** Nothing of the batch is under way any more. */
  settled(): void;
}

export interface SendOptions {
  readonly folder?: string | undefined;
  readonly context?: Context | undefined;
  readonly requests?: number | undefined;
}

const PROGRESS_MS = 100;

/** One batch on its way, and what the transfer tells of it. A batch that is tried again stays the same run. */
export class UploadRun implements TransferWatcher {
  isOffline = false;
  isSlow = false;
  busyUntil: number | null = null;
  lastReference: string | null = null;
  /** The owner stopped the app meanwhile: nothing sets out any more, and what moves comes to its end. */
  closed: Closed | null = null;
  readonly #ports: { readonly list: ItemList; readonly transfer: Transfer; readonly clock: Clock };
  readonly #listener: RunListener;
  readonly #keys = new Set<string>();
  readonly #tally = new Tally();
  readonly #unwatch: () => void;
  readonly #reported = new Map<string, ItemPhase>();
  readonly #timeLeft = new TimeLeft();
  readonly #progress: Paced;
  readonly #handOver: HandOver<ItemSnapshot, SendOptions>;
  #calls = 0;

  constructor(
    ports: { readonly list: ItemList; readonly transfer: Transfer; readonly clock: Clock },
    listener: RunListener,
  ) {
    this.#ports = ports;
    this.#listener = listener;
    this.#handOver = new HandOver(ports.clock, (items, options) => this.#send(items, options));
    this.#progress = new Paced(PROGRESS_MS, ports.clock, () => {
      this.#timeLeft.update(ports.clock.now(), this.sent, this.total);
      listener.progress();
    });
    this.#unwatch = ports.list.watch((before, after) => {
      const key = (before ?? after)?.key;
      if (key === undefined || !this.#keys.has(key)) return;
      if (before) this.#tally.take(before);
      if (after) this.#tally.add(after);
    });
  }

  get items(): readonly ItemSnapshot[] {
    return this.#ports.list.all.filter(({ key }) => this.#keys.has(key));
  }

  get isRunning(): boolean {
    return this.#handOver.isBusy || this.#tally.files(...ACTIVE) > 0;
  }

  /** Some files are, and none of the others could move. One that the broker checks meanwhile does not count. */
  get isPaused(): boolean {
    return this.#tally.files('paused') > 0 && this.#tally.files(...MAY_PAUSE) === 0;
  }

  get filesArrived(): number {
    return this.#tally.files('uploaded');
  }

  get filesOfAll(): number {
    return this.#tally.files('uploaded', 'not-done', ...ACTIVE);
  }

  /** Bytes. */
  get total(): number {
    return this.#tally.total;
  }

  /** Bytes. */
  get sent(): number {
    return this.#tally.sent;
  }

  get msLeft(): number | null {
    const isMoving = this.isRunning && !this.isPaused && !this.isOffline && this.busyUntil === null;
    return isMoving ? this.#timeLeft.ms : null;
  }

  start(items: readonly ItemSnapshot[], options: SendOptions): void {
    this.#timeLeft.forget();
    this.closed = null;
    this.#handOver.give(items, options);
  }

  /** What came to this end since it was asked last: one report per file. */
  report(phase: 'uploaded' | 'not-done'): readonly ItemSnapshot[] {
    const fresh = this.items.filter((item) => item.phase === phase && this.#reported.get(item.key) !== phase);
    for (const { key } of fresh) this.#reported.set(key, phase);
    return fresh;
  }

  /** Takes a file off the way; false where it was on none. What comes about it later says nothing. */
  stop(key: string, isLeft = false): boolean {
    if (!this.#phase(key)) return false;
    // What was sent is deleted, so there is nothing to go on with; unless it is only left.
    this.#ports.list.move(key, 'ready', { sent: 0, ...(!isLeft && { resumes: undefined }) });
    const item = this.#ports.list.get(key);
    if (item) this.#tally.take(item);
    this.#keys.delete(key);
    return true;
  }

  /** Takes all off the way, also those that nobody has been handed yet. `isLeft`: what was sent stays. */
  stopAll(isLeft = false): void {
    const wasBusy = this.#handOver.isBusy;
    this.#handOver.drop();
    for (const { key } of this.items) this.stop(key, isLeft);
    if (wasBusy && this.#calls === 0) this.#end();
  }

  pause(...keys: readonly string[]): void {
    for (const key of keys) {
      const phase = this.#phase(key);
      if (!phase || !mayPause(phase)) continue;
      this.#ports.list.move(key, 'paused');
      this.#ports.transfer.pause(key);
    }
    this.#timeLeft.forget();
  }

  resume(...keys: readonly string[]): void {
    for (const key of keys) {
      if (this.#phase(key) !== 'paused') continue;
      this.#ports.list.move(key, 'waiting');
      this.#ports.transfer.resume(key);
    }
    this.#timeLeft.forget();
  }

  /** Another run takes its place. */
  leave(): void {
    this.#handOver.drop();
    this.#progress.drop();
    this.#unwatch();
  }

  waiting(): void {}

  progress(key: string, sent: number): void {
    const phase = this.#phase(key);
    const size = this.#ports.list.get(key)?.size ?? 0;
    if (phase === 'waiting' && sent > 0) this.#move(key, 'uploading');
    else if (phase === 'finishing' && sent < size) this.#move(key, 'uploading');
    if (phase !== undefined) this.#ports.list.setSent(key, sent);
    this.#tellProgress();
  }

  finishing(key: string): void {
    const phase = this.#phase(key);
    if (phase && phase !== 'finishing') this.#move(key, 'finishing');
  }

  stored(key: string, stored: StoredFile): void {
    if (!this.#phase(key)) return;
    // An upload of an earlier visit keeps the reference that it was begun with.
    this.lastReference ??= stored.reference;
    this.#ports.list.move(key, 'uploaded', { stored, sent: stored.size });
    this.#tellProgress();
    this.#leaveHeld();
  }

  notDone(key: string, problem: ItemProblem): void {
    if (!this.#phase(key)) return;
    const closed = closedFor(problem);
    if (closed) this.#holdBack(key, closed);
    else this.#ports.list.move(key, 'not-done', { problem, sent: 0 });
    this.#tellProgress();
    this.#leaveHeld();
  }

  reference(reference: string, room?: Room): void {
    this.lastReference = reference;
    if (room) this.#listener.room(room);
    this.#listener.changed();
  }

  busy(until: number | null): void {
    this.busyUntil = until;
    this.#timeLeft.forget();
    this.#listener.changed();
  }

  offline(isOffline: boolean): void {
    this.isOffline = isOffline;
    this.#timeLeft.forget();
    this.#listener.changed();
  }

  slow(isSlow: boolean): void {
    this.isSlow = isSlow;
    this.#listener.changed();
  }

  signInNeeded(why: SignInNeed): void {
    this.#timeLeft.forget();
    this.#listener.signInNeeded(why);
  }

  /** Undefined for a file that is not under way: what comes late about it says nothing. */
  #phase(key: string): ItemPhase | undefined {
    const phase = this.#ports.list.get(key)?.phase;
    return phase && isActive(phase) ? phase : undefined;
  }

  #send(items: readonly ItemSnapshot[], options: SendOptions): void {
    const { list, transfer } = this.#ports;
    const continuesBatch = this.#keys.size > 0;
    const files = items.flatMap(({ key }) => {
      const item = list.get(key);
      // Taken out, or sent already, while others were handed over.
      if (item?.phase !== 'ready' && item?.phase !== 'not-done') return [];
      if (!this.#keys.has(key)) this.#tally.add(item);
      this.#keys.add(key);
      this.#reported.delete(key);
      list.move(key, 'waiting', { sent: 0 });
      const { file, path, resumes, handle, made } = item;
      const more = {
        ...(resumes && { resumes: resumes.id }),
        ...(handle && { handle }),
        ...(made && { fromSize: made.fromSize }),
      };
      return { key, file, path, sniffedType: list.sniffedType(key), ...more };
    });
    this.#listener.moved();
    this.#calls += 1;
    void transfer.send(files, { ...options, continuesBatch }, this).finally(() => {
      this.#calls -= 1;
      if (this.#calls === 0 && !this.#handOver.isBusy) this.#end();
    });
  }

  /** The file waits for "Upload" again, and so do all of which nothing was sent. The last goes first: none takes its place. */
  #holdBack(key: string, closed: Closed): void {
    this.closed = closed;
    this.#handOver.drop();
    this.stop(key, true);
    for (const item of [...this.items].reverse()) {
      if (item.phase !== 'waiting' || item.sent > 0 || item.resumes) continue;
      this.stop(item.key, true);
      this.#ports.transfer.cancel(item.key);
    }
  }

  /** Nobody would bring to its end what a person has paused. */
  #leaveHeld(): void {
    if (!this.closed || this.#tally.files(...MAY_PAUSE, 'finishing') > 0 || this.#tally.files('paused') === 0) return;
    this.#ports.transfer.leaveAll();
    this.stopAll(true);
  }

  #move(key: string, phase: ItemPhase): void {
    this.#ports.list.move(key, phase);
    this.#listener.moved();
  }

  #tellProgress(): void {
    this.#listener.moved();
    this.#progress.call();
  }

  #end(): void {
    // The last figures are told before the end is.
    this.#progress.flush();
    this.isOffline = false;
    this.isSlow = false;
    this.busyUntil = null;
    this.#listener.settled();
  }
}
