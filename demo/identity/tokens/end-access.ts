import { performance } from 'node:perf_hooks';
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { record } from '../../audit/index.ts';
import { Problem } from '../../base/problem.ts';
import type { Transaction } from '../../database/index.ts';
import type { IdentityDeps, IdentityTimes } from '../ports.ts';
import { guestCode, oidcRecord, person, signIn } from '../schema.ts';
import { endHolders } from './revocations.ts';

/** What ending needs of a broker: an operator's command has no more. */
export interface Desk extends Pick<IdentityDeps, 'db' | 'registry' | 'now'> {
  readonly config: { readonly times: IdentityTimes };
}

/** Whose access: all of a tenant, of one of its apps, or of one person of an app. */
export interface Holder {
  readonly tenant: string;
  readonly app?: string;
  readonly person?: string;
}

export interface EndedAccess {
  readonly sign_ins: number;
  readonly links: number;
  readonly uploads: number;
  readonly ms: number;
}

/** What else a holder has begun, where the broker knows it: links and open uploads. Counts what it ended. */
export type EndWork = (tx: Transaction, holder: Holder, at: Date) => Promise<{ links: number; uploads: number }>;

/**
 * Ends all that a person, an app or a tenant has, in one transaction: access and refresh tokens, sign-ins half done, links,
 * open uploads. Every process refuses them from its next request on. Files stay, and people may sign in again. What was
 * presigned already can still be used until it ends by itself, at most 5 minutes later. Fails with not_found for a person
 * whom the app does not know: an owner ends nobody else's.
 */
export async function endAccess(deps: Desk, holder: Holder, actor: string, endWork: EndWork): Promise<EndedAccess> {
  const began = performance.now();
  const ended = await deps.db.transaction((tx) => endAccessIn(tx, deps, holder, actor, endWork));
  return { ...ended, ms: Math.round(performance.now() - began) };
}

/** The same as a part of more. */
export async function endAccessIn(
  tx: Transaction,
  deps: Desk,
  holder: Holder,
  actor: string,
  endWork: EndWork,
): Promise<Omit<EndedAccess, 'ms'>> {
  const at = new Date(deps.now());
  await refuseStranger(tx, holder);
  await endHolders(deps, tx, nameOf(holder));
  const signIns = await forget(deps, tx, holder, at);
  const work = await endWork(tx, holder, at);
  const facts = { sign_ins: signIns, ...work };
  const { tenant, app = '', person: who } = holder;
  await record(tx, at, { tenant, app, actor, act: 'access.ended', subject: who ?? (app || tenant), facts });
  return facts;
}

function nameOf({ tenant, app, person: who }: Holder): string {
  if (who !== undefined) return `person:${who}`;
  return app === undefined ? `tenant:${tenant}` : `app:${app}`;
}

async function refuseStranger(tx: Transaction, { tenant, app = '', person: who }: Holder): Promise<void> {
  if (who === undefined) return;
  const here = and(eq(person.id, who), eq(person.app, app), eq(person.tenant, tenant));
  const [known] = await tx.select({ id: person.id }).from(person).where(here);
  if (!known) throw new Problem('not_found');
}

/** Removes the issuer's records, and sign-ins half done. How many sign-ins lived: one grant each. */
async function forget(deps: Desk, tx: Transaction, { tenant, app, person: who }: Holder, at: Date): Promise<number> {
  const apps = deps.registry
    .all()
    .filter(({ record }) => (app === undefined ? record.tenant === tenant : record.id === app));
  const ids = apps.map(({ record }) => record.id);
  const people = tx
    .select({ id: person.id })
    .from(person)
    .where(who === undefined ? inArray(person.app, ids) : and(inArray(person.app, ids), eq(person.id, who)));
  const { payload } = oidcRecord;
  const theirs = or(
    inArray(sql`${payload}->>'accountId'`, people),
    // An interaction that knows who came, and what a provider answered that nobody has taken.
    inArray(sql`${payload}#>>'{result,login,accountId}'`, people),
    inArray(sql`${payload}->>'person'`, people),
  );
  const gone = await tx.delete(oidcRecord).where(theirs).returning({ model: oidcRecord.model, id: oidcRecord.id });
  const of = (model: string) => gone.filter((row) => row.model === model).map(({ id }) => id);
  const addresses = tx.select({ email: person.email }).from(person).where(inArray(person.id, people));
  const mailed = and(inArray(guestCode.app, ids), inArray(guestCode.address, addresses), isNull(guestCode.usedAt));
  await tx.update(guestCode).set({ usedAt: at }).where(mailed);
  // A code that waits to be collected is nobody's any more.
  const parked = inArray(sql`${signIn.outcome}->>'code'`, of('AuthorizationCode'));
  await tx.delete(signIn).where(who === undefined ? inArray(signIn.app, ids) : parked);
  return of('Grant').length;
}
