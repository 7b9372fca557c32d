import { eq, sql } from 'drizzle-orm';
import { record } from '../../audit/index.ts';
import type { IdentityDeps } from '../ports.ts';
import { ending } from './schema.ts';

/** Seconds: an hour as usual, five minutes in an emergency, one at the least. */
export const CAP = { shortest: 60, longest: 3600 };

/**
 * No life is longer than this, whenever it began: tokens that are out already are refused once they are older, sign-ins
 * end, and grants are signed for no longer. `null` gives back the usual lives to what begins from now on; what was ended
 * by the cap stays ended. In force in every process with its next request. Fails with a RangeError.
 */
export async function cutLives(
  deps: Pick<IdentityDeps, 'db' | 'now'>,
  seconds: number | null,
  actor: string,
): Promise<void> {
  if (seconds !== null && !(Number.isInteger(seconds) && seconds >= CAP.shortest && seconds <= CAP.longest)) {
    throw new RangeError(`Lives can be cut to ${CAP.shortest} to ${CAP.longest} seconds.`);
  }
  const at = new Date(deps.now());
  await deps.db.transaction(async (tx) => {
    const [now] = await tx.select().from(ending).where(eq(ending.holder, 'everybody')).for('update');
    const cap = now?.lifeCap ?? null;
    const before = cap === null ? new Date(0) : new Date(at.getTime() - cap * 1000);
    await tx
      .insert(ending)
      .values({ holder: 'everybody', before, lifeCap: seconds })
      .onConflictDoUpdate({
        target: ending.holder,
        set: { lifeCap: seconds, before: sql`greatest(${ending.before}, excluded.before)` },
      });
    const act = seconds === null ? 'lives.restored' : 'lives.cut';
    await record(tx, at, { tenant: '', app: '', actor, act, subject: 'everybody', facts: { seconds } });
  });
}
