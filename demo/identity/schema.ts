import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { SignInTransaction } from '../../src/contract/index.ts';
import { bytea, time } from '../database/columns.ts';

/** Keys that must survive a restart: token signing, receipts, cookies, nonces. */
export const signingKey = pgTable('signing_key', {
  id: text('id').primaryKey(),
  purpose: text('purpose').notNull(),
  jwk: jsonb('jwk').notNull().$type<Record<string, unknown>>(),
  createdAt: time('created_at').notNull(),
  /** Which of one purpose signs is a matter of the clock: the last whose time has come. */
  signsFrom: time('signs_from').notNull().defaultNow(),
});

/** oidc-provider's own records (sessions, codes, grants, refresh tokens), as its adapter asks for them. */
export const oidcRecord = pgTable(
  'oidc_record',
  {
    model: text('model').notNull(),
    id: text('id').notNull(),
    payload: jsonb('payload').notNull().$type<Record<string, unknown>>(),
    grantId: text('grant_id'),
    uid: text('uid'),
    expiresAt: time('expires_at'),
    consumedAt: time('consumed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.model, t.id] }),
    index('oidc_record_grant').on(t.grantId),
    index('oidc_record_uid').on(t.uid),
  ],
);

/** A sign-in between the click and the collected code. */
export const signIn = pgTable('sign_in', {
  state: text('state').primaryKey(),
  app: text('app').notNull(),
  origin: text('origin').notNull(),
  jkt: text('jkt').notNull(),
  /** Null until somebody has typed its code. */
  cookieHash: bytea('cookie_hash'),
  /** Address of the page that went away for it, and gets the answer; null where a page waits. */
  returnTo: text('return_to'),
  /** Of a code that nobody has typed yet. */
  userCodeHash: bytea('user_code_hash').unique(),
  /** What goes on to the issuer once the code was typed. */
  asked: jsonb('asked').$type<SignInTransaction>(),
  expiresAt: time('expires_at').notNull(),
  outcome: jsonb('outcome').$type<{ code: string; iss: string } | { error: string }>(),
  collectedAt: time('collected_at'),
});

/** A person as one app knows them: (issuer, subject) at that app. `id` is the opaque `sub` of our tokens. */
export const person = pgTable(
  'person',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    app: text('app').notNull(),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    name: text('name').notNull(),
    email: text('email'),
    scopes: jsonb('scopes').notNull().$type<string[]>(),
    /** Let in by a mail code, without an account: the issuer is the broker. */
    guest: boolean('guest').notNull().default(false),
    seenAt: time('seen_at').notNull(),
  },
  (t) => [uniqueIndex('person_identity').on(t.app, t.issuer, t.subject)],
);

/** hash(jkt, jti) of proofs seen, for the window in which they would be accepted again (RFC 9449 section 11.1). */
export const proofSeen = pgTable('proof_seen', {
  hash: bytea('hash').primaryKey(),
  expiresAt: time('expires_at').notNull(),
});

/** Codes typed in vain (code-sign-in.ts), by the minute. */
export const codeGuess = pgTable('code_guess', {
  minute: time('minute').primaryKey(),
  wrong: integer('wrong').notNull(),
});

/** A code that a guest asked for. */
export const guestCode = pgTable(
  'guest_code',
  {
    id: text('id').primaryKey(),
    app: text('app').notNull(),
    address: text('address').notNull(),
    /** The interaction it was asked for in, and the browser. */
    uid: text('uid').notNull(),
    cookieHash: bytea('cookie_hash').notNull(),
    lang: text('lang').notNull(),
    /** Null until the mail job made the code. */
    codeHash: bytea('code_hash'),
    sentAt: time('sent_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    tries: integer('tries').notNull().default(0),
    usedAt: time('used_at'),
  },
  (t) => [index('guest_code_address').on(t.address, t.sentAt), index('guest_code_app').on(t.app, t.sentAt)],
);

/** Wrong codes for one address at one app. */
export const guestLock = pgTable(
  'guest_lock',
  {
    app: text('app').notNull(),
    address: text('address').notNull(),
    wrongCodes: integer('wrong_codes').notNull().default(0),
    lockedUntil: time('locked_until'),
    triedAt: time('tried_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.app, t.address] })],
);
