import { and, desc, eq } from 'drizzle-orm';
import type { AskNewLink, ReportLink, ToldSender } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Queries, Transaction } from '../database/index.ts';
import { recipientAct } from './codes.ts';
import { lockLink, type OpenedLink, stateOf } from './link-store.ts';
import { linkTold } from './schema.ts';

type What = (typeof linkTold.$inferSelect)['what'];

/**
 * Asks the sender for a new link, once per link and `askAgain` seconds: again answers when that was. Fails with
 * not_a_person, withdrawn or link_taken_back (who ended it on purpose is not asked by us), or link_renewed.
 */
export function askNewLink(deps: Deps, linkId: string, wish: AskNewLink): Promise<ToldSender> {
  return tell(deps, linkId, wish, 'asked', (opened, last, now) => {
    const state = stateOf(opened.row, now);
    if (state === 'withdrawn') throw new Problem('withdrawn');
    if (state === 'taken_back') throw new Problem('link_taken_back');
    if (state === 'renewed') throw new Problem('link_renewed');
    return last !== null && now - last.getTime() < deps.config.times.askAgain * 1000;
  });
}

/** Tells the sender, once per link and reason, and closes nothing: anyone who holds the link could press this. */
export function reportLink(deps: Deps, linkId: string, wish: ReportLink): Promise<ToldSender> {
  return tell(deps, linkId, wish, wish.what, (opened, last) => {
    if (wish.what === 'not_me' && opened.row.claimedAt === null)
      throw new Problem('bad_request', { cause: 'nobody has' });
    return last !== null;
  });
}

/** When the recipient last asked for a new link, if it is too early to ask again. */
export async function askedSince(deps: Deps, linkId: string): Promise<Date | null> {
  const last = await lastTold(deps.db.q, linkId, 'asked');
  return last && deps.now() - last.getTime() < deps.config.times.askAgain * 1000 ? last : null;
}

/** Writes down that the sender is to be told, with the mail that does it. */
export async function noteTold(deps: Deps, tx: Transaction, opened: OpenedLink, what: What): Promise<void> {
  const at = new Date(deps.now());
  const id = newId();
  await tx.insert(linkTold).values({ id, link: opened.row.id, what, at });
  const act = what === 'undeliverable' || what === 'refused' ? 'link.undeliverable' : 'link.reported';
  await record(tx, at, recipientAct(opened, act, { what }));
  await deps.jobs.send(tx, 'told-mail', { id });
}

async function tell(
  deps: Deps,
  linkId: string,
  { is_trusted }: { readonly is_trusted: boolean },
  what: What,
  isKnown: (opened: OpenedLink, last: Date | null, now: number) => boolean,
): Promise<ToldSender> {
  if (!is_trusted) throw new Problem('not_a_person');
  const at = await deps.db.transaction(async (tx) => {
    const opened = await lockLink(deps, tx, linkId);
    const last = await lastTold(tx, linkId, what);
    if (isKnown(opened, last, deps.now()) && last) return last;
    await noteTold(deps, tx, opened, what);
    return new Date(deps.now());
  });
  deps.jobs.wake('told-mail');
  return { at: at.toISOString() };
}

async function lastTold(q: Queries | Transaction, linkId: string, what: What): Promise<Date | null> {
  const [last] = await q
    .select({ at: linkTold.at })
    .from(linkTold)
    .where(and(eq(linkTold.link, linkId), eq(linkTold.what, what)))
    .orderBy(desc(linkTold.at))
    .limit(1);
  return last?.at ?? null;
}
