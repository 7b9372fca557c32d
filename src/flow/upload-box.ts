import type { AppDocument } from '../contract/app.ts';
import type { ItemProblem } from './problem.ts';
import { PHASES, VERBS, type Verb } from './upload-phases.ts';
import type { UploadPhase } from './upload-snapshot.ts';

export interface UploadSettings {
  /** Id of a folder made with `POST /v1/folders`. */
  folder?: string | undefined;
  /** A label for the builder's own use; never authority. */
  context?: Record<string, string> | undefined;
  /** Where absent, the app document decides. */
  start?: 'button' | 'auto' | undefined;
  /** What the words before an upload are shown in. */
  language?: string | undefined;
  isDisabled?: boolean | undefined;
  /** Signing in takes the page away and back, where nothing is chosen yet. */
  signIn?: 'redirect' | undefined;
}

/** Where the box stands and what it was given. Nothing else moves its phase. */
export class UploadBox {
  app: AppDocument | null = null;
  problem: ItemProblem | null = null;
  settings: UploadSettings = {};
  readonly #closing = new AbortController();
  readonly #changed: () => void;
  #phase: UploadPhase = 'loading';

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get phase(): UploadPhase {
    return this.#phase;
  }

  /** Aborted once the element has left the page for good. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  may(verb: Verb): boolean {
    const phases: readonly UploadPhase[] = VERBS[verb];
    return phases.includes(this.#phase) && !this.isClosed;
  }

  go(phase: UploadPhase): void {
    if (phase !== this.#phase && !PHASES[this.#phase].includes(phase)) {
      throw new TypeError(`No way from ${this.#phase} to ${phase}`);
    }
    this.#phase = phase;
    this.#changed();
  }

  close(): void {
    this.#closing.abort();
  }
}
