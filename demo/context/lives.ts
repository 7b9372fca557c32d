import type { Times } from './config.ts';

/** What an operator can set. Seconds; null leaves it to each template, whose own schema has the same bounds. */
export type Life = 'accessToken' | 'refreshToken' | 'exchangeShortest' | 'exchangeLongest' | LifeOfAddress;
type LifeOfAddress = 'grant' | 'downloadUrl' | 'recipientToken';

interface Range {
  readonly variable: string;
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

/** Shorter, and work breaks off for people who do nothing wrong; longer, and what is stolen is worth stealing. */
export const LIVES: Readonly<Record<Life, Range>> = {
  accessToken: { variable: 'ACCESS_TOKEN_SECONDS', what: 'an access token', least: 300, most: 900 },
  refreshToken: { variable: 'SESSION_SECONDS', what: 'a sign-in', least: 300, most: 3600 },
  exchangeShortest: { variable: 'EXCHANGE_SECONDS', what: 'an exchanged token', least: 120, most: 600 },
  exchangeLongest: { variable: 'EXCHANGE_MOST_SECONDS', what: 'the longest exchanged token', least: 120, most: 600 },
  recipientToken: { variable: 'RECIPIENT_SECONDS', what: "a recipient's token", least: 120, most: 600 },
  grant: { variable: 'GRANT_SECONDS', what: 'a grant', least: 30, most: 300 },
  downloadUrl: { variable: 'DOWNLOAD_SECONDS', what: "a download's address", least: 30, most: 300 },
};

/** Fails with a RangeError of one line. `isShort` lets go of the lower bounds: for tests that want to see an end. */
export function refuseLives(times: Times, { isShort = false } = {}): void {
  for (const [life, { variable, what, least, most }] of Object.entries(LIVES) as [Life, Range][]) {
    const seconds = times[life];
    if (seconds === null || (seconds <= most && seconds >= (isShort ? 1 : least))) continue;
    throw new RangeError(`${variable} is ${seconds}. The life of ${what} must be ${least} to ${most} seconds.`);
  }
  if (times.exchangeShortest > times.exchangeLongest) {
    throw new RangeError('EXCHANGE_SECONDS is more than EXCHANGE_MOST_SECONDS.');
  }
}
