import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Context } from '../../src/contract/index.ts';
import { bytes, time } from '../database/columns.ts';

/** Every row of a tenant names its tenant. */

/** Room by holder: `app:{app}` or `person:{app}:{person}`. used + reserved never exceeds cap. */
export const quota = pgTable('quota', {
  holder: text('holder').primaryKey(),
  used: bytes('used').notNull().default(0),
  reserved: bytes('reserved').notNull().default(0),
  cap: bytes('cap').notNull(),
  /** Of an app: the percentage that its owners were last told of; 0 before. */
  told: integer('told').notNull().default(0),
});

export const folder = pgTable('folder', {
  id: text('id').primaryKey(),
  tenant: text('tenant').notNull(),
  app: text('app').notNull(),
  person: text('person').notNull(),
  name: text('name').notNull(),
  createdAt: time('created_at').notNull(),
});

export const batch = pgTable('batch', {
  id: text('id').primaryKey(),
  tenant: text('tenant').notNull(),
  app: text('app').notNull(),
  person: text('person').notNull(),
  reference: text('reference').notNull(),
  folder: text('folder'),
  context: jsonb('context').$type<Context>(),
  createdAt: time('created_at').notNull(),
});

export const upload = pgTable(
  'upload',
  {
    id: text('id').primaryKey(),
    tenant: text('tenant').notNull(),
    app: text('app').notNull(),
    person: text('person').notNull(),
    batch: text('batch').notNull(),
    objectKey: text('object_key').notNull().unique(),
    name: text('name').notNull(),
    path: text('path'), // Folders it was chosen with, joined by '/'; null where it came alone.
    size: bytes('size').notNull(),
    type: text('type').notNull(),
    /** base64: of the whole file, or the composite of its parts; null while those are not all there. */
    sha256: text('sha256'),
    /** Size of each part but the last, and the store's name for the upload; null for a single PUT. */
    partBytes: bytes('part_bytes'),
    multipartId: text('multipart_id'),
    /** Until when one process is completing it; the next may take over after that. */
    leaseUntil: time('lease_until'),
    state: text('state').notNull().$type<'open' | 'stored' | 'aborted' | 'refused' | 'expired' | 'deleted'>(),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    /** When the last grant given out for it ends; before that nobody may count its room as free. */
    grantedUntil: time('granted_until').notNull(),
    storedAt: time('stored_at'),
    deleteAt: time('delete_at'),
    /** True while its bytes stand in `reserved` or `used` of the quotas. */
    isCharged: boolean('is_charged').notNull().default(true),
  },
  (t) => [
    index('upload_owner').on(t.tenant, t.app, t.person, t.state),
    index('upload_state').on(t.state, t.expiresAt),
    index('upload_delete').on(t.deleteAt).where(sql`${t.state} = 'stored'`),
  ],
);

/** Answers kept for 24 hours by (person, app, route, key). Grants are never in them: they are signed anew. */
export const idempotency = pgTable(
  'idempotency',
  {
    holder: text('holder').notNull(),
    route: text('route').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** Null while the first request is running. */
    answer: jsonb('answer').$type<unknown>(),
    startedAt: time('started_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.holder, t.route, t.key] })],
);
