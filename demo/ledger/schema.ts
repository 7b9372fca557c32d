import { bigint, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { bytea, time } from '../database/columns.ts';

/** Hashes of whole subtrees: of 16, 256, 4096 … leaves. Each is written once; those between are hashed when asked for. */
export const ledgerNode = pgTable(
  'ledger_node',
  {
    /** Its subtree has 2^level leaves. */
    level: smallint('level').notNull(),
    /** Counted from the left in its level. */
    index: bigint('index', { mode: 'number' }).notNull(),
    hash: bytea('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.index] })],
);

/** The signed head after each run of the sequencer. */
export const ledgerCheckpoint = pgTable('ledger_checkpoint', {
  size: bigint('size', { mode: 'number' }).primaryKey(),
  root: bytea('root').notNull(),
  note: text('note').notNull(),
  at: time('at').notNull(),
  /** When somebody elsewhere took it (CHECKPOINT_WEBHOOK). */
  postedAt: time('posted_at'),
});
