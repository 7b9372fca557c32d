import { performance } from 'node:perf_hooks';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../../audit/index.ts';
import type { Transaction } from '../../database/index.ts';
import type { IdentityDeps } from '../ports.ts';
import { oidcRecord, person, signIn } from '../schema.ts';
import { endHolders } from './revocations.ts';

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
 * presigned already can still be used until it ends by itself, at most 5 minutes later.
 */
export async function endAccess(
  deps: IdentityDeps,
  holder: Holder,
  actor: string,
  endWork: EndWork,
): Promise<EndedAccess> {
  const began = performance.now();
  const at = new Date(deps.now());
  const ended = await deps.db.transaction(async (tx) => {
    await endHolders(deps, tx, nameOf(holder));
    const signIns = await forget(deps, tx, holder);
    const work = await endWork(tx, holder, at);
    const facts = { sign_ins: signIns, ...work };
    const { tenant, app = '', person: who } = holder;
    await record(tx, at, { tenant, app, actor, act: 'access.ended', subject: who ?? (app || tenant), facts });
    return facts;
  });
  return { ...ended, ms: Math.round(performance.now() - began) };
}

function nameOf({ tenant, app, person: who }: Holder): string {
  if (who !== undefined) return `person:${who}`;
  return app === undefined ? `tenant:${tenant}` : `app:${app}`;
}

/** Removes the issuer's records. How many sign-ins lived: one grant each. */
async function forget(deps: IdentityDeps, tx: Transaction, { tenant, app, person: who }: Holder): Promise<number> {
  const apps = deps.registry
    .all()
    .filter(({ record }) => (app === undefined ? record.tenant === tenant : record.id === app));
  const ids = apps.map(({ record }) => record.id);
  const people = tx
    .select({ id: person.id })
    .from(person)
    .where(who === undefined ? inArray(person.app, ids) : and(inArray(person.app, ids), eq(person.id, who)));
  const theirs = inArray(sql`${oidcRecord.payload}->>'accountId'`, people);
  const gone = await tx.delete(oidcRecord).where(theirs).returning({ model: oidcRecord.model });
  if (who === undefined) await tx.delete(signIn).where(inArray(signIn.app, ids));
  return gone.filter(({ model }) => model === 'Grant').length;
}
