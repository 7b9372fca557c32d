import type { TransferWatcher } from '../../../src/transfer/ports.ts';

/** Counts what became of the files. */
export class Outcome implements TransferWatcher {
  #stored = 0;
  readonly #problems = new Set<string>();

  /** Throws where not all were stored, with the codes of what happened. */
  check(files: number): void {
    if (this.#stored === files) return;
    throw new Error(
      `${this.#stored} of ${files} files were stored: ${[...this.#problems].join(', ') || 'no problem told'}`,
    );
  }

  stored(): void {
    this.#stored += 1;
  }

  notDone(_key: string, { code }: { readonly code: string }): void {
    this.#problems.add(code);
  }

  waiting(): void {}
  progress(): void {}
  finishing(): void {}
  reference(): void {}
  busy(): void {}
  offline(): void {}
  slow(): void {}
  signInNeeded(): void {
    this.#problems.add('sign_in_needed');
  }
}
