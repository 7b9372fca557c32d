import { bigserial, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { time } from '../database/columns.ts';

/** Append-only: who did what to which thing. No names, addresses, tokens. */
export const audit = pgTable(
  'audit',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    at: time('at').notNull(),
    tenant: text('tenant').notNull(),
    app: text('app').notNull(),
    actor: text('actor').notNull(),
    act: text('act').notNull(),
    subject: text('subject').notNull(),
    reference: text('reference'),
    facts: jsonb('facts').notNull().$type<Record<string, string | number | boolean | null>>(),
  },
  (t) => [index('audit_app').on(t.tenant, t.app, t.seq)],
);
