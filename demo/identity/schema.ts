import { index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, time } from '../database/columns.ts';

/** Keys that must survive a restart: token signing, receipts, cookies, nonces. */
export const signingKey = pgTable('signing_key', {
  id: text('id').primaryKey(),
  purpose: text('purpose').notNull(),
  jwk: jsonb('jwk').notNull().$type<Record<string, unknown>>(),
  createdAt: time('created_at').notNull(),
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
  cookieHash: bytea('cookie_hash').notNull(),
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
    seenAt: time('seen_at').notNull(),
  },
  (t) => [uniqueIndex('person_identity').on(t.app, t.issuer, t.subject)],
);

/** hash(jkt, jti) of proofs seen, for the window in which they would be accepted again (RFC 9449 section 11.1). */
export const proofSeen = pgTable('proof_seen', {
  hash: bytea('hash').primaryKey(),
  expiresAt: time('expires_at').notNull(),
});
