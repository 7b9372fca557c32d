import { and, desc, eq, gt, type SQL, sql } from 'drizzle-orm';
import { HOUR_MS } from '../base/code-law.ts';
import { newId, sha256 } from '../base/ids.ts';
import { readMailAddress } from '../base/mail-address.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Transaction } from '../database/index.ts';
import { mailSent } from './schema.ts';

const DAY_MS = 24 * HOUR_MS;

/** One address, however it is spelt, within one tenant: what is counted and stopped need not be readable. */
export function hashAddress(tenant: string, address: string): Buffer {
  return sha256(`mail ${tenant} ${readMailAddress(address)?.address ?? address}`);
}

/** A mail about to go out to somebody who may not have asked for it. */
export interface Outgoing {
  readonly tenant: string;
  readonly app: string;
  readonly address: string;
  /** Who sends a link; null for a code. */
  readonly person: string | null;
}

/**
 * Counts a mail before it goes out, one after the other for each address and sender, so that mails asked for at once
 * are counted too. Fails with address_busy or sender_busy, and when there is room again.
 */
export async function countMail(deps: Deps, tx: Transaction, mail: Outgoing): Promise<void> {
  const now = deps.now();
  const { tenant, app, person } = mail;
  const addressHash = hashAddress(tenant, mail.address);
  const { toAddressAnHour, bySenderADay } = deps.config.mails;
  if (person !== null) {
    await lockFor(tx, `sender ${person}`);
    const ofPerson = and(eq(mailSent.tenant, tenant), eq(mailSent.person, person));
    await refuseOver(tx, 'sender_busy', ofPerson, { most: bySenderADay, within: DAY_MS, now });
  }
  await lockFor(tx, addressHash.toString('hex'));
  const toAddress = and(eq(mailSent.tenant, tenant), eq(mailSent.addressHash, addressHash));
  await refuseOver(tx, 'address_busy', toAddress, { most: toAddressAnHour, within: HOUR_MS, now });
  await tx.insert(mailSent).values({ id: newId(), tenant, app, addressHash, person, at: new Date(now) });
}

/** Until the end of the transaction; senders before addresses, so that nobody waits for each other in a ring. */
async function lockFor(tx: Transaction, what: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${what}, 1))`);
}

async function refuseOver(
  tx: Transaction,
  code: 'address_busy' | 'sender_busy',
  of: SQL | undefined,
  { most, within, now }: { most: number; within: number; now: number },
): Promise<void> {
  const recent = tx
    .select({ at: mailSent.at })
    .from(mailSent)
    .where(and(of, gt(mailSent.at, new Date(now - within))))
    .orderBy(desc(mailSent.at));
  const [oldest] = await recent.limit(1).offset(Math.max(0, most - 1));
  if (!oldest && most > 0) return;
  const until = (oldest?.at.getTime() ?? now) + within;
  throw new Problem(code, {
    figures: { limit: most, until: new Date(until).toISOString() },
    headers: { 'Retry-After': String(Math.ceil((until - now) / 1000)) },
  });
}
