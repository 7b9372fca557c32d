import type { RecipientSnapshot } from '../../src/flow/recipient-snapshot.ts';
import { QUIET_BOX, type UploadAct } from './act.ts';
import { STATES as RECIPIENT } from './recipient-states.ts';
import { APP, EMPTY, item, JO, MOVIE, PHOTO, SHOP, STATES as UPLOAD } from './upload-states.ts';

const MB = 1024 * 1024;

const files = (n: number, phase: 'ready' | 'uploaded' = 'ready') =>
  Array.from({ length: n }, (_, i) => item(`IMG_${2000 + i}.jpg`, (1 + (i % 5)) * MB, 'image/jpeg', phase));
const lost = (name: string) => item(name, 3 * MB, 'image/jpeg', 'not-done', { problem: { code: 'store_unreachable' } });

/** What uploaders bring about by themselves: a recorded state, and what is then done with it. */
export const UPLOAD_ACTED = {
  'about-open': { ...QUIET_BOX, from: UPLOAD.ready, press: ['#more'] },
  'agree-open': { ...QUIET_BOX, from: UPLOAD.agree, press: ['summary'] },
  drag: { ...QUIET_BOX, from: UPLOAD.ready, drag: ['image/jpeg', 'image/png', 'image/jpeg'] },
  'drag-refused': { ...QUIET_BOX, from: UPLOAD.review, drag: ['video/mp4'] },
  'reading-folder': {
    ...QUIET_BOX,
    from: { ...UPLOAD.review, app: { ...APP, folders: true } },
    foundInFolder: 124,
  },
  'no-folders': { ...QUIET_BOX, from: UPLOAD.ready, foundInFolder: 124 },
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
  'done-link': { ...QUIET_BOX, from: UPLOAD.done, press: ['#send-to-someone'], sendsLink: false },
  'done-link-sent': { ...QUIET_BOX, from: UPLOAD.done, press: ['#send-to-someone'], sendsLink: true },
  'links-sent': { ...QUIET_BOX, from: UPLOAD.ready, press: ['#list-links'] },
  'links-sent-signed-out': {
    ...QUIET_BOX,
    from: UPLOAD.ready,
    press: ['#list-links'],
    later: { ...EMPTY, person: null },
  },
  'long-kept': { ...QUIET_BOX, from: { ...EMPTY, app: { ...APP, retention_days: 365 } } },
  'long-list': {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.review,
      app: { ...APP, limits: { ...APP.limits, max_files: 500 } },
      items: [...files(60), MOVIE, ...files(130).slice(60)],
    },
  },
  'list-of-30': {
    ...QUIET_BOX,
    from: { ...UPLOAD['part-done'], items: [...files(24, 'uploaded'), ...['a.jpg', 'b.jpg', 'c.jpg'].map(lost)] },
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
  refused: {
    ...QUIET_BOX,
    from: {
      ...UPLOAD.review,
      items: [
        PHOTO,
        item('IMG_2043.heic', 3 * MB, 'image/heic', 'refused', { problem: { code: 'file_heic' } }),
        item('poster.png', 15.02 * MB, 'image/png', 'refused', { problem: { code: 'file_large' } }),
        item('report.pdf', MB, 'application/pdf', 'refused', {
          problem: { code: 'file_mismatch', figures: { named: 'pdf', found: 'zip' } },
        }),
        item('drawing.svg', MB, 'image/svg+xml', 'refused', {
          problem: { code: 'file_active', figures: { why: 'script' } },
        }),
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
  'form-empty': { ...QUIET_BOX, from: UPLOAD.ready, attributes: { name: 'documents', required: '' } },
  'form-done': { ...QUIET_BOX, from: UPLOAD.done, attributes: { name: 'documents' } },
  'switched-off': { ...QUIET_BOX, from: UPLOAD.ready, attributes: { disabled: '' } },
  'setup-address': {
    ...QUIET_BOX,
    from: { ...UPLOAD.unavailable, problem: { code: 'origin_not_allowed', figures: { why: 'test' } } },
  },
  'setup-policy': {
    ...QUIET_BOX,
    from: { ...EMPTY, person: JO, app: { ...APP, mode: 'test', storage_origin: 'https://blocked.example' } },
    attributes: { folders: 'yes' },
  },
} as const satisfies Record<string, UploadAct>;

/** What recipients do with a recorded state. */
export interface RecipientAct {
  readonly from: RecipientSnapshot;
  readonly press: readonly string[];
  /** Whether the page is the broker's own, where the link stands in the address. */
  readonly isOwnPage?: true;
}

/** What recipients open or ask for by themselves. */
export const RECIPIENT_ACTED = {
  'cut-link-paste': { from: RECIPIENT['cut-link'], press: [], isOwnPage: true },
  'cut-link-wrong': { from: RECIPIENT['cut-link'], press: ['[type=submit]'], isOwnPage: true },
  'cover-genuine': { from: RECIPIENT.cover, press: ['summary'] },
  'decision-notice': {
    from: RECIPIENT.decision,
    press: ['.disclosure > summary', '.disclosure .disclosure > summary'],
  },
  withdraw: { from: RECIPIENT.received, press: ['#withdraw'] },
  'withdraw-cover': { from: { ...RECIPIENT.used }, press: ['#withdraw'] },
  recorded: { from: RECIPIENT['download-log'], press: ['#recorded'] },
} as const satisfies Record<string, RecipientAct>;
