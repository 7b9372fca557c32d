import { IndexedDbRecords } from '../transfer/indexed-db-records.ts';
import { areKept, countKept, type RecordsHere } from '../transfer/kept.ts';
import { WebLocks } from '../transfer/web-locks.ts';
import { browserClock } from './browser-clock.ts';

export interface BrowserRecords extends RecordsHere {
  isAvailable(): Promise<boolean>;
  count(app: string): Promise<number>;
}

/** The records of one broker's uploads in this browser: a small chunk, so that they can be counted before anybody signs in. */
export function browserRecords(broker: URL): BrowserRecords {
  const here = { store: new IndexedDbRecords(broker.origin, browserClock), locks: new WebLocks(broker.origin) };
  return { ...here, isAvailable: () => areKept(here), count: (app) => countKept(here, app) };
}
