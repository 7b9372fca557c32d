import { boolean, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** What a person last said to each purpose of an app. The evidence of it, the notice word for word, is in the audit. */
export const agreed = pgTable(
  'agreed',
  {
    tenant: text('tenant').notNull(),
    app: text('app').notNull(),
    person: text('person').notNull(),
    purpose: text('purpose').notNull(),
    version: integer('version').notNull(),
    isAgreed: boolean('is_agreed').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
    /** Id of the act, as the audit names it. */
    agreement: text('agreement').notNull(),
    noticeSha256: text('notice_sha256').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.app, t.person, t.purpose] })],
);
