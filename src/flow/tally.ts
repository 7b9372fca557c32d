import type { ItemPhase, ItemSnapshot } from './upload-snapshot.ts';

interface Sums {
  files: number;
  bytes: number;
  sent: number;
}

/** How many files are in which state, and their bytes: kept while they change, so that nobody walks a list of thousands. */
export class Tally {
  readonly #sums = new Map<ItemPhase, Sums>();

  add({ phase, size, sent }: ItemSnapshot): void {
    this.#change(phase, 1, size, sent);
  }

  take({ phase, size, sent }: ItemSnapshot): void {
    this.#change(phase, -1, -size, -sent);
  }

  files(...phases: readonly ItemPhase[]): number {
    return phases.reduce((sum, phase) => sum + (this.#sums.get(phase)?.files ?? 0), 0);
  }

  bytes(...phases: readonly ItemPhase[]): number {
    return phases.reduce((sum, phase) => sum + (this.#sums.get(phase)?.bytes ?? 0), 0);
  }

  /** Bytes of all files, whatever their state. */
  get total(): number {
    return this.bytes(...this.#sums.keys());
  }

  /** Bytes sent of all files. */
  get sent(): number {
    let sum = 0;
    for (const { sent } of this.#sums.values()) sum += sent;
    return sum;
  }

  #change(phase: ItemPhase, files: number, bytes: number, sent: number): void {
    const sums = this.#sums.get(phase) ?? { files: 0, bytes: 0, sent: 0 };
    sums.files += files;
    sums.bytes += bytes;
    sums.sent += sent;
    this.#sums.set(phase, sums);
  }
}
