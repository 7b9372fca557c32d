import { type DBSchema, openDB } from 'idb';
import * as v from 'valibot';
import { Token256 } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import type { RoundTrip, RoundTrips } from './round-trip.ts';

const DATABASE = 'secure-upload-sign-in';

interface Schema extends DBSchema {
  keys: { key: string; value: { state: string; pair: CryptoKeyPair; until: number } };
}

const Noted = v.object({
  app: v.string(),
  state: Token256,
  nonce: Token256,
  verifier: Token256,
  hash: v.string(),
  until: v.number(),
});

/**
 * What a page leaves for itself while it is away: texts in this tab's sessionStorage, and the key, which no text can hold,
 * in IndexedDB. A tab has one trip at a time.
 */
export class TabTrips implements RoundTrips {
  readonly #item: string;

  constructor(broker: string) {
    this.#item = `secure-upload sign-in ${broker}`;
  }

  async put({ pair, ...noted }: RoundTrip): Promise<void> {
    try {
      const database = await open();
      await database.put('keys', { pair, state: noted.state, until: noted.until });
      database.close();
      sessionStorage.setItem(this.#item, JSON.stringify(noted));
    } catch {
      throw new UploadError('sign_in_unkept');
    }
  }

  async take(app: string, state: string): Promise<RoundTrip | null> {
    try {
      const noted = v.safeParse(Noted, JSON.parse(sessionStorage.getItem(this.#item) ?? 'null'));
      // A forged answer must not end the sign-in that is under way.
      if (!noted.success || noted.output.app !== app || noted.output.state !== state) return null;
      sessionStorage.removeItem(this.#item);
      const database = await open();
      const kept = await database.get('keys', state);
      // With those of tabs that never came back.
      const over = (await database.getAll('keys')).filter((one) => one.state === state || one.until <= Date.now());
      await Promise.all(over.map((one) => database.delete('keys', one.state)));
      database.close();
      return kept ? { ...noted.output, pair: kept.pair } : null;
    } catch {
      return null;
    }
  }
}

function open() {
  return openDB<Schema>(DATABASE, 1, {
    upgrade: (database) => void database.createObjectStore('keys', { keyPath: 'state' }),
  });
}
