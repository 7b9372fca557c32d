import type { CodeLimits } from '../base/code-law.ts';
import type { LedgerPace } from '../ledger/sequencer.ts';
import type { MailLimits } from './config.ts';
import type { Range } from './lives.ts';

/** What an operator can set beside lives. Fewer, and people who do nothing wrong are stopped; more, and guessing or flooding pays. */
export const LIMITS: {
  readonly codes: Readonly<Record<keyof CodeLimits, Range>>;
  readonly mails: Readonly<Record<keyof MailLimits, Range>>;
  readonly ledger: Readonly<Record<keyof LedgerPace, Range>>;
} = {
  codes: {
    mailsAnHour: { variable: 'CODES_AN_HOUR', what: 'Codes mailed in an hour', least: 1, most: 10 },
    betweenMails: { variable: 'CODE_WAIT_SECONDS', what: 'Seconds from one code to the next', least: 15, most: 600 },
    triesPerCode: { variable: 'CODE_TRIES', what: 'Tries of a code', least: 1, most: 10 },
    wrongInAll: { variable: 'CODE_WRONG_IN_ALL', what: 'Wrong codes until the pause', least: 3, most: 50 },
  },
  mails: {
    toAddressAnHour: { variable: 'MAILS_TO_ADDRESS_AN_HOUR', what: 'Mails to an address', least: 1, most: 1000 },
    bySenderADay: { variable: 'LINKS_BY_SENDER_A_DAY', what: 'Links of a sender', least: 1, most: 10_000 },
  },
  ledger: {
    gatherMs: { variable: 'LEDGER_GATHER_MS', what: 'Milliseconds that acts are gathered', least: 1, most: 1000 },
    lookMs: { variable: 'LEDGER_LOOK_MS', what: 'Milliseconds from look to look', least: 100, most: 10_000 },
  },
};
