import type { PutGrant, SignParts, UploadStatus } from '../contract/uploads.ts';
import { Gatherer } from './gatherer.ts';

type Part = SignParts['parts'][number];

/** The contract's limit for one call. */
const MOST = 100;
/** So many signed parts shall wait for a slot, and so many shall one call carry where nothing is lost by waiting. */
const FEW = 3;

/** What parts of one upload ask the broker, each call for several of them. Lives for one turn of the file. */
export class PartSigner {
  readonly #signs: Gatherer<{ readonly part: Part; readonly isUrgent: boolean }, PutGrant>;
  readonly #looks: Gatherer<null, UploadStatus>;
  readonly #signal: AbortSignal;
  /** Parts that will still ask for the first time. */
  #coming: number;
  /** Signed and not done yet; of these, not yet on their way. */
  #moving = 0;
  #ahead = 0;

  /** For so many parts. `sign` answers one grant per part, in their order. */
  constructor(
    count: number,
    calls: {
      sign(parts: readonly Part[]): Promise<readonly PutGrant[]>;
      look(): Promise<UploadStatus>;
    },
    signal: AbortSignal,
  ) {
    this.#coming = count;
    this.#signal = signal;
    this.#signs = new Gatherer(
      (waiting) => (this.#isTime(waiting) ? Math.min(MOST, waiting.length) : 0),
      async (waiting) => {
        const grants = await calls.sign(waiting.map(({ part }) => part));
        return waiting.map(({ isUrgent }, i) => {
          const value = grants[i];
          if (!value) return { error: new TypeError('No grant for a part') };
          if (!isUrgent) {
            this.#ahead += 1;
            this.#moving += 1;
          }
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

  /** For a part that will wait for a slot; it must be `taken` once, and then `done`. */
  ahead(part: Part): Promise<PutGrant> {
    this.#coming -= 1;
    return this.#signs.add({ part, isUrgent: false }, this.#signal);
  }

  /** For a part that has its slot already. */
  now(part: Part): Promise<PutGrant> {
    return this.#signs.add({ part, isUrgent: true }, this.#signal);
  }

  taken(): void {
    this.#ahead -= 1;
    void this.#signs.go();
  }

  done(): void {
    this.#moving -= 1;
    void this.#signs.go();
  }

  /** What is stored at a moment after this call. */
  look(): Promise<UploadStatus> {
    return this.#looks.add(null, this.#signal);
  }

  #isTime(waiting: readonly { readonly isUrgent: boolean }[]): boolean {
    if (waiting.some(({ isUrgent }) => isUrgent)) return true;
    if (this.#ahead >= FEW) return false;
    return waiting.length >= FEW || this.#moving < FEW || this.#coming === 0;
  }
}
