/** Of a row that was never drawn, before any was. px. */
const FIRST_GUESS = 64;

/**
 * How far down each row of a long list begins. What was drawn is known by its measure, the others by the mean of the
 * first that were drawn. All lengths in px.
 */
export class RowHeights {
  #keys: readonly string[] = [];
  readonly #measured = new Map<string, number>();
  #guess = FIRST_GUESS;
  /** Where each row begins, and where the last one ends. */
  #starts = new Float64Array(1);
  /** From here on `#starts` is out of date. */
  #staleFrom = 0;

  get count(): number {
    return this.#keys.length;
  }

  get total(): number {
    return this.startOf(this.count);
  }

  setKeys(keys: readonly string[]): void {
    const before = this.#keys;
    this.#keys = keys;
    if (before.length !== keys.length) {
      const starts = new Float64Array(keys.length + 1);
      starts.set(this.#starts.subarray(0, Math.min(this.#starts.length, starts.length)));
      this.#starts = starts;
    }
    let same = 0;
    while (same < keys.length && keys[same] === before[same]) same += 1;
    this.#staleFrom = Math.min(this.#staleFrom, same);
  }

  /** What these rows measure now; in the order of the list. */
  measure(rows: readonly { readonly index: number; readonly height: number }[]): void {
    if (this.#measured.size === 0 && rows.length > 0) {
      this.#guess = rows.reduce((sum, { height }) => sum + height, 0) / rows.length;
      this.#staleFrom = 0;
    }
    for (const { index, height } of rows) {
      const key = this.#keys[index];
      if (key === undefined || this.#measured.get(key) === height) continue;
      this.#measured.set(key, height);
      this.#staleFrom = Math.min(this.#staleFrom, index);
    }
  }

  /** The room for the rows has another width: nothing that was measured holds. */
  forget(): void {
    this.#measured.clear();
    this.#staleFrom = 0;
  }

  startOf(index: number): number {
    this.#bringUpTo(index);
    return this.#starts[index] ?? 0;
  }

  /** The row at this height of the list; the last one below its end. */
  at(y: number): number {
    this.#bringUpTo(this.count);
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #bringUpTo(index: number): void {
    for (let at = this.#staleFrom; at < index; at += 1) {
      const key = this.#keys[at];
      const height = (key !== undefined && this.#measured.get(key)) || this.#guess;
      this.#starts[at + 1] = (this.#starts[at] ?? 0) + height;
    }
    this.#staleFrom = Math.max(this.#staleFrom, index);
  }
}
