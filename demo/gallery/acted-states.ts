import type { RecipientSnapshot } from '../../src/flow/recipient-snapshot.ts';
import { QUIET_BOX, type UploadAct } from './act.ts';
import { AROUND } from './around-states.ts';
import { BUILT } from './built-states.ts';
import { PROBLEMS } from './problem-states.ts';
import { STATES as RECIPIENT } from './recipient-states.ts';
import { APP, EMPTY, item, MOVIE, PHOTO, SHOP, STATES as UPLOAD } from './upload-states.ts';

const MB = 1024 * 1024;

const files = (n: number, phase: 'ready' | 'uploaded' = 'ready') =>
  Array.from({ length: n }, (_, i) => item(`IMG_${2000 + i}.jpg`, (1 + (i % 5)) * MB, 'image/jpeg', phase));
const lost = (name: string) => item(name, 3 * MB, 'image/jpeg', 'not-done', { problem: { code: 'store_unreachable' } });

/** Two hours before whoever looks. */
const begunToday = () => {
  const [film] = UPLOAD.unfinished.unfinished.items;
  const items = film ? [{ ...film, lastSentAt: Date.now() - 2 * 3_600_000 }] : [];
  return { ...UPLOAD.unfinished, unfinished: { ...UPLOAD.unfinished.unfinished, items } };
};

const leftToday = () => {
  const { left } = UPLOAD.left;
  return { ...UPLOAD.left, left: left.map((batch) => ({ ...batch, at: Date.now() - 2 * 3_600_000 })) };
};

