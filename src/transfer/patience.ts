import type { Clock, Random } from './ports.ts';

/** How long one step is tried: 10 tries, so 9 waits of 49 s on average and 98 s at most in all. */
export const BUDGET = { tries: 10, baseMs: 300, capMs: 30_000 } as const;

/** Whoever asks us to wait longer than this gets no second request: the person decides. */
export const LONGEST_WAIT_MS = 900_000;

/** The waits of one step: full jitter (each evenly drawn from 0 to a doubling cap), or what the other side asks for. */
export class Patience {
  #tries = 1;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** ms to wait before the next try; null when the budget is spent. */
  next(retryAfterMs?: number | undefined): number | null {
    if (this.#tries >= BUDGET.tries || (retryAfterMs ?? 0) > LONGEST_WAIT_MS) return null;
    const cap = Math.min(BUDGET.capMs, BUDGET.baseMs * 2 ** (this.#tries - 1));
    this.#tries += 1;
    if (retryAfterMs === undefined) return this.#random() * cap;
    // Never earlier than asked for, and not all pages at the same moment.
    return retryAfterMs + this.#random() * Math.max(1000, retryAfterMs / 4);
  }

  /** After a step forward the next trouble is a new one. */
  renew(): void {
    this.#tries = 1;
  }
}

/** Fails with `signal.reason`. */
export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return until((resume) => clock.after(ms, resume), signal);
}

/** Waits for one call back; `signal` takes it back. */
export function until(subscribe: (resume: () => void) => () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      takeBack();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    const takeBack = subscribe(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}
