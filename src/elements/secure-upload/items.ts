import type { ItemSnapshot, UploadSnapshot } from '../../flow/upload-snapshot.ts';

export function itemsIn(snapshot: UploadSnapshot, ...phases: readonly ItemSnapshot['phase'][]): ItemSnapshot[] {
  return snapshot.items.filter((item) => phases.includes(item.phase));
}

/** What "Upload" would send. */
export function acceptedItems(snapshot: UploadSnapshot): ItemSnapshot[] {
  return itemsIn(snapshot, 'preparing', 'ready');
}

export function sumOfSizes(items: readonly ItemSnapshot[]): number {
  return items.reduce((sum, item) => sum + item.size, 0);
}

/** What lacks room: what "Upload" would send, or what did not come in. */
export function lackingItems(snapshot: UploadSnapshot): ItemSnapshot[] {
  const accepted = acceptedItems(snapshot);
  return accepted.length > 0 ? accepted : itemsIn(snapshot, 'not-done');
}

/** Those of them that find some, from the first on. */
export function fittingItems(snapshot: UploadSnapshot): ItemSnapshot[] {
  let left = snapshot.batchProblem?.figures?.rest ?? 0;
  const files = lackingItems(snapshot);
  const tooMany = files.findIndex(({ size }) => {
    left -= size;
    return left < 0;
  });
  return tooMany === -1 ? files : files.slice(0, tooMany);
}
