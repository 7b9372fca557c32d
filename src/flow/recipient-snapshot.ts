import type { AccessLog } from '../contract/access-log.ts';
import type { CodeState, Cover, OfferedFile } from '../contract/links.ts';
import type { Notice, NoticeLine } from '../contract/notice.ts';
import type { ItemProblem } from './problem.ts';

/** What of a notice may change between reading and answering: its lines by their ids, and what stands beside them. */
export type NoticePart = NoticeLine['id'] | 'files' | 'purposes';

export type RecipientPhase =
  | 'loading'
  /** No secret in the address. */
  | 'cut-link'
  | 'cover'
  /** The person said that the link is for somebody else. */
  | 'not-mine'
  | 'code'
  /** In another window, with an account. */
  | 'signing-in'
  | 'locked'
  | 'decision'
  | 'download'
  | 'declined'
  | 'received'
  | 'withdrawn'
  | 'expired'
  | 'used'
  | 'taken-back'
  /** The sender sent a new one in its place. */
  | 'renewed'
  | 'not-found'
  | 'busy'
  | 'window-over'
  | 'unavailable';

export type DeliveryPhase =
  | 'ready'
  | 'receiving'
  /** Handed to the browser; not checked. */
  | 'started'
  /** A copy from the downloads is being compared. */
  | 'checking'
  /** Read by the page, or compared with the saved copy; its checksum fits. */
  | 'received'
  /** What arrived is not what was sent. */
  | 'differs'
  /** The file chosen from the downloads is not the one that was sent. */
  | 'other-copy'
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
  /** BCP 47 tags in which the notice can be had; empty before the proof. */
  readonly languages: readonly string[];
  /** Purposes of the notice whose boxes the person has ticked. */
  readonly agreed: readonly string[];
  readonly deliveries: readonly DeliverySnapshot[];
  /** ISO 8601, once the first Download has claimed the link. */
  readonly windowEndsAt: string | null;
  /** Seconds that the window lasts, known from the proof on. */
  readonly windowSeconds: number | null;
  /** `over` also while a download that has begun still runs to its end. */
  readonly deliveryWindow: 'not-begun' | 'open' | 'ending' | 'over';
  /** The window can be made longer, once. */
  readonly mayExtend: boolean;
  /** ISO 8601, while `busy` or `locked`: when another try makes sense. */
  readonly waitUntil: string | null;
  /** Until a new code may be asked for; 0 when it may be. */
  readonly newCodeInSeconds: number;
  readonly decidedAt: string | null;
  /** Accepted earlier, and back for the files. */
  readonly isReturning: boolean;
  /** ISO 8601, when this very page withdrew the answer. */
  readonly withdrawnAt: string | null;
  /** ISO 8601, after a withdrawal: when what is kept about the person will be gone. */
  readonly eraseBy: string | null;
  /** The JWS of the standing decision. */
  readonly receipt: string | null;
  /** The masked address that the receipt went to, from this page. */
  readonly mailedTo: string | null;
  /** ISO 8601: when the sender was asked for a new link, within the last day. */
  readonly askedAt: string | null;
  /** The sender was told that somebody else had fetched the files. */
  readonly isReported: boolean;
  /** What was recorded about this link, once it was asked for. */
  readonly log: AccessLog | null;
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
  languages: [],
  agreed: [],
  deliveries: [],
  windowEndsAt: null,
  windowSeconds: null,
  deliveryWindow: 'not-begun',
  mayExtend: false,
  waitUntil: null,
  newCodeInSeconds: 0,
  decidedAt: null,
  isReturning: false,
  withdrawnAt: null,
  eraseBy: null,
  receipt: null,
  mailedTo: null,
  askedAt: null,
  isReported: false,
  log: null,
};