/** What uploaders bring about by themselves: a recorded state, and what is then done with it. */
export const UPLOAD_ACTED = {
  'old-version': { ...QUIET_BOX, from: { ...UPLOAD.unavailable, problem: { code: 'old_version' } } },
  'not-loaded': { ...QUIET_BOX, from: { ...UPLOAD.unavailable, problem: { code: 'internal' } } },
  'closed-undated': { ...QUIET_BOX, from: { ...UPLOAD.closed, app: { ...APP, mode: 'closed' } } },
  'takes-folders': { ...QUIET_BOX, from: { ...UPLOAD.ready, app: { ...APP, folders: true } } },
  'code-coming': {
    ...QUIET_BOX,
    from: { ...UPLOAD['code-sign-in'], signIn: { ...UPLOAD['code-sign-in'].signIn, code: null } },
  },
  'sign-in-again-not-kept': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD['sign-in-again'],
      items: [...UPLOAD.done.items.slice(0, 1), item('notes.pdf', MB, 'application/pdf', 'waiting')],
    },
  },
  'hours-left': { ...QUIET_BOX, from: { ...UPLOAD.uploading, msLeft: 3 * 3_600_000 } },
  'busy-soon': { ...QUIET_BOX, from: { ...UPLOAD.uploading, busyUntil: Date.now() + 20_000, msLeft: null } },
  'unfinished-today': { ...QUIET_BOX, from: begunToday() },
  'left-today': { ...QUIET_BOX, from: leftToday() },
  resumes: {
    ...QUIET_BOX,
    from: { ...UPLOAD.review, items: [{ ...PHOTO, resumes: { id: 'upload-photo', isRenamed: false } }] },
  },
  'about-open': { ...QUIET_BOX, from: UPLOAD.ready, press: ['#more'] },
  'about-checked': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.ready,
      app: { ...APP, scan: true, org: { ...APP.org, help_url: 'https://acme.example/help' } },
    },
    press: ['#more'],
  },
  'agree-open': { ...QUIET_BOX, from: UPLOAD.agree, press: ['summary'] },
  drag: { ...QUIET_BOX, from: UPLOAD.ready, drag: ['image/jpeg', 'image/png', 'image/jpeg'] },
  'drag-refused': { ...QUIET_BOX, from: UPLOAD.review, drag: ['video/mp4'] },
  'reading-folder': {
    ...QUIET_BOX,
    from: { ...UPLOAD.review, app: { ...APP, folders: true } },
    folder: { found: 124 },
  },
  'hidden-skipped': { ...QUIET_BOX, from: { ...UPLOAD.review, app: { ...APP, folders: true } }, folder: { hidden: 3 } },
  'no-folders': { ...QUIET_BOX, from: UPLOAD.ready, folder: { found: 124 } },
  'asking-file': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.uploading,
      items: [item('contract-signed.pdf', 18 * MB, 'application/pdf', 'uploading', { sent: 12 * MB })],
    },
    press: ['.row .actions button:last-child'],
  },
  'asking-all': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.uploading,
      items: [item('contract-signed.pdf', 18 * MB, 'application/pdf', 'uploading', { sent: 12 * MB })],
    },
    press: ['#cancel-all'],
  },
  'delete-sent': { ...QUIET_BOX, from: UPLOAD.unfinished, press: ['.unfinished .button.quiet'] },
  'note-closed': { ...QUIET_BOX, from: UPLOAD['not-finished'], press: ['.note .button.quiet'] },
  'done-refused': { ...QUIET_BOX, from: { ...UPLOAD.done, items: [...UPLOAD.done.items, MOVIE] } },
  'done-details': { ...QUIET_BOX, from: UPLOAD.done, press: ['.more > summary'] },
  'done-parts': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD['done-agreed'],
      items: UPLOAD.done.items.map((file) => ({
        ...file,
        ...(file.stored && { stored: { ...file.stored, part_bytes: 16 * MB } }),
      })),
    },
    press: ['.more > summary'],
  },
  'done-copied': { ...QUIET_BOX, from: UPLOAD.done, press: ['.reference-line button'] },
  'done-one': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.done,
      app: { ...APP, limits: { ...APP.limits, max_files: 1 } },
      items: UPLOAD.done.items.slice(0, 1),
    },
  },
  'done-link': { ...QUIET_BOX, from: UPLOAD.done, press: ['#send-to-someone'], sendsLink: false },
  'done-link-sent': { ...QUIET_BOX, from: UPLOAD.done, press: ['#send-to-someone'], sendsLink: true },
  'done-link-lost': { ...QUIET_BOX, from: UPLOAD.done, press: ['#send-to-someone'], losesLinks: true },
  'links-sent': { ...QUIET_BOX, from: UPLOAD.ready, press: ['#list-links'] },
  'links-sent-signed-out': {
    ...QUIET_BOX,
    from: UPLOAD.ready,
    press: ['#list-links'],
    later: { ...EMPTY, person: null },
  },
  'links-sent-lost': { ...QUIET_BOX, from: UPLOAD.ready, press: ['#list-links'], losesLinks: true },
  'long-kept': { ...QUIET_BOX, from: { ...EMPTY, app: { ...APP, retention_days: 365 } } },
  'long-list': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.review,
      app: { ...APP, limits: { ...APP.limits, max_files: 500 } },
      items: [...files(60), MOVIE, ...files(130).slice(60)],
    },
  },
  'long-list-sending': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.uploading,
      items: [
        ...files(24, 'uploaded'),
        ...['a.jpg', 'b.jpg'].map(lost),
        item('c.jpg', 2 * MB, 'image/jpeg', 'uploading', { sent: MB }),
      ],
    },
  },
  'list-of-30': {
    ...QUIET_BOX,
    from: { ...UPLOAD['part-done'], items: [...files(24, 'uploaded'), ...['a.jpg', 'b.jpg', 'c.jpg'].map(lost)] },
  },
  'list-narrowed': {
    ...QUIET_BOX,
    from: { ...UPLOAD['part-done'], items: [...files(24, 'uploaded'), ...['a.jpg', 'b.jpg', 'c.jpg'].map(lost)] },
    press: ['.filters [aria-pressed="false"]'],
  },
  'hostile-names': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.review,
      items: [
        item('photo\u202Egpj.exe.jpg', 2 * MB, 'image/jpeg'),
        item(`${'long-'.repeat(48)}end.png`, 2 * MB, 'image/png'),
        item('صورة العائلة في الصيف.jpg', 2 * MB, 'image/jpeg'),
        item('👩‍👩‍👧‍👦 <b>family</b> & "friends".png', 2 * MB, 'image/png'),
        { ...SHOP, key: 'in-a-folder', path: '2026/October, all of the shop windows' },
      ],
    },
  },
  'made-smaller': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.review,
      items: [
        { ...PHOTO, made: { locationRemoved: true, isSmaller: true, fromSize: 9 * MB } },
        { ...SHOP, made: { locationRemoved: true, isSmaller: false, fromSize: SHOP.size } },
      ],
    },
  },
  'switched-off': { ...QUIET_BOX, from: UPLOAD.ready, attributes: { disabled: '' } },
  ...AROUND,
  ...BUILT,
  ...PROBLEMS,
} as const satisfies Record<string, UploadAct>;

