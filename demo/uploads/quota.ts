import { and, count, eq, sql } from 'drizzle-orm';
import type { Room } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { Database, Transaction } from '../database/index.ts';
import type { Caller } from '../identity/ports.ts';
import { quota, upload } from './schema.ts';

/** Of what an app has left, one person may hold so much in open reservations (decision 2). */
const PERSON_SHARE = 0.2;

/** Ten times what one call may start. */
export const OPEN_OF_A_PERSON = 1000;

export interface Owner {
  readonly app: string;
  readonly person: string;
}

/** Always in this order: whoever locks rows in one order never waits in a circle. */
const holders = ({ app, person }: Owner): readonly [string, string] => [`app:${app}`, `person:${app}:${person}`];

/**
 * Sets room aside at both holders, or at neither, and tells the person's own. Fails with app_full or person_full and how
 * much is left.
 */
export async function reserve(tx: Transaction, caller: Caller, bytes: number): Promise<Room> {
  const { app_bytes, person_bytes } = caller.app.template.quota;
  const [app, person] = holders({ app: caller.app.record.id, person: caller.person });
  for (const [holder, cap] of [[app, app_bytes] as const, [person, person_bytes] as const]) {
    // The template may have changed since the last time.
    await tx.insert(quota).values({ holder, cap }).onConflictDoUpdate({ target: quota.holder, set: { cap } });
  }
  const ofApp = await take(tx, app, bytes);
  if (!ofApp) throw await full(tx, 'app_full', app, bytes);
  const ofPerson = await take(tx, person, bytes);
  if (!ofPerson) throw await full(tx, 'person_full', person, bytes);
  // The row of the app is locked until the end of this transaction, so nobody changes what is free meanwhile.
  const share = Math.floor((ofApp.cap - ofApp.used) * PERSON_SHARE);
  if (ofPerson.reserved > share) {
    throw new Problem('app_full', { figures: { size: bytes, rest: Math.max(0, share - ofPerson.reserved + bytes) } });
  }
  return { cap: ofPerson.cap, left: ofPerson.cap - ofPerson.used - ofPerson.reserved };
}

/** Before anything is set aside. A template that gives less than is held leaves nothing. */
export async function roomOf(db: Database, caller: Caller): Promise<Room> {
  const [, person] = holders({ app: caller.app.record.id, person: caller.person });
  const cap = caller.app.template.quota.person_bytes;
  const [row] = await db.q.select().from(quota).where(eq(quota.holder, person));
  return { cap, left: Math.max(0, cap - (row ? row.used + row.reserved : 0)) };
}

/**
 * However small: each holds a row, and a place in the storage. Fails with slow_down, and a page goes on once others have
 * ended. After `reserve`, whose lock makes starts of one app wait for each other.
 */
export async function refuseMany(tx: Transaction, { app, person }: Owner, more: number): Promise<void> {
  const theirs = and(eq(upload.app, app), eq(upload.person, person), eq(upload.state, 'open'));
  const [open] = await tx.select({ count: count() }).from(upload).where(theirs);
  if (Number(open?.count ?? 0) + more > OPEN_OF_A_PERSON) {
    throw new Problem('slow_down', { headers: { 'Retry-After': '30' } });
  }
}

/** What was set aside is filled. */
export async function settle(tx: Transaction, owner: Owner, bytes: number): Promise<void> {
  await move(tx, owner, { used: bytes, reserved: -bytes });
}

/** What was filled is set aside again: its object goes, but a grant for it may still live. */
export async function unsettle(tx: Transaction, owner: Owner, bytes: number): Promise<void> {
  await move(tx, owner, { used: -bytes, reserved: bytes });
}

/** What was set aside is free. */
export async function release(tx: Transaction, owner: Owner, bytes: number): Promise<void> {
  await move(tx, owner, { used: 0, reserved: -bytes });
}

async function take(tx: Transaction, holder: string, bytes: number) {
  const [row] = await tx
    .update(quota)
    .set({ reserved: sql`${quota.reserved} + ${bytes}` })
    .where(and(eq(quota.holder, holder), sql`${quota.used} + ${quota.reserved} + ${bytes} <= ${quota.cap}`))
    .returning();
  return row;
}

async function full(tx: Transaction, code: 'app_full' | 'person_full', holder: string, size: number) {
  const [row] = await tx.select().from(quota).where(eq(quota.holder, holder));
  const rest = row ? Math.max(0, row.cap - row.used - row.reserved) : 0;
  return new Problem(code, { figures: { size, rest } });
}

async function move(tx: Transaction, owner: Owner, by: { used: number; reserved: number }): Promise<void> {
  for (const holder of holders(owner)) {
    await tx
      .update(quota)
      .set({ used: sql`${quota.used} + ${by.used}`, reserved: sql`${quota.reserved} + ${by.reserved}` })
      .where(eq(quota.holder, holder));
  }
}
