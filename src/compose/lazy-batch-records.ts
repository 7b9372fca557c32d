import type { BatchProgress, LeftBatch } from '../flow/left-batch.ts';
import type { BatchOwner, BatchRecords } from '../flow/ports.ts';
import type { Person } from '../flow/upload-snapshot.ts';
import type { BatchKeeper } from '../transfer/batch-keeper.ts';
import { hasBatches } from '../transfer/batch-names.ts';
import type { KeptBatches } from '../transfer/kept-batches.ts';

/** Loads what writes with the engine, which a batch needs too, and what reads only where there is something to read. */
export class LazyBatchRecords implements BatchRecords {
  readonly #broker: string;
  readonly #loadKeeper: () => Promise<BatchKeeper>;
  readonly #loadKept: () => Promise<KeptBatches>;
  #keeper: BatchKeeper | null = null;
  #isLoading = false;
  #kept: KeptBatches | null = null;
  /** What is to be kept once that can be. */
  #early: readonly [BatchProgress, BatchOwner | null] | null = null;
  #isClosed = false;

  constructor(broker: string, keeper: () => Promise<BatchKeeper>, kept: () => Promise<KeptBatches>) {
    this.#broker = broker;
    this.#loadKeeper = keeper;
    this.#loadKept = kept;
  }

  keep(progress: BatchProgress, owner: BatchOwner | null): void {
    if (this.#keeper) this.#keeper.keep(progress, owner);
    else {
      this.#early = [progress, owner ?? this.#early?.[1] ?? null];
      void this.#begin();
    }
  }

  end(progress: BatchProgress): void {
    this.#early = null;
    this.#keeper?.end(progress);
  }

  async find(app: string, person: Person | null, again: () => void): Promise<readonly LeftBatch[]> {
    if (!hasBatches(this.#broker, this.#keeper?.key)) return [];
    this.#kept ??= await this.#loadKept();
    return this.#isClosed ? [] : this.#kept.find(app, person, again);
  }

  forget(ids: readonly string[]): void {
    this.#kept?.forget(ids);
  }

  close(): void {
    this.#isClosed = true;
    this.#early = null;
    this.#keeper?.close();
    this.#kept?.close();
  }

  async #begin(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    // Where it does not come, neither does the engine, and the batch is told of by that.
    this.#keeper = await this.#loadKeeper().catch(() => null);
    this.#isLoading = false;
    if (this.#early && !this.#isClosed) this.#keeper?.keep(...this.#early);
    this.#early = null;
  }
}
