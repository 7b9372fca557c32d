import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, time } from '../database/columns.ts';

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
    /** The ledger's entry that it is written in; null for what was done before there was a ledger. */
    entry: text('entry'),
  },
  (t) => [
    index('audit_app').on(t.tenant, t.app, t.seq),
    index('audit_entry').on(t.entry),
    // Whose records are erased is found by these.
    index('audit_actor').on(t.actor),
    index('audit_subject').on(t.subject),
  ],
);

/** What the ledger keeps of a record when the record is gone. */
export const ledgerEntry = pgTable(
  'ledger_entry',
  {
    id: text('id').primaryKey(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    leafHash: bytea('leaf_hash').notNull(),
    /** 32 random bytes without which nobody can tell what the leaf commits to; null once the record was erased. */
    key: bytea('key'),
    /** Its place in the tree; null until the sequencer has seen it. */
    leaf: bigint('leaf', { mode: 'number' }),
  },
  (t) => [
    uniqueIndex('ledger_entry_leaf').on(t.leaf),
    index('ledger_entry_waiting').on(t.seq).where(sql`${t.leaf} is null`),
  ],
);
