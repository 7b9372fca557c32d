import { and, eq, gt, inArray, isNull, lte, notExists, sql } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import type { Deps } from '../context/deps.ts';
import type { Transaction } from '../database/index.ts';
import { link, linkTold } from './schema.ts';

const DAY_MS = 86_400_000;
const PAGE = 200;

/**
 * Tells senders of links that end within a day and that nobody has answered, once each. Whose mail came back has been told
 * so already. A link of two days or less is not told of: its sender has just chosen when it ends. Safe to run twice at once.
 */
export async function tellOfExpiring(deps: Deps): Promise<void> {
  const isTold = await deps.db.transaction((tx) => tellSome(deps, tx));
  if (isTold) deps.jobs.wake('told-mail');
}

async function tellSome(deps: Deps, tx: Transaction): Promise<boolean> {
  const now = deps.now();
  const at = new Date(now);
  const before = tx
    .select({ id: linkTold.id })
    .from(linkTold)
    .where(and(eq(linkTold.link, link.id), inArray(linkTold.what, ['expiring', 'undeliverable', 'refused'])));
  const rows = await tx
    .select({ id: link.id, tenant: link.tenant, app: link.app, reference: link.reference })
    .from(link)
    .where(
      and(
        gt(link.expiresAt, at),
        lte(link.expiresAt, new Date(now + DAY_MS)),
        gt(link.expiresAt, sql`${link.createdAt} + interval '2 days'`),
        isNull(link.decidedAt),
        isNull(link.takenBackAt),
        isNull(link.withdrawnAt),
        isNull(link.renewedAt),
        notExists(before),
      ),
    )
    .orderBy(link.expiresAt)
    .limit(PAGE)
    .for('update', { skipLocked: true });
  let isTold = false;
  for (const { id: subject, ...owner } of rows) {
    const id = newId();
    const ours = await tx
      .insert(linkTold)
      .values({ id, link: subject, what: 'expiring', at })
      .onConflictDoNothing()
      .returning({ id: linkTold.id });
    if (ours.length === 0) continue; // Another sweep told of it since we looked.
    isTold = true;
    await record(tx, at, { ...owner, actor: 'broker', act: 'link.expiring', subject });
    await deps.jobs.send(tx, 'told-mail', { id });
  }
  return isTold;
}
