import { bigserial, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AccessEntry, ConsentReceipt } from '../../src/contract/index.ts';
import type { Lang } from '../base/page.ts';
import { bytea, time } from '../database/columns.ts';

/** Links and what was answered. Secrets are kept as SHA-256 only; every row of a tenant names its tenant. */

export const link = pgTable(
  'link',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    app: text('app').notNull(),
    person: text('person').notNull(),
    /** SHA-256 of the token, once a mail with it went out. */
    tokenHash: bytea('token_hash').unique(),
    recipient: text('recipient').notNull(),
    purpose: text('purpose').notNull(),
    language: text('language').notNull(),
    reference: text('reference').notNull(),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    takenBackAt: time('taken_back_at'),
    decision: text('decision').$type<'accept' | 'decline'>(),
    decidedAt: time('decided_at'),
    withdrawnAt: time('withdrawn_at'),
    /** When what was kept about the recipient was deleted. */
    erasedAt: time('erased_at'),
    /** RFC 7638 thumbprint of the key that won the claim. */
    claimedBy: text('claimed_by'),
    claimedAt: time('claimed_at'),
    windowEndsAt: time('window_ends_at'),
    wrongCodes: integer('wrong_codes').notNull().default(0),
    lockedUntil: time('locked_until'),
  },
  (t) => [index('link_sender').on(t.tenant, t.app, t.person)],
);

export const linkFile = pgTable(
  'link_file',
  { link: text('link').notNull(), upload: text('upload').notNull(), position: integer('position').notNull() },
  (t) => [primaryKey({ columns: [t.link, t.upload] })],
);

export const linkCode = pgTable(
  'link_code',
  {
    id: text('id').primaryKey(),
    link: text('link').notNull(),
    /** Null until the mail job made the code. */
    codeHash: bytea('code_hash'),
    sentAt: time('sent_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    tries: integer('tries').notNull().default(0),
    usedAt: time('used_at'),
  },
  (t) => [index('link_code_link').on(t.link, t.sentAt)],
);

/** A proven recipient: one link, one key. */
export const recipientSession = pgTable('recipient_session', {
  tokenHash: bytea('token_hash').primaryKey(),
  link: text('link').notNull(),
  jkt: text('jkt').notNull(),
  openedAt: time('opened_at').notNull().defaultNow(),
  expiresAt: time('expires_at').notNull(),
  noticeCanonical: text('notice_canonical').notNull(),
  noticeSha256: text('notice_sha256').notNull(),
  noticeNonce: text('notice_nonce').notNull(),
  noticeUsedAt: time('notice_used_at'),
  /** Of the notice as it was last shown. */
  language: text('language').notNull().default('en').$type<Lang>(),
  /** How the person was recognised, and by which provider. */
  verification: text('verification').notNull().default('email_code').$type<'email_code' | 'openid'>(),
  verifiedBy: text('verified_by'),
});

/** Evidence of an answer. What it says is never updated. */
export const consent = pgTable('consent', {
  id: text('id').primaryKey(),
  tenant: text('tenant').notNull(),
  app: text('app').notNull(),
  link: text('link').notNull(),
  event: text('event').notNull().$type<'accepted' | 'declined' | 'withdrawn'>(),
  at: time('at').notNull(),
  /** The claims of the receipt, and what ties them to the page that answered. */
  record: jsonb('record').notNull().$type<ConsentReceipt & { notice_nonce: string; jkt: string }>(),
  receipt: text('receipt').notNull(),
  /** The ledger's entry of the act; its record names the hash of the receipt. */
  entry: text('entry').notNull().default(''),
  /** When the person last had it mailed once more. */
  mailedAt: time('mailed_at'),
});

/** The page for taking an answer back, as a receipt names it. */
export const receiptAddress = pgTable(
  'receipt_address',
  {
    tokenHash: bytea('token_hash').primaryKey(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    link: text('link').notNull(),
    at: time('at').notNull(),
  },
  (t) => [index('receipt_address_link').on(t.link, t.seq)],
);

/** Who did what with a link, for as long as the template says. The evidence of an answer is not here. */
export const linkAccess = pgTable(
  'link_access',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    link: text('link').notNull(),
    at: time('at').notNull(),
    act: text('act').notNull().$type<AccessEntry['act']>(),
    network: text('network'),
  },
  (t) => [index('link_access_link').on(t.link, t.at)],
);
