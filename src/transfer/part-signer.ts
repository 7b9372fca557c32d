import type { Grant, SignParts, UploadStatus } from '../contract/uploads.ts';
import { Gatherer } from './gatherer.ts';

type Part = SignParts['parts'][number];

/** The contract's limit for one call. */
const MOST = 100;
/** While so many signed parts wait for a slot, no more are signed: the next call then carries several. */
const AHEAD = 3;

/** What parts of one upload ask the broker, each call for several of them. Lives for one turn of the file. */
export class PartSigner {
  readonly #signs: Gatherer<{ readonly part: Part; readonly isUrgent: boolean }, Grant>;
  readonly #looks: Gatherer<null, UploadStatus>;
  readonly #signal: AbortSignal;
  #ahead = 0;

  /** `sign` answers one grant per part, in their order. */
  constructor(
    calls: {
      sign(parts: readonly Part[]): Promise<readonly Grant[]>;
      look(): Promise<UploadStatus>;
    },
    signal: AbortSignal,
  ) {
    this.#signal = signal;
    this.#signs = new Gatherer(
      (waiting) =>
        this.#ahead < AHEAD || waiting.some(({ isUrgent }) => isUrgent) ? Math.min(MOST, waiting.length) : 0,
      async (waiting) => {
        const grants = await calls.sign(waiting.map(({ part }) => part));
        return waiting.map(({ isUrgent }, i) => {
          const value = grants[i];
          if (!value) return { error: new TypeError('No grant for a part') };
          if (!isUrgent) this.#ahead += 1;
          return { value };
        });
      },
    );
    this.#looks = new Gatherer(
      (waiting) => waiting.length,
      async (waiting) => {
        const value = await calls.look();
        return waiting.map(() => ({ value }));
      },
    );
  }

  /** For a part that will wait for a slot; it must be `taken` once. */
  ahead(part: Part): Promise<Grant> {
    return this.#signs.add({ part, isUrgent: false }, this.#signal);
  }

  /** For a part that has its slot already. */
  now(part: Part): Promise<Grant> {
    return this.#signs.add({ part, isUrgent: true }, this.#signal);
  }

  taken(): void {
    this.#ahead -= 1;
    void this.#signs.go();
  }

  /** What is stored at a moment after this call. */
  look(): Promise<UploadStatus> {
    return this.#looks.add(null, this.#signal);
  }
}
