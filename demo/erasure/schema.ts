import { pgTable, text } from 'drizzle-orm/pg-core';
import { time } from '../database/columns.ts';

/**
 * A sender who is being forgotten, by the id that nothing leads from any more. It stands for a day, so that every sweep
 * takes away what a call that was on its way has written since.
 */
export const erasure = pgTable('erasure', {
  id: text('id').primaryKey(),
  tenant: text('tenant').notNull(),
  app: text('app').notNull(),
  person: text('person').notNull().unique(),
  orderedAt: time('ordered_at').notNull(),
  /** When everything had gone for the first time. */
  doneAt: time('done_at'),
});
