import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Link, MadeLink, MakeLink } from '../../src/contract/index.ts';
import { hasHiddenCharacters } from '../../src/policy/index.ts';
import { record } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Transaction } from '../database/index.ts';
import type { Caller } from '../identity/ports.ts';
import { person } from '../identity/schema.ts';
import { senderAddress } from '../mail/mailer.ts';
import { ownedBy, ownerOf, reachedBy } from '../uploads/owned.ts';
import { batch, upload } from '../uploads/schema.ts';
import { type LinkRow, stateOf } from './link-store.ts';
import { link, linkFile } from './schema.ts';

const DAY_MS = 86_400_000;
/** A page may compute "in 14 days" on a clock that is a little ahead. */
const CLOCK_MS = 300_000;
const LIST_MAX = 200;
const HOUR_MS = 3_600_000;
/** Each link is a mail. So many an hour from one person; and to one address, whoever of the app sends them. */
const LINKS_AN_HOUR = 100;
const TO_ONE_AN_HOUR = 20;

/** One link to one recipient. Its token is minted when its mail is sent, so nothing here can give it away. */
export async function makeLink(deps: Deps, caller: Caller, wish: MakeLink): Promise<MadeLink> {
  const now = new Date(deps.now());
  refuseWords(wish);
  refuseRecipient(caller, wish.recipient);
  refuseDate(caller, Date.parse(wish.expires_at), now.getTime());
  const files = [...new Set(wish.files)];
  const made = await deps.db.transaction(async (tx) => {
    await refuseFlood(tx, caller, wish.recipient, now);
    const found = await tx
      .select({ id: upload.id, reference: batch.reference })
      .from(upload)
      .innerJoin(batch, eq(batch.id, upload.batch))
      .where(and(inArray(upload.id, files), eq(upload.state, 'stored'), ownedBy(upload, caller), reachedBy(caller)));
    const first = found.find((file) => file.id === files[0]);
    if (!first || found.length !== files.length) throw new Problem('not_found');
    const [row] = await tx
      .insert(link)
      .values({
        id: newId(),
        ...ownerOf(caller),
        recipient: wish.recipient,
        purpose: wish.purpose,
        language: wish.language,
        reference: first.reference,
        createdAt: now,
        expiresAt: new Date(wish.expires_at),
      })
      .returning();
    if (!row) throw new Problem('internal');
    await tx.insert(linkFile).values(files.map((id, position) => ({ link: row.id, upload: id, position })));
    await record(tx, now, act(row, 'link.made', { files: files.length }));
    await deps.jobs.send(tx, 'link-mail', { id: row.id });
    return row;
  });
  deps.jobs.wake('link-mail');
  return { link: toWire(made, files, deps.now()), mail_from: senderAddress(deps.config.smtp) };
}

/** The person's own links, newest first, 200 at most. */
export async function listLinks(deps: Deps, caller: Caller): Promise<{ links: Link[] }> {
  const rows = await deps.db.q
    .select()
    .from(link)
    .where(ownedBy(link, caller))
    .orderBy(desc(link.createdAt))
    .limit(LIST_MAX);
  if (rows.length === 0) return { links: [] };
  const ids = rows.map((row) => row.id);
  const files = await deps.db.q.select().from(linkFile).where(inArray(linkFile.link, ids)).orderBy(linkFile.position);
  const of = (id: string) => files.filter((file) => file.link === id).map((file) => file.upload);
  return { links: rows.map((row) => toWire(row, of(row.id), deps.now())) };
}

/** Ends a link that has not ended yet; one that has stays as it is. Fails with not_found for anybody else's. */
export async function takeBackLink(deps: Deps, caller: Caller, id: string): Promise<void> {
  const now = new Date(deps.now());
  await deps.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ id: link.id })
      .from(link)
      .where(and(eq(link.id, id), ownedBy(link, caller)));
    if (!found) throw new Problem('not_found');
    const [taken] = await tx
      .update(link)
      .set({ takenBackAt: now })
      .where(
        and(
          eq(link.id, id),
          isNull(link.takenBackAt),
          isNull(link.withdrawnAt),
          or(and(isNull(link.claimedAt), gt(link.expiresAt, now)), gt(link.windowEndsAt, now)),
        ),
      )
      .returning();
    if (taken) await record(tx, now, act(taken, 'link.taken-back'));
  });
}

function refuseRecipient(caller: Caller, address: string): void {
  const rules = caller.app.template.links;
  const { mode, domains } = caller.app.record;
  if (mode === 'paused') throw new Problem('app_paused');
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const isInternal = domains.some((one) => one.toLowerCase() === domain);
  const scope = isInternal ? 'links:create:internal' : 'links:create:external';
  if (!rules || !caller.scopes.has(scope) || (!isInternal && !rules.external)) throw new Problem('not_allowed');
}

/** Fails with slow_down. One after the other per person, so that links made at once are counted too. */
async function refuseFlood(tx: Transaction, caller: Caller, recipient: string, now: Date): Promise<void> {
  await tx.select({ id: person.id }).from(person).where(eq(person.id, caller.person)).for('update');
  const recent = and(eq(link.app, caller.app.record.id), gt(link.createdAt, new Date(now.getTime() - HOUR_MS)));
  const limits = [
    { of: eq(link.person, caller.person), most: LINKS_AN_HOUR },
    { of: eq(sql`lower(${link.recipient})`, recipient.toLowerCase()), most: TO_ONE_AN_HOUR },
  ];
  for (const { of, most } of limits) {
    const newest = tx.select({ at: link.createdAt }).from(link).where(and(recent, of)).orderBy(desc(link.createdAt));
    const [oldest] = await newest.limit(1).offset(most - 1);
    if (!oldest) continue;
    const until = new Date(oldest.at.getTime() + HOUR_MS);
    const seconds = String(Math.ceil((until.getTime() - now.getTime()) / 1000));
    throw new Problem('slow_down', { figures: { until: until.toISOString() }, headers: { 'Retry-After': seconds } });
  }
}

/** What nobody sees could make a mail look like what it is not; language tags are BCP 47. */
function refuseWords(wish: MakeLink): void {
  const isPlain = !hasHiddenCharacters(wish.purpose);
  if (!isPlain || !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(wish.language)) throw new Problem('bad_request');
}

function refuseDate(caller: Caller, expiresAt: number, now: number): void {
  const latest = now + (caller.app.template.links?.max_days ?? 0) * DAY_MS;
  if (expiresAt > now && expiresAt <= latest + CLOCK_MS) return;
  throw new Problem('bad_request', { figures: { until: new Date(latest).toISOString() } });
}

function act(row: LinkRow, name: string, facts: Record<string, number> = {}) {
  const { tenant, app, reference } = row;
  return { tenant, app, actor: `person:${row.person}`, act: name, subject: row.id, reference, facts };
}

function toWire(row: LinkRow, files: readonly string[], now: number): Link {
  return {
    id: row.id,
    recipient: row.recipient,
    purpose: row.purpose,
    files: [...files],
    state: stateOf(row, now),
    reference: row.reference,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    claims: 1,
    claims_used: row.claimedAt ? 1 : 0,
    external: true,
    ...(row.decidedAt && { decided_at: row.decidedAt.toISOString() }),
    ...(row.claimedAt && { claimed_at: row.claimedAt.toISOString() }),
  };
}
