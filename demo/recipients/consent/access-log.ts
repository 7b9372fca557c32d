import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { ACTS, type AccessEntry, type AccessLog } from '../../../src/contract/index.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { RecipientCaller } from '../../context/env.ts';
import type { Queries, Transaction } from '../../database/index.ts';
import type { Caller } from '../../identity/ports.ts';
import { ownedBy } from '../../uploads/owned.ts';
import { type OpenedLink, openById } from '../link-store.ts';
import { link, linkAccess } from '../schema.ts';
import { shortenAddress } from './network.ts';

type Noted = AccessEntry['act'];

/** What somebody did, in the transaction that does it. Without a network: who has proven an address needs none. */
export async function noteAct(tx: Transaction, linkId: string, act: (typeof ACTS)[number], at: Date): Promise<void> {
  await tx.insert(linkAccess).values({ link: linkId, act, at });
}

/**
 * What may have been a person's look or a machine's. One from the same network within `lookAgain` seconds is the same
 * look, so that nobody can make the log long.
 */
export async function noteLook(deps: Deps, opened: OpenedLink, act: Noted, address: string | null): Promise<void> {
  const now = deps.now();
  const at = new Date(now);
  const network = opened.rules.log_networks && address !== null ? shortenAddress(address) : null;
  const since = new Date(now - deps.config.times.lookAgain * 1000);
  const linkId = opened.row.id;
  await deps.db.q.execute(sql`
    insert into ${linkAccess} (link, act, at, network)
    select ${linkId}, ${act}, ${at.toISOString()}::timestamptz, ${network}
    where not exists (
      select 1 from ${linkAccess}
      where ${and(eq(linkAccess.link, linkId), eq(linkAccess.act, act), gt(linkAccess.at, since))}
        and ${linkAccess.network} is not distinct from ${network}
    )`);
}

/** The recipient's own: all of it. */
export async function ownLog(deps: Deps, who: RecipientCaller): Promise<AccessLog> {
  const opened = await openById(deps, who.link);
  return { entries: await entriesOf(deps.db.q, opened.row.id), kept_days: opened.rules.log_days };
}

/** Acts for the sender; for who may read the whole app's files, looks too. Fails with not_found for anybody else's link. */
export async function readLog(deps: Deps, caller: Caller, id: string): Promise<AccessLog> {
  const { record, template } = caller.app;
  const isOwner = caller.scopes.has('links:read:app');
  const mine = isOwner ? and(eq(link.tenant, caller.tenant), eq(link.app, record.id)) : ownedBy(link, caller);
  const [found] = await deps.db.q
    .select({ id: link.id })
    .from(link)
    .where(and(eq(link.id, id), mine));
  if (!found || !template.links) throw new Problem('not_found');
  return { entries: await entriesOf(deps.db.q, id, isOwner ? null : ACTS), kept_days: template.links.log_days };
}

async function entriesOf(q: Queries, linkId: string, only: readonly Noted[] | null = null): Promise<AccessEntry[]> {
  const rows = await q
    .select()
    .from(linkAccess)
    .where(and(eq(linkAccess.link, linkId), only === null ? undefined : inArray(linkAccess.act, [...only])))
    .orderBy(asc(linkAccess.at), asc(linkAccess.seq));
  return rows.map(({ at, act, network }) => ({
    at: at.toISOString(),
    act,
    ...(network !== null && { network }),
  }));
}
