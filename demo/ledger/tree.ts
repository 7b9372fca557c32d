import { createHash } from 'node:crypto';

/** The Merkle tree of RFC 6962 section 2.1 by its definitions, over hashes that are looked up. */

export type Hash = Uint8Array;

/** A whole subtree: 2^level leaves from index * 2^level on. */
export interface Place {
  readonly level: number;
  readonly index: number;
}

/** Leaves from `from` on, without `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One in so many levels is stored: a sixteenth of the writes for at most fifteen hashes more per step of a proof. */
const STRIDE = 4;
const WIDTH = 2 ** STRIDE;

function hashChildren(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}

/** Subtrees whose roots, folded from the right, are the head of these leaves. */
export function subtrees({ from, to }: Range): Place[] {
  const places: Place[] = [];
  for (let at = from; at < to; ) {
    const level = bits(to - at) - 1;
    places.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return places;
}

/** The largest power of two below n. */
const split = (n: number): number => 2 ** (bits(n - 1) - 1);

/** Math.log2 rounds: 2^48 - 1 would be taken for 2^48. */
const bits = (n: number): number => n.toString(2).length;

/** PATH(m, D[n]) of section 2.1.1, as the leaves under each of its hashes. */
export function inclusionPath(leaf: number, { from, to }: Range): Range[] {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  return leaf < middle
    ? [...inclusionPath(leaf, { from, to: middle }), { from: middle, to }]
    : [...inclusionPath(leaf, { from: middle, to }), { from, to: middle }];
}

/** PROOF(m, D[n]) of section 2.1.2. */
export const consistencyPath = (from: number, to: number): Range[] => subproof(from, { from: 0, to }, true);

function subproof(old: number, { from, to }: Range, isKnown: boolean): Range[] {
  if (old === to) return isKnown ? [] : [{ from, to }];
  const middle = from + split(to - from);
  return old <= middle
    ? [...subproof(old, { from, to: middle }, isKnown), { from: middle, to }]
    : [...subproof(old, { from: middle, to }, false), { from, to: middle }];
}

/** Stored hashes by place. What is between two stored levels is hashed from the lower one. */
export class Hashes {
  readonly #known = new Map<string, Hash>();

  add({ level, index }: Place, hash: Hash): void {
    this.#known.set(`${level}/${index}`, hash);
  }

  /** The head of a range. Fails where a hash under it is missing. */
  head(range: Range): Hash {
    return subtrees(range)
      .map((place) => this.at(place))
      .reduceRight((right, left) => hashChildren(left, right));
  }

  at({ level, index }: Place): Hash {
    const known = this.#known.get(`${level}/${index}`);
    if (known) return known;
    if (level % STRIDE === 0) throw new Error('the ledger lacks a hash');
    return hashChildren(
      this.at({ level: level - 1, index: index * 2 }),
      this.at({ level: level - 1, index: index * 2 + 1 }),
    );
  }
}

/** Hashes of one stored level, from `first` on, without `end`. */
export interface Stored {
  readonly level: number;
  readonly first: number;
  readonly end: number;
}

/** What must be looked up for the head of a range. */
export function storedUnder(range: Range): Stored[] {
  return subtrees(range).map(({ level, index }) => {
    const width = 2 ** (level % STRIDE);
    return { level: level - (level % STRIDE), first: index * width, end: (index + 1) * width };
  });
}

/** The rightmost hashes of each stored level that a tree of this size has not yet gathered into the next. */
export function frontier(size: number): Stored[] {
  const rows: Stored[] = [];
  for (let level = 0, end = size; end > 0; level += STRIDE, end = Math.floor(end / WIDTH)) {
    rows.push({ level, first: end - (end % WIDTH), end });
  }
  return rows;
}

/** Adds leaves to a tree whose frontier is in `hashes`; answers the hashes to be stored. */
export function append(hashes: Hashes, size: number, leaves: readonly Hash[]): (Place & { readonly hash: Hash })[] {
  for (const [i, hash] of leaves.entries()) hashes.add({ level: 0, index: size + i }, hash);
  const made: (Place & { readonly hash: Hash })[] = [];
  const grown = size + leaves.length;
  for (let level = STRIDE; 2 ** level <= grown; level += STRIDE) {
    for (let index = Math.floor(size / 2 ** level); index < Math.floor(grown / 2 ** level); index++) {
      // From the stored level below: the one just above it is not known, so it is hashed together.
      const hash = hashChildren(
        hashes.at({ level: level - 1, index: index * 2 }),
        hashes.at({ level: level - 1, index: index * 2 + 1 }),
      );
      hashes.add({ level, index }, hash);
      made.push({ level, index, hash });
    }
  }
  return made;
}
