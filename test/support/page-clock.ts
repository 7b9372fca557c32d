/** The clock of a page in a test: stands still, and calls back what is due when it is moved on. */
export class PageClock {
  #at: number;
  #waiting: { at: number; act: () => void }[] = [];

  constructor(at = Date.parse('2026-03-02T09:00:00Z')) {
    this.#at = at;
  }

  now(): number {
    return this.#at;
  }

  after(ms: number, act: () => void): () => void {
    const entry = { at: this.#at + ms, act };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** ms until the next call back; null where nobody waits. */
  get next(): number | null {
    return this.#waiting.length === 0 ? null : Math.min(...this.#waiting.map(({ at }) => at)) - this.#at;
  }

  /** Moves on, and lets what was waiting react at each moment on the way. */
  async pass(ms: number): Promise<void> {
    const end = this.#at + ms;
    for (;;) {
      await settled();
      const due = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#at = Math.max(this.#at, due.at);
      this.#waiting = this.#waiting.filter((other) => other !== due);
      due.act();
    }
    this.#at = end;
    await settled();
  }
}

/** Lets everything that waits for no clock and no network come to its end. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
}
