import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CODES, type CodeLimits } from './base/code-law.ts';
import type { Config, Times } from './context/config.ts';
import { MAILS, type MailLimits, RATE, TIMES } from './context/config.ts';
import { LIMITS } from './context/limits.ts';
import { LIVES, type Range, refuseLives } from './context/lives.ts';
import type { CallRate } from './identity/call-limits.ts';
import { isReceiver } from './ledger/posted.ts';
import { type LedgerPace, PACE } from './ledger/sequencer.ts';
import type { ProviderRecord } from './registry/provider-record.ts';
import { readProviders } from './registry/read-providers.ts';
import { readServiceClients, type ServiceClient } from './registry/service-client.ts';

/** What `npm start` reads from the environment. A value that makes no sense is told in one line. */
export interface Settings {
  readonly dataDir: string;
  /** Where people reach the broker, without a slash at the end; null: where it listens. */
  readonly publicUrl: string | null;
  /** Address on which the broker listens, and nothing else of the demo does. */
  readonly brokerHost: string;
  readonly ports: Readonly<Record<PartName, number>>;
  /** Parts that somebody else runs already take the place of ours. */
  readonly databaseUrl: string | null;
  readonly checkpointFolder: string | null;
  /** Every version of the scripts that was released, a folder each. */
  readonly releases: string | null;
  readonly checkpointWebhook: string | null;
  readonly s3: Config['s3'] | null;
  readonly smtp: Config['smtp'] | null;
  /** Null: our own plays the organisation's. */
  readonly providers: readonly ProviderRecord[] | null;
  /** Automations, from the file that SERVICE_CLIENTS names. */
  readonly services: readonly ServiceClient[];
  readonly times: Times;
  readonly rate: CallRate | null;
  readonly proxies: number;
  readonly codes: CodeLimits;
  readonly mails: MailLimits;
  readonly ledger: LedgerPace;
  readonly isJson: boolean;
}

export type PartName = 'site' | 'broker' | 'provider' | 'storage' | 'smtp';

const PORTS: Record<PartName, [variable: string, port: number]> = {
  site: ['PORT', 8080],
  broker: ['PORT_BROKER', 8081],
  provider: ['PORT_PROVIDER', 8082],
  storage: ['PORT_STORAGE', 8083],
  smtp: ['PORT_SMTP', 8025],
};

export class BadSetting extends Error {}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const anyPort = env.PORT === '0';
  const port = (part: PartName) => {
    const [variable, standard] = PORTS[part];
    return readNumber(env, variable, anyPort ? 0 : standard, 65_535);
  };
  const all = (...names: string[]) => {
    const missing = names.filter((name) => !env[name]);
    if (missing.length) throw new BadSetting(`${missing.join(' and ')} must be set beside ${names[0]}.`);
  };
  if (env.S3_ENDPOINT) all('S3_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY');
  if (env.OIDC_ISSUER) all('OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_DOMAINS');
  if (env.SMTP_URL) all('SMTP_URL', 'SMTP_FROM');
  return {
    dataDir: resolve(env.DATA_DIR || '.data'),
    publicUrl: publicUrlOf(env),
    brokerHost: env.HOST_BROKER || '127.0.0.1',
    ports: {
      site: port('site'),
      broker: port('broker'),
      provider: port('provider'),
      storage: port('storage'),
      smtp: port('smtp'),
    },
    databaseUrl: env.DATABASE_URL || null,
    releases: env.RELEASES ? resolve(env.RELEASES) : null,
    checkpointFolder: env.CHECKPOINT_FOLDER ? resolve(env.CHECKPOINT_FOLDER) : null,
    checkpointWebhook: webhookOf(env),
    s3: env.S3_ENDPOINT
      ? {
          endpoint: env.S3_ENDPOINT,
          region: env.S3_REGION ?? '',
          bucket: env.S3_BUCKET ?? '',
          accessKeyId: env.S3_ACCESS_KEY_ID ?? '',
          secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? '',
        }
      : null,
    smtp: env.SMTP_URL ? { url: env.SMTP_URL, from: env.SMTP_FROM ?? '' } : null,
    providers: providersOf(env),
    services: env.SERVICE_CLIENTS ? readServices(env.SERVICE_CLIENTS) : [],
    times: timesOf(env),
    rate: rateOf(env),
    proxies: proxiesOf(env),
    codes: limitsOf(env, LIMITS.codes, CODES),
    mails: limitsOf(env, LIMITS.mails, MAILS),
    ledger: limitsOf(env, LIMITS.ledger, PACE),
    isJson: env.DEMO_JSON === '1',
  };
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Others reach no provider, store or inbox of this machine, and the provider's accounts are known to everybody. */
function publicUrlOf(env: NodeJS.ProcessEnv): string | null {
  if (!env.PUBLIC_URL) return null;
  const url = URL.canParse(env.PUBLIC_URL) ? new URL(env.PUBLIC_URL) : null;
  const isHere = url !== null && LOOPBACK.test(url.hostname);
  // A wildcard or a semicolon would be more than a name in the policies of pages.
  const isName = url !== null && (isHere || /^[a-z0-9.-]+$/.test(url.hostname));
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
  if (!url || !isName || !isSecure || env.PUBLIC_URL.replace(/\/$/, '') !== url.origin) {
    throw new BadSetting(
      'PUBLIC_URL must be an https address (http on this machine) without a path, like https://files.example.com.',
    );
  }
  const demos = [
    ...(env.OIDC_ISSUER || env.OIDC_PROVIDERS ? [] : ['OIDC_ISSUER']),
    ...['S3_ENDPOINT', 'SMTP_URL'].filter((name) => !env[name]),
  ];
  if (isHere || demos.length === 0) return url.origin;
  throw new BadSetting(
    `PUBLIC_URL is for others than this machine: set ${demos.join(', ')} too, in place of the demo's own.`,
  );
}

