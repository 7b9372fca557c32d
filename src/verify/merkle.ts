/** The checks of RFC 9162 sections 2.1.3.2 and 2.1.4.2, step by step, with WebCrypto alone. */

export type Hash = Uint8Array<ArrayBuffer>;

const LEAF = 0;
const NODE = 1;

export async function hashLeaf(data: Uint8Array): Promise<Hash> {
  return digest(LEAF, data);
}

/** The root that an inclusion proof leads to; null where the proof has not the length that the place demands. */
export async function rootFromInclusion(leaf: number, size: number, leafHash: Hash, path: readonly Hash[]) {
  if (leaf >= size) return null;
  let [fn, sn, root] = [leaf, size - 1, leafHash];
  for (const hash of path) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      root = await digest(NODE, hash, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      root = await digest(NODE, root, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? root : null;
}

export interface Head {
  readonly size: number;
  readonly root: Hash;
}

/** Whether the newer tree only adds to the older. Both sizes are at least 1. */
export async function isConsistent(older: Head, newer: Head, path: readonly Hash[]): Promise<boolean> {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return path.length === 0 && areEqual(older.root, newer.root);
  // Where the old tree is whole, its root is a node of the new one and is left out of the proof.
  const hashes = Number.isInteger(Math.log2(older.size)) ? [older.root, ...path] : [...path];
  const first = hashes.shift();
  if (!first) return false;
  let [fn, sn] = [older.size - 1, newer.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [fr, sr] = [first, first];
  for (const hash of hashes) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [await digest(NODE, hash, fr), await digest(NODE, hash, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = await digest(NODE, sr, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && areEqual(fr, older.root) && areEqual(sr, newer.root);
}

/** A tree that grows leaf by leaf and can tell its root at any time. */
export class GrowingTree {
  /** Roots of whole subtrees from the left, each with its height. */
  #peaks: readonly { readonly height: number; readonly hash: Hash }[] = [];
  size = 0;

  async add(leafHash: Hash): Promise<void> {
    const peaks = [...this.#peaks];
    let peak = { height: 0, hash: leafHash };
    for (let last = peaks.at(-1); last?.height === peak.height; last = peaks.at(-1)) {
      peaks.pop();
      peak = { height: peak.height + 1, hash: await digest(NODE, last.hash, peak.hash) };
    }
    this.#peaks = [...peaks, peak];
    this.size += 1;
  }

  copy(): GrowingTree {
    const copy = new GrowingTree();
    copy.#peaks = this.#peaks;
    copy.size = this.size;
    return copy;
  }

  /** The root as it would be with more leaves after these; the tree stays as it is. Fails for a tree without leaves. */
  async rootWith(...more: readonly Hash[]): Promise<Hash> {
    const grown = this.copy();
    for (const leafHash of more) await grown.add(leafHash);
    const [last, ...others] = [...grown.#peaks].reverse();
    if (!last) throw new RangeError('a tree without leaves');
    let root = last.hash;
    for (const { hash } of others) root = await digest(NODE, hash, root);
    return root;
  }
}

export const areEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

/** Shifts of JavaScript end at 32 bits. */
const half = (n: number): number => Math.floor(n / 2);

async function digest(kind: number, ...parts: readonly Uint8Array[]): Promise<Hash> {
  const data = new Uint8Array(1 + parts.reduce((length, part) => length + part.length, 0));
  data[0] = kind;
  let at = 1;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', data));
}
