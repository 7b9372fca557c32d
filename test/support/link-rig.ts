import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { newId } from '../../demo/base/ids.ts';
import { consentRoutes } from '../../demo/broker/routes/consent.ts';
import { linkRoutes } from '../../demo/broker/routes/links.ts';
import { recipientRoutes } from '../../demo/broker/routes/recipient.ts';
import { recipientSignInRoutes } from '../../demo/broker/routes/recipient-sign-in.ts';
import type { Env } from '../../demo/context/env.ts';
import type { JobName, JobPayload } from '../../demo/context/jobs.ts';
import { mailGuest } from '../../demo/identity/guests/mail.ts';
import { person } from '../../demo/identity/schema.ts';
import { type Message, type Sink, startSink } from '../../demo/inbox/index.ts';
import { createMailer } from '../../demo/mail/mailer.ts';
import { mailHandlers } from '../../demo/recipients/mail.ts';
import { outsideWords } from '../../demo/recipients/outside.ts';
import { mailRoom } from '../../demo/uploads/room-told.ts';
import { batch, upload } from '../../demo/uploads/schema.ts';
import type { Cover, Decided, MadeLink, ProblemBody, Verified } from '../../src/contract/index.ts';
import { type Answer, RecordedJobs, routesAs, type TestDeps, type TestOptions, testDeps } from './broker.ts';
import { PageKey, type Who } from './page-key.ts';

/** Links from the sender's call to the recipient's bytes: real routes, proofs, SMTP; a clock that stands still. */

export const RECIPIENT = 'jo.meyer@mail.example.org';
const DAY_MS = 86_400_000;

export class LinkRig {
  readonly deps: TestDeps;
  readonly sink: Sink;
  readonly jobs: RecordedJobs;
  readonly routes: Hono<Env>;
  readonly #call: ReturnType<typeof routesAs>;
  readonly #sender: PageKey;
  #delivered = 0;

  private constructor(deps: TestDeps, sink: Sink, jobs: RecordedJobs, sender: PageKey) {
    this.deps = deps;
    this.sink = sink;
    this.jobs = jobs;
    this.#sender = sender;
    this.routes = new Hono<Env>()
      .route('/', linkRoutes(deps))
      .route('/', recipientRoutes(deps))
      .route('/', recipientSignInRoutes(deps))
      .route('/', consentRoutes(deps));
    this.#call = routesAs(this.routes, {});
  }

  static async start(options: TestOptions = {}): Promise<LinkRig> {
    const jobs = options.jobs instanceof RecordedJobs ? options.jobs : new RecordedJobs();
    const sink = await startSink({ port: 0 });
    let deps: TestDeps;
    try {
      deps = await testDeps({ ...options, jobs });
    } catch (error) {
      await sink.close(); // While it listens its process goes on.
      throw error;
    }
    Object.assign(deps.config.smtp, { url: `smtp://127.0.0.1:${sink.port}` });
    const rig = new LinkRig(deps, sink, jobs, await PageKey.make());
    await deps.db.q
      .insert(person)
      .values({
        id: 'person-1',
        tenant: 'acme',
        app: 'cases',
        issuer: 'https://id.acme.example',
        subject: 'maria',
        name: 'Maria Lopez',
        email: 'maria@acme.example',
        scopes: [],
        seenAt: new Date(deps.now()),
      })
      .onConflictDoNothing();
    return rig;
  }

  async close(): Promise<void> {
    await this.sink.close();
    await this.deps.close();
  }

  /** A file that arrived, as the upload side leaves it. */
  async storeFile(facts: Partial<typeof upload.$inferInsert> = {}): Promise<string> {
    const now = new Date(this.deps.now());
    const owner = { tenant: 'acme', app: 'cases', person: 'person-1' };
    const row = {
      id: newId(),
      ...owner,
      batch: newId(),
      objectKey: newId(),
      name: 'rental-contract.pdf',
      size: 1_258_291,
      type: 'application/pdf',
      sha256: createHash('sha256').update('content').digest('base64'),
      state: 'stored' as const,
      createdAt: now,
      expiresAt: now,
      grantedUntil: now,
      storedAt: now,
      deleteAt: new Date(now.getTime() + 365 * DAY_MS),
      ...facts,
    };
    await this.deps.db.q
      .insert(batch)
      .values({ id: row.batch, ...owner, reference: '7F3K92QD', createdAt: now })
      .onConflictDoNothing();
    await this.deps.db.q.insert(upload).values(row);
    return row.id;
  }

  /** Calls as a sender whose token has just been made. */
  async asSender(method: string, path: string, body?: unknown, who: Who = {}): Promise<Answer> {
    const token = await this.#sender.tokenFor(this.deps, who);
    return this.#call(method, path, body, await this.#sender.headers(this.deps, method, path, token));
  }

