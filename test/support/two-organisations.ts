import { createHash, randomUUID } from 'node:crypto';
import type { ProviderRecord } from '../../demo/registry/provider-record.ts';
import type {
  CompletedUploads,
  FileToUpload,
  Folder,
  MadeLink,
  PutGrant,
  StartedUploads,
} from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { TEST_APPS, TestClock, type TestDeps, testDeps } from './broker.ts';
import { MemoryStorage } from './memory-storage.ts';
import { addressOf, answerWith, end, listen, startOrganisation, TestBrowser, TestTag } from './sign-in.ts';
import { wholeBroker } from './whole-broker.ts';

/**
 * Two tenants with an app and a provider each, and a third app that lets in people of both. The providers are two
 * servers that know the same accounts: whoever is `jo` at one is `jo` at the other.
 */

const origin = (tenant: string) => `https://www.${tenant}.example`;
export const ORIGINS = { cases: origin('acme'), photos: origin('acme'), 'globex-cases': origin('globex') } as const;
export type TestApp = keyof typeof ORIGINS;

const LARGE = 70 * 1024 * 1024;

export class TwoOrganisations {
  readonly deps: TestDeps;
  readonly url: string;
  readonly storage: MemoryStorage;
  /** Each goes to somebody else: mails to one address are bounded. */
  links = 0;
  readonly #close: () => Promise<void>;

  private constructor(deps: TestDeps, url: string, storage: MemoryStorage, close: () => Promise<void>) {
    this.deps = deps;
    this.url = url;
    this.storage = storage;
    this.#close = close;
  }

