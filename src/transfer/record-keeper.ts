import type { Clock } from './ports.ts';
import type { Hold, RecordStore, UploadRecord } from './record.ts';

/** A crash forgets what was stored in this time; the broker still lists it. */
const WRITE_EVERY_MS = 1000;

/** The record of one upload while this page sends it, and the hold on it. */
export class RecordKeeper {
  readonly lost: AbortSignal;
  readonly #record: UploadRecord;
  readonly #hold: Hold;
  readonly #store: RecordStore;
  readonly #clock: Clock;
  readonly #parts: Map<number, string>;
  #takeBackWriting: (() => void) | null = null;

  constructor(record: UploadRecord, hold: Hold, ports: { readonly store: RecordStore; readonly clock: Clock }) {
    this.lost = hold.lost;
    this.#record = record;
    this.#hold = hold;
    this.#store = ports.store;
    this.#clock = ports.clock;
    this.#parts = new Map(record.parts);
  }

  get record(): UploadRecord {
    return { ...this.#record, parts: this.#parts };
  }

  /** SHA-256 in base64. Written with others that come soon after it. */
  stored(number: number, sha256: string): void {
    this.#parts.set(number, sha256);
    this.#takeBackWriting ??= this.#clock.after(WRITE_EVERY_MS, () => {
      this.#takeBackWriting = null;
      void this.#write();
    });
  }

  /** Lets go of it; another page, or this one, may go on. */
  async keep(): Promise<void> {
    if (this.#takeBackWriting) {
      this.#stopWriting();
      await this.#write();
    }
    await this.#hold.release();
  }

  async erase(): Promise<void> {
    this.#stopWriting();
    await this.#store.erase(this.#record.id);
    await this.#hold.release();
  }

  #stopWriting(): void {
    this.#takeBackWriting?.();
    this.#takeBackWriting = null;
  }

  #write(): Promise<void> {
    return this.#store.change(this.#record.id, { parts: new Map(this.#parts), lastSentAt: this.#clock.now() });
  }
}
