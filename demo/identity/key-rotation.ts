import { asc, eq, sql } from 'drizzle-orm';
import type { JWK } from 'jose';
import { record } from '../audit/index.ts';
import type { Database, Transaction } from '../database/index.ts';
import { makeKey, type Purpose, publicHalf } from './key-ring.ts';
import { signingKey } from './schema.ts';

/** The successor is published so long before it signs: whoever caches keys has it by then. */
const LEAD_MS = 3_600_000;
/** An issuer's key is published so long after it signed last: longer than anything that it signed is good for. */
const KEPT_MS = 2 * 3_600_000;

export interface Rotation {
  readonly db: Database;
  /** ms since epoch */
  readonly now: () => number;
  /** Seconds that a key signs. */
  readonly keyLife: number;
}

/** What is due: the next keys, and the end of old ones. */
export async function turnKeys(rotation: Rotation): Promise<void> {
  await rotateWhereDue(rotation, 'issuer');
  await rotateWhereDue(rotation, 'receipt');
  await rotateWhereDue(rotation, 'ledger');
  await forgetOldKeys(rotation);
}

/** Makes the first key, and the next one when it is time. Safe in several processes at once. */
export async function rotateWhereDue({ db, now, keyLife }: Rotation, purpose: Purpose): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now();
    const last = (await keysOf(tx, purpose)).at(-1);
    if (!last) await makeKey(tx, purpose, new Date(at), new Date(at));
    else if (last.signsFrom.getTime() + keyLife * 1000 <= at + LEAD_MS)
      await succeed(tx, purpose, at, at + LEAD_MS, 'broker');
  });
}

/** Asked for by the operator: the next key is made now, and signs after the usual lead. Answers its kid. */
export async function rotateNow({ db, now }: Rotation, purpose: Purpose): Promise<string> {
  return db.transaction(async (tx) => {
    await keysOf(tx, purpose);
    return succeed(tx, purpose, now(), now() + LEAD_MS, 'operator');
  });
}

/**
 * Somebody else may have the key: a successor signs at once and the old ones are gone. Tokens that they signed are
 * refused in every process within ten seconds; people sign in again.
 */
export async function replaceIssuerKeys({ db, now }: Rotation): Promise<string> {
  return db.transaction(async (tx) => {
    await keysOf(tx, 'issuer');
    await tx.delete(signingKey).where(eq(signingKey.purpose, 'issuer'));
    return succeed(tx, 'issuer', now(), now(), 'operator');
  });
}

/** Forgets what nobody needs any more: an issuer's old keys, and of the other old keys the half that signs. */
async function forgetOldKeys({ db, now }: Rotation): Promise<void> {
  await db.transaction(async (tx) => {
    for (const purpose of ['issuer', 'receipt', 'ledger'] as const) {
      const keys = await keysOf(tx, purpose);
      for (const [i, { id, jwk }] of keys.entries()) {
        const successor = keys[i + 1];
        if (!successor || successor.signsFrom.getTime() + KEPT_MS > now()) continue;
        if (purpose === 'issuer') await tx.delete(signingKey).where(eq(signingKey.id, id));
        else if ('d' in jwk) {
          await tx
            .update(signingKey)
            .set({ jwk: { ...publicHalf(jwk as JWK) } })
            .where(eq(signingKey.id, id));
        }
      }
    }
  });
}

/** Oldest first, and nobody else rotates until this transaction is over. */
async function keysOf(tx: Transaction, purpose: Purpose) {
  await tx.execute(sql`select pg_advisory_xact_lock(72018)`);
  return tx.select().from(signingKey).where(eq(signingKey.purpose, purpose)).orderBy(asc(signingKey.signsFrom));
}

async function succeed(
  tx: Transaction,
  purpose: Purpose,
  at: number,
  signsFrom: number,
  actor: 'broker' | 'operator',
): Promise<string> {
  const kid = await makeKey(tx, purpose, new Date(at), new Date(signsFrom));
  await record(tx, new Date(at), {
    tenant: 'broker',
    app: 'broker',
    actor,
    act: 'key.rotated',
    subject: kid,
    facts: { purpose, signs_from: new Date(signsFrom).toISOString() },
  });
  return kid;
}
