import type { Claimed, CodeState, Cover, Decided, Notice, OfferedFile, Verified } from '../../src/contract/links.ts';

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
  version: 1,
  language: 'en',
  controller: { name: 'Acme Legal', contact: 'help@acme.example' },
  sender: { name: 'Maria Lopez', address: 'maria@acme.example' },
  purpose: 'Your signed rental contract',
  files: [CONTRACT, RULES].map(({ name, size, type }) => ({ name, size, type })),
  data_kept: ['email_address', 'answer', 'download_time'],
  why: 'show_that_files_reached_you',
  who_sees: ['Acme Legal'],
  region: 'Germany',
  kept_months: 12,
  withdraw: 'any_time_from_receipt',
};

export const VERIFIED: Verified = {
  recipient_token: '',
  expires_at: at(10 * MINUTE),
  notice: NOTICE,
  canonical: '{}',
  sha256: `${'N'.repeat(43)}=`,
  nonce: 'n'.repeat(43),
  files: [CONTRACT, RULES],
  delivery_window_s: 900,
  state: 'open',
};

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
