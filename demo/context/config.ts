import type { CodeLimits } from '../base/code-law.ts';
import type { BucketConfig } from '../bucket/s3.ts';
import type { CallRate } from '../identity/call-limits.ts';
import type { IdentityTimes } from '../identity/ports.ts';
import type { LedgerPace } from '../ledger/sequencer.ts';
import type { Smtp } from '../mail/mailer.ts';
import type { AppRecord } from '../registry/app-record.ts';
import type { ProviderRecord } from '../registry/provider-record.ts';
import type { ServiceClient } from '../registry/service-client.ts';

export interface Config {
  /** Where the broker is reached, without a slash at the end. Origin of issuer, audience, pages. */
  readonly publicUrl: string;
  /** PostgreSQL; PGlite in `dataDir` where absent. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Where every checkpoint of the ledger is added to a file, for others to keep. */
  readonly checkpointFolder?: string;
  /** Who is given the latest of them, within a minute. */
  readonly checkpointWebhook?: string;
  readonly s3: BucketConfig;
  readonly smtp: Smtp;
  readonly apps: readonly AppRecord[];
  /** Automations of the apps. */
  readonly services: readonly ServiceClient[];
  readonly providers: readonly ProviderRecord[];
  readonly times: Times;
  /** Of calls without sign-in; null where a proxy before the broker bounds them. */
  readonly rate: CallRate | null;
  /** How many of the operator's stand before the broker, each of which appends to X-Forwarded-For; none where absent. */
  readonly proxies?: number;
  /** Of every code that goes out by mail. */
  readonly codes: CodeLimits;
  readonly mails: MailLimits;
  readonly ledger: LedgerPace;
}

/** An office behind one address signs in at nine; a flood is more. */
export const RATE: CallRate = { perMinute: 600, burst: 300, proxies: 0 };

/** So that nobody's mailbox is filled with the broker's help. */
export interface MailLimits {
  /** Links and codes to one address, of all apps of one tenant. */
  readonly toAddressAnHour: number;
  /** Links of one person. */
  readonly bySenderADay: number;
}
export const MAILS: MailLimits = { toAddressAnHour: 5, bySenderADay: 50 };

/** Every life that a test wants to see end. Seconds. */
export interface Times extends IdentityTimes {
  readonly sweepEvery: number;
  readonly downloadUrl: number;
  readonly recipientToken: number;
  /** Between two mails of the same receipt that a person asks for. */
  readonly receiptMail: number;
  /** A look at a link from the same network within this time is not noted again. */
  readonly lookAgain: number;
  /** Until a recipient may ask the sender of the same link again. */
  readonly askAgain: number;
  /** An acceptance and a download within this time are told to the sender in one mail. */
  readonly oneMail: number;
  readonly idempotency: number;
  /** Where set, takes the place of every template's `upload_s` and `multipart_s`, and of its `grant_s`. */
  readonly upload: number | null;
  readonly grant: number | null;
}

export const TIMES: Times = {
  accessToken: 300,
  refreshToken: 3600,
  exchangeShortest: 120,
  exchangeLongest: 600,
  signIn: 600,
  collectPoll: 20,
  proofSkew: 300,
  providerAnswer: 8,
  keyLife: 90 * 86_400,
  sweepEvery: 60,
  downloadUrl: 60,
  recipientToken: 600,
  code: 600,
  codePause: 3600,
  receiptMail: 600,
  lookAgain: 3600,
  askAgain: 86_400,
  oneMail: 900,
  idempotency: 86_400,
  upload: null,
  grant: null,
};
