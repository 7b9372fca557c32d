import type { RecordStore, UploadLocks } from './record.ts';

/** What can be told without the engine. */
export interface RecordsHere {
  readonly store: RecordStore;
  readonly locks: UploadLocks;
}

export async function areKept({ store, locks }: RecordsHere): Promise<boolean> {
  return (await store.isAvailable()) && (await locks.isAvailable());
}

/** Uploads that this page does not send itself, whoever's they are. */
export async function countKept({ store, locks }: RecordsHere, app: string): Promise<number> {
  const [records, { here }] = await Promise.all([store.ofApp(app), locks.held()]);
  return records.filter(({ id }) => !here.has(id)).length;
}
