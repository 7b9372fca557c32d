import { and, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm';
import type { MadeLink, MakeLink, PreviewLink, RenewLink } from '../../src/contract/index.ts';
import { isPlainPurpose } from '../../src/policy/index.ts';
import { record } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Transaction } from '../database/index.ts';
import type { Caller } from '../identity/ports.ts';
import { senderAddress } from '../mail/mailer.ts';
import { type Keep, once } from '../uploads/idempotency.ts';
import { ownedBy, ownerOf, reachedBy } from '../uploads/owned.ts';
import { batch, upload } from '../uploads/schema.ts';
import { toWire } from './link-list.ts';
import { type LinkRow, lockLink } from './link-store.ts';
import { countMail } from './mail-caps.ts';
import { agreedWords, judgeRecipient } from './outside.ts';
import { link, linkFile } from './schema.ts';
import { refuseStopped } from './stops.ts';

const DAY_MS = 86_400_000;

/** A wish that may be sent, without anything of its own in the database yet. */
interface Judged {
  readonly recipient: string;
  readonly purpose: string;
  readonly language: string;
  readonly claims: number;
  readonly expiresAt: Date;
  readonly external: boolean;
  readonly outside: LinkRow['outside'];
}

/**
 * One link to one recipient. Its token is minted when its mail is sent, so nothing here can give it away. Fails with
 * bad_request, purpose_plain, not_allowed, outside_consent_needed, mails_stopped, address_busy, sender_busy or not_found.
 */
export async function makeLink(
  deps: Deps,
  caller: Caller,
  wish: MakeLink,
  keep?: Keep<{ readonly id: string }>,
): Promise<MadeLink> {
  const judged = judgeWish(deps, caller, wish, wish.outside);
  const files = [...new Set(wish.files)];
  const row = await deps.db.transaction(async (tx) => {
    const sent = await send(deps, tx, caller, judged, files);
    await keep?.({ id: sent.id }, tx);
    return sent;
  });
  return await made(deps, row, files);
}

/**
 * With the caller's Idempotency-Key: a repeat sends no second mail, and gets the link as it is by then. Only its id is
 * kept, as the answer holds an address. Fails as `makeLink` and `once`; with not_found where the link is gone.
 */
export async function makeLinkOnce(deps: Deps, caller: Caller, key: string, wish: MakeLink): Promise<MadeLink> {
  // A token that was narrowed since reaches other files: to it, the answer of another is none.
  const attempt = { route: 'POST /v1/links', key, body: { ...wish, within: caller.within } };
  const { id } = await once<{ readonly id: string }>(deps, caller, attempt, async (keep) => {
    const { link: sent } = await makeLink(deps, caller, wish, keep);
    return { id: sent.id };
  });
  const [row] = await deps.db.q.select().from(link).where(mine(caller, id));
  if (!row) throw new Problem('not_found');
  const files = await deps.db.q.select().from(linkFile).where(eq(linkFile.link, id)).orderBy(linkFile.position);
  return await made(
    deps,
    row,
    files.map((file) => file.upload),
  );
}

/** Everything that can be said of a wish before its files are looked for; `outside` where no consent is asked is 'unasked'. */
export function judgeWish(
  deps: Deps,
  caller: Caller,
  wish: PreviewLink,
  outside: MakeLink['outside'] | 'unasked',
): Judged {
  const rules = caller.app.template.links;
  const now = deps.now();
  if (caller.app.record.mode === 'paused') throw new Problem('app_paused');
  refuseWords(wish);
  const { isExternal, isAllowed } = judgeRecipient(deps, caller, wish.recipient);
  if (!rules || !isAllowed) throw new Problem('not_allowed');
  const claims = wish.claims ?? 1;
  const most = rules.max_claims ?? 1;
  if (claims > most) throw new Problem('bad_request', { figures: { limit: most } });
  const needs = isExternal && outside !== 'unasked';
  return {
    recipient: wish.recipient,
    purpose: wish.purpose,
    language: wish.language,
    claims,
    expiresAt: dateOf(deps, Date.parse(wish.expires_at), rules.max_days),
    external: isExternal,
    outside: needs ? { ...agreedWords(caller.app, outside), at: new Date(now).toISOString() } : null,
  };
}

/**
 * Replaces a link with a new one: the same files, as far as they are kept, for the same person and purpose. Asked again
 * it answers the link that took its place. Fails with withdrawn, not_found, and what making one fails with.
 */
export async function renewLink(deps: Deps, caller: Caller, id: string, wish: RenewLink): Promise<MadeLink> {
  const now = new Date(deps.now());
  const rules = caller.app.template.links;
  const { row, files } = await deps.db.transaction(async (tx) => {
    const [found] = await tx.select({ id: link.id }).from(link).where(mine(caller, id));
    if (!found || !rules) throw new Problem('not_found');
    const opened = await lockLink(deps, tx, id);
    const { row: old } = opened;
    if (old.renewedAs) {
      const [next] = await tx.select().from(link).where(eq(link.id, old.renewedAs));
      const kept = await tx.select().from(linkFile).where(eq(linkFile.link, old.renewedAs)).orderBy(linkFile.position);
      if (next) return { row: next, files: kept.map(({ upload: one }) => one) };
    }
    if (old.erasedAt) throw new Problem('not_found');
    if (old.withdrawnAt) throw new Problem('withdrawn');
    const usual = new Date(now.getTime() + rules.default_days * DAY_MS).toISOString();
    // The sender said yes to these words for these files and this person; only other words need another yes.
    const outside =
      wish.outside ?? (old.outside ? { sha256: old.outside.sha256, language: old.outside.language } : undefined);
    const again = { ...old, files: [], expires_at: wish.expires_at ?? usual };
    const judged = judgeWish(deps, caller, again, outside);
    const ids = opened.files.map((file) => file.id);
    const next = await send(deps, tx, caller, judged, ids, old);
    await tx.update(link).set({ renewedAt: now, renewedAs: next.id, keptAt: now }).where(eq(link.id, id));
    await record(tx, now, act(old, 'link.renewed'));
    return { row: next, files: ids };
  });
  return await made(deps, row, files);
}