/** What recipients do with a recorded state. */
export interface RecipientAct {
  readonly from: RecipientSnapshot;
  readonly press: readonly string[];
  /** Whether the page is the broker's own, where the link stands in the address. */
  readonly isOwnPage?: true;
  /** After the cover, the rest of the page cannot be loaded. */
  readonly isCut?: true;
  /** What is known after that. */
  readonly later?: RecipientSnapshot;
}

/** A link that has been used, and whose answer can be taken back. */
const USED = { state: 'claimed', state_since: '2026-11-20T09:30:00.000Z', withdrawable: true } as const;

/** What recipients open or ask for by themselves. */
export const RECIPIENT_ACTED = {
  'cut-link-paste': { from: RECIPIENT['cut-link'], press: [], isOwnPage: true },
  'cut-link-wrong': { from: RECIPIENT['cut-link'], press: ['[type=submit]'], isOwnPage: true },
  'cover-in-app-own': { from: RECIPIENT['cover-in-app'], press: [], isOwnPage: true },
  'cover-in-app-copied': { from: RECIPIENT['cover-in-app'], press: ['.note .button'], isOwnPage: true },
  'cover-provider-own': { from: RECIPIENT['cover-provider'], press: [], isOwnPage: true },
  'cover-account-only-own': { from: RECIPIENT['cover-account-only'], press: [], isOwnPage: true },
  'cover-sign-in-lost': {
    from: { ...RECIPIENT['cover-provider'], problem: { code: 'sign_in_lost' } },
    press: [],
    isOwnPage: true,
  },
  'rest-not-loaded': { from: RECIPIENT.cover, press: ['.button.primary'], isCut: true },
  'signing-in-blocked': {
    from: RECIPIENT['cover-provider'],
    press: ['.group > .button:last-child'],
    isOwnPage: true,
    later: RECIPIENT['signing-in'],
  },
  'cover-genuine': { from: RECIPIENT.cover, press: ['summary'] },
  'cover-genuine-own': { from: RECIPIENT.cover, press: ['summary'], isOwnPage: true },
  'decision-notice': {
    from: RECIPIENT.decision,
    press: ['.disclosure > summary', '.disclosure .disclosure > summary'],
  },
  withdraw: { from: RECIPIENT.received, press: ['#withdraw'] },
  'withdraw-cover-account': {
    from: {
      ...RECIPIENT.used,
      cover: { ...RECIPIENT['cover-account-only'].cover, ...USED },
    },
    press: ['#withdraw'],
    isOwnPage: true,
  },
  'withdraw-cover': { from: { ...RECIPIENT.used }, press: ['#withdraw'] },
  'recorded-all': { from: RECIPIENT['download-log-all'], press: ['#recorded'] },
  recorded: { from: RECIPIENT['download-log'], press: ['#recorded'] },
} as const satisfies Record<string, RecipientAct>;
