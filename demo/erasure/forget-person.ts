import { and, eq, isNotNull, lt } from 'drizzle-orm';
import { newId } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import { guestCode, guestLock, person } from '../identity/schema.ts';
import { type Desk, endAccessIn } from '../identity/tokens/end-access.ts';
import { endWork } from '../recipients/end-work.ts';
import { erasure } from './schema.ts';
import { eraseLinks, eraseRest, eraseUploads } from './steps.ts';

const DAY_MS = 86_400_000;
const ACTOR = 'operator';

export interface Person {
  readonly tenant: string;
  readonly app: string;
  readonly person: string;
}

export interface Forgotten {
  readonly files: number;
  readonly links: number;
}

/**
 * Ends all that a person has, takes away who they are, and leaves the order to forget the rest: all in one transaction, so
 * that whoever is killed afterwards finds it. Asked again it leaves one order. Fails with not_found.
 */
export async function orderErasure(desk: Desk, who: Person): Promise<void> {
  const here = and(eq(erasure.person, who.person), eq(erasure.app, who.app));
  const [ordered] = await desk.db.q.select({ id: erasure.id }).from(erasure).where(here);
  if (ordered) return;
  await desk.db.transaction(async (tx) => {
    await endAccessIn(tx, desk, who, ACTOR, endWork);
    const [gone] = await tx.delete(person).where(eq(person.id, who.person)).returning({ email: person.email });
    if (!gone) throw new Problem('not_found'); // Another command has just ordered it.
    for (const table of gone.email === null ? [] : [guestCode, guestLock]) {
      await tx.delete(table).where(and(eq(table.app, who.app), eq(table.address, gone.email ?? '')));
    }
    await tx.insert(erasure).values({ id: newId(), ...who, orderedAt: new Date(desk.now()) });
  });
}

/**
 * Carries out every order that stands, in steps that each leave less. Safe to run twice at once and to be killed anywhere.
 * Answers what went. Objects go with the sweep, as those of all files that are over.
 */
export async function carryOutErasures(desk: Pick<Desk, 'db' | 'now'>): Promise<Forgotten> {
  const orders = await desk.db.q.select().from(erasure).orderBy(erasure.orderedAt);
  let [files, links] = [0, 0];
  for (const order of orders) {
    const at = new Date(desk.now());
    files += await untilNone(() => desk.db.transaction((tx) => eraseUploads(tx, order, at)));
    links += await untilNone(() => desk.db.transaction((tx) => eraseLinks(tx, order, at)));
    await desk.db.transaction((tx) => eraseRest(tx, order, at));
  }
  const old = new Date(desk.now() - DAY_MS);
  await desk.db.q.delete(erasure).where(and(lt(erasure.orderedAt, old), isNotNull(erasure.doneAt)));
  return { files, links };
}

async function untilNone(step: () => Promise<number>): Promise<number> {
  for (let all = 0; ; ) {
    const some = await step();
    if (some === 0) return all;
    all += some;
  }
}
