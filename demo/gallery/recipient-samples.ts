import type { AccessLog } from '../../src/contract/access-log.ts';
import type { ReceiptFile } from '../../src/contract/consent-receipt.ts';
import type { Claimed, CodeState, Cover, OfferedFile, Verified } from '../../src/contract/links.ts';
import type { Decided, Notice, ShownNotice } from '../../src/contract/notice.ts';
import type { Lang } from '../base/page.ts';
import { linesOf, type NoticeFacts, rightsOf } from '../recipients/consent/notice-lines.ts';
import { NOTICE_WORDS } from '../recipients/consent/notice-words.ts';

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

const ORG = { name: 'Acme Legal', address: 'Example Street 1, Berlin', contact: 'help@acme.example' };
const REGIONS: Readonly<Record<Lang, string>> = { en: 'Germany', de: 'Deutschland', ar: 'ألمانيا' };
const RULES_OF_LINKS: NoticeFacts['rules'] = {
  legal_basis: 'consent',
  record_months: 12,
  erase_days: 30,
  log_days: 90,
  log_networks: false,
  shared_with: [],
};

/** As the broker composes it: its own words, in the language of whoever looks. */
export function noticeIn(language: Lang): Notice {
  const { question, accept, decline, anyAuthority } = NOTICE_WORDS[language];
  const { sender, purpose } = COVER;
  const region = REGIONS[language];
  const { legal_basis, record_months } = RULES_OF_LINKS;
  const data_kept: Notice['data_kept'] = ['email_address', 'answer', 'download_time'];
  return {
    version: 2,
    language,
    question,
    ...linesOf({ purpose, org: ORG, sender, rules: RULES_OF_LINKS, region }, language, data_kept),
    purposes: [],
    choices: { accept, decline },
    controller: ORG,
    sender: { name: sender.name, address: sender.address },
    purpose,
    files: [CONTRACT, RULES].map(({ name, size, type }) => ({ name, size, type })),
    data_kept,
    who_sees: [ORG.name],
    region,
    kept_months: record_months,
    rights: rightsOf(legal_basis),
    legal_basis,
    authority: { name: anyAuthority },
  };
}

export const NOTICE = noticeIn('en');

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
