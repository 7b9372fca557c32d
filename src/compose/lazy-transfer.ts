import { asUploadError } from '../errors.ts';
import type { OutgoingFile, Transfer, TransferWatcher } from '../flow/ports.ts';

/** Loads the engine with the first batch. What is cancelled before it is there never reaches it. */
export class LazyTransfer implements Transfer {
  readonly #load: () => Promise<Transfer>;
  #engine: Transfer | null = null;
  readonly #early = new Set<string>();
  readonly #pausedEarly = new Set<string>();

  constructor(load: () => Promise<Transfer>) {
    this.#load = load;
  }

  async send(
    files: readonly OutgoingFile[],
    options: Parameters<Transfer['send']>[1],
    watcher: TransferWatcher,
  ): Promise<void> {
    for (const { key } of files) this.#early.add(key);
    try {
      this.#engine ??= await this.#load();
    } catch (error) {
      const { code } = asUploadError(error, 'internal');
      for (const { key } of files) if (this.#early.delete(key)) watcher.notDone(key, { code });
      return;
    }
    const rest = files.filter(({ key }) => this.#early.delete(key));
    const sending = this.#engine.send(rest, options, watcher);
    for (const { key } of rest) if (this.#pausedEarly.delete(key)) this.#engine.pause(key);
    await sending;
  }

  pause(key: string): void {
    if (this.#early.has(key)) this.#pausedEarly.add(key);
    else this.#engine?.pause(key);
  }

  resume(key: string): void {
    if (!this.#pausedEarly.delete(key)) this.#engine?.resume(key);
  }

  tryNow(): void {
    this.#engine?.tryNow();
  }

  cancel(key: string): void {
    this.#pausedEarly.delete(key);
    this.#early.delete(key);
    this.#engine?.cancel(key);
  }

  cancelAll(): void {
    this.#early.clear();
    this.#pausedEarly.clear();
    this.#engine?.cancelAll();
  }

  leaveAll(): void {
    this.#early.clear();
    this.#pausedEarly.clear();
    this.#engine?.leaveAll();
  }

  signedIn(): void {
    this.#engine?.signedIn();
  }

  close(): void {
    this.#early.clear();
    this.#engine?.close();
  }
}
