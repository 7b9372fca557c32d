import { until } from './patience.ts';

interface Lane {
  running: number;
  readonly waiting: Set<() => void>;
}

/**
 * So many may go at a time. What waits stands in lanes, one per file: the next slot goes to the lane that has the fewest,
 * and where several have as few, in turn. So a small file never waits behind all parts of a large one, nor the reverse.
 */
export class Slots {
  #count: number;
  #free: number;
  /** In the order of their turns: who was served last stands last. */
  readonly #lanes = new Map<object, Lane>();

  constructor(count: number) {
    this.#count = count;
    this.#free = count;
  }

  get count(): number {
    return this.#count;
  }

  /** From now on so many. What runs beyond them goes on, and is not replaced. */
  set count(count: number) {
    this.#free += count - this.#count;
    this.#count = count;
    while (this.#serve());
  }

  /** Runs with a slot of its own. Fails with `signal.reason` while waiting, else as `act` does. */
  async with<Value>(act: () => Promise<Value>, signal: AbortSignal, lane: object = this): Promise<Value> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#take(lane);
    else await until((resume) => this.#queue(resume, lane), signal);
    try {
      return await act();
    } finally {
      this.#give(lane);
    }
  }

  #take(lane: object): void {
    this.#free -= 1;
    const known = this.#lane(lane);
    known.running += 1;
    this.#putLast(lane, known);
  }

  #queue(resume: () => void, lane: object): () => void {
    const { waiting } = this.#lane(lane);
    waiting.add(resume);
    return () => {
      waiting.delete(resume);
      this.#forgetEmpty(lane);
    };
  }

  #lane(lane: object): Lane {
    const known = this.#lanes.get(lane);
    if (known) return known;
    const fresh: Lane = { running: 0, waiting: new Set() };
    this.#lanes.set(lane, fresh);
    return fresh;
  }

  /** A slot goes from hand to hand, so that nobody who comes later overtakes. */
  #give(lane: object): void {
    this.#free += 1;
    const known = this.#lane(lane);
    known.running -= 1;
    this.#putLast(lane, known);
    this.#forgetEmpty(lane);
    this.#serve();
  }

  /** False where nobody waits, or nothing is free. */
  #serve(): boolean {
    const next = this.#free > 0 ? this.#next() : null;
    const [resume] = next?.waiting ?? [];
    if (!next || !resume) return false;
    next.waiting.delete(resume);
    this.#take(next.lane);
    resume();
    return true;
  }

  #putLast(lane: object, known: Lane): void {
    this.#lanes.delete(lane);
    this.#lanes.set(lane, known);
  }

  #next(): { lane: object; waiting: Set<() => void> } | null {
    let best: { lane: object; waiting: Set<() => void>; running: number } | null = null;
    for (const [lane, { running, waiting }] of this.#lanes) {
      if (waiting.size > 0 && (best === null || running < best.running)) best = { lane, waiting, running };
    }
    return best;
  }

  #forgetEmpty(lane: object): void {
    const known = this.#lanes.get(lane);
    if (known && known.running === 0 && known.waiting.size === 0) this.#lanes.delete(lane);
  }
}