  static async start(): Promise<TwoOrganisations> {
    const broker = await listen();
    const url = addressOf(broker);
    const acme = await startOrganisation(url, 'acme-id');
    const globex = await startOrganisation(url, 'globex-id');
    const clock = new TestClock();
    clock.pass(Math.floor((Date.now() - clock.now()) / 1000));
    const storage = new MemoryStorage(clock.now);
    const known = { clientId: 'broker', clientSecret: 'not-a-secret' };
    const providers: ProviderRecord[] = [
      { id: 'acme-id', name: 'Acme', issuer: acme.url, domains: ['acme.example'], ...known },
      // An organisation that was bought keeps its provider, and got addresses of the other.
      { id: 'globex-id', name: 'Globex', issuer: globex.url, domains: ['globex.example', 'acme.example'], ...known },
    ];
    const only: Readonly<Record<string, string[]>> = { cases: ['acme-id'], 'globex-cases': ['globex-id'] };
    const apps = TEST_APPS.map((app) => ({
      ...app,
      owners: [...app.owners, 'maria@acme.example', 'sam@globex.example'],
      providers: only[app.id] ?? ['acme-id', 'globex-id'],
      ...(app.id === 'photos' && { template: 'case-files', domains: ['acme.example', 'globex.example'] }),
    }));
    const deps = await testDeps({ clock, storage, apps, publicUrl: url });
    Object.assign(deps.config, { providers });
    broker.on('request', answerWith(deps, wholeBroker));
    return new TwoOrganisations(deps, url, storage, async () => {
      end(broker);
      acme.close();
      globex.close();
      await deps.close();
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Up to the question who is there; answers the address of the interaction where people choose. */
  async begun(app: TestApp): Promise<{ tag: TestTag; browser: TestBrowser; authorize: string }> {
    const tag = await TestTag.make(this.url);
    const browser = new TestBrowser();
    return { tag, browser, authorize: await browser.begin(this.url, tag.transaction(app, ORIGINS[app])) };
  }

  /** By the button of this provider, where an app has two; what the page of the tag gets to know. */
  async ended(app: TestApp, username: string, provider?: string) {
    const { tag, browser, authorize } = await this.begun(app);
    const asked = await browser.open(authorize);
    const address =
      provider && asked.url.pathname.includes('/interaction/') ? `${asked.url.href}/with/${provider}` : '';
    const page = address ? await browser.open(address) : asked;
    const body = new URLSearchParams({ username, password: `${username}-demo` });
    await browser.open(page.url.href, { method: 'POST', body });
    const collected = await tag.collect(app, { origin: ORIGINS[app] });
    return { tag, collected: (await collected.json()) as { status: string; code?: string; error?: string } };
  }

  async signedIn(app: TestApp, username: string, provider?: string): Promise<SignedIn> {
    const { tag, collected } = await this.ended(app, username, provider);
    const { code = '' } = collected;
    const tokens = (await (await tag.exchange(app, code, ORIGINS[app])).json()) as Record<string, string>;
    return new SignedIn(this, app, tag, code, tokens);
  }
}

/** Somebody's page, with what a sign-in gave it. */
export class SignedIn {
  readonly rig: TwoOrganisations;
  readonly app: TestApp;
  readonly tag: TestTag;
  readonly code: string;
  readonly tokens: Readonly<Record<string, string>>;

  constructor(rig: TwoOrganisations, app: TestApp, tag: TestTag, code: string, tokens: Record<string, string>) {
    this.rig = rig;
    this.app = app;
    this.tag = tag;
    this.code = code;
    this.tokens = tokens;
  }

  async call(method: string, path: string, body?: unknown, more: { origin?: string; token?: string } = {}) {
    const answer = await this.tag.call(method, path, {
      token: more.token ?? this.tokens.access_token ?? '',
      origin: more.origin ?? ORIGINS[this.app],
      ...(body !== undefined && { body }),
      headers: { 'idempotency-key': randomUUID() },
    });
    const text = await answer.text();
    const isJson = text !== '' && !answer.headers.get('content-type')?.includes('jsonl');
    return { status: answer.status, body: isJson ? (JSON.parse(text) as unknown) : text || null };
  }

  token(form: Record<string, string>) {
    return this.tag.call('POST', '/oidc/token', { form, origin: ORIGINS[this.app] });
  }

  /** One of everything that a person of the app can have. */
  async belongings(): Promise<Belongings> {
    const content = bytes(PDF, randomUUID());
    const small = {
      name: 'contract.pdf',
      type: 'application/pdf',
      sniffed_type: 'application/pdf',
      size: content.byteLength,
      sha256: createHash('sha256').update(content).digest('base64'),
    };
    const folder = ((await this.call('POST', '/v1/folders', { name: 'Case 7' })).body as Folder).id;
    const start = async (files: unknown[]) => {
      const { body } = await this.call('POST', '/v1/uploads', { files, folder });
      return body as StartedUploads;
    };
    const first = await start([small]);
    const [whole] = first.files;
    if (!whole || !('upload' in whole)) throw new Error(JSON.stringify(first));
    this.rig.storage.put(whole.upload.grant as PutGrant, content);
    const done = await this.call('POST', '/v1/uploads/complete', { uploads: [{ id: whole.upload.id }] });
    const [stored] = (done.body as CompletedUploads).files;
    if (!stored || !('file' in stored)) throw new Error(JSON.stringify(done.body));
    const open = await start([
      small,
      { name: 'film.pdf', type: 'application/pdf', sniffed_type: 'application/pdf', size: LARGE },
    ]);
    const [inOne, inParts] = open.files.map((file) => ('upload' in file ? file.upload.id : ''));
    if (!inOne || !inParts) throw new Error(JSON.stringify(open));
    const wish = {
      files: [stored.id],
      recipient: `lee-${this.rig.links++}@${this.app === 'globex-cases' ? 'globex' : 'acme'}.example`,
      purpose: 'Your contract',
      expires_at: new Date(this.rig.deps.now() + 86_400_000).toISOString(),
    };
    const made = await this.call('POST', '/v1/links', wish);
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    const { id: link } = (made.body as MadeLink).link;
    return { folder, batch: open.batch, file: stored.id, open: inOne, parts: inParts, link, small, wish };
  }
}

export interface Belongings {
  readonly folder: string;
  readonly batch: string;
  readonly file: string;
  /** By one PUT, and in parts: neither is complete. */
  readonly open: string;
  readonly parts: string;
  readonly link: string;
  /** What its file says of itself, and what the link was made of. */
  readonly small: Omit<FileToUpload, 'sha256'> & { readonly sha256: string };
  readonly wish: Readonly<Record<string, unknown>>;
}
