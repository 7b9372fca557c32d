import type { ItemSnapshot, UploadSnapshot } from '../../flow/upload-snapshot.ts';

export function itemsIn(snapshot: UploadSnapshot, ...phases: readonly ItemSnapshot['phase'][]): ItemSnapshot[] {
  return snapshot.items.filter((item) => phases.includes(item.phase));
}

/** What "Upload" would send. */
export function acceptedItems(snapshot: UploadSnapshot): ItemSnapshot[] {
  return itemsIn(snapshot, 'preparing', 'ready');
}

/** What the virus check found among what is stored. */
export function checkedItems(stored: readonly ItemSnapshot[]): Record<'fine' | 'held' | 'stopped', ItemSnapshot[]> {
  const found = (check: 'held' | 'stopped') => stored.filter((item) => item.stored?.check === check);
  const [held, stopped] = [found('held'), found('stopped')];
  return { fine: stored.filter((item) => !held.includes(item) && !stopped.includes(item)), held, stopped };
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

/** Nothing was wrong with the files: a box was not ticked. */
export function wasNotAgreed(snapshot: UploadSnapshot): boolean {
  return itemsIn(snapshot, 'not-done').every(({ problem }) => problem?.code === 'consent_needed');
}
