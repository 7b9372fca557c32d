import type { CodeState, Cover, OfferedFile } from '../contract/links.ts';
import type { Notice } from '../contract/notice.ts';
import type { ItemProblem } from './problem.ts';

/** What of a notice may change between reading and answering. */
export const NOTICE_PARTS = ['sender', 'purpose', 'files', 'kept', 'seen'] as const;
export type NoticePart = (typeof NOTICE_PARTS)[number];

export type RecipientPhase =
  | 'loading'
  /** No secret in the address. */
  | 'cut-link'
  | 'cover'
  | 'code'
  | 'locked'
  | 'decision'
  | 'download'
  | 'declined'
  | 'received'
  | 'withdrawn'
  | 'expired'
  | 'used'
  | 'taken-back'
  | 'not-found'
  | 'busy'
  | 'window-over'
  | 'unavailable';

export type DeliveryPhase =
  | 'ready'
  | 'receiving'
  /** Handed to the browser; not checked. */
  | 'started'
  /** Read by the page, and its checksum fits. */
  | 'received'
  /** What arrived is not what was sent. */
  | 'differs'
  | 'interrupted';

export interface DeliverySnapshot {
  readonly file: OfferedFile;
  readonly phase: DeliveryPhase;
  /** Bytes. */
  readonly received: number;
}

export interface RecipientSnapshot {
  readonly phase: RecipientPhase;
  readonly cover: Cover | null;
  readonly code: CodeState | null;
  /** Shown at the code field, or at the decision; until the next act. */
  readonly problem: ItemProblem | null;
  /** A call is under way; its button shows three dots. */
  readonly isBusy: boolean;
  /** Whether this browser lets a page save what it has read; those inside other apps do not. */
  readonly canSave: boolean;
  readonly notice: Notice | null;
  readonly noticeSha256: string | null;
  /** What changed in the notice since it was read; marked where it is shown again. */
  readonly changed: readonly NoticePart[];
  readonly deliveries: readonly DeliverySnapshot[];
  /** ISO 8601, once the first Download has claimed the link. */
  readonly windowEndsAt: string | null;
  /** Seconds that the window lasts, known from the proof on. */
  readonly windowSeconds: number | null;
  /** `over` also while a download that has begun still runs to its end. */
  readonly deliveryWindow: 'not-begun' | 'open' | 'ending' | 'over';
  /** ISO 8601, while `busy` or `locked`: when another try makes sense. */
  readonly waitUntil: string | null;
  /** Until a new code may be asked for; 0 when it may be. */
  readonly newCodeInSeconds: number;
  readonly decidedAt: string | null;
  /** Accepted earlier, and back for the files. */
  readonly isReturning: boolean;
  /** ISO 8601, when this very page withdrew the answer. */
  readonly withdrawnAt: string | null;
  /** The JWS of the standing decision. */
  readonly receipt: string | null;
}

export const RECIPIENT_START: RecipientSnapshot = {
  phase: 'loading',
  cover: null,
  code: null,
  problem: null,
  isBusy: false,
  canSave: true,
  notice: null,
  noticeSha256: null,
  changed: [],
  deliveries: [],
  windowEndsAt: null,
  windowSeconds: null,
  deliveryWindow: 'not-begun',
  waitUntil: null,
  newCodeInSeconds: 0,
  decidedAt: null,
  isReturning: false,
  withdrawnAt: null,
  receipt: null,
};
