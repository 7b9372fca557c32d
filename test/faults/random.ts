/** Numbers that look random and come again with their seed (mulberry32): a run that failed can be made again. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The dice of one run: changing how one run throws leaves the others as they were. */
  static ofRun(seed: number, run: number): Dice {
    return new Dice(Math.imul(seed ^ Math.imul(run + 1, 0x9e3779b1), 0x85ebca6b));
  }

  /** From 0 to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  of<Thing>(things: readonly Thing[]): Thing {
    const thing = things[this.between(0, things.length - 1)];
    if (thing === undefined) throw new RangeError('Nothing to choose from');
    return thing;
  }

  bytes(size: number): Buffer {
    const bytes = Buffer.allocUnsafe(Math.ceil(size / 4) * 4);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((this.next() * 2 ** 32) >>> 0, at);
    return bytes.subarray(0, size);
  }
}
