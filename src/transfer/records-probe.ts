import type { Clock } from './ports.ts';

/** `some`: records were kept here once. `none`: they could be. `refused`: the browser keeps nothing for us here. */
export type RecordsFound = 'some' | 'none' | 'refused';

/** WebKit has been seen to leave an opening unanswered. */
const OPEN_WITHIN_MS = 3000;

export const databaseName = (broker: string): string => `secure-upload ${broker}`;

/**
 * Whether there can be records of a broker's uploads in this browser, without what reads them: most people have none.
 * Makes no database where there is none.
 */
export async function probeRecords(broker: string, clock: Clock): Promise<RecordsFound> {
  let takeBack = () => {};
  const late = new Promise<'refused'>((resolve) => {
    takeBack = clock.after(OPEN_WITHIN_MS, () => resolve('refused'));
  });
  try {
    // Foreign frames and sandboxes are refused.
    await navigator.locks.query();
    return await Promise.race([openOnce(databaseName(broker)), late]);
  } catch {
    return 'refused';
  } finally {
    takeBack();
  }
}

function openOnce(name: string): Promise<RecordsFound> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      // What was not there is not made: it goes with the transaction that would make it.
      request.transaction?.abort();
    };
    request.onsuccess = () => {
      request.result.close();
      resolve('some');
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(isNew ? 'none' : 'refused');
    };
  });
}
