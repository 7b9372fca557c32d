import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
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
    /** How many keys may win, and have won. */
    claims: integer('claims').notNull().default(1),
    claimsUsed: integer('claims_used').notNull().default(0),
    /** Of the first claim, and the end of the newest window. */
    claimedAt: time('claimed_at'),
    windowEndsAt: time('window_ends_at'),
    external: boolean('external').notNull().default(false),
    /** What the sender said yes to, for an address outside. */
    outside: jsonb('outside').$type<{ version: number; language: string; text: string; sha256: string; at: string }>(),
    mailedAt: time('mailed_at'),
    /** SHA-256 of the secret of `/stop#…` in its mail. */
    stopHash: bytea('stop_hash').unique(),
    /** When the sender was done with what recipients had asked for or reported. */
    keptAt: time('kept_at'),
    renewedAt: time('renewed_at'),
    renewedAs: text('renewed_as'),
    renews: text('renews'),
    wrongCodes: integer('wrong_codes').notNull().default(0),
    lockedUntil: time('locked_until'),
  },
  (t) => [
    index('link_sender').on(t.tenant, t.app, t.person, t.createdAt),
    index('link_app').on(t.tenant, t.app, t.createdAt),
    index('link_unanswered').on(t.expiresAt).where(sql`${t.decidedAt} is null`),
  ],
);

export const linkFile = pgTable(
  'link_file',
  { link: text('link').notNull(), upload: text('upload').notNull(), position: integer('position').notNull() },
  (t) => [primaryKey({ columns: [t.link, t.upload] }), index('link_file_upload').on(t.upload)],
);

/** A key that won, and until when it may come again. */
export const linkClaim = pgTable(
  'link_claim',
  {
    link: text('link').notNull(),
    /** RFC 7638 thumbprint. */
    jkt: text('jkt').notNull(),
    at: time('at').notNull(),
    windowEndsAt: time('window_ends_at').notNull(),
    extendedAt: time('extended_at'),
  },
  (t) => [primaryKey({ columns: [t.link, t.jkt] })],
);

/** What the sender was told of a link besides answers and downloads. */
export const linkTold = pgTable(
  'link_told',
  {
    id: text('id').primaryKey(),
    link: text('link').notNull(),
    what: text('what').notNull().$type<'asked' | 'not_for_me' | 'not_me' | 'undeliverable' | 'refused' | 'expiring'>(),
    at: time('at').notNull(),
  },
  (t) => [
    index('link_told_link').on(t.link, t.at),
    // Two sweeps that look at once do not see what the other writes.
    uniqueIndex('link_told_expiring').on(t.link).where(sql`${t.what} = 'expiring'`),
  ],
);

/** Mails that went to addresses, for as long as they are counted. */
export const mailSent = pgTable(
  'mail_sent',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    app: text('app').notNull(),
    addressHash: bytea('address_hash').notNull(),
    /** Who sent a link; null for a code. */
    person: text('person'),
    at: time('at').notNull(),
  },
  (t) => [index('mail_sent_address').on(t.tenant, t.addressHash, t.at), index('mail_sent_person').on(t.person, t.at)],
);

/** Addresses that want no mails of an app that they did not ask for. The address itself is not kept. */
export const mailStop = pgTable(
  'mail_stop',
  {
    tenant: text('tenant').notNull(),
    app: text('app').notNull(),
    addressHash: bytea('address_hash').notNull(),
    at: time('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.app, t.addressHash] })],
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
export const recipientSession = pgTable(
  'recipient_session',
  {
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
  },
  (t) => [index('recipient_session_link').on(t.link, t.jkt)],
);

/** Evidence of an answer. What it says is never updated. */
export const consent = pgTable(
  'consent',
  {
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
  },
  (t) => [index('consent_link').on(t.link, t.at)],
);

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
