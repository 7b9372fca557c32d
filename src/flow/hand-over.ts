import type { Clock } from './ports.ts';

/** What one task of a page may do without being felt: about 5 ms on two slow cores. */
const AT_ONCE = 500;

interface Job<Item, Options> {
  readonly items: readonly Item[];
  readonly options: Options;
}

/** Hands many over: the first at once, the others some hundred at a time in tasks of their own, so that the page stays awake. */
export class HandOver<Item, Options> {
  readonly #clock: Clock;
  readonly #act: (items: readonly Item[], options: Options) => void;
  #jobs: Job<Item, Options>[] = [];
  #takeBack: (() => void) | null = null;

  constructor(clock: Clock, act: (items: readonly Item[], options: Options) => void) {
    this.#clock = clock;
    this.#act = act;
  }

  /** Some have not been handed over yet. */
  get isBusy(): boolean {
    return this.#jobs.length > 0;
  }

  give(items: readonly Item[], options: Options): void {
    this.#jobs.push({ items, options });
    if (!this.#takeBack) this.#next();
  }

  /** What has not been handed over never is. */
  drop(): void {
    this.#takeBack?.();
    this.#takeBack = null;
    this.#jobs = [];
  }

  #next(): void {
    this.#takeBack = null;
    const job = this.#jobs.shift();
    if (!job) return;
    const { items, options } = job;
    if (items.length > AT_ONCE) this.#jobs.unshift({ items: items.slice(AT_ONCE), options });
    if (this.isBusy) this.#takeBack = this.#clock.after(0, () => this.#next());
    this.#act(items.slice(0, AT_ONCE), options);
  }
}
