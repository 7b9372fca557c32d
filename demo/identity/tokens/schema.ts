import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { time } from '../../database/columns.ts';

/**
 * What ended before its time, looked up at each request. `holder` is `token:{jti}`, `person:{id}`, `client:{id}`,
 * `app:{id}`, `tenant:{id}` or `everybody`: what was issued to it up to `before` is over.
 */
export const ending = pgTable('ending', {
  holder: text('holder').primaryKey(),
  before: time('before').notNull(),
  /** When everything that it ends is past its own time; null for what stands until the operator takes it back. */
  forgetAt: time('forget_at'),
  /** Seconds. Only for `everybody`: no life is longer than this, whenever it began. */
  lifeCap: integer('life_cap'),
});
