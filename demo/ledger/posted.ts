import { eq } from 'drizzle-orm';
import { isSafe } from '../identity/providers/bounded-fetch.ts';
import { ledgerCheckpoint } from './schema.ts';
import { type LedgerDeps, latestCheckpoint } from './store.ts';

/** Longer is no receiver. ms */
const PATIENCE = 10_000;

/** The receiver answered, and did not take it. */
export class CheckpointRefused extends Error {
  override readonly name = 'CheckpointRefused';
}

/** Whether there is a checkpoint that nobody elsewhere has yet. */
export async function isUnposted({ db }: Pick<LedgerDeps, 'db'>): Promise<boolean> {
  const latest = await latestCheckpoint(db.q);
  return latest !== undefined && latest.postedAt === null;
}

/**
 * Gives the latest checkpoint to somebody elsewhere, as it is: its signature is in it. Those before it follow from it. The
 * same may come twice. Fails where it is not taken with a 2xx within `patience` ms: redirects are not followed, and of the
 * answer nothing but its status is read, so that an address of the operator's own network tells nothing here.
 */
export async function postCheckpoint(
  { db, now }: Pick<LedgerDeps, 'db' | 'now'>,
  address: string,
  patience = PATIENCE,
): Promise<void> {
  const latest = await latestCheckpoint(db.q);
  if (!latest || latest.postedAt !== null) return;
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: latest.note,
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  });
  await response.body?.cancel();
  if (!response.ok) throw new CheckpointRefused();
  await db.q
    .update(ledgerCheckpoint)
    .set({ postedAt: new Date(now()) })
    .where(eq(ledgerCheckpoint.size, latest.size));
}

/** https, or this machine; with no name and password in it, which fetch would refuse every time. */
export function isReceiver(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) && isSafe(url) && url.username === '' && url.password === '';
}
