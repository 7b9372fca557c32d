import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Clock } from './ports.ts';
import type { RecordStore, UploadRecord } from './record.ts';
import { databaseName } from './records-probe.ts';

interface Schema extends DBSchema {
  uploads: { key: string; value: UploadRecord; indexes: { app: string; expiresAt: number } };
}

/** WebKit has been seen to leave an opening unanswered; no upload shall wait for that. */
const OPEN_WITHIN_MS = 3000;
/** A browser that did not answer may do so later; until then nobody waits for it again. */
const ASK_AGAIN_MS = 30_000;

/**
 * Records in IndexedDB, one database per broker. A foreign frame, an opaque sandbox or a full disk may refuse any of it
 * at any time: then there are no records, and nothing fails.
 */
export class IndexedDbRecords implements RecordStore {
  readonly #name: string;
  readonly #clock: Clock;
  #opening: Promise<IDBPDatabase<Schema> | null> | null = null;

  constructor(broker: string, clock: Clock) {
    this.#name = databaseName(broker);
    this.#clock = clock;
  }

  async isAvailable(): Promise<boolean> {
    return (await this.#open()) !== null;
  }

  add(record: UploadRecord): Promise<boolean> {
    return this.#with(async (db) => {
      await db.put('uploads', record);
      return true;
    }, false);
  }

  change(id: string, change: Pick<UploadRecord, 'parts' | 'lastSentAt'>): Promise<void> {
    return this.#with(async (db) => {
      const { store, done } = db.transaction('uploads', 'readwrite');
      const record = await store.get(id);
      if (record) await store.put({ ...record, ...change });
      await done;
    }, undefined);
  }

  find(id: string): Promise<UploadRecord | null> {
    return this.#with(async (db) => (await db.get('uploads', id)) ?? null, null);
  }

  ofApp(app: string): Promise<readonly UploadRecord[]> {
    return this.#with((db) => db.getAllFromIndex('uploads', 'app', app), []);
  }

  erase(id: string): Promise<void> {
    return this.#with((db) => db.delete('uploads', id), undefined);
  }

  async #with<Answer>(act: (db: IDBPDatabase<Schema>) => Promise<Answer>, otherwise: Answer): Promise<Answer> {
    try {
      const db = await this.#open();
      return db ? await act(db) : otherwise;
    } catch {
      return otherwise;
    }
  }

  #open(): Promise<IDBPDatabase<Schema> | null> {
    this.#opening ??= this.#openInTime();
    return this.#opening;
  }

  async #openInTime(): Promise<IDBPDatabase<Schema> | null> {
    let takeBack = () => {};
    const late = new Promise<null>((resolve) => {
      takeBack = this.#clock.after(OPEN_WITHIN_MS, () => resolve(null));
    });
    const opening = this.#openDatabase();
    try {
      const db = await Promise.race([opening, late]);
      if (!db) this.#waitFor(opening);
      return db;
    } catch {
      return null;
    } finally {
      takeBack();
    }
  }

  /** Takes a database that came too late after all; or asks again. */
  #waitFor(opening: Promise<IDBPDatabase<Schema>>): void {
    const takeBack = this.#clock.after(ASK_AGAIN_MS, () => {
      this.#opening = null;
    });
    opening.then(
      () => {
        takeBack();
        this.#opening = opening;
      },
      () => {},
    );
  }

  /** Clears away what has expired. */
  async #openDatabase(): Promise<IDBPDatabase<Schema>> {
    const db = await openDB<Schema>(this.#name, 1, {
      upgrade(fresh) {
        const uploads = fresh.createObjectStore('uploads', { keyPath: 'id' });
        uploads.createIndex('app', 'app');
        uploads.createIndex('expiresAt', 'expiresAt');
      },
      // A later version of this script, in another tab, needs the way free.
      blocking: () => this.#close(db),
      // The browser cleared the data of the site.
      terminated: () => this.#close(db),
    });
    const { store, done } = db.transaction('uploads', 'readwrite');
    const expired = await store.index('expiresAt').getAllKeys(IDBKeyRange.upperBound(this.#clock.now()));
    await Promise.all([...expired.map((id) => store.delete(id)), done]);
    return db;
  }

  #close(db: IDBPDatabase<Schema>): void {
    db.close();
    this.#opening = null;
  }
}
