import { and, eq } from 'drizzle-orm';
import type { StopMails, StopNotice } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Queries, Transaction } from '../database/index.ts';
import { type OpenedLink, openByStop } from './link-store.ts';
import { hashAddress } from './mail-caps.ts';
import { mailStop } from './schema.ts';
import { maskAddress } from './shown.ts';

interface Place {
  readonly tenant: string;
  readonly app: string;
  readonly address: string;
}

const here = ({ tenant, app, address }: Place) =>
  and(eq(mailStop.tenant, tenant), eq(mailStop.app, app), eq(mailStop.addressHash, hashAddress(tenant, address)));

const placeOf = ({ row }: OpenedLink): Place => ({ tenant: row.tenant, app: row.app, address: row.recipient });

/** Fails with mails_stopped: nobody may write first to an address that has asked for no more. */
export async function refuseStopped(tx: Transaction, place: Place): Promise<void> {
  if (await stoppedSince(tx, place)) throw new Problem('mails_stopped');
}

export async function stoppedSince(q: Queries | Transaction, place: Place): Promise<Date | null> {
  const [stop] = await q.select({ at: mailStop.at }).from(mailStop).where(here(place));
  return stop?.at ?? null;
}

/** What the stop link of a mail would stop. Changes nothing. Fails with link_unknown. */
export async function readStop(deps: Deps, token: string): Promise<StopNotice> {
  const opened = await openByStop(deps, token);
  return notice(opened, await stoppedSince(deps.db.q, placeOf(opened)));
}

/**
 * Stops links by mail to the address that the mail went to, from this app; or allows them again. Codes and receipts go
 * out as before: somebody with the link pressed for each, and a withdrawal needs them. Fails with not_a_person.
 */
export async function stopMails(deps: Deps, wish: StopMails): Promise<StopNotice> {
  const opened = await openByStop(deps, wish.token);
  if (!wish.is_trusted) throw new Problem('not_a_person');
  const place = placeOf(opened);
  const now = new Date(deps.now());
  const { tenant, app, id, reference } = opened.row;
  const act = { tenant, app, actor: `recipient:${id}`, subject: id, reference };
  return await deps.db.transaction(async (tx) => {
    const stop = { tenant, app, addressHash: hashAddress(tenant, place.address), at: now };
    const changed = wish.stopped
      ? await tx.insert(mailStop).values(stop).onConflictDoNothing().returning()
      : await tx.delete(mailStop).where(here(place)).returning();
    if (changed.length > 0) await record(tx, now, { ...act, act: wish.stopped ? 'mails.stopped' : 'mails.allowed' });
    return notice(opened, await stoppedSince(tx, place));
  });
}

function notice({ row, app, sender }: OpenedLink, since: Date | null): StopNotice {
  return {
    org: app.record.org.name,
    sender: sender.name,
    masked_address: maskAddress(row.recipient),
    ...(since && { stopped_at: since.toISOString() }),
  };
}
