import { until } from './patience.ts';

/** So many may go at a time; the others wait in the order they came. */
export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs with a slot of its own. Fails with `signal.reason` while waiting, else as `act` does. */
  async with<Value>(act: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free -= 1;
    else await until((resume) => this.#queue(resume), signal);
    try {
      return await act();
    } finally {
      this.#give();
    }
  }

  #queue(resume: () => void): () => void {
    this.#waiting.add(resume);
    return () => this.#waiting.delete(resume);
  }

  /** A slot goes from hand to hand, so that nobody who comes later overtakes. */
  #give(): void {
    const [next] = this.#waiting;
    if (!next) this.#free += 1;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}
