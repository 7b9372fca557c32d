import type { LinkState } from '../contract/links.ts';
import type { UploadError } from '../errors.ts';
import type { ItemProblem } from './problem.ts';
import type { RecipientPhase } from './recipient-snapshot.ts';

/** Problems that end the step and lead to a screen of their own. All others are told where the person stands. */
const SCREENS: Readonly<Record<string, RecipientPhase>> = {
  link_cut: 'cut-link',
  link_unknown: 'not-found',
  link_expired: 'expired',
  link_used: 'used',
  link_taken_back: 'taken-back',
  link_declined: 'declined',
  withdrawn: 'withdrawn',
  code_locked: 'locked',
  window_over: 'window-over',
  link_renewed: 'renewed',
};

/** Nobody has answered, or nobody could: the same call may be made again at once. */
const UNANSWERED = new Set(['offline', 'broker_down', 'broker_unexpected', 'internal', 'store_down']);

/** The proof of the person is over; a new code gives a new one. */
const PROOF_OVER = new Set(['sign_in_needed', 'sign_in_ended', 'proof_refused', 'clock']);

const ENDED: Readonly<Partial<Record<LinkState, RecipientPhase>>> = {
  claimed: 'used',
  withdrawn: 'withdrawn',
  expired: 'expired',
  taken_back: 'taken-back',
  renewed: 'renewed',
};

export function screenOf(code: string): RecipientPhase | undefined {
  return Object.hasOwn(SCREENS, code) ? SCREENS[code] : undefined;
}

/** The screen of a link that has ended; undefined while it is open, accepted or declined. */
export function endedScreen(state: LinkState): RecipientPhase | undefined {
  return ENDED[state];
}

export function isUnanswered(error: UploadError): boolean {
  return UNANSWERED.has(error.code);
}

export function isProofOver(error: UploadError): boolean {
  return PROOF_OVER.has(error.code);
}

/** `until` is filled from `Retry-After` where the body has none. */
export function problemOf(error: UploadError, now: number): ItemProblem {
  const figures = error.problem?.figures;
  if (figures?.until !== undefined || error.retryAfterMs === undefined) return { code: error.code, figures };
  return { code: error.code, figures: { ...figures, until: new Date(now + error.retryAfterMs).toISOString() } };
}
