import type { ItemProblem } from './problem.ts';

export type UnfinishedPhase =
  /** For its file. */
  | 'waiting'
  /** A file was chosen; whether it is the same one is being found out. */
  | 'checking'
  /** The chosen file is another one. */
  | 'other'
  /** Another tab of this browser sends it. */
  | 'elsewhere'
  /** Nothing of it is left at the storage. */
  | 'over';

/** An upload that an earlier visit on this device has begun. */
export interface UnfinishedItem {
  /** The broker's id of the upload. */
  readonly id: string;
  readonly name: string;
  /** Bytes of the whole file, as it is sent. */
  readonly size: number;
  /** Bytes of the file that it was made of, as the template wishes; absent where it is sent as it was chosen. */
  readonly fromSize?: number | undefined;
  /** Bytes that are stored. */
  readonly sent: number;
  /** Of the file, as `File.lastModified`. */
  readonly lastModified: number;
  /** ms since epoch */
  readonly lastSentAt: number;
  /** For how long what was sent is kept, in whole days. */
  readonly days: number;
  /** The browser still knows where the file lies: a press is enough. */
  readonly hasHandle: boolean;
  readonly phase: UnfinishedPhase;
  /** Why the last act came to nothing. */
  readonly problem?: ItemProblem | undefined;
}

export interface UnfinishedSnapshot {
  /** Known before anybody has signed in. */
  readonly count: number;
  /** Of the person who is signed in, the newest first; empty while nobody is. */
  readonly items: readonly UnfinishedItem[];
  /** The browser keeps nothing here: an upload that this page begins is lost with it. */
  readonly isKeptNowhere: boolean;
}

export const NO_UNFINISHED: UnfinishedSnapshot = { count: 0, items: [], isKeptNowhere: false };
