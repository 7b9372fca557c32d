import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { LinkState } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Queries, Transaction } from '../database/index.ts';
import { person } from '../identity/schema.ts';
import type { RegisteredApp } from '../registry/registry.ts';
import { upload } from '../uploads/schema.ts';
import { link, linkFile, receiptAddress } from './schema.ts';

export type LinkRow = typeof link.$inferSelect;
export type LinkRules = NonNullable<RegisteredApp['template']['links']>;

/** A link with all that its page, its notice and its mails tell. */
export interface OpenedLink {
  readonly row: LinkRow;
  readonly app: RegisteredApp;
  readonly rules: LinkRules;
  /** `address` is what people are shown; `email` is where the broker may write to. */
  readonly sender: { readonly name: string; readonly address: string; readonly email: string | null };
  /** Those that are still stored, in the sender's order. */
  readonly files: readonly (typeof upload.$inferSelect)[];
}

/** Finds a link by the secret of its mail, or of a receipt: both want the same proof. Fails with link_unknown. */
export async function openByToken(deps: Deps, token: string): Promise<OpenedLink> {
  const hash = sha256(token);
  const addressed = deps.db.q
    .select({ link: receiptAddress.link })
    .from(receiptAddress)
    .where(eq(receiptAddress.tokenHash, hash));
  const [row] = await deps.db.q
    .select()
    .from(link)
    .where(or(eq(link.tokenHash, hash), inArray(link.id, addressed)));
  return await complete(deps, deps.db.q, row);
}

/** Fails with link_unknown. */
export async function openById(deps: Deps, id: string): Promise<OpenedLink> {
  const [row] = await deps.db.q.select().from(link).where(eq(link.id, id));
  return await complete(deps, deps.db.q, row);
}

/** Opens a link and lets nobody else change it before the end of the transaction. Fails with link_unknown. */
export async function lockLink(deps: Deps, tx: Transaction, id: string): Promise<OpenedLink> {
  const [row] = await tx.select().from(link).where(eq(link.id, id)).for('update');
  return await complete(deps, tx, row);
}

/** Finds a link by the secret of its mail's stop link. Fails with link_unknown. */
export async function openByStop(deps: Deps, token: string): Promise<OpenedLink> {
  const [row] = await deps.db.q
    .select()
    .from(link)
    .where(eq(link.stopHash, sha256(token)));
  return await complete(deps, deps.db.q, row);
}

/** Whom a recipient sees as the sender. */
export async function senderOf(
  q: Queries | Transaction,
  app: RegisteredApp,
  id: string,
): Promise<OpenedLink['sender']> {
  const [who] = await q.select().from(person).where(eq(person.id, id));
  const { org } = app.record;
  return { name: who?.name || org.name, address: who?.email ?? org.contact, email: who?.email ?? null };
}

async function complete(deps: Deps, q: Queries | Transaction, row: LinkRow | undefined): Promise<OpenedLink> {
  const app = row && deps.registry.find(row.app);
  if (!row || !app?.template.links) throw new Problem('link_unknown');
  if (app.record.mode === 'closed') throw new Problem('app_closed');
  const files = await q
    .select({ upload })
    .from(linkFile)
    .innerJoin(upload, eq(upload.id, linkFile.upload))
    .where(and(eq(linkFile.link, row.id), eq(upload.state, 'stored')))
    .orderBy(asc(linkFile.position));
  return {
    row,
    app,
    rules: app.template.links,
    sender: await senderOf(q, app, row.person),
    files: files.map((entry) => entry.upload),
  };
}

/** What a link is at this time (ms since epoch). The first that holds counts. */
export function stateOf(row: LinkRow, now: number): LinkState {
  if (row.withdrawnAt) return 'withdrawn';
  if (row.renewedAt) return 'renewed';
  if (row.takenBackAt) return 'taken_back';
  if (row.claimsUsed >= row.claims) return 'claimed';
  if (row.expiresAt.getTime() <= now) return 'expired';
  if (row.decision === null) return 'open';
  return row.decision === 'accept' ? 'accepted' : 'declined';
}

/** When an ended link ended. */
export function endedAt(row: LinkRow, now: number): Date | null {
  const since: Partial<Record<LinkState, Date | null>> = {
    withdrawn: row.withdrawnAt,
    renewed: row.renewedAt,
    taken_back: row.takenBackAt,
    claimed: row.claimedAt,
    expired: row.expiresAt,
  };
  return since[stateOf(row, now)] ?? null;
}

/** Fails with what has ended the link, if anything has. */
export function refuseEnded(row: LinkRow, now: number): void {
  const state = stateOf(row, now);
  if (state === 'withdrawn') throw new Problem('withdrawn');
  if (state === 'renewed') throw new Problem('link_renewed');
  if (state === 'taken_back') throw new Problem('link_taken_back');
  if (state === 'claimed') throw new Problem('link_used');
  if (state === 'expired') throw new Problem('link_expired', { figures: { until: row.expiresAt.toISOString() } });
}
