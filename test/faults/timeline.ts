/** What happened in one run, in the rig's own words: no token, grant or address is ever written down. */
export class Timeline {
  readonly #start = performance.now();
  readonly #lines: string[] = [];

  say(text: string): void {
    this.#lines.push(`${((performance.now() - this.#start) / 1000).toFixed(2).padStart(7)} ${text}`);
  }

  /** The last of them where there are too many. */
  lines(most = 160): string[] {
    const left = this.#lines.length - most;
    return left > 0 ? [`… ${left} lines before`, ...this.#lines.slice(-most)] : this.#lines;
  }
}
