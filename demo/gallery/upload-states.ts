import { type AgreedPurpose, NO_AGREEMENT } from '../../src/flow/agreement-snapshot.ts';
import type { LeftBatch } from '../../src/flow/left-batch.ts';
import { NO_APP } from '../../src/flow/no-app.ts';
import { NO_UNFINISHED, type UnfinishedItem } from '../../src/flow/unfinished-snapshot.ts';
import type { ItemSnapshot, UploadSnapshot } from '../../src/flow/upload-snapshot.ts';
import { appDocument } from './app-document.ts';

const MB = 1024 * 1024;

export const APP = appDocument({
  app: 'cs-screenshots',
  org: { name: 'Acme Support', contact: 'help@acme.example' },
  purpose: { en: 'To answer your support request' },
  limits: {
    max_file_bytes: 15 * MB,
    max_total_bytes: 100 * MB,
    max_files: 20,
    max_name_length: 200,
    accepts: [
      { name: 'photos', types: ['image/jpeg', 'image/webp'], extensions: ['jpg', 'jpeg', 'webp'] },
      { name: 'images', types: ['image/png'], extensions: ['png'] },
    ],
  },
  scopes: ['uploads:create', 'links:create:internal'],
  links: { max_days: 30, default_days: 7, external: true },
});

export const JO: UploadSnapshot['person'] = {
  id: 'person-jo',
  name: 'Jo Meyer',
  scopes: ['uploads:create', 'links:create:internal'],
};

export const EMPTY: UploadSnapshot = { ...NO_APP, phase: 'choosing', app: APP };

const OPEN: NonNullable<UploadSnapshot['signIn']> = { way: 'window', isCutOff: false, code: null };
const CODE = { code: 'WDJB-MJHT', address: 'https://uploads.example/code', until: Date.parse('2026-11-21T14:15:00Z') };
const SIGN_IN_LINK = 'https://uploads.example/sign-in/start?app=cs-screenshots#ticket';

/** A file in the list; `size` in bytes is only told, the File itself is small. */
export function item(
  name: string,
  size: number,
  type: string,
  phase: ItemSnapshot['phase'] = 'ready',
  more: Partial<ItemSnapshot> = {},
): ItemSnapshot {
  const stored =
    phase === 'uploaded'
      ? {
          id: `upload-${name.replace(/\W/g, '')}`,
          name,
          size,
          type,
          sha256: `${name.replace(/\W/g, '').padEnd(43, 'x').slice(0, 43)}=`,
          reference: '7F3K92QD',
          stored_at: '2026-11-21T13:03:00Z',
          delete_at: '2027-02-19T13:03:00Z',
          receipt: `jws.${name}`,
        }
      : undefined;
  const sent = phase === 'uploaded' || phase === 'finishing' ? size : 0;
  return {
    key: name,
    file: new File(['x'], name, { type }),
    name,
    size,
    type,
    phase,
    sent,
    ...(stored && { stored }),
    ...more,
  };
}

export const PHOTO = item('IMG_2041.jpg', 4.1 * MB, 'image/jpeg');
export const SHOP = item('shop-window-final-version-2026-october.png', 2.8 * MB, 'image/png');
export const MOVIE = item('holiday.mov', 88 * MB, 'video/quicktime', 'refused', { problem: { code: 'file_type' } });
const photoIn = item('IMG_2041.jpg', 4.1 * MB, 'image/jpeg', 'uploaded');
const shopIn = item('shop-window-final-version-2026-october.png', 2.8 * MB, 'image/png', 'uploaded');
const contract = (phase: ItemSnapshot['phase'], more: Partial<ItemSnapshot> = {}) =>
  item('contract-signed.pdf', 18 * MB, 'application/pdf', phase, more);

