import type { LitElement } from 'lit';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import type { Setup } from './setup.ts';
import type { Pasted } from './slips.ts';

/**
 * What whoever builds the page is told: in the console, and where no visitor can be, in a panel below the box. Its words
 * and its checks are loaded when there is something to tell.
 */
export class SetupHints {
  readonly #host: LitElement & Pasted;
  readonly #snapshot: () => UploadSnapshot;
  #setup: Promise<Setup> | null = null;

  constructor(host: LitElement & Pasted, snapshot: () => UploadSnapshot) {
    this.#host = host;
    this.#snapshot = snapshot;
  }

  /** Something went wrong. Resolves with what it was when it was looked at: a `broker_down` may be the page's own policy. */
  async tell(code: string): Promise<string> {
    try {
      return await (await this.#load()).tell(code);
    } catch {
      console.warn(`[secure-upload] ${code}`);
      return code;
    }
  }

  /** Looks at the paste and at the page once more. */
  look(): void {
    this.#load().then(
      (setup) => setup.look(),
      () => {},
    );
  }

  /** Another app: what was told of the one before is over. */
  forget(): void {
    this.#setup?.then(
      (setup) => setup.forget(),
      () => {},
    );
  }

  #load(): Promise<Setup> {
    this.#setup ??= import('./setup.ts').then(({ Setup }) => new Setup(this.#host, this.#snapshot));
    return this.#setup;
  }
}
