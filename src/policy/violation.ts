import type { ProblemCode, ProblemFigures } from '../contract/problems.ts';

/**
 * A broken rule. A key and its figures now, words later (i18n). Figures: `file_large` limit, size · `file_name` limit
 * (absent where it has hidden characters) · `file_type` named, found · `file_mismatch` named (".pdf", or the declared
 * media type where the name has no ending), found (a media type; absent where the bytes say nothing) · `too_many`
 * limit, size (how many) · `total_large` limit, size, rest (bytes over).
 */
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
  /** What somebody else says its bytes are ('' where they say nothing). Counts only while there is no `head`. */
  readonly sniffed?: string;
}

/** A file among others. Same name, size and fingerprint: the same file. */
export interface BatchFile extends FileFacts {
  /** What tells files of one name and size apart: the time of their last change, or their SHA-256. */
  readonly fingerprint?: string;
}

/** How many bytes of each end are read. */
export const EDGE_BYTES = 64 * 1024;
