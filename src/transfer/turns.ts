/** Whether one file may move. A pause ends the turn that runs, "Carry on" begins the next. */
export class Turns {
  #turn = new AbortController();
  #isPaused = false;
  #hasEnded = false;
  #isLeft = false;
  readonly #waiting = new Set<() => void>();

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** It ends without being given up: what was sent is to be gone on with. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  leave(): void {
    this.#isLeft = true;
  }

  pause(): void {
    if (this.#isPaused || this.#hasEnded) return;
    this.#isPaused = true;
    this.#turn.abort();
  }

  resume(): void {
    if (!this.#isPaused || this.#hasEnded) return;
    this.#isPaused = false;
    this.#turn = new AbortController();
    this.#wake();
  }

  /** There will be no further turn. What runs, and what waits for one, fails with `reason`. */
  end(reason: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (this.#isPaused) this.#turn = new AbortController();
    this.#turn.abort(reason);
    this.#wake();
  }

  /** Resolves while no pause holds the file. */
  async free(): Promise<void> {
    while (this.#isPaused && !this.#hasEnded) await new Promise<void>((resume) => this.#waiting.add(resume));
    if (this.#hasEnded) throw this.#turn.signal.reason;
  }

  /** Runs `act` for as long as the file may move; after a pause again from its beginning. Else fails as `act` does. */
  async run<Value>(act: (turn: AbortSignal) => Promise<Value>): Promise<Value> {
    for (;;) {
      await this.free();
      const { signal } = this.#turn;
      try {
        return await act(signal);
      } catch (error) {
        if (!signal.aborted || this.#hasEnded) throw error;
      }
    }
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
  }
}
