import type { Clock } from './ports.ts';

const SOON_MS = 100;

/** Dispatches `change` on a flow: never twice for one task, and for what merely goes on at most ten times a second. */
export class ChangeTeller {
  readonly #flow: EventTarget;
  readonly #clock: Clock;
  #isTelling = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #takeBack: (() => void) | null = null;

  constructor(flow: EventTarget, clock: Clock) {
    this.#flow = flow;
    this.#clock = clock;
  }

  /** Right after this task. */
  now(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#drop();
    queueMicrotask(() => this.#tell());
  }

  soon(): void {
    if (this.#isTelling || this.#takeBack) return;
    const rest = this.#toldAt + SOON_MS - this.#clock.now();
    if (rest <= 0) this.now();
    else this.#takeBack = this.#clock.after(rest, () => this.now());
  }

  /** Nothing more is told of what has not been by now. */
  close(): void {
    this.#drop();
  }

  #tell(): void {
    this.#isTelling = false;
    this.#toldAt = this.#clock.now();
    this.#flow.dispatchEvent(new Event('change'));
  }

  #drop(): void {
    this.#takeBack?.();
    this.#takeBack = null;
  }
}
