interface Waiting<In, Out> {
  readonly item: In;
  readonly settle: (outcome: { readonly value: Out } | { readonly error: unknown }) => void;
}

/**
 * Gathers items while a call is under way and sends them together in the next one, as Nagle's algorithm does (RFC 896):
 * one item alone waits for nothing, many items cost few calls.
 */
export class Gatherer<In, Out> {
  readonly #most: (items: readonly In[]) => number;
  readonly #run: (items: readonly In[]) => Promise<readonly ({ value: Out } | { error: unknown })[]>;
  #waiting: Waiting<In, Out>[] = [];
  #isRunning = false;

  /** `most` says how many of the waiting items may go in one call; `run` answers one outcome per item, in order. */
  constructor(
    most: (items: readonly In[]) => number,
    run: (items: readonly In[]) => Promise<readonly ({ value: Out } | { error: unknown })[]>,
  ) {
    this.#most = most;
    this.#run = run;
  }

  /** Fails as the item's outcome, or as the call that carried it. */
  add(item: In, signal: AbortSignal): Promise<Out> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      // Once it is in a call, the caller hears of it from the outcome.
      const letGo = () => {
        if (!this.#waiting.includes(entry)) return;
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        reject(signal.reason);
      };
      const entry: Waiting<In, Out> = {
        item,
        settle: (outcome) => {
          signal.removeEventListener('abort', letGo);
          if ('value' in outcome) resolve(outcome.value);
          else reject(outcome.error);
        },
      };
      signal.addEventListener('abort', letGo, { once: true });
      this.#waiting.push(entry);
      void this.go();
    });
  }

  /** Looks again whether something may go. */
  async go(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (;;) {
      const entries = this.#waiting.splice(0, this.#most(this.#waiting.map(({ item }) => item)));
      if (entries.length === 0) break;
      try {
        const outcomes = await this.#run(entries.map(({ item }) => item));
        entries.forEach((entry, i) => {
          entry.settle(outcomes[i] ?? { error: new TypeError('No outcome for an item') });
        });
      } catch (error) {
        for (const entry of entries) entry.settle({ error });
      }
    }
    this.#isRunning = false;
  }
}
