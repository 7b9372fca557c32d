import { and, count, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { CodeState, Template } from '../../../src/contract/index.ts';
import { record } from '../../audit/index.ts';
import { codeState, HOUR_MS, hashCode, isCode, isEarly, nextMailAt } from '../../base/code-law.ts';
import { newCode, newId, sha256 } from '../../base/ids.ts';
import type { Lang } from '../../base/page.ts';
import { Problem } from '../../base/problem.ts';
import type { Queries, Transaction } from '../../database/index.ts';
import type { RegisteredApp } from '../../registry/registry.ts';
import { issuerOf } from '../access-token.ts';
import type { IdentityDeps } from '../ports.ts';
import { keepPerson } from '../providers/admit.ts';
import { guestCode, guestLock } from '../schema.ts';

/** Over all apps: a broker of many apps is no way to fill somebody's mailbox. */
const TO_ONE_ADDRESS_AN_HOUR = 5;
/** So that one app's page cannot be used to mail the world. */
const OF_ONE_APP_AN_HOUR = 200;

/** Null where an app lets in nobody without an account. */
export const guestsOf = ({ record, template }: RegisteredApp): NonNullable<Template['guests']> | null =>
  (record.guests && template.guests) || null;

/** One browser in one interaction: a code works nowhere else. */
export interface Asking {
  readonly app: RegisteredApp;
  readonly uid: string;
  readonly cookie: string;
}

const atHome = ({ uid, cookie }: Omit<Asking, 'app'>) =>
  and(eq(guestCode.uid, uid), eq(guestCode.cookieHash, sha256(cookie)));

/** What this browser asked for last within the hour; null where it asked for nothing. */
export async function askedFor(deps: IdentityDeps, asking: Asking) {
  const now = deps.now();
  const [newest] = await deps.db.q
    .select()
    .from(guestCode)
    .where(and(atHome(asking), gt(guestCode.sentAt, new Date(now - HOUR_MS))))
    .orderBy(desc(guestCode.sentAt))
    .limit(1);
  if (!newest) return null;
  const codes = await recentCodes(deps.db.q, newest.app, newest.address, now);
  const lockedUntil = await lockOf(deps.db.q, newest.app, newest.address, now);
  const triesLeft = Math.max(0, deps.config.codes.triesPerCode - newest.tries);
  return {
    address: newest.address,
    code: newest,
    triesLeft,
    next: nextMailAt(codes, deps.config.codes) ?? newest.sentAt,
    lockedUntil,
  };
}

/**
 * Asks for a mail with a code. Asked again too early by the same browser, the answer tells of the code that is out.
 * Nothing in it depends on who the address belongs to. Fails with mail_limit or code_locked.
 */
export async function askGuestCode(
  deps: IdentityDeps,
  asking: Asking,
  to: { readonly address: string; readonly lang: Lang },
): Promise<CodeState> {
  const now = deps.now();
  const { tenant, id: app } = asking.app.record;
  const state = await deps.db.transaction(async (tx) => {
    // One after the other for an address, so that requests made at once are counted too.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${to.address}, 0))`);
    await refuseLocked(tx, app, to.address, now);
    const codes = await recentCodes(tx, app, to.address, now);
    const [newest] = codes;
    const limits = deps.config.codes;
    const next = nextMailAt(codes, limits);
    if (newest && next && next.getTime() > now) {
      const standing = newest.uid === asking.uid && isEarly(newest, now, limits) ? codeState(codes, now, limits) : null;
      if (standing && standing.tries_left > 0) return standing;
      throw new Problem('mail_limit', { figures: { until: next.toISOString() } });
    }
    await refuseFlood(tx, app, to.address, now);
    const [asked] = await tx
      .insert(guestCode)
      .values({
        id: newId(),
        app,
        address: to.address,
        uid: asking.uid,
        cookieHash: sha256(asking.cookie),
        lang: to.lang,
        sentAt: new Date(now),
        expiresAt: new Date(now + deps.config.times.code * 1000),
      })
      .returning();
    const made = asked && codeState([asked, ...codes], now, limits);
    if (!made) throw new Problem('internal');
    await record(tx, new Date(now), { tenant, app, actor: 'broker', act: 'guest.code-requested', subject: asked.id });
    await deps.jobs.send(tx, 'guest-mail', { id: asked.id });
    return made;
  });
  deps.jobs.wake('guest-mail');
  return state;
}

/** Called as the mail goes out. Null where there is nothing to send any more. */
export async function mintGuestCode(deps: IdentityDeps, id: string) {
  const code = newCode();
  const [asked] = await deps.db.q
    .update(guestCode)
    .set({ codeHash: hashCode(id, code) })
    .where(and(eq(guestCode.id, id), isNull(guestCode.usedAt), gt(guestCode.expiresAt, new Date(deps.now()))))
    .returning();
  const app = asked && deps.registry.find(asked.app);
  return app ? { app, to: asked.address, code, expiresAt: asked.expiresAt, lang: asked.lang as Lang } : null;
}

/** Told by value, because a thrown problem would roll the count back. */
type Guess =
  | { readonly is: 'right'; readonly address: string }
  | { readonly is: 'old' }
  | { readonly is: 'wrong'; readonly triesLeft: number }
  | { readonly is: 'locked'; readonly until: Date };

/** The person whose address it is, as a guest. Fails with code_wrong, code_old or code_locked. */
export async function proveGuest(deps: IdentityDeps, asking: Asking, code: string): Promise<string> {
  const guests = guestsOf(asking.app);
  if (!guests) throw new Problem('sign_in_refused');
  const guess = await deps.db.transaction((tx) => tryCode(deps, tx, asking, code));
  if (guess.is === 'old') throw new Problem('code_old');
  if (guess.is === 'wrong') throw new Problem('code_wrong', { figures: { tries_left: guess.triesLeft } });
  if (guess.is === 'locked') throw new Problem('code_locked', { figures: { until: guess.until.toISOString() } });
  // Nobody's subject at a provider: the issuer is our own.
  const who = {
    issuer: issuerOf(deps.config.publicUrl),
    subject: subjectOf(asking.app, guess.address),
    provider: 'guest',
  };
  const scopes = guests.scopes.filter((scope) => asking.app.template.scopes.includes(scope));
  return keepPerson(deps, asking.app, who, { name: guess.address, email: guess.address, scopes, guest: true });
}

async function tryCode(deps: IdentityDeps, tx: Transaction, asking: Asking, typed: string): Promise<Guess> {
  const now = new Date(deps.now());
  const [newest, ...older] = await tx
    .select()
    .from(guestCode)
    .where(and(atHome(asking), gt(guestCode.sentAt, new Date(now.getTime() - HOUR_MS))))
    .orderBy(desc(guestCode.sentAt));
  if (!newest) return { is: 'old' };
  await refuseLocked(tx, newest.app, newest.address, now.getTime());
  // Counted before it is looked at: parallel guesses have no more tries than one after the other.
  const [counted] = await tx
    .update(guestCode)
    .set({ tries: sql`${guestCode.tries} + 1` })
    .where(
      and(
        eq(guestCode.id, newest.id),
        isNull(guestCode.usedAt),
        gt(guestCode.expiresAt, now),
        lt(guestCode.tries, deps.config.codes.triesPerCode),
      ),
    )
    .returning();
  if (!counted) return { is: 'old' };
  const here = { app: counted.app, address: counted.address };
  if (isCode(counted, typed)) {
    await tx.update(guestCode).set({ usedAt: now }).where(eq(guestCode.id, counted.id));
    await tx.delete(guestLock).where(and(eq(guestLock.app, here.app), eq(guestLock.address, here.address)));
    return { is: 'right', address: here.address };
  }
  const until = await countWrong(deps, tx, asking.app, counted, now);
  if (until) return { is: 'locked', until };
  if (older.some((row) => isCode(row, typed))) return { is: 'old' };
  return { is: 'wrong', triesLeft: deps.config.codes.triesPerCode - counted.tries };
}

/** The fifteenth pauses all codes for the address at this app and starts the count anew. */
async function countWrong(
  deps: IdentityDeps,
  tx: Transaction,
  { record: { tenant, id: app } }: RegisteredApp,
  { id: code, address }: { readonly id: string; readonly address: string },
  now: Date,
): Promise<Date | null> {
  const [counted] = await tx
    .insert(guestLock)
    .values({ app, address, wrongCodes: 1, triedAt: now })
    .onConflictDoUpdate({
      target: [guestLock.app, guestLock.address],
      set: { wrongCodes: sql`${guestLock.wrongCodes} + 1`, triedAt: now },
    })
    .returning();
  if (!counted || counted.wrongCodes < deps.config.codes.wrongInAll) return null;
  const lockedUntil = new Date(now.getTime() + deps.config.times.codePause * 1000);
  const here = and(eq(guestLock.app, app), eq(guestLock.address, address));
  await tx.update(guestLock).set({ wrongCodes: 0, lockedUntil }).where(here);
  await record(tx, now, { tenant, app, actor: 'broker', act: 'guest.locked', subject: code });
  return lockedUntil;
}

async function refuseLocked(tx: Transaction, app: string, address: string, now: number): Promise<void> {
  const until = await lockOf(tx, app, address, now);
  if (until) throw new Problem('code_locked', { figures: { until: until.toISOString() } });
}

async function lockOf(q: Queries | Transaction, app: string, address: string, now: number): Promise<Date | null> {
  const [lock] = await q
    .select({ until: guestLock.lockedUntil })
    .from(guestLock)
    .where(and(eq(guestLock.app, app), eq(guestLock.address, address)));
  return lock?.until && lock.until.getTime() > now ? lock.until : null;
}

async function refuseFlood(tx: Transaction, app: string, address: string, now: number): Promise<void> {
  const hourAgo = gt(guestCode.sentAt, new Date(now - HOUR_MS));
  const limits = [
    { of: eq(guestCode.address, address), most: TO_ONE_ADDRESS_AN_HOUR },
    { of: eq(guestCode.app, app), most: OF_ONE_APP_AN_HOUR },
  ];
  for (const { of, most } of limits) {
    const [sent] = await tx
      .select({ mails: count(), first: sql<string>`min(${guestCode.sentAt})` })
      .from(guestCode)
      .where(and(of, hourAgo));
    if (!sent || sent.mails < most) continue;
    const until = new Date(new Date(sent.first).getTime() + HOUR_MS);
    throw new Problem('mail_limit', { figures: { until: until.toISOString() } });
  }
}

async function recentCodes(q: Queries | Transaction, app: string, address: string, now: number) {
  return q
    .select()
    .from(guestCode)
    .where(and(eq(guestCode.app, app), eq(guestCode.address, address), gt(guestCode.sentAt, new Date(now - HOUR_MS))))
    .orderBy(desc(guestCode.sentAt));
}

const subjectOf = ({ record }: RegisteredApp, address: string): string =>
  sha256(`guest ${record.id} ${address}`).toString('base64url');