  wish(files: readonly string[], more: Record<string, unknown> = {}) {
    const expires = new Date(this.deps.now() + 3 * DAY_MS).toISOString();
    const { sha256, language } = outsideWords(this.deps.registry.app('cases'), 'en');
    const outside = { sha256, language };
    return {
      files,
      recipient: RECIPIENT,
      purpose: 'Your signed rental contract',
      expires_at: expires,
      outside,
      ...more,
    };
  }

  /** A link whose mail went out. */
  async sentLink(more: Record<string, unknown> = {}): Promise<{ id: string; token: string; files: string[] }> {
    const files = [await this.storeFile(), await this.storeFile({ name: 'house-rules.pdf', size: 348_160 })];
    const made = await this.asSender('POST', '/v1/links', this.wish(files, more));
    assert.equal(made.status, 201);
    const mail = (await this.deliver('link-mail')).at(-1);
    return { id: (made.body as MadeLink).link.id, token: tokenIn(mail), files };
  }

  /** Runs the jobs asked for since the last time and answers the mails that came in. */
  async deliver(...only: JobName[]): Promise<Message[]> {
    const mailer = createMailer(this.deps.config.smtp);
    const handlers = {
      ...mailHandlers(this.deps, mailer),
      'guest-mail': ({ id }: JobPayload) => mailGuest(this.deps, mailer, id),
      'room-mail': ({ id }: JobPayload) => mailRoom(this.deps, mailer, id),
      checkpoint: async () => {},
    };
    const before = new Set(this.sink.messages); // It keeps the newest 200 alone: their number says nothing.
    const open = this.jobs.sent.slice(this.#delivered);
    this.#delivered = this.jobs.sent.length;
    for (const { name, payload } of open) {
      if (name === 'sweep' || (only.length > 0 && !only.includes(name))) continue;
      await handlers[name](payload);
    }
    return this.sink.messages.filter((message) => !before.has(message));
  }

  call(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#call('POST', `/v1/recipient/${path}`, body, headers);
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#call(method, path, body, headers);
  }

  async cover(token: string): Promise<Cover> {
    const { status, body } = await this.call('notice', { token });
    assert.equal(status, 200);
    return body as Cover;
  }

  /** Asks for a code and reads it from the mail. */
  async mailedCode(token: string): Promise<string> {
    assert.equal((await this.call('code', { token })).status, 200);
    const [mail] = await this.deliver('code-mail');
    return codeIn(mail);
  }

  async verify(token: string, code: string, key: PageKey): Promise<Answer> {
    return this.call('verify', { token, code }, await key.headers(this.deps, 'POST', '/v1/recipient/verify'));
  }

  async proven(token: string, key: PageKey): Promise<Verified> {
    const { status, body } = await this.verify(token, await this.mailedCode(token), key);
    assert.equal(status, 200);
    return body as Verified;
  }

  /** A call with the recipient token and a proof by its key. */
  async asRecipient(step: string, recipientToken: string, key: PageKey, body: unknown = {}): Promise<Answer> {
    const headers = await key.headers(this.deps, 'POST', `/v1/recipient/${step}`, recipientToken);
    return this.call(step, body, headers);
  }

  async decide(shown: Verified, key: PageKey, decision: 'accept' | 'decline', more: object = {}): Promise<Answer> {
    return this.asRecipient('decide', shown.recipient_token, key, {
      decision,
      notice_sha256: shown.sha256,
      nonce: shown.nonce,
      surface: 'page',
      is_trusted: true,
      ...more,
    });
  }

  async withdraw(recipientToken: string, key: PageKey): Promise<Answer> {
    return this.asRecipient('withdraw', recipientToken, key, { is_trusted: true });
  }

  async accepted(token: string, key: PageKey): Promise<{ verified: Verified; decided: Decided }> {
    const verified = await this.proven(token, key);
    const { status, body } = await this.decide(verified, key, 'accept');
    assert.equal(status, 200);
    return { verified, decided: body as Decided };
  }
}

export function tokenIn(mail: Message | undefined): string {
  return /^https?:\/\/[\w.:-]+\/r#([A-Za-z0-9]{43})$/m.exec(mail?.text ?? '')?.[1] ?? assert.fail('no link');
}

/** The secret of the stop link. */
export function stopIn(mail: Message | undefined): string {
  return /^https:\/\/broker\.example\/stop#([A-Za-z0-9]{43})$/m.exec(mail?.text ?? '')?.[1] ?? assert.fail('no stop');
}

export function codeIn(mail: Message | undefined): string {
  const [, first, second] = /(\d{4}) (\d{4})/.exec(mail?.subject ?? '') ?? assert.fail('no code');
  return `${first}${second}`;
}

/** A code that is not this one. */
export const otherCode = (code: string): string => (code === '00000000' ? '11111111' : '00000000');

export const codeOf = (answer: Answer): string => (answer.body as ProblemBody).code;
export const figuresOf = (answer: Answer): ProblemBody['figures'] => (answer.body as ProblemBody).figures;
