import type { NoticePurpose } from '../../src/contract/notice.ts';
import { RECIPIENT_START, type RecipientSnapshot } from '../../src/flow/recipient-snapshot.ts';
import { at, CODE, CONTRACT, COVER, LOG, MINUTE, NOTICE, RULES, VERIFIED } from './recipient-samples.ts';

const covered: RecipientSnapshot = { ...RECIPIENT_START, phase: 'cover', cover: COVER };
const coded: RecipientSnapshot = { ...covered, phase: 'code', code: CODE };
const proved: RecipientSnapshot = {
  ...covered,
  notice: NOTICE,
  noticeSha256: VERIFIED.sha256,
  languages: VERIFIED.languages,
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
const claimed: RecipientSnapshot = {
  ...accepted,
  windowEndsAt: at(15 * MINUTE),
  deliveryWindow: 'open',
  mayExtend: true,
};
const VIDEO = { ...RULES, id: 'file-video', name: 'flat-tour.mp4', type: 'video/mp4' };
const received = claimed.deliveries.map(
  (entry) => ({ ...entry, phase: 'received', received: entry.file.size }) as const,
);
const ended = (state: typeof COVER.state, phase: RecipientSnapshot['phase']): RecipientSnapshot => ({
  ...covered,
  phase,
  cover: { ...COVER, state, state_since: '2026-11-20T09:30:00.000Z' },
});
const used: RecipientSnapshot = {
  ...covered,
  phase: 'used',
  cover: { ...COVER, state: 'claimed', state_since: '2026-11-20T09:30:00.000Z', withdrawable: true },
};
const expired = ended('expired', 'expired');
const withProvider: RecipientSnapshot = {
  ...covered,
  cover: { ...COVER, proofs: ['code', 'provider'], providers: [{ id: 'acme', name: 'Acme ID' }] },
};
const PURPOSES: NoticePurpose[] = [
  {
    id: 'terms',
    version: 1,
    needed: true,
    label: 'I will keep these files to myself.',
    explanation: 'The files are for you alone. Acme Legal may ask you to delete them.',
  },
  {
    id: 'news',
    version: 1,
    needed: false,
    label: 'Acme Legal may tell me about new house rules.',
    explanation: 'At most four emails a year. You can end this at any time.',
  },
];
/** Names and a purpose of a length that somebody has. */
const LONG = {
  ...COVER,
  sender: {
    name: 'Maria Magdalena Lopez-Hohenstein-Wittgenstein',
    org: 'Rechtsanwaltskanzlei Hohenstein, Wittgenstein und Partner',
    address: 'maria.magdalena.lopez-hohenstein-wittgenstein@rechtsanwaltskanzlei-hohenstein-wittgenstein.example',
  },
  purpose:
    'Your signed rental contract for the flat on the fourth floor, with the rules of the house and the list of its keys, 2026',
};
const LONG_NAMED = [
  {
    ...CONTRACT,
    name: `${'rental-contract-of-the-fourth-floor-'.repeat(6)}signed.pdf`,
    path: '2026/October/Contracts',
  },
  { ...RULES, name: 'قواعد المنزل لعام ٢٠٢٦.pdf' },
];
const asking: RecipientSnapshot = {
  ...proved,
  phase: 'decision',
  notice: { ...NOTICE, purposes: PURPOSES },
  agreed: ['news'],
};

/** Every screen a recipient can meet. */
export const STATES = {
  loading: RECIPIENT_START,
  'cut-link': { ...RECIPIENT_START, phase: 'cut-link' },
  cover: covered,
  'cover-long': { ...covered, cover: LONG },
  'cover-busy': { ...covered, isBusy: true },
  'cover-in-app': { ...covered, canSave: false },
  'cover-proof-over': { ...covered, problem: { code: 'sign_in_ended' } },
  'cover-provider': withProvider,
  'cover-account-only': {
    ...withProvider,
    cover: { ...COVER, proofs: ['provider'], providers: [{ id: 'acme', name: 'Acme ID' }] },
  },
  'cover-other-mailbox': { ...withProvider, problem: { code: 'other_mailbox' } },
  'not-mine': { ...covered, phase: 'not-mine' },
  'signing-in': { ...withProvider, phase: 'signing-in' },
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
  'code-wrong-uncounted': { ...coded, problem: { code: 'code_wrong' } },
  'code-clock': { ...coded, problem: { code: 'clock' } },
  'code-unreachable': { ...coded, problem: { code: 'broker_down' } },
  'code-other': { ...coded, problem: { code: 'internal' } },
  'code-old': { ...coded, problem: { code: 'code_old' } },
  locked: { ...covered, phase: 'locked', waitUntil: at(60 * MINUTE) },
  'locked-asked': { ...covered, phase: 'locked', waitUntil: at(60 * MINUTE), askedAt: at(0) },
  decision: { ...proved, phase: 'decision' },
  'decision-busy': { ...proved, phase: 'decision', isBusy: true },
  'decision-long': { ...proved, phase: 'decision', cover: LONG, notice: { ...NOTICE, files: LONG_NAMED } },
  'decision-purposes': asking,
  'decision-purpose-needed': { ...asking, problem: { code: 'purpose_needed' } },
  'decision-stale': { ...proved, phase: 'decision', changed: ['kept'], problem: { code: 'notice_stale' } },
  'decision-stale-all': {
    ...proved,
    phase: 'decision',
    changed: ['sender', 'purpose', 'files', 'kept', 'seen', 'purposes', 'rights'],
    problem: { code: 'notice_stale' },
  },
  'decision-stale-unknown': { ...proved, phase: 'decision', problem: { code: 'notice_stale' } },
  'decision-not-embedded': { ...proved, phase: 'decision', problem: { code: 'not_allowed' } },
  'decision-changed': { ...proved, phase: 'decision', changed: ['kept', 'files'] },
  'decision-not-a-person': { ...proved, phase: 'decision', problem: { code: 'not_a_person' } },
  'decision-not-saved': { ...proved, phase: 'decision', problem: { code: 'broker_down' } },
  download: accepted,
  'download-one': { ...accepted, deliveries: accepted.deliveries.slice(0, 1) },
  'download-long': {
    ...claimed,
    cover: LONG,
    deliveries: LONG_NAMED.map((file) => ({ file, phase: 'interrupted', received: 0 })),
  },
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
      { file: VIDEO, phase: 'started', received: 0 },
    ],
  },
  'download-extended': { ...claimed, windowEndsAt: at(20 * MINUTE), deliveryWindow: 'ending', mayExtend: false },
  'download-unopened': { ...accepted, problem: { code: 'window_unopened' } },
  'download-extended-before': {
    ...claimed,
    deliveryWindow: 'ending',
    mayExtend: false,
    problem: { code: 'window_extended' },
  },
  'download-files-gone': { ...claimed, problem: { code: 'not_found' } },
  'download-checking': {
    ...claimed,
    deliveries: [
      { file: CONTRACT, phase: 'other-copy', received: 0 },
      { file: VIDEO, phase: 'checking', received: 0 },
    ],
  },
  'download-log-all': {
    ...accepted,
    log: {
      ...LOG,
      entries: (['locked', 'declined', 'withdrawn'] as const).map((act, i) => ({ at: at(i * MINUTE), act })),
    },
  },
  'download-log': { ...accepted, log: LOG },
  received: { ...claimed, phase: 'received', deliveries: received },
  'received-files-gone': { ...claimed, phase: 'received', deliveries: received, problem: { code: 'not_found' } },
  'received-mailed': { ...claimed, phase: 'received', deliveries: received, mailedTo: COVER.masked_address },
  'window-over': { ...claimed, phase: 'window-over', deliveryWindow: 'over' },
  declined: { ...proved, phase: 'declined', receipt: 'header.declined.signature', decidedAt: at(0) },
  withdrawn: {
    ...proved,
    phase: 'withdrawn',
    withdrawnAt: at(0),
    eraseBy: '2026-12-22T13:04:00.000Z',
    receipt: 'header.withdrawn.signature',
  },
  'withdrawn-before': ended('withdrawn', 'withdrawn'),
  expired,
  'expired-asked': { ...expired, askedAt: at(0) },
  used,
  'used-uncovered': { ...RECIPIENT_START, phase: 'used' },
  'used-reported': { ...used, isReported: true },
  renewed: ended('renewed', 'renewed'),
  'taken-back': ended('taken_back', 'taken-back'),
  'not-found': { ...RECIPIENT_START, phase: 'not-found' },
  busy: { ...RECIPIENT_START, phase: 'busy', waitUntil: at(5 * MINUTE) },
  unavailable: { ...RECIPIENT_START, phase: 'unavailable' },
} as const satisfies Record<string, RecipientSnapshot>;

export type StateName = keyof typeof STATES;
