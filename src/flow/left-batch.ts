/** How far a batch has come. */
export interface BatchProgress {
  /** Files that the broker has. */
  readonly arrived: number;
  /** Files. */
  readonly of: number;
  /** Null before the broker has said one. */
  readonly reference: string | null;
}

/** A batch of this device whose page has gone before anybody could read its end. */
export interface LeftBatch extends BatchProgress {
  readonly id: string;
  /** ms since epoch */
  readonly begunAt: number;
  /** When its page was last seen at work, ms since epoch. */
  readonly at: number;
}
