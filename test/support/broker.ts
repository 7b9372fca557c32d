import { Hono } from 'hono';
import { CODES, type CodeLimits } from '../../demo/base/code-law.ts';
import { Problem, problemBody } from '../../demo/base/problem.ts';
import type { Storage } from '../../demo/bucket/storage.ts';
import { type Config, type MailLimits, TIMES, type Times } from '../../demo/context/config.ts';
import type { Deps } from '../../demo/context/deps.ts';
import type { Env } from '../../demo/context/env.ts';
import type { JobName, JobPayload, Jobs } from '../../demo/context/jobs.ts';
import type { Database } from '../../demo/database/index.ts';
import { CallLimits, type CallRate } from '../../demo/identity/call-limits.ts';
import { loadKeys } from '../../demo/identity/keys.ts';
import type { Caller } from '../../demo/identity/ports.ts';
import { createProofs } from '../../demo/identity/proofs.ts';
import { PACE } from '../../demo/ledger/sequencer.ts';
import type { AppRecord } from '../../demo/registry/app-record.ts';
import type { ProviderRecord } from '../../demo/registry/provider-record.ts';
import type { RegisteredApp, Registry } from '../../demo/registry/registry.ts';
import { createRegistry } from '../../demo/registry/registry.ts';
import type { ServiceClient } from '../../demo/registry/service-client.ts';
import type { Template } from '../../src/contract/index.ts';
import { openTestPglite } from './database.ts';
import { MemoryStorage } from './memory-storage.ts';

/** A clock that stands still until a test moves it. Starts on a whole second, because tokens count in seconds. */
export class TestClock {
  #at = Date.parse('2026-03-02T09:00:00Z');
  readonly now = (): number => this.#at;
  /** Moves on by so many seconds. */
  pass(seconds: number): void {
    this.#at += seconds * 1000;
  }
}

