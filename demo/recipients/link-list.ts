import { and, desc, eq, inArray, lt, or, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import { type AppLinkList, Id, type Link, type LinkList } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import { person } from '../identity/schema.ts';
import { ownedBy } from '../uploads/owned.ts';
import { type LinkRow, stateOf } from './link-store.ts';
import { hashAddress } from './mail-caps.ts';
import { outsideShare } from './outside-share.ts';
import { link, linkFile, linkTold, mailStop } from './schema.ts';

const PAGE = 50;

/** The person's own links, newest first, 50 at a time. Fails with bad_request for a cursor that cannot be ours. */
export async function listLinks(deps: Deps, caller: Caller, cursor: string | undefined): Promise<LinkList> {
  const { rows, next } = await pageOf(deps, ownedBy(link, caller), cursor);
  return { links: await describe(deps, rows), ...next };
}

/** The whole app's, for its owners, and how many of those to outside addresses have their sender's consent. */
export async function listAppLinks(deps: Deps, caller: Caller, cursor: string | undefined): Promise<AppLinkList> {
  const ofApp = and(eq(link.tenant, caller.tenant), eq(link.app, caller.app.record.id));
  const { rows, next } = await pageOf(deps, ofApp, cursor);
  const names = await namesOf(deps, rows);
  const links = await describe(deps, rows);
  return {
    links: links.map((one, index) => ({ ...one, sent_by: names.get(rows[index]?.person ?? '') ?? '' })),
    ...next,
    outside: await outsideShare(deps.db.q, { tenant: caller.tenant, app: caller.app.record.id }),
  };
}

async function pageOf(deps: Deps, whose: SQL | undefined, cursor: string | undefined) {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await deps.db.q
    .select()
    .from(link)
    .where(
      and(whose, after && or(lt(link.createdAt, after.at), and(eq(link.createdAt, after.at), lt(link.id, after.id)))),
    )
    .orderBy(desc(link.createdAt), desc(link.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return { rows: page, next: rows.length > PAGE && last ? { next: `${last.createdAt.getTime()}.${last.id}` } : {} };
}

/** Milliseconds of 15 digits would name a year of five, which PostgreSQL does not read as `Date` writes it. */
function readCursor(cursor: string): { readonly at: Date; readonly id: string } {
  const [, ms = '', id = ''] = /^(\d{1,14})\.(.+)$/.exec(cursor) ?? [];
  if (ms === '' || !v.is(Id, id)) throw new Problem('bad_request', { cause: 'cursor' });
  return { at: new Date(Number(ms)), id };
}

async function describe(deps: Deps, rows: readonly LinkRow[]): Promise<Link[]> {
  if (rows.length === 0) return [];
  const { q } = deps.db;
  const ids = rows.map((row) => row.id);
  const hashes = rows.map((row) => hashAddress(row.tenant, row.recipient));
  const files = await q.select().from(linkFile).where(inArray(linkFile.link, ids)).orderBy(linkFile.position);
  const told = await q.select().from(linkTold).where(inArray(linkTold.link, ids)).orderBy(desc(linkTold.at));
  const stops = await q.select().from(mailStop).where(inArray(mailStop.addressHash, hashes));
  return rows.map((row, index) => {
    const isStopped = stops.some((stop) => stop.app === row.app && hashes[index]?.equals(stop.addressHash));
    const ofLink = {
      files: files.filter((file) => file.link === row.id).map((file) => file.upload),
      told: told.filter((one) => one.link === row.id),
      isStopped,
    };
    return toWire(row, ofLink, deps.now());
  });
}

async function namesOf(deps: Deps, rows: readonly LinkRow[]): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const ids = [...new Set(rows.map((row) => row.person))];
  const people = await deps.db.q.select().from(person).where(inArray(person.id, ids));
  return new Map(people.map(({ id, name }) => [id, name]));
}

interface OfLink {
  readonly files: readonly string[];
  /** Newest first. */
  readonly told: readonly (typeof linkTold.$inferSelect)[];
  readonly isStopped: boolean;
}

export function toWire(row: LinkRow, { files, told, isStopped }: OfLink, now: number): Link {
  const isNew = ({ at }: { at: Date }) => row.keptAt === null || at > row.keptAt;
  const asked = told.find((one) => one.what === 'asked' && isNew(one));
  const reported = told.find((one) => (one.what === 'not_for_me' || one.what === 'not_me') && isNew(one));
  const returned = told.find((one) => one.what === 'undeliverable' || one.what === 'refused');
  const isLocked = row.lockedUntil !== null && row.lockedUntil.getTime() > now;
  return {
    id: row.id,
    recipient: row.recipient,
    purpose: row.purpose,
    files: [...files],
    state: stateOf(row, now),
    reference: row.reference,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    claims: row.claims,
    claims_used: row.claimsUsed,
    external: row.external,
    ...whenSet('decided_at', row.decidedAt),
    ...whenSet('claimed_at', row.claimedAt),
    ...whenSet('window_ends_at', row.windowEndsAt),
    ...whenSet('mailed_at', row.mailedAt),
    ...whenSet('taken_back_at', row.takenBackAt),
    ...whenSet('withdrawn_at', row.withdrawnAt),
    ...whenSet('locked_until', isLocked ? row.lockedUntil : null),
    ...whenSet('asked_at', asked?.at ?? null),
    ...whenSet('undeliverable_at', returned?.at ?? null),
    ...(returned?.what === 'refused' && { refused: true as const }),
    ...(reported && { reported_at: reported.at.toISOString(), reported: reported.what as 'not_for_me' | 'not_me' }),
    ...(isStopped && { stopped: true as const }),
    ...(row.renewedAs && { renewed_as: row.renewedAs }),
    ...(row.renews && { renews: row.renews }),
  };
}

const whenSet = <K extends string>(name: K, at: Date | null): { [key in K]?: string } =>
  at === null ? {} : ({ [name]: at.toISOString() } as { [key in K]: string });
