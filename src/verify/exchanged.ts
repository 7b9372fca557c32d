import { areEqual, type GrowingTree, type Hash } from './merkle.ts';

/** Roots that are tried: some seconds at most. */
const MOST_TRIES = 5_000;
/** More leaves between two checkpoints than this, and each try costs too much. */
const MOST_LEAVES = 64;

/**
 * Two leaves whose exchange explains why these leaves do not have the signed root of `size` leaves: one of them came since
 * the tree that still fitted. Null where there is no such pair, or too many to try.
 */
export async function findExchange(
  fitting: GrowingTree,
  leaves: readonly Hash[],
  size: number,
  root: Hash,
): Promise<readonly [number, number] | null> {
  const from = fitting.size;
  const since = leaves.slice(from, size);
  if (since.length > MOST_LEAVES) return null;
  let tries = 0;
  for (const [i, hash] of since.entries()) {
    for (let j = from + i + 1; j < leaves.length; j++) {
      const other = leaves[j];
      if (!other || tries++ === MOST_TRIES) return null;
      const exchanged = since.map((leaf, at) => (at === i ? other : from + at === j ? hash : leaf));
      if (areEqual(await fitting.rootWith(...exchanged), root)) return [from + i, j];
    }
  }
  return null;
}