/** Keeps what was asked for; nothing runs. */
export class RecordedJobs implements Jobs {
  readonly sent: { readonly name: JobName; readonly payload: JobPayload }[] = [];
  async send(_tx: unknown, name: JobName, payload: JobPayload): Promise<void> {
    this.sent.push({ name, payload });
  }
  wake(): void {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
}

export interface TestOptions {
  readonly db?: Database;
  readonly storage?: Storage;
  readonly clock?: TestClock;
  readonly jobs?: Jobs;
  readonly apps?: readonly AppRecord[];
  readonly services?: readonly ServiceClient[];
  readonly providers?: readonly ProviderRecord[];
  readonly times?: Partial<Times>;
  readonly codes?: Partial<CodeLimits>;
  /** More than any test sends, where nothing is said. */
  readonly mails?: MailLimits;
  readonly publicUrl?: string;
  /** Of calls without sign-in. */
  readonly rate?: CallRate;
  /** Changes every template, for tests that need smaller limits than the shipped ones. */
  readonly template?: (template: Template) => Template;
}

export type TestDeps = Deps & {
  readonly clock: TestClock;
  readonly logged: string[];
  close(): Promise<void>;
};

/** Everything a handler is given: in-memory PGlite (unless `db`), a clock that stands still, recorded jobs. */
export async function testDeps(options: TestOptions = {}): Promise<TestDeps> {
  const clock = options.clock ?? new TestClock();
  // Before the database: what fails here leaves none open, for whose timers the process would stay.
  const config = testConfig(options);
  const db = options.db ?? (await openTestPglite());
  const keys = await loadKeys(db, clock.now, config.times.keyLife);
  const logged: string[] = [];
  return {
    config,
    db,
    keys,
    clock,
    logged,
    now: clock.now,
    storage: options.storage ?? new MemoryStorage(clock.now),
    jobs: options.jobs ?? new RecordedJobs(),
    proofs: createProofs(db, keys.nonceSecret, config.times.proofSkew, clock.now),
    log: (level, event, facts = {}) => logged.push(JSON.stringify({ level, event, ...facts })),
    limits: new CallLimits(options.rate ?? null, clock.now),
    registry: changed(createRegistry(config.apps, config.services), options.template),
    close: async () => {
      if (!options.db) await db.close();
    },
  };
}

export function testConfig(
  options: Pick<TestOptions, 'apps' | 'services' | 'providers' | 'times' | 'codes' | 'mails' | 'publicUrl'> = {},
): Config {
  return {
    publicUrl: options.publicUrl ?? 'https://broker.example',
    databaseUrl: null,
    dataDir: '',
    s3: { endpoint: '', region: 'eu-test-1', bucket: 'bucket', accessKeyId: '', secretAccessKey: '' },
    smtp: { url: 'smtp://127.0.0.1:1', from: 'Broker <broker@broker.example>' },
    apps: options.apps ?? structuredClone(TEST_APPS), // Tests change theirs.
    services: options.services ?? [],
    providers: options.providers ?? [
      {
        id: 'acme-id',
        name: 'Acme',
        issuer: 'https://id.acme.example',
        clientId: 'broker',
        clientSecret: 'not-a-secret',
        domains: ['acme.example'],
      },
    ],
    times: { ...TIMES, ...options.times },
    rate: null,
    codes: { ...CODES, ...options.codes },
    mails: options.mails ?? { toAddressAnHour: 10_000, bySenderADay: 10_000 },
    ledger: PACE,
  };
}

const record = (id: string, tenant: string, template: string): AppRecord => ({
  id,
  tenant,
  template,
  org: {
    name: `${tenant} Ltd`,
    contact: `help@${tenant}.example`,
    address: `1 ${tenant} Street`,
  },
  purpose: { en: 'Photos for the support team' },
  mode: 'live',
  origins: [`https://www.${tenant}.example`],
  providers: ['acme-id'],
  domains: [`${tenant}.example`],
  owners: [`owner@${tenant}.example`],
});

/** Two apps of one tenant and one of another. */
export const TEST_APPS: readonly AppRecord[] = [
  record('photos', 'acme', 'team-photo-share'),
  record('cases', 'acme', 'case-files'),
  record('globex-cases', 'globex', 'case-files'),
];

function changed(registry: Registry, change: (template: Template) => Template = structuredClone): Registry {
  const apps = registry.all().map((app) => ({ ...app, template: change(app.template) }));
  const find = (id: string) => apps.find((app) => app.record.id === id);
  return {
    ...registry,
    find,
    all: () => apps,
    app: (id) => find(id) ?? registry.app(id),
    ofClient: (id) => find(registry.service(id)?.app ?? id),
  };
}

/** Someone whose token has just been verified. All scopes of the template unless `scopes` is given. */
export function testCaller(
  deps: Deps,
  options: { app?: string; person?: string; scopes?: readonly string[] } = {},
): Caller {
  const app: RegisteredApp = deps.registry.app(options.app ?? 'cases');
  return {
    tenant: app.record.tenant,
    app,
    person: options.person ?? 'person-1',
    scopes: new Set(options.scopes ?? app.template.scopes),
    within: null,
    lifeCap: null,
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; null where there is no body. */
  readonly body: unknown;
}

/** Calls routes without a port, as someone whom `requireToken` has let in already. */
export function routesAs(
  routes: Hono<Env>,
  variables: Partial<Env['Variables']>,
): (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set('requestId', 'request-1');
    if (variables.caller) c.set('caller', variables.caller);
    if (variables.jkt) c.set('jkt', variables.jkt);
    if (variables.recipient) c.set('recipient', variables.recipient);
    await next();
  });
  app.route('/', routes);
  app.notFound((c) => c.json(problemBody('not_found'), 404));
  app.onError((error, c) => {
    if (!(error instanceof Problem)) return c.json({ code: 'internal', cause: String(error) }, 500);
    const problem = problemBody(error.code, { figures: error.figures });
    return c.json(problem, problem.status as 400, { 'content-type': 'application/problem+json', ...error.headers });
  });
  return async (method, path, body, headers = {}) => {
    const response = await app.request(path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };
}
