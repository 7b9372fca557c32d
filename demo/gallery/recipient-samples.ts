import type { AccessLog } from '../../src/contract/access-log.ts';
import type { ReceiptFile } from '../../src/contract/consent-receipt.ts';
import type { Claimed, CodeState, Cover, OfferedFile, Verified } from '../../src/contract/links.ts';
import type { Decided, Notice, ShownNotice } from '../../src/contract/notice.ts';

/** Sunday 22 November 2026, 13:04 UTC. */
export const NOW = Date.parse('2026-11-22T13:04:00.000Z');
export const at = (ms: number): string => new Date(NOW + ms).toISOString();
export const MINUTE = 60_000;

const DIGEST = `${'A'.repeat(43)}=`;

export const CONTRACT: OfferedFile = {
  id: 'file-contract',
  name: 'rental-contract.pdf',
  size: 1_258_291,
  type: 'application/pdf',
  sha256: DIGEST,
};
export const RULES: OfferedFile = {
  id: 'file-rules',
  name: 'house-rules.pdf',
  size: 348_160,
  type: 'application/pdf',
  sha256: `${'B'.repeat(43)}=`,
};

export const COVER: Cover = {
  app: 'contracts',
  state: 'open',
  sender: { name: 'Maria Lopez', org: 'Acme Legal', address: 'maria@acme.example' },
  contact: 'help@acme.example',
  purpose: 'Your signed rental contract',
  files: { count: 2, bytes: CONTRACT.size + RULES.size },
  expires_at: '2026-11-24T14:00:00.000Z',
  reference: '7F3K92QD',
  masked_address: 'j•••@m•••.org',
  proofs: ['code'],
  code: null,
  withdrawable: false,
  dpop_nonce: 'nonce-of-the-cover',
};

export const CODE: CodeState = {
  sent_at: at(-2 * MINUTE),
  expires_at: at(8 * MINUTE),
  next_mail_at: at(-75_000),
  mails_left: 2,
  tries_left: 5,
};

export const NOTICE: Notice = {
  version: 2,
  language: 'en',
  question: 'Do you want to receive these files?',
  lines: [
    { id: 'sender', label: 'From', text: 'Maria Lopez, Acme Legal' },
    { id: 'purpose', label: 'What it is for', text: 'Your signed rental contract' },
    {
      id: 'kept',
      label: 'What Acme Legal keeps about you',
      text: 'Your email address, your answer, and when you downloaded. For 12 months, in Germany.',
    },
    { id: 'why', label: 'Why', text: 'So that Acme Legal can show that the files reached you.' },
    { id: 'seen', label: 'Who can see that', text: 'Acme Legal. Nobody else.' },
    {
      id: 'withdraw',
      label: 'Changing your mind',
      text: 'You can withdraw at any time, from your receipt.',
    },
  ],
  full: [
    { id: 'controller', label: 'Who is responsible', text: 'Acme Legal, Example Street 1, Berlin' },
    { id: 'contact', label: 'Questions', text: 'help@acme.example' },
    { id: 'sender_address', label: 'Address of the sender', text: 'maria@acme.example' },
    {
      id: 'data',
      label: 'What is kept about you',
      text: 'Your email address, your answer, and when you downloaded.',
    },
    { id: 'basis', label: 'Legal basis', text: 'Your consent (GDPR, Article 6(1)(a)).' },
    { id: 'place', label: 'Where it is kept', text: 'Germany' },
    {
      id: 'period',
      label: 'How long',
      text: '12 months after your answer. If you withdraw, it is deleted within 30 days.',
    },
    {
      id: 'log',
      label: 'Log of this link',
      text: 'When the link was opened, and what was done with it, is noted for 90 days. The sender sees what you do, not that you looked.',
    },
    {
      id: 'rights',
      label: 'Your rights',
      text: 'You can ask Acme Legal to show you what it keeps, correct it, delete it, limit its use, hand it over to you, and end your consent.',
    },
    {
      id: 'authority',
      label: 'Complaints',
      text: 'The data protection authority of the place where you live or work.',
    },
    {
      id: 'copies',
      label: 'Files you saved',
      text: 'They stay on your device. Nobody can take them back.',
    },
  ],
  purposes: [],
  choices: { accept: 'Accept', decline: 'Decline' },
  controller: { name: 'Acme Legal', address: 'Example Street 1, Berlin', contact: 'help@acme.example' },
  sender: { name: 'Maria Lopez', address: 'maria@acme.example' },
  purpose: 'Your signed rental contract',
  files: [CONTRACT, RULES].map(({ name, size, type }) => ({ name, size, type })),
  data_kept: ['email_address', 'answer', 'download_time'],
  who_sees: ['Acme Legal'],
  region: 'Germany',
  kept_months: 12,
  rights: ['access', 'rectify', 'erase', 'restrict', 'port', 'withdraw', 'complain'],
  legal_basis: 'consent',
  authority: { name: 'The data protection authority of the place where you live or work.' },
};

export const VERIFIED: Verified = {
  recipient_token: '',
  expires_at: at(10 * MINUTE),
  notice: NOTICE,
  canonical: '{}',
  sha256: `${'N'.repeat(43)}=`,
  nonce: 'n'.repeat(43),
  languages: ['en', 'de', 'ar'],
  files: [CONTRACT, RULES],
  delivery_window_s: 900,
  state: 'open',
};

const { notice, canonical, sha256, nonce, languages } = VERIFIED;
/** What the notice alone is asked for. */
export const SHOWN: ShownNotice = { notice, canonical, sha256, nonce, languages };

export const DECIDED: Decided = { decision: 'accept', at: at(0), receipt: 'header.accepted.signature' };

/** What a claim at `ms` after NOW answers: addresses for a minute, a window of fifteen from the first claim on. */
export function claimedAt(ms: number, firstAt = ms): Claimed {
  const expires_at = at(ms + MINUTE);
  return {
    claimed_at: at(firstAt),
    window_ends_at: at(firstAt + 15 * MINUTE),
    expires_at: at(firstAt + 15 * MINUTE),
    files: [CONTRACT, RULES].map(({ id }) => ({ id, url: `https://store.example/${id}?at=${ms}`, expires_at })),
  };
}

export const RECEIPT: ReceiptFile = {
  issuer: 'https://broker.example',
  reference: COVER.reference,
  receipt: DECIDED.receipt,
};

export const LOG: AccessLog = {
  entries: [
    { at: at(-3 * MINUTE), act: 'opened', network: '203.0.113.0' },
    { at: at(-2 * MINUTE), act: 'code_sent' },
    { at: at(-1 * MINUTE), act: 'proven' },
    { at: at(0), act: 'accepted' },
    { at: at(1 * MINUTE), act: 'downloaded' },
  ],
  kept_days: 90,
};
