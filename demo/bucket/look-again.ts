import type { Log } from '../base/log.ts';
import { examineAndClear } from './doctor.ts';
import type { Bucket } from './types.ts';

/** One look is some fifty small requests. */
const LOOK_MS = 60_000;

/** A bucket that was away, or not safe, at the start is used a minute after it is put right, without a restart. */
export function lookAgain(bucket: Bucket, origins: readonly string[], log: Log): NodeJS.Timeout {
  let isLooking = false;
  return setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await lookOnce(bucket, origins, log);
    isLooking = false;
  }, LOOK_MS).unref();
}

/** Leaves one that is cleared alone: grants go on while a store is slow. Never rejects. */
export async function lookOnce(bucket: Bucket, origins: readonly string[], log: Log): Promise<void> {
  if (bucket.isCleared) return;
  const why = await examineAndClear(bucket, origins).then(
    (checks) => checks.find(({ ok }) => !ok)?.name,
    (error: Error) => error.name,
  );
  if (bucket.isCleared) log('info', 'bucket.cleared');
  else log('warn', 'bucket.unsafe', { reason: why });
}
