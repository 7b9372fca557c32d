import { and, eq, isNull, sql } from 'drizzle-orm';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Queries, Transaction } from '../database/index.ts';
import type { Caller } from '../identity/ports.ts';
import { idempotency } from './schema.ts';

/** After so long without an answer the process that was at it is taken for dead. */
const DEAD_MS = 60_000;

export interface Attempt {
  readonly route: string;
  /** The header as it came. */
  readonly key: string | undefined;
  /** The body as its schema read it. */
  readonly body: unknown;
}

/** Writes down the answer; in the transaction that does the work, where there is one. */
export type Keep<T> = (answer: T, within?: Transaction) => Promise<void>;

/**
 * Does the work once per key; a repeat gets what was kept. What must not be stored (grants, receipts) is made anew from
 * it. Work that fails, or keeps nothing, may be tried again with the same key. Fails with bad_request (no key),
 * idempotency_mismatch (other body) or idempotency_busy (still running).
 */
export async function once<T>(
  deps: Deps,
  caller: Caller,
  { route, key, body }: Attempt,
  work: (keep: Keep<T>) => Promise<T>,
): Promise<T> {
  if (!key || !/^[\x21-\x7e]{1,64}$/.test(key)) throw new Problem('bad_request', { cause: 'Idempotency-Key' });
  const startedAt = new Date(deps.now());
  const mine = { holder: `${caller.app.record.id}:${caller.person}`, route, key };
  const row = and(eq(idempotency.holder, mine.holder), eq(idempotency.route, route), eq(idempotency.key, key));
  const attempt = and(row, isNull(idempotency.answer), eq(idempotency.startedAt, startedAt));
  const bodyHash = sha256(JSON.stringify(body)).toString('base64');

  const begun = await deps.db.q
    .insert(idempotency)
    .values({ ...mine, bodyHash, startedAt })
    .onConflictDoUpdate({
      target: [idempotency.holder, idempotency.route, idempotency.key],
      set: { startedAt },
      setWhere: sql`${idempotency.bodyHash} = ${bodyHash} and ${idempotency.answer} is null
        and ${idempotency.startedAt} < ${new Date(deps.now() - DEAD_MS).toISOString()}::timestamptz`,
    })
    .returning();
  if (begun.length === 0) {
    const [found] = await deps.db.q.select().from(idempotency).where(row);
    if (found && found.bodyHash !== bodyHash) throw new Problem('idempotency_mismatch');
    if (!found || found.answer === null) throw new Problem('idempotency_busy', { headers: { 'Retry-After': '1' } });
    return found.answer as T;
  }
  let isKept = false;
  try {
    return await work(async (answer, within) => {
      const queries: Queries = within ?? deps.db.q;
      const kept = await queries.update(idempotency).set({ answer }).where(attempt).returning();
      if (kept.length === 0) throw new Problem('idempotency_busy', { headers: { 'Retry-After': '1' } }); // Taken for dead.
      isKept = true;
    });
  } catch (error) {
    isKept = false; // What was kept in a transaction went with it.
    throw error;
  } finally {
    if (!isKept) await deps.db.q.delete(idempotency).where(attempt);
  }
}