function webhookOf({ CHECKPOINT_WEBHOOK: address }: NodeJS.ProcessEnv): string | null {
  if (!address || isReceiver(address)) return address || null;
  throw new BadSetting('CHECKPOINT_WEBHOOK must be an https address, without a name and password in it.');
}

function timesOf(env: NodeJS.ProcessEnv): Times {
  const lives = Object.entries(LIVES).flatMap(([life, { variable }]) =>
    env[variable] ? [[life, readNumber(env, variable, 0)]] : [],
  );
  const times: Times = {
    ...TIMES,
    ...Object.fromEntries(lives),
    sweepEvery: readNumber(env, 'SWEEP_SECONDS', TIMES.sweepEvery),
    upload: env.UPLOAD_SECONDS ? readNumber(env, 'UPLOAD_SECONDS', 0) : null,
  };
  try {
    refuseLives(times, { isShort: env.DEMO_SHORT_LIVES === '1' });
  } catch (error) {
    throw new BadSetting((error as Error).message);
  }
  return times;
}

function limitsOf<Numbers extends { readonly [Key in keyof Numbers]: number }>(
  env: NodeJS.ProcessEnv,
  ranges: Readonly<Record<keyof Numbers, Range>>,
  usual: Numbers,
): Numbers {
  const set = (Object.entries(ranges) as [keyof Numbers, Range][]).map(([key, { variable, what, least, most }]) => {
    const number = readNumber(env, variable, usual[key]);
    if (number >= least && number <= most) return [key, number];
    throw new BadSetting(`${variable} is ${number}. ${what} must be ${least} to ${most}.`);
  });
  return { ...usual, ...Object.fromEntries(set) };
}

const proxiesOf = (env: NodeJS.ProcessEnv): number => readNumber(env, 'TRUSTED_PROXIES', RATE.proxies, 10);

/** RATE_PER_MINUTE=0: a proxy before the broker bounds these calls. */
function rateOf(env: NodeJS.ProcessEnv): CallRate | null {
  const rate = {
    perMinute: readNumber(env, 'RATE_PER_MINUTE', RATE.perMinute),
    burst: readNumber(env, 'RATE_BURST', RATE.burst),
    proxies: proxiesOf(env),
  };
  if (rate.perMinute === 0) return null;
  if (rate.burst === 0) throw new BadSetting('RATE_BURST is 0: no call would be heard.');
  return rate;
}

/** One from the variables, called `acme`; several from the file that OIDC_PROVIDERS names. */
function providersOf(env: NodeJS.ProcessEnv): readonly ProviderRecord[] | null {
  const { OIDC_PROVIDERS: file, OIDC_ISSUER: issuer } = env;
  if (file && issuer) throw new BadSetting('Set OIDC_PROVIDERS or OIDC_ISSUER, not both.');
  const one = issuer && [
    {
      id: 'acme',
      name: env.OIDC_NAME || 'Acme',
      issuer,
      client_id: env.OIDC_CLIENT_ID,
      client_secret: env.OIDC_CLIENT_SECRET,
      domains: (env.OIDC_DOMAINS ?? '').split(',').map((domain) => domain.trim()),
    },
  ];
  if (!file && !one) return null;
  try {
    return readProviders(file ? readFileSync(file, 'utf8') : JSON.stringify(one));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? 'it cannot be read' : (error as Error).message;
    throw new BadSetting(`${file ? `OIDC_PROVIDERS (${file})` : 'OIDC_ISSUER and what belongs to it'}: ${why}.`);
  }
}

function readServices(file: string): ServiceClient[] {
  try {
    return readServiceClients(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new BadSetting(`SERVICE_CLIENTS: ${file} cannot be read.`);
    throw new BadSetting(error instanceof Error ? error.message : 'SERVICE_CLIENTS cannot be used.');
  }
}

function readNumber(env: NodeJS.ProcessEnv, name: string, standard: number, most = 1e9): number {
  const text = env[name];
  if (text === undefined || text === '') return standard;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > most) {
    throw new BadSetting(`${name} is ${JSON.stringify(text)}. It must be a whole number from 0 to ${most}.`);
  }
  return number;
}
