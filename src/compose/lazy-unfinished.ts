import type { Sameness, Unfinished, UnfinishedUpload } from '../flow/ports.ts';
import type { Person } from '../flow/upload-snapshot.ts';
import type { RecordsFound } from '../transfer/records-probe.ts';
import type { BrowserRecords } from './browser-records.ts';

/** Loads the records where there may be any, and what goes on with uploads only with the first question about one of them. */
export class LazyUnfinished implements Unfinished {
  readonly #probe: () => Promise<RecordsFound>;
  readonly #records: () => Promise<Pick<BrowserRecords, 'isAvailable' | 'count'>>;
  readonly #load: () => Promise<Unfinished>;

  constructor(
    probe: () => Promise<RecordsFound>,
    records: () => Promise<Pick<BrowserRecords, 'isAvailable' | 'count'>>,
    load: () => Promise<Unfinished>,
  ) {
    this.#probe = probe;
    this.#records = records;
    this.#load = load;
  }

  async isAvailable(): Promise<boolean> {
    const found = await this.#probe();
    return found === 'some' ? (await this.#records()).isAvailable() : found === 'none';
  }

  async count(app: string): Promise<number> {
    return (await this.#probe()) === 'some' ? (await this.#records()).count(app) : 0;
  }

  /** Nothing more is loaded where there is nothing to list. */
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
