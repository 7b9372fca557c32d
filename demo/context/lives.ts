import type { Times } from './config.ts';

/** What an operator can set. Seconds; null leaves it to each template, whose own schema has the same bounds. */
export type Life =
  | 'accessToken'
  | 'refreshToken'
  | 'exchangeShortest'
  | 'exchangeLongest'
  | 'signIn'
  | 'proofSkew'
  | 'grant'
  | 'downloadUrl'
  | LifeOfRecipients;
type LifeOfRecipients = 'recipientToken' | 'code' | 'codePause' | 'receiptMail' | 'lookAgain' | 'askAgain' | 'oneMail';

export interface Range {
  readonly variable: string;
  /** Begins the line that tells of a number out of bounds. */
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

/** Shorter, and work breaks off for people who do nothing wrong; longer, and what is stolen is worth stealing. */
export const LIVES: Readonly<Record<Life, Range>> = {
  accessToken: { variable: 'ACCESS_TOKEN_SECONDS', what: 'The life of an access token', least: 300, most: 900 },
  refreshToken: { variable: 'SESSION_SECONDS', what: 'The life of a sign-in', least: 300, most: 3600 },
  exchangeShortest: { variable: 'EXCHANGE_SECONDS', what: 'The life of an exchanged token', least: 120, most: 600 },
  exchangeLongest: {
    variable: 'EXCHANGE_MOST_SECONDS',
    what: 'The life of the longest exchanged token',
    least: 120,
    most: 600,
  },
  signIn: { variable: 'SIGN_IN_SECONDS', what: 'The time to sign in', least: 120, most: 1800 },
  proofSkew: { variable: 'PROOF_SKEW_SECONDS', what: 'What a clock may be off', least: 60, most: 300 },
  grant: { variable: 'GRANT_SECONDS', what: 'The life of a grant', least: 30, most: 300 },
  downloadUrl: { variable: 'DOWNLOAD_SECONDS', what: "The life of a download's address", least: 30, most: 60 },
  recipientToken: { variable: 'RECIPIENT_SECONDS', what: "The life of a recipient's token", least: 120, most: 600 },
  code: { variable: 'CODE_SECONDS', what: 'The life of a mailed code', least: 120, most: 1800 },
  codePause: { variable: 'CODE_PAUSE_SECONDS', what: 'The pause after wrong codes', least: 600, most: 86_400 },
  receiptMail: { variable: 'RECEIPT_MAIL_SECONDS', what: 'The wait for a receipt once more', least: 60, most: 86_400 },
  lookAgain: { variable: 'LOOK_AGAIN_SECONDS', what: 'The time of looks noted once', least: 60, most: 86_400 },
  askAgain: { variable: 'ASK_AGAIN_SECONDS', what: 'The wait to ask for a link again', least: 3600, most: 604_800 },
  oneMail: { variable: 'ONE_MAIL_SECONDS', what: 'The time told in one mail', least: 60, most: 3600 },
};

/** Fails with a RangeError of one line. `isShort` lets go of the lower bounds: for tests that want to see an end. */
export function refuseLives(times: Times, { isShort = false } = {}): void {
  for (const [life, { variable, what, least, most }] of Object.entries(LIVES) as [Life, Range][]) {
    const seconds = times[life];
    if (seconds === null || (seconds <= most && seconds >= (isShort ? 1 : least))) continue;
    throw new RangeError(`${variable} is ${seconds}. ${what} must be ${least} to ${most} seconds.`);
  }
  if (times.exchangeShortest > times.exchangeLongest) {
    throw new RangeError('EXCHANGE_SECONDS is more than EXCHANGE_MOST_SECONDS.');
  }
}
