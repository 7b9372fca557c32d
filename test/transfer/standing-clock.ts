/** Stands still until the test moves it on. */
export class StandingClock {
  #at = 0;
  #waiting: { at: number; act: () => void }[] = [];
  now = () => this.#at;
  after(ms: number, act: () => void) {
    const entry = { at: this.#at + ms, act };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }
  pass(ms: number) {
    this.#at += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#at);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#at);
    for (const { act } of due) act();
  }
  get waiting() {
    return this.#waiting.length;
  }
}
