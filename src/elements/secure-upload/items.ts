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
