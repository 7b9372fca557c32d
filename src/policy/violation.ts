import type { ProblemCode, ProblemFigures } from '../contract/problems.ts';

/** A broken rule. A key and its figures now, words later (i18n). */
export interface Violation {
  readonly code: ProblemCode;
  readonly figures?: ProblemFigures;
}

/** What is known about one file. `head` and `tail` are at most 64 KiB each; absent while not read yet. */
export interface FileFacts {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Declared media type, '' where unknown. */
  readonly type: string;
  readonly head?: Uint8Array;
  readonly tail?: Uint8Array;
}
