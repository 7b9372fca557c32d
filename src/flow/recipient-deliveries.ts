import type { Claimed, OfferedFile } from '../contract/links.ts';
import { asUploadError, UploadError } from '../errors.ts';
import type { Clock, RecipientCalls, Saver } from './ports.ts';
import { isUnanswered } from './recipient-problems.ts';
import type { DeliveryPhase, DeliverySnapshot, RecipientSnapshot } from './recipient-snapshot.ts';

/** An answer to a claim may be lost on the way; the same key may ask again. */
const SECOND_TRY_MS = 1_000;
/** Between two files that the browser fetches by itself: a second navigation at once would cancel the first. */
const BETWEEN_HANDOVERS_MS = 1_500;
const ENDING_MS = 5 * 60_000;
/** An address that dies in less than this is asked for anew. */
const ADDRESS_MARGIN_MS = 5_000;

export interface DeliveryPorts {
  readonly calls: RecipientCalls;
  readonly saver: Saver;
  readonly clock: Clock;
}

export interface DeliveryWatcher {
  changed(): void;
  /** Arrived, checked and saved. */
  received(file: OfferedFile): void;
}

/** The files of one accepted link on their way to the person: claim, addresses, reading, checking, the window. */
export class Deliveries {
  readonly #ports: DeliveryPorts;
  readonly #watcher: DeliveryWatcher;
  readonly #aborter = new AbortController();
  readonly #addresses = new Map<string, { url: string; staleAt: number }>();
  #list: readonly DeliverySnapshot[];
  #claiming: Promise<void> | null = null;
  #windowEndsAt: string | null = null;
  #window: RecipientSnapshot['deliveryWindow'] = 'not-begun';
  #mayExtend = false;
  /** ms since epoch, by the clock of this device. */
  #endsAtHere = 0;
  #stopTimer: () => void = () => {};

  constructor(ports: DeliveryPorts, files: readonly OfferedFile[], watcher: DeliveryWatcher) {
    this.#ports = ports;
    this.#watcher = watcher;
    this.#list = files.map((file) => ({ file, phase: 'ready', received: 0 }));
  }

  get list(): readonly DeliverySnapshot[] {
    return this.#list;
  }

  get windowEndsAt(): string | null {
    return this.#windowEndsAt;
  }

  get window(): RecipientSnapshot['deliveryWindow'] {
    return this.#window;
  }

  get mayExtend(): boolean {
    return this.#mayExtend;
  }

  get isAtWork(): boolean {
    return this.#list.some(({ phase }) => phase === 'receiving' || phase === 'checking');
  }

