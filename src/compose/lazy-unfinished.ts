import type { Sameness, Unfinished, UnfinishedUpload } from '../flow/ports.ts';
import type { Person } from '../flow/upload-snapshot.ts';
import type { BrowserRecords } from './browser-records.ts';

/** Loads the records when they are first asked for, and the engine only with the first question about one of them. */
export class LazyUnfinished implements Unfinished {
  readonly #records: () => Promise<Pick<BrowserRecords, 'isAvailable' | 'count'>>;
  readonly #load: () => Promise<Unfinished>;

  constructor(records: () => Promise<Pick<BrowserRecords, 'isAvailable' | 'count'>>, load: () => Promise<Unfinished>) {
    this.#records = records;
    this.#load = load;
  }

  async isAvailable(): Promise<boolean> {
    return (await this.#records()).isAvailable();
  }

  async count(app: string): Promise<number> {
    return (await this.#records()).count(app);
  }

  /** The engine is left alone where there is nothing to list. */
  async list(app: string, person: Person): Promise<readonly UnfinishedUpload[]> {
    if ((await this.count(app)) === 0) return [];
    return (await this.#load()).list(app, person);
  }

  async check(id: string, file: File, signal: AbortSignal): Promise<Sameness> {
    return (await this.#load()).check(id, file, signal);
  }

  async reopen(id: string): Promise<File | null> {
    return (await this.#load()).reopen(id);
  }

  async moveHere(id: string): Promise<void> {
    await (await this.#load()).moveHere(id);
  }

  async forget(id: string): Promise<void> {
    await (await this.#load()).forget(id);
  }

  async forgetAll(app: string, person: Person): Promise<void> {
    if ((await this.count(app)) > 0) await (await this.#load()).forgetAll(app, person);
  }
}
