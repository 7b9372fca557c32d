import { UploadError } from '../errors.ts';

/** Calls back after so many ms. */
export type Wait = (ms: number) => Promise<void>;

/** What may be otherwise a moment later. Uppy itself never asks its signer again. */
const PASSING: readonly string[] = [
  'broker_down',
  'idempotency_busy',
  'internal',
  'not_stored_yet',
  'offline',
  'slow_down',
  'store_down',
];
/** ms before the second try, the third, … */
const WAITS_MS = [500, 1500, 4000, 10_000];
/** Whoever asks us to wait longer than this is told to the person instead. */
const LONGEST_WAIT_MS = 60_000;

export const isPassing = (error: unknown): boolean => error instanceof UploadError && PASSING.includes(error.code);

/** Tries again what failed in passing, five times in all, and after what the other side asks for (Retry-After). */
export async function persist<Answer>(wait: Wait, attempt: () => Promise<Answer>): Promise<Answer> {
  for (const ms of WAITS_MS) {
    try {
      return await attempt();
    } catch (error) {
      const asked = error instanceof UploadError ? (error.retryAfterMs ?? 0) : 0;
      if (!isPassing(error) || asked > LONGEST_WAIT_MS) throw error;
      await wait(Math.max(asked, ms * (0.5 + Math.random())));
    }
  }
  return attempt();
}
