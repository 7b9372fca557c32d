import type { ProblemCode, ProblemFigures } from '../contract/problems.ts';
import type { Dimensions } from './dimensions.ts';
import type { Content } from './sniff.ts';

/**
 * A broken rule. A key and its figures now, words later (i18n). Figures by code:
 * - `file_large`, `file_small`: limit, size (bytes); for a picture limit, width, height (pixels)
 * - `file_dimensions`: limit, width, height; why `pixels` (limit of width × height) or `edge` (of the longer side); no
 *   figures where they cannot be read
 * - `file_name`: limit (characters); or why `blank`, `path`, `reserved` (by Windows), `lookalike` (named: the ending that it
 *   looks like); no figures for hidden characters
 * - `file_type`, `file_mismatch`: named (".pdf", or the declared media type where the name has no ending), found (a media
 *   type; absent where the bytes say nothing); why `inside` where it is what it says, and `found` too
 * - `file_active`: why `macros`, `page`, `script` or `outside` (of a drawing), `unseen` (a drawing too long to be seen
 *   whole), `inside` (with found); none for a plain program
 * - `too_many`: limit, size (how many) · `total_large`: limit, size, rest (bytes over) · `person_full`: size, rest (bytes left)
 */
export interface Violation {
  readonly code: ProblemCode;
  readonly figures?: ProblemFigures;
}

/** What is known about one file. */
export interface FileFacts {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Declared media type, '' where unknown. */
  readonly type: string;
  /** What its bytes speak of, and the first of them (at most 64 KiB); absent while nobody has looked. */
  readonly content?: Content;
  readonly head?: Uint8Array;
  /** Of a picture that does not say in its head (see look.ts); null where it does not say at all. */
  readonly dimensions?: Dimensions | null;
  /** What somebody else says its bytes are ('' where they say nothing). Counts only while there is no `content`. */
  readonly sniffed?: string;
}

/** A file among others. Same name, size and fingerprint: the same file. */
export interface BatchFile extends FileFacts {
  /** What tells files of one name and size apart: the time of their last change, or their SHA-256. */
  readonly fingerprint?: string;
}

/** How many bytes of each end are read. */
export const EDGE_BYTES = 64 * 1024;
