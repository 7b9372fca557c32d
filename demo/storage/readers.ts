import type { ObjectFacts } from './object-facts.ts';

interface Read {
  count: number;
  removal: (() => Promise<void>) | null;
}

/** Bytes that somebody reads stay on disk until the last reader is done, also when their object is gone. */
export class Readers {
  readonly #all = new Map<ObjectFacts, Read>();

  enter(facts: ObjectFacts): void {
    const read = this.#all.get(facts);
    if (read) read.count++;
    else this.#all.set(facts, { count: 1, removal: null });
  }

  async leave(facts: ObjectFacts): Promise<void> {
    const read = this.#all.get(facts);
    if (!read || --read.count > 0) return;
    this.#all.delete(facts);
    await read.removal?.();
  }

  /** Removes now, or with the last reader. */
  async remove(facts: ObjectFacts, removal: () => Promise<void>): Promise<void> {
    const read = this.#all.get(facts);
    if (read) read.removal = removal;
    else await removal();
  }
}
