import type { Clock } from './ports.ts';

/** Acts at most once in `ms`: for the first call at once, for the last one surely. */
export class Paced {
  readonly #ms: number;
  readonly #clock: Clock;
  readonly #act: () => void;
  #actedAt = Number.NEGATIVE_INFINITY;
  #takeBack: (() => void) | null = null;

  constructor(ms: number, clock: Clock, act: () => void) {
    this.#ms = ms;
    this.#clock = clock;
    this.#act = act;
  }

  call(): void {
    if (this.#takeBack) return;
    const rest = this.#actedAt + this.#ms - this.#clock.now();
    if (rest <= 0) this.#now();
    else this.#takeBack = this.#clock.after(rest, () => this.#now());
  }

  /** What waits for its time waits no longer. */
  flush(): void {
    if (!this.#takeBack) return;
    this.drop();
    this.#now();
  }

  drop(): void {
    this.#takeBack?.();
    this.#takeBack = null;
  }

  #now(): void {
    this.#takeBack = null;
    this.#actedAt = this.#clock.now();
    this.#act();
  }
}