const review: UploadSnapshot = { ...EMPTY, person: JO, items: [PHOTO, SHOP] };
const sending: UploadSnapshot = {
  ...EMPTY,
  phase: 'uploading',
  person: JO,
  items: [
    photoIn,
    contract('uploading', { sent: 6.2 * MB }),
    item('plans.zip', 12 * MB, 'application/zip', 'finishing'),
    item('notes.pdf', 1.2 * MB, 'application/pdf', 'waiting'),
  ],
  sent: 21 * MB,
  total: 55 * MB,
  msLeft: 130_000,
};
const done: UploadSnapshot = { ...EMPTY, phase: 'done', person: JO, items: [photoIn, shopIn], reference: '7F3K92QD' };
const checked = (name: string, check: 'open' | 'held' | 'stopped') => {
  const file = item(name, 4 * MB, 'application/zip', 'uploaded');
  return { ...file, ...(file.stored && { stored: { ...file.stored, check } }) };
};
const notIn = (name: string, code: string) => item(name, 12 * MB, 'application/pdf', 'not-done', { problem: { code } });
const files = (n: number, phase: 'ready' | 'uploaded' = 'ready') =>
  Array.from({ length: n }, (_, i) => item(`IMG_${2000 + i}.jpg`, (1 + (i % 5)) * MB, 'image/jpeg', phase));

const begun = (more: Partial<UnfinishedItem> = {}): UnfinishedItem => ({
  id: 'upload-film',
  name: 'holiday-film-2026.mp4',
  size: 412 * MB,
  sent: 142 * MB,
  lastModified: 0,
  lastSentAt: Date.parse('2026-11-19T10:00:00Z'),
  days: 7,
  hasHandle: false,
  phase: 'waiting',
  ...more,
});
const unfinished = (...items: readonly UnfinishedItem[]): UploadSnapshot => ({
  ...EMPTY,
  person: JO,
  unfinished: { count: items.length, items, isKeptNowhere: false },
});

/** A batch whose page was thrown away. */
const cutOff = (more: Partial<LeftBatch> = {}): LeftBatch => ({
  ...{ id: 'batch-1', arrived: 6, of: 10, reference: '7F3K92QD' },
  ...{ begunAt: Date.parse('2026-11-19T09:58:00Z'), at: Date.parse('2026-11-19T10:00:00Z') },
  ...more,
});

const purposes: AgreedPurpose[] = [
  {
    id: 'share',
    version: 1,
    needed: true,
    label: {
      en: 'I may share these files.',
      de: 'Ich darf diese Dateien weitergeben.',
      ar: 'يحقّ لي مشاركة هذه الملفات.',
    },
    explanation: {
      en: 'You took the pictures yourself, or whoever took them allows it.',
      de: 'Sie haben die Bilder selbst gemacht, oder wer sie gemacht hat, erlaubt es.',
      ar: 'التقطتَ الصور بنفسك، أو سمح بذلك من التقطها.',
    },
    agreed: true,
    at: '2026-11-21T13:03:00Z',
    agreement: 'agreement-1',
    notice_sha256: 'notice'.padEnd(43, 'x').concat('='),
  },
  {
    id: 'training',
    version: 1,
    needed: false,
    label: {
      en: 'Acme may use them in training material.',
      de: 'Acme darf sie in Schulungsunterlagen verwenden.',
      ar: 'يجوز لشركة Acme استخدامها في مواد التدريب.',
    },
    explanation: {
      en: 'Pictures may be shown in courses for staff, without your name. You can upload without it.',
      de: 'Bilder können in Kursen für Mitarbeitende gezeigt werden, ohne Ihren Namen. Sie können auch ohne hochladen.',
      ar: 'قد تُعرض الصور في دورات الموظفين من دون اسمك. ويمكنك الرفع من دون هذه الموافقة.',
    },
    agreed: true,
    at: '2026-11-21T13:03:00Z',
    agreement: 'agreement-1',
    notice_sha256: 'notice'.padEnd(43, 'x').concat('='),
  },
];
const asking = { app: APP.app, org: APP.org, purposes };
const agree: UploadSnapshot = { ...review, agreement: { ...NO_AGREEMENT, asking } };