/** Ends a link that has not ended yet; one that has stays as it is. Fails with not_found for anybody else's. */
export async function takeBackLink(deps: Deps, caller: Caller, id: string): Promise<void> {
  const now = new Date(deps.now());
  await deps.db.transaction(async (tx) => {
    const [found] = await tx.select({ id: link.id }).from(link).where(mine(caller, id));
    if (!found) throw new Problem('not_found');
    const isOpen = and(lt(link.claimsUsed, link.claims), gt(link.expiresAt, now));
    const [taken] = await tx
      .update(link)
      .set({ takenBackAt: now })
      .where(
        and(
          eq(link.id, id),
          isNull(link.takenBackAt),
          isNull(link.withdrawnAt),
          isNull(link.renewedAt),
          or(isOpen, gt(link.windowEndsAt, now)),
        ),
      )
      .returning();
    if (taken) await record(tx, now, act(taken, 'link.taken-back'));
  });
}

/** The sender has seen what was asked or reported, and leaves the link as it is. Fails with not_found. */
export async function keepLink(deps: Deps, caller: Caller, id: string): Promise<void> {
  const now = new Date(deps.now());
  await deps.db.transaction(async (tx) => {
    const [kept] = await tx.update(link).set({ keptAt: now }).where(mine(caller, id)).returning();
    if (!kept) throw new Problem('not_found');
    await record(tx, now, act(kept, 'link.kept'));
  });
}

const mine = (caller: Caller, id: string) => and(eq(link.id, id), ownedBy(link, caller));

async function made(deps: Deps, row: LinkRow, files: readonly string[]): Promise<MadeLink> {
  deps.jobs.wake('link-mail');
  return {
    link: toWire(row, { files, told: [], isStopped: false }, deps.now()),
    mail_from: senderAddress(deps.config.smtp),
  };
}

/** Writes a link and asks for its mail. */
async function send(
  deps: Deps,
  tx: Transaction,
  caller: Caller,
  judged: Judged,
  files: readonly string[],
  renews?: LinkRow,
): Promise<LinkRow> {
  const now = new Date(deps.now());
  const { tenant, app, person } = ownerOf(caller);
  await refuseStopped(tx, { tenant, app, address: judged.recipient });
  await countMail(deps, tx, { tenant, app, address: judged.recipient, person });
  const found = await tx
    .select({ id: upload.id, reference: batch.reference })
    .from(upload)
    .innerJoin(batch, eq(batch.id, upload.batch))
    .where(and(inArray(upload.id, [...files]), eq(upload.state, 'stored'), ownedBy(upload, caller), reachedBy(caller)));
  const first = found.find((file) => file.id === files[0]);
  if (!first || found.length !== files.length) throw new Problem('not_found');
  const facts = { id: newId(), tenant, app, person, ...judged, reference: first.reference, createdAt: now };
  const [row] = await tx
    .insert(link)
    .values({ ...facts, ...(renews && { renews: renews.id }) })
    .returning();
  if (!row) throw new Problem('internal');
  await tx.insert(linkFile).values(files.map((id, position) => ({ link: row.id, upload: id, position })));
  const { outside } = judged;
  await record(
    tx,
    now,
    act(row, 'link.made', { files: files.length, external: judged.external, ...(renews && { renews: renews.id }) }),
    ...(outside ? [act(row, 'link.outside-agreed', { version: outside.version, sha256: outside.sha256 })] : []),
  );
  await deps.jobs.send(tx, 'link-mail', { id: row.id });
  return row;
}

/** Words of somebody else in our mail: plain, and leading nowhere; language tags are BCP 47. */
function refuseWords(wish: Pick<PreviewLink, 'purpose' | 'language'>): void {
  if (!isPlainPurpose(wish.purpose)) throw new Problem('purpose_plain');
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(wish.language)) throw new Problem('bad_request');
}

/** To the second, and never later than the template allows: a page may compute "in 14 days" on a clock that is ahead. */
function dateOf(deps: Deps, asked: number, maxDays: number): Date {
  const now = deps.now();
  const latest = now + maxDays * DAY_MS;
  if (asked > now && asked <= latest + deps.config.times.proofSkew * 1000) return new Date(Math.min(asked, latest));
  throw new Problem('bad_request', { figures: { until: new Date(latest).toISOString() } });
}

function act(row: LinkRow, name: string, facts: Record<string, string | number | boolean> = {}) {
  const { tenant, app, reference } = row;
  return { tenant, app, actor: `person:${row.person}`, act: name, subject: row.id, reference, facts };
}