  /** Fails with the UploadError of a claim that was refused; what goes wrong with the bytes stands in the row. */
  async fetch(id: string): Promise<void> {
    const delivery = this.#list.find((entry) => entry.file.id === id);
    if (!delivery || delivery.phase === 'receiving' || delivery.phase === 'checking') return;
    const { file } = delivery;
    this.#mark(id, 'receiving', 0);
    try {
      if (this.#ports.saver.canRead(file.size)) await this.#read(file);
      else await this.#handOver(file);
    } catch (error) {
      this.#mark(id, 'interrupted', 0);
      throw error;
    }
  }

  async fetchAll(): Promise<void> {
    for (const { file } of this.#list.filter(({ phase }) => phase !== 'received')) {
      if (this.#aborter.signal.aborted) return;
      await this.fetch(file.id);
      if (!this.#ports.saver.canRead(file.size)) await this.#wait(BETWEEN_HANDOVERS_MS);
    }
  }

  /** Compares what the browser saved by itself with what was sent. */
  async compare(id: string, copy: Blob): Promise<void> {
    const delivery = this.#list.find((entry) => entry.file.id === id);
    if (!delivery || delivery.phase === 'receiving' || delivery.phase === 'checking') return;
    const { file } = delivery;
    this.#mark(id, 'checking', 0);
    const isSame = copy.size === file.size && (await this.#sumOf(copy, file)) === file.sha256;
    this.#mark(id, isSame ? 'received' : 'other-copy', isSame ? file.size : 0);
    if (isSame) this.#watcher.received(file);
  }

  /** The window once more, once. Fails with the UploadError of the call. */
  async extend(): Promise<void> {
    const now = this.#ports.clock.now();
    const before = this.#windowEndsAt;
    const { window_ends_at: endsAt } = await this.#ports.calls.extend();
    this.#mayExtend = false;
    this.#windowEndsAt = endsAt;
    // As much later as the broker says, by whichever clock.
    const more = before === null ? 0 : Date.parse(endsAt) - Date.parse(before);
    this.#stopTimer();
    this.#runWindow(Math.max(now, this.#endsAtHere) + more);
  }

  close(): void {
    this.#stopTimer();
    this.#aborter.abort();
  }

  async #handOver(file: OfferedFile): Promise<void> {
    const url = await this.#address(file.id);
    this.#addresses.delete(file.id);
    this.#ports.saver.open(url);
    this.#mark(file.id, 'started', 0);
  }

  async #read(file: OfferedFile): Promise<void> {
    for (const isLastTry of [false, true]) {
      const url = await this.#address(file.id);
      const outcome = await this.#readOnce(file, url);
      if (outcome === 'interrupted' && !isLastTry && !this.#aborter.signal.aborted) {
        this.#addresses.delete(file.id);
        continue;
      }
      this.#mark(file.id, outcome, outcome === 'received' ? file.size : 0);
      if (outcome === 'received') this.#watcher.received(file);
      return;
    }
  }

  async #readOnce(file: OfferedFile, url: string): Promise<'received' | 'differs' | 'interrupted'> {
    // More bytes than were offered can only be wrong: stop before they fill the memory.
    const tooMuch = new AbortController();
    const watch = (received: number) => {
      if (received > file.size) tooMuch.abort();
      else this.#mark(file.id, 'receiving', received);
    };
    const signal = AbortSignal.any([this.#aborter.signal, tooMuch.signal]);
    try {
      const { blob, sha256 } = await this.#ports.calls.download(url, watch, signal, file.part_bytes);
      if (sha256 !== file.sha256 || blob.size !== file.size) return 'differs';
      this.#ports.saver.save(blob, file.name);
      return 'received';
    } catch {
      return tooMuch.signal.aborted ? 'differs' : 'interrupted';
    }
  }

  async #address(id: string): Promise<string> {
    const known = this.#addresses.get(id);
    if (known && known.staleAt > this.#ports.clock.now()) return known.url;
    this.#claiming ??= this.#claim().finally(() => {
      this.#claiming = null;
    });
    await this.#claiming;
    const fresh = this.#addresses.get(id);
    if (!fresh) throw new UploadError('broker_unexpected');
    return fresh.url;
  }

  async #claim(): Promise<void> {
    let claimed: Claimed;
    try {
      claimed = await this.#ports.calls.claim();
    } catch (cause) {
      const error = asUploadError(cause, 'broker_unexpected');
      if (!isUnanswered(error)) throw error;
      await this.#wait(SECOND_TRY_MS);
      claimed = await this.#ports.calls.claim();
    }
    const now = this.#ports.clock.now();
    for (const { id, url, expires_at } of claimed.files) {
      this.#addresses.set(id, { url, staleAt: Date.parse(expires_at) - ADDRESS_MARGIN_MS });
    }
    if (this.#windowEndsAt !== null) return;
    this.#windowEndsAt = claimed.window_ends_at;
    this.#mayExtend = claimed.extendable ?? false;
    // The length counts, not the hour: clocks of devices are off by minutes.
    this.#runWindow(now + Date.parse(claimed.window_ends_at) - Date.parse(claimed.claimed_at));
  }

  #runWindow(endsAt: number): void {
    this.#endsAtHere = endsAt;
    const left = endsAt - this.#ports.clock.now();
    this.#window = left > ENDING_MS ? 'open' : left > 0 ? 'ending' : 'over';
    this.#watcher.changed();
    if (this.#window === 'over') return;
    const next = this.#window === 'open' ? left - ENDING_MS : left;
    this.#stopTimer = this.#ports.clock.after(next, () => this.#runWindow(endsAt));
  }

  /** A copy that cannot be read is none. */
  async #sumOf(copy: Blob, file: OfferedFile): Promise<string | null> {
    try {
      return await this.#ports.calls.sum(copy, file.part_bytes);
    } catch {
      return null;
    }
  }

  #mark(id: string, phase: DeliveryPhase, received: number): void {
    this.#list = this.#list.map((entry) => (entry.file.id === id ? { ...entry, phase, received } : entry));
    this.#watcher.changed();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#ports.clock.after(ms, resolve));
  }
}
