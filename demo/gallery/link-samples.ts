import type { CheckedRecipient, Link, LinkPreview, MadeLink } from '../../src/contract/links.ts';
import type { ProblemFigures } from '../../src/contract/problems.ts';
import type { StoredFile } from '../../src/contract/uploads.ts';
import { UploadError } from '../../src/errors.ts';
import { appDocument } from './app-document.ts';
import { COVER, NOTICE } from './recipient-samples.ts';

const stored = (id: string, name: string, size: number, type: string): StoredFile => ({
  id,
  name,
  size,
  type,
  sha256: `${'A'.repeat(43)}=`,
  reference: '7F3K92QD',
  stored_at: '2026-11-22T13:00:00.000Z',
  delete_at: '2027-02-20T13:00:00.000Z',
  receipt: 'header.claims.signature',
});

export const FILES = [
  stored('file-contract', 'rental-contract.pdf', 1_258_291, 'application/pdf'),
  stored('file-rules', 'house-rules.pdf', 348_160, 'application/pdf'),
];

/** As many as one upload takes. */
export const MANY_FILES = Array.from({ length: 20 }, (_, at) =>
  stored(`file-${at}`, `page-${at + 1}.pdf`, 348_160, 'application/pdf'),
);

export const APP = appDocument({
  app: 'contracts',
  org: { name: 'Acme Legal', contact: 'help@acme.example' },
  purpose: { en: 'To send you contracts' },
  limits: {
    max_file_bytes: 104_857_600,
    max_total_bytes: 1_048_576_000,
    max_files: 20,
    max_name_length: 120,
    accepts: [{ name: 'documents', types: ['application/pdf'], extensions: ['pdf'] }],
  },
  scopes: ['uploads:create', 'links:create:internal'],
  links: { max_days: 14, default_days: 7, external: true },
});

export const MADE: MadeLink = {
  link: {
    id: 'link-to-jo',
    recipient: 'jo@mail.example',
    purpose: 'Your signed rental contract',
    files: ['file-contract', 'file-rules'],
    state: 'open',
    reference: '7F3K92QD',
    created_at: '2026-11-22T13:04:00.000Z',
    expires_at: '2026-11-29T13:03:59.000Z',
    claims: 1,
    claims_used: 0,
    external: true,
  },
  mail_from: 'files@broker.example',
};

export const INSIDE: CheckedRecipient = { external: false, allowed: true };

export const OUTSIDE: CheckedRecipient = {
  external: true,
  allowed: true,
  outside: {
    version: 1,
    text: 'These files leave Acme Legal. The recipient proves who they are and is asked whether they want them. That you sent them is recorded with your name.',
    sha256: `${'O'.repeat(43)}=`,
    language: 'en',
  },
};

export const PREVIEW: LinkPreview = {
  mail: {
    from: 'Maria Lopez via Acme Legal <files@broker.example>',
    subject: 'Maria Lopez sent you 2 files: Your signed rental contract',
    text: [
      'Maria Lopez (maria@acme.example) at Acme Legal sent you 2 files.',
      '',
      'What it is for:  Your signed rental contract',
      'Open until:      Tuesday 24 November 2026, 14:00 (Berlin time)',
      'Reference:       7F3K-92QD',
      '',
      'See the details:',
      'https://broker.example/r#•••',
    ].join('\n'),
    html: '',
  },
  cover: COVER,
  notice: NOTICE,
};

const sent = (id: string, recipient: string, others: Partial<Link>): Link => ({
  ...MADE.link,
  id,
  recipient,
  ...others,
});

/** As the broker says no; its own sentences are for who runs the page. */
export function refusal(code: string, figures?: ProblemFigures): UploadError {
  if (figures === undefined) return new UploadError(code);
  const remedy = { person: '', owner: '' };
  return new UploadError(code, { problem: { type: 'about:blank', title: code, status: 403, code, remedy, figures } });
}

/** One of each way that a link can stand, newest first. */
export const SENT: readonly Link[] = [
  sent('waiting', 'jo@mail.example', {}),
  sent('accepted', 'ann@mail.example', { state: 'accepted', decided_at: '2026-11-21T10:00:00.000Z' }),
  sent('downloaded', 'ben@mail.example', {
    state: 'claimed',
    decided_at: '2026-11-20T10:00:00.000Z',
    claimed_at: '2026-11-20T10:05:00.000Z',
    claims_used: 1,
  }),
  sent('downloaded-some', 'bo@mail.example', {
    state: 'claimed',
    decided_at: '2026-11-20T10:00:00.000Z',
    claimed_at: '2026-11-20T10:05:00.000Z',
    claims: 3,
    claims_used: 2,
  }),
  sent('declined', 'cem@mail.example', { state: 'declined', decided_at: '2026-11-19T10:00:00.000Z' }),
  sent('withdrawn', 'dana@mail.example', { state: 'withdrawn', withdrawn_at: '2026-11-18T10:00:00.000Z' }),
  sent('expired', 'eli@mail.example', { state: 'expired', expires_at: '2026-11-17T10:00:00.000Z' }),
  sent('taken-back', 'fay@mail.example', { state: 'taken_back', taken_back_at: '2026-11-16T10:00:00.000Z' }),
  sent('locked', 'gil@mail.example', { locked_until: '2099-11-22T14:04:00.000Z' }),
  sent('undeliverable', 'hal@mail.example', { undeliverable_at: '2026-11-22T13:05:00.000Z' }),
  sent('refused', 'ivo@mail.example', { undeliverable_at: '2026-11-22T13:05:00.000Z', refused: true }),
  sent('stopped', 'hana@mail.example', { stopped: true }),
  sent('asked', 'ida@mail.example', { state: 'expired', asked_at: '2026-11-22T12:00:00.000Z' }),
  sent('wrong-person', 'kim@mail.example', { reported: 'not_for_me', reported_at: '2026-11-22T12:00:00.000Z' }),
  sent('not-them', 'lee@mail.example', {
    state: 'claimed',
    claimed_at: '2026-11-20T10:05:00.000Z',
    reported: 'not_me',
    reported_at: '2026-11-22T12:00:00.000Z',
  }),
  sent('renewed', 'max@mail.example', { state: 'renewed', renewed_as: 'waiting' }),
  sent('erased', '', { purpose: '', state: 'withdrawn', withdrawn_at: '2026-09-18T10:00:00.000Z' }),
];
