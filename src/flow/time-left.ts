/** A rate is trusted after this long; until then no time is named. */
const STEADY_MS = 4000;
/** It is read from the last so many milliseconds: long enough to be calm, short enough to follow a changed network. */
const WINDOW_MS = 12_000;
/** What people see is whole minutes. */
const STEP_MS = 60_000;
const RISE_EVERY_MS = 4000;

/** How long a batch still takes. May fall at once, but rises by one step at most, and not twice within four seconds. */
export class TimeLeft {
  #samples: { readonly at: number; readonly sent: number }[] = [];
  #shown: number | null = null;
  #roseAt = Number.NEGATIVE_INFINITY;

  get ms(): number | null {
    return this.#shown;
  }

  /** `now` in ms; `sent` and `total` in bytes. */
  update(now: number, sent: number, total: number): void {
    const last = this.#samples.at(-1);
    // A request that is made again begins at nothing: the old rate says nothing about it.
    if (last && sent < last.sent) this.#samples = [];
    this.#samples.push({ at: now, sent });
    while ((this.#samples[1]?.at ?? Number.POSITIVE_INFINITY) <= now - WINDOW_MS) this.#samples.shift();
    const [first] = this.#samples;
    if (!first || now - first.at < STEADY_MS || sent <= first.sent) return;
    this.#show(((total - sent) * (now - first.at)) / (sent - first.sent), now);
  }

  /** After a pause of any kind the rate has to show itself anew. */
  forget(): void {
    this.#samples = [];
    this.#shown = null;
    this.#roseAt = Number.NEGATIVE_INFINITY;
  }

  #show(estimate: number, now: number): void {
    const former = this.#shown;
    if (former === null || estimate <= former) {
      this.#shown = estimate;
    } else if (now - this.#roseAt >= RISE_EVERY_MS) {
      this.#shown = Math.min(estimate, former + STEP_MS);
      this.#roseAt = now;
    }
  }
}
