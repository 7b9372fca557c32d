import type { Sameness, Unfinished, UnfinishedUpload } from '../flow/ports.ts';
import type { Person } from '../flow/upload-snapshot.ts';

/** Loads what looks after unfinished uploads when it is first asked. */
export class LazyUnfinished implements Unfinished {
  readonly #load: () => Promise<Unfinished>;

  constructor(load: () => Promise<Unfinished>) {
    this.#load = load;
  }

  async isAvailable(): Promise<boolean> {
    return (await this.#load()).isAvailable();
  }

  async count(app: string): Promise<number> {
    return (await this.#load()).count(app);
  }

  async list(app: string, person: Person): Promise<readonly UnfinishedUpload[]> {
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
    await (await this.#load()).forgetAll(app, person);
  }
}