/** One snapshot per state of the box, as the flow gives it. */
export const STATES = {
  loading: { ...EMPTY, phase: 'loading', app: null },
  unavailable: { ...EMPTY, phase: 'unavailable', app: null, problem: { code: 'origin_not_allowed' } },
  paused: { ...EMPTY, phase: 'unavailable', app: { ...APP, mode: 'paused' }, problem: { code: 'app_paused' } },
  closed: {
    ...EMPTY,
    phase: 'unavailable',
    app: { ...APP, mode: 'closed', mode_since: '2026-11-02T10:00:00Z' },
    problem: { code: 'app_closed' },
  },
  'signed-out': EMPTY,
  'sign-in-first': { ...EMPTY, app: { ...APP, sign_in: 'first' } },
  'single-file': { ...EMPTY, app: { ...APP, limits: { ...APP.limits, max_files: 1 } } },
  'test-mode': { ...EMPTY, app: { ...APP, mode: 'test', retention_days: 1 } },
  ready: { ...EMPTY, person: JO },
  'unfinished-signed-out': { ...EMPTY, unfinished: { ...NO_UNFINISHED, count: 1 } },
  unfinished: unfinished(begun()),
  'unfinished-several': unfinished(
    begun({ hasHandle: true }),
    begun({ id: 'upload-plans', name: 'plans-of-the-new-building-with-every-floor-and-all-appendices.zip', sent: 0 }),
  ),
  'unfinished-checking': unfinished(begun({ phase: 'checking' })),
  'unfinished-other': unfinished(begun({ phase: 'other' })),
  'unfinished-elsewhere': unfinished(begun({ phase: 'elsewhere' })),
  'unfinished-over': unfinished(begun({ phase: 'over' })),
  'unfinished-problem': unfinished(begun({ problem: { code: 'broker_down' } })),
  left: { ...EMPTY, person: JO, left: [cutOff()] },
  'left-nothing-arrived': { ...EMPTY, person: JO, left: [cutOff({ arrived: 0, of: 3, reference: null })] },
  'left-all-arrived': { ...EMPTY, person: JO, left: [cutOff({ arrived: 10 })] },
  'left-beside-unfinished': { ...unfinished(begun()), left: [cutOff({ arrived: 6, of: 10 })] },
  preparing: { ...review, items: [PHOTO, item('IMG_2042.jpg', 3 * MB, 'image/jpeg', 'preparing')] },
  review,
  agree,
  'agree-ticked': { ...agree, agreement: { ...agree.agreement, ticked: new Set(['share']) } },
  'agree-missing': { ...agree, agreement: { ...agree.agreement, missing: 'share', calls: 1 } },
  'agree-changed': {
    ...agree,
    agreement: { ...agree.agreement, asking: { ...asking, purposes: purposes.slice(0, 1) }, isChanged: true, calls: 1 },
  },
  'agree-refused': {
    ...agree,
    phase: 'not-done',
    items: [notIn('contract-signed.pdf', 'consent_needed')],
  },
  'some-refused': { ...review, items: [PHOTO, SHOP, MOVIE] },
  'refused-all': { ...review, items: [MOVIE] },
  'over-count': { ...review, items: files(23), batchProblem: { code: 'too_many', figures: { limit: 20, size: 23 } } },
  'some-set-aside': { ...review, items: files(20), aside: 5 },
  'over-total': {
    ...review,
    items: Array.from({ length: 8 }, (_, i) => item(`IMG_${i}.jpg`, 14 * MB, 'image/jpeg')),
    batchProblem: { code: 'total_large', figures: { limit: 100 * MB, size: 112 * MB } },
  },
  removed: { ...review, items: [SHOP], removed: { key: PHOTO.key, name: PHOTO.name } },
  'signing-in': { ...review, person: null, phase: 'signing-in', signIn: OPEN },
  'signing-in-cut-off': { ...review, person: null, phase: 'signing-in', signIn: { ...OPEN, isCutOff: true } },
  'signing-in-on-this-page': { ...EMPTY, phase: 'signing-in', signIn: { ...OPEN, way: 'page' } },
  'back-from-sign-in': { ...EMPTY, phase: 'signing-in', signIn: { ...OPEN, way: 'back' } },
  'code-sign-in': {
    ...review,
    person: null,
    phase: 'signing-in',
    app: { ...APP, sign_in_codes: true },
    signIn: { ...OPEN, way: 'code', code: CODE },
  },
  'popup-blocked': { ...review, person: null, signInNote: 'popup-blocked', signInLink: SIGN_IN_LINK },
  'popup-blocked-with-code': {
    ...review,
    person: null,
    app: { ...APP, sign_in_codes: true },
    signInNote: 'popup-blocked',
    signInLink: SIGN_IN_LINK,
  },
  'sign-in-unreachable': { ...EMPTY, signInNote: 'not-finished', problem: { code: 'broker_down' } },
  'sign-in-first-not-finished': { ...EMPTY, app: { ...APP, sign_in: 'first' }, signInNote: 'not-finished' },
  'not-finished': { ...review, person: null, signInNote: 'not-finished' },
  'sign-in-refused': { ...review, person: null, signInNote: 'refused' },
  'wrong-account': { ...review, person: { ...JO, scopes: [] }, signInNote: 'wrong-account' },
  uploading: sending,
  'one-paused': {
    ...sending,
    items: [photoIn, contract('paused', { sent: 8 * MB }), item('plans.zip', 30 * MB, 'application/zip', 'uploading')],
    msLeft: null,
  },
  'all-paused': {
    ...sending,
    isPaused: true,
    items: [photoIn, contract('paused', { sent: 8 * MB }), item('notes.pdf', 1.2 * MB, 'application/pdf', 'paused')],
    sent: 12.1 * MB,
    msLeft: null,
  },
  resumed: {
    ...sending,
    items: [contract('waiting', { resumes: { id: 'upload-contract', isRenamed: true } })],
    msLeft: null,
  },
  'uploading-some-set-aside': { ...sending, aside: 5 },
  'kept-nowhere': { ...sending, unfinished: { ...NO_UNFINISHED, isKeptNowhere: true } },
  offline: { ...sending, isOffline: true, msLeft: null },
  slow: { ...sending, isSlow: true, msLeft: null },
  busy: { ...sending, busyUntil: Date.now() + 120_000, msLeft: null },
  'stronger-sign-in': {
    ...sending,
    phase: 'sign-in-again',
    problem: { code: 'stronger_sign_in' },
    items: [photoIn, contract('waiting')],
  },
  'sign-in-again': { ...sending, person: null, phase: 'sign-in-again', items: [photoIn, contract('waiting')] },
  done,
  'done-some-set-aside': { ...done, items: files(20, 'uploaded'), aside: 5 },
  'done-more-set-aside': { ...done, items: files(20, 'uploaded'), aside: 25 },
  'done-agreed': { ...done, agreement: { ...NO_AGREEMENT, agreed: purposes } },
  'part-done': { ...done, phase: 'part-done', items: [photoIn, notIn('contract-signed.pdf', 'store_unreachable')] },
  'not-done': {
    ...EMPTY,
    person: JO,
    phase: 'not-done',
    items: [notIn('contract-signed.pdf', 'store_unreachable'), notIn('plans.pdf', 'damaged')],
  },
  'part-done-some-set-aside': {
    ...done,
    phase: 'part-done',
    items: [...files(19, 'uploaded'), notIn('contract-signed.pdf', 'store_unreachable')],
    aside: 5,
  },
  'done-checking': { ...done, items: [photoIn, checked('plans.zip', 'open')] },
  'done-held': { ...done, items: [photoIn, checked('plans.zip', 'held'), checked('invoice.zip', 'stopped')] },
  'room-low': { ...done, room: { cap: 2048 * MB, left: 410 * MB } },
  'room-almost-full': { ...EMPTY, person: JO, room: { cap: 2048 * MB, left: 61 * MB } },
  'room-low-chosen': { ...review, room: { cap: 2048 * MB, left: 410 * MB } },
  'room-almost-full-chosen': { ...review, room: { cap: 2048 * MB, left: 61 * MB } },
  'room-short': {
    ...EMPTY,
    person: JO,
    phase: 'not-done',
    items: [notIn('contract-signed.pdf', 'person_full'), notIn('plans.pdf', 'person_full')],
    batchProblem: { code: 'person_full', figures: { rest: 13 * MB } },
  },
  'room-short-before': {
    ...EMPTY,
    person: JO,
    items: [PHOTO, SHOP],
    room: { cap: 2048 * MB, left: 5 * MB },
    batchProblem: { code: 'person_full', figures: { size: PHOTO.size + SHOP.size, rest: 5 * MB } },
  },
  'room-full-person': {
    ...EMPTY,
    person: JO,
    phase: 'not-done',
    items: [notIn('contract-signed.pdf', 'person_full')],
    batchProblem: { code: 'person_full', figures: { rest: 0 } },
  },
  'room-full-app': {
    ...EMPTY,
    person: JO,
    phase: 'not-done',
    items: [notIn('contract-signed.pdf', 'app_full')],
    batchProblem: { code: 'app_full' },
  },
} as const satisfies Record<string, UploadSnapshot>;
export type StateName = keyof typeof STATES;
