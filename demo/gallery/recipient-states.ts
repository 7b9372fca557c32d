import { RECIPIENT_START, type RecipientSnapshot } from '../../src/flow/recipient-snapshot.ts';
import { at, CODE, CONTRACT, COVER, MINUTE, NOTICE, RULES, VERIFIED } from './recipient-samples.ts';

const covered: RecipientSnapshot = { ...RECIPIENT_START, phase: 'cover', cover: COVER };
const coded: RecipientSnapshot = { ...covered, phase: 'code', code: CODE };
const proved: RecipientSnapshot = {
  ...covered,
  notice: NOTICE,
  noticeSha256: VERIFIED.sha256,
  windowSeconds: 900,
};
const accepted: RecipientSnapshot = {
  ...proved,
  phase: 'download',
  decidedAt: at(0),
  receipt: 'header.accepted.signature',
  deliveries: [
    { file: CONTRACT, phase: 'ready', received: 0 },
    { file: RULES, phase: 'ready', received: 0 },
  ],
};
const claimed: RecipientSnapshot = { ...accepted, windowEndsAt: at(15 * MINUTE), deliveryWindow: 'open' };
const received = claimed.deliveries.map(
  (entry) => ({ ...entry, phase: 'received', received: entry.file.size }) as const,
);
const ended = (state: typeof COVER.state, phase: RecipientSnapshot['phase']): RecipientSnapshot => ({
  ...covered,
  phase,
  cover: { ...COVER, state, state_since: '2026-11-20T09:30:00.000Z' },
});

/** Every screen a recipient can meet. */
export const STATES = {
  loading: RECIPIENT_START,
  'cut-link': { ...RECIPIENT_START, phase: 'cut-link' },
  cover: covered,
  'cover-busy': { ...covered, isBusy: true },
  'cover-in-app': { ...covered, canSave: false },
  'cover-proof-over': { ...covered, problem: { code: 'sign_in_ended' } },
  'cover-mail-down': { ...covered, problem: { code: 'mail_down' } },
  code: coded,
  'code-waiting': { ...coded, newCodeInSeconds: 42 },
  'code-no-mails': {
    ...coded,
    newCodeInSeconds: 1800,
    code: { ...CODE, mails_left: 0, next_mail_at: at(30 * MINUTE) },
  },
  'code-format': { ...coded, problem: { code: 'code_format' } },
  'code-wrong': { ...coded, problem: { code: 'code_wrong', figures: { tries_left: 3 } } },
  'code-last-try': { ...coded, problem: { code: 'code_wrong', figures: { tries_left: 1 } } },
  'code-ended': { ...coded, problem: { code: 'code_wrong', figures: { tries_left: 0 } } },
  'code-ended-waiting': {
    ...coded,
    newCodeInSeconds: 42,
    problem: { code: 'code_wrong', figures: { tries_left: 0 } },
  },
  'code-old': { ...coded, problem: { code: 'code_old' } },
  locked: { ...covered, phase: 'locked', waitUntil: at(60 * MINUTE) },
  decision: { ...proved, phase: 'decision' },
  'decision-stale': { ...proved, phase: 'decision', changed: ['kept'], problem: { code: 'notice_stale' } },
  'decision-changed': { ...proved, phase: 'decision', changed: ['kept', 'files'] },
  'decision-not-a-person': { ...proved, phase: 'decision', problem: { code: 'not_a_person' } },
  'decision-not-saved': { ...proved, phase: 'decision', problem: { code: 'broker_down' } },
  download: accepted,
  'download-returning': { ...accepted, isReturning: true, decidedAt: '2026-11-21T10:00:00.000Z' },
  'download-receiving': {
    ...claimed,
    deliveries: [
      { file: CONTRACT, phase: 'receiving', received: 524_288 },
      { file: RULES, phase: 'received', received: RULES.size },
    ],
  },
  'download-mixed': {
    ...claimed,
    deliveryWindow: 'ending',
    deliveries: [
      { file: CONTRACT, phase: 'differs', received: 0 },
      { file: RULES, phase: 'interrupted', received: 0 },
      { file: { ...RULES, id: 'file-video', name: 'flat-tour.mp4', type: 'video/mp4' }, phase: 'started', received: 0 },
    ],
  },
  received: { ...claimed, phase: 'received', deliveries: received },
  'window-over': { ...claimed, phase: 'window-over', deliveryWindow: 'over' },
  declined: { ...proved, phase: 'declined', receipt: 'header.declined.signature', decidedAt: at(0) },
  withdrawn: { ...proved, phase: 'withdrawn', withdrawnAt: at(0), receipt: 'header.withdrawn.signature' },
  'withdrawn-before': ended('withdrawn', 'withdrawn'),
  expired: ended('expired', 'expired'),
  used: ended('claimed', 'used'),
  'taken-back': ended('taken_back', 'taken-back'),
  'not-found': { ...RECIPIENT_START, phase: 'not-found' },
  busy: { ...RECIPIENT_START, phase: 'busy', waitUntil: at(5 * MINUTE) },
  unavailable: { ...RECIPIENT_START, phase: 'unavailable' },
} as const satisfies Record<string, RecipientSnapshot>;

export type StateName = keyof typeof STATES;
