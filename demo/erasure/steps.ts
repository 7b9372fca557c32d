import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import { agreed } from '../agreements/schema.ts';
import { eraseRecords, record } from '../audit/index.ts';
import type { Transaction } from '../database/index.ts';
import { eraseRows } from '../recipients/consent/erase.ts';
import { link, mailSent } from '../recipients/schema.ts';
import { unsettle } from '../uploads/quota.ts';
import { batch, folder, idempotency, quota, upload } from '../uploads/schema.ts';
import { erasure } from './schema.ts';

export type Order = typeof erasure.$inferSelect;

const PAGE = 200;

const of = (table: typeof upload | typeof batch | typeof folder | typeof link | typeof agreed, order: Order) =>
  and(eq(table.tenant, order.tenant), eq(table.app, order.app), eq(table.person, order.person));

/**
 * Up to 200 uploads: what is stored is deleted, what is open is over, and nothing tells what any of them was called. The
 * rows stay until the sweep has seen the storage empty. Answers how many it found.
 */
export async function eraseUploads(tx: Transaction, order: Order, at: Date): Promise<number> {
  const left = or(inArray(upload.state, ['open', 'stored']), ne(upload.name, ''));
  const rows = await tx
    .select({ id: upload.id })
    .from(upload)
    .where(and(of(upload, order), left))
    .orderBy(upload.id)
    .limit(PAGE)
    .for('update');
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const become = async (from: 'open' | 'stored', to: 'expired' | 'deleted') =>
    await tx
      .update(upload)
      .set({ state: to })
      .where(and(inArray(upload.id, ids), eq(upload.state, from)))
      .returning({ size: upload.size });
  await become('open', 'expired');
  const stored = await become('stored', 'deleted');
  const bytes = stored.reduce((sum, { size }) => sum + size, 0);
  if (bytes > 0) await unsettle(tx, order, bytes);
  await tx
    .update(upload)
    .set({
      ...{ name: '', path: null, type: 'application/octet-stream', sha256: null },
      expiresAt: sql`least(${upload.expiresAt}, ${at.toISOString()}::timestamptz)`,
    })
    .where(inArray(upload.id, ids));
  await eraseRecords(tx, { subjects: ids });
  return ids.length;
}

/** Up to 200 links, with what their recipients did: a notice, a receipt, a mail of them says who sent it. */
export async function eraseLinks(tx: Transaction, order: Order, at: Date): Promise<number> {
  const rows = await tx
    .select({ id: link.id })
    .from(link)
    .where(of(link, order))
    .orderBy(link.id)
    .limit(PAGE)
    .for('update');
  const ids = rows.map(({ id }) => id);
  await eraseRows(tx, ids, at);
  if (ids.length > 0) await tx.update(link).set({ person: '' }).where(inArray(link.id, ids));
  return ids.length;
}

/** What does not grow with use, and every record of what they did. Says once that it is done, and not who it was. */
export async function eraseRest(tx: Transaction, order: Order, at: Date): Promise<void> {
  const { tenant, app, person } = order;
  const told = or(isNotNull(batch.context), isNotNull(batch.folder));
  await tx
    .update(batch)
    .set({ context: null, folder: null })
    .where(and(of(batch, order), told));
  await tx.delete(folder).where(of(folder, order));
  const agreements = await tx.delete(agreed).where(of(agreed, order)).returning({ id: agreed.agreement });
  await tx.delete(idempotency).where(eq(idempotency.holder, `${app}:${person}`));
  await tx.delete(quota).where(eq(quota.holder, `person:${app}:${person}`));
  await tx.update(mailSent).set({ person: null }).where(eq(mailSent.person, person));
  await eraseRecords(tx, { actors: [`person:${person}`], subjects: [person, ...agreements.map(({ id }) => id)] });
  const [first] = await tx
    .update(erasure)
    .set({ doneAt: at })
    .where(and(eq(erasure.id, order.id), isNull(erasure.doneAt)))
    .returning();
  if (first) await record(tx, at, { tenant, app, actor: 'broker', act: 'person.erased', subject: order.id });
}
