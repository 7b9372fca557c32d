import { batchPrefix } from './batch-names.ts';
import type { BatchOwner, BatchProgress, Clock } from './ports.ts';

/** The little of a page that this needs. */
export interface KeepingPage {
  isHidden(): boolean;
  /** Calls back whenever the page hides, is seen again or goes; the answer takes it back. */
  onTurn(act: () => void): () => void;
}

export interface KeepingPorts {
  /** Throws where the browser refuses it. */
  readonly storage: () => Pick<Storage, 'setItem' | 'removeItem'>;
  /** Throws where the browser refuses them. */
  readonly locks: () => LockManager;
  readonly clock: Clock;
  readonly page: KeepingPage;
}

interface Kept {
  readonly key: string;
  readonly owner: BatchOwner;
  readonly begunAt: number;
  readonly stopListening: () => void;
  progress: BatchProgress;
  isWritten: boolean;
  isOver: boolean;
  /** Null before the lock is there. */
  release: (() => void) | null;
  /** Its lock is wanted no more. */
  isGone: boolean;
}

/** What is written while bytes move is at most this old when the page is thrown away. */
const WRITE_EVERY_MS = 1000;

/**
 * Writes how far the batch of this page has come. The entry is this page's while it holds the lock, which ends with the
 * page, however that ends: from then on the entry is news for whoever comes back.
 */
export class BatchKeeper {
  readonly #prefix: string;
  readonly #ports: KeepingPorts;
  #kept: Kept | null = null;
  #takeBackWriting: (() => void) | null = null;

  constructor(broker: string, ports: KeepingPorts) {
    this.#prefix = batchPrefix(broker);
    this.#ports = ports;
  }

  /** Name of its entry. */
  get key(): string | undefined {
    return this.#kept?.key;
  }

  keep(progress: BatchProgress, owner: BatchOwner | null): void {
    if (!this.#kept && owner) this.#kept = this.#begin(progress, owner);
    const kept = this.#kept;
    if (!kept) return;
    kept.progress = progress;
    kept.isOver = false;
    kept.isWritten = false;
    if (!this.#takeBackWriting) this.#write(kept);
  }

  end(progress: BatchProgress): void {
    const kept = this.#kept;
    if (!kept || kept.isOver) return;
    const isSeen = !this.#ports.page.isHidden();
    if (progress.of === 0 || (isSeen && progress.arrived === progress.of)) {
      this.#drop(kept);
      return;
    }
    // Nobody has seen the end, and the device may throw the page away before somebody does. WebKit also cuts what a page
    // sends before it tells the page that it goes: what failed is seen only by whoever stays for a moment.
    kept.progress = progress;
    kept.isOver = true;
    this.#write(kept);
  }

  close(): void {
    const kept = this.#kept;
    if (!kept) return;
    if (!kept.isWritten) this.#write(kept);
    this.#letGo(kept);
  }

  #begin(progress: BatchProgress, owner: BatchOwner): Kept {
    const { clock, page } = this.#ports;
    const key = this.#prefix + crypto.randomUUID();
    const kept: Kept = {
      ...{ key, owner, progress, begunAt: clock.now() },
      ...{ isWritten: false, isOver: false, isGone: false, release: null },
      stopListening: page.onTurn(() => this.#turned(kept)),
    };
    void this.#hold(kept);
    return kept;
  }

  /** Without a lock another tab would take what is on its way for left: then nothing is kept. */
  async #hold(kept: Kept): Promise<void> {
    try {
      await this.#ports.locks().request(kept.key, () => {
        if (kept.isGone) return null;
        return new Promise<void>((resolve) => {
          kept.release = resolve;
          this.#write(kept);
        });
      });
    } catch {
      // The browser refuses them.
    }
  }

  #turned(kept: Kept): void {
    if (kept.isOver && !this.#ports.page.isHidden()) this.#drop(kept);
    else if (!kept.isWritten) this.#write(kept);
  }

  #write(kept: Kept): void {
    if (!kept.release || kept !== this.#kept) return;
    const { owner, progress, begunAt } = kept;
    const { storage, clock } = this.#ports;
    const entry = [1, owner.app, owner.person, progress.arrived, progress.of, progress.reference, begunAt, clock.now()];
    kept.isWritten = true;
    try {
      storage().setItem(kept.key, JSON.stringify(entry));
    } catch {
      // Refused, or full: what was written before stands.
    }
    this.#takeBackWriting?.();
    this.#takeBackWriting = clock.after(WRITE_EVERY_MS, () => {
      this.#takeBackWriting = null;
      this.#turned(kept);
    });
  }

  #drop(kept: Kept): void {
    try {
      this.#ports.storage().removeItem(kept.key);
    } catch {
      // Then it was never there.
    }
    this.#letGo(kept);
  }

  #letGo(kept: Kept): void {
    this.#takeBackWriting?.();
    this.#takeBackWriting = null;
    this.#kept = null;
    kept.isGone = true;
    kept.stopListening();
    kept.release?.();
  }
}
