import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Env } from '../../demo/context/env.ts';
import type { Database } from '../../demo/database/index.ts';
import { createIssuer, type Issuer } from '../../demo/identity/live-issuer.ts';
import { type ProviderClient, startProvider } from '../../demo/provider/index.ts';
import { TestClock, type TestDeps, testConfig, testDeps } from './broker.ts';

/** A real issuer with a real provider behind it, on ports of their own, and people whose browsers keep cookies. */

export const SHOP = 'https://www.acme.example';

export interface SignInRig {
  readonly deps: TestDeps;
  readonly url: string;
  readonly provider: string;
  close(): Promise<void>;
}

export async function startSignInRig(routes: (deps: TestDeps, issuer: Issuer) => Hono<Env>): Promise<SignInRig> {
  const broker = await listen();
  const url = addressOf(broker);
  const organisation = await startOrganisation(url);
  const endServers = () => {
    end(broker);
    organisation.close();
  };
  let deps: Awaited<ReturnType<typeof signInDeps>> | null = null;
  try {
    const opened = await signInDeps({ url, provider: organisation.url });
    deps = opened;
    broker.on('request', answerWith(opened, routes));
    return {
      deps: opened,
      url,
      provider: organisation.url,
      async close() {
        endServers();
        await opened.close();
      },
    };
  } catch (error) {
    // While one listens, or a database is open, the process goes on, and the file would hang instead of telling why.
    endServers();
    await deps?.close();
    throw error;
  }
}

/** The provider of an organisation, for a broker at this address that knows it by this id. */
export async function startOrganisation(
  broker: string,
  id = 'acme-id',
  client: ProviderClient = { id: 'broker', secret: 'not-a-secret' },
): Promise<{ readonly url: string; readonly server: Server; close(): void }> {
  const server = await listen();
  const url = addressOf(server);
  startProvider(server, { url, redirectUri: `${broker}/sign-in/provider/${id}`, client });
  return { url, server, close: () => end(server) };
}

/** Deps whose clock begins at the machine's time: oidc-provider has no other. */
export async function signInDeps(at: { url: string; provider: string; db?: Database }): Promise<TestDeps> {
  const clock = new TestClock();
  clock.pass(Math.floor((Date.now() - clock.now()) / 1000));
  const deps = await testDeps({ clock, publicUrl: at.url, ...(at.db && { db: at.db }) });
  Object.assign(deps.config, {
    providers: testConfig().providers.map((known) => ({
      ...known,
      issuer: at.provider,
      domains: ['acme.example', 'globex.example'],
    })),
  });
  return deps;
}

export function answerWith(
  deps: TestDeps,
  routes: (deps: TestDeps, issuer: Issuer) => Hono<Env>,
): (request: IncomingMessage, response: ServerResponse) => void {
  const issuer = createIssuer(deps);
  const answer = getRequestListener(routes(deps, issuer).fetch);
  return (request, response) =>
    request.url?.startsWith('/oidc/') ? void issuer.serve(request, response) : void answer(request, response);
}

/** What the tag holds between the click and the token. */
export class TestTag {
  readonly secret = randomBytes(32).toString('base64url');
  readonly verifier = randomBytes(32).toString('base64url');
  readonly nonce = randomBytes(32).toString('base64url');
  /** Seconds that its clock is ahead. */
  drift = 0;
  readonly #url: string;
  #key!: CryptoKey;
  jwk!: JWK;
  jkt!: string;
  #nonces = new Map<string, string>();

  private constructor(url: string) {
    this.#url = url;
  }

  static async make(url: string): Promise<TestTag> {
    const tag = new TestTag(url);
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    tag.#key = privateKey;
    tag.jwk = await exportJWK(publicKey);
    tag.jkt = await calculateJwkThumbprint(tag.jwk);
    return tag;
  }

  get state(): string {
    return createHash('sha256').update(this.secret).digest('base64url');
  }

  transaction(app: string, origin = SHOP) {
    const challenge = createHash('sha256').update(this.verifier).digest('base64url');
    return { app, origin, challenge, nonce: this.nonce, jkt: this.jkt, state: this.state };
  }

  async proof(method: string, url: string, claims: Record<string, unknown> = {}): Promise<string> {
    const nonce = this.#nonces.get(new URL(url).pathname.startsWith('/oidc') ? 'issuer' : 'api');
    return new SignJWT({
      htm: method,
      htu: url,
      jti: randomBytes(16).toString('base64url'),
      ...(nonce && { nonce }),
      ...claims,
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.jwk })
      .setIssuedAt(Math.floor(Date.now() / 1000) + this.drift)
      .sign(this.#key);
  }

  /** Calls with a proof; where the answer asks for a nonce, once more with it (RFC 9449 section 8). */
  async call(
    method: string,
    path: string,
    options: {
      body?: unknown;
      form?: Record<string, string>;
      token?: string;
      origin?: string;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Response> {
    const url = this.#url + path;
    const send = async () =>
      fetch(url, {
        method,
        headers: {
          origin: options.origin ?? SHOP,
          DPoP: await this.proof(
            method,
            url,
            options.token ? { ath: createHash('sha256').update(options.token).digest('base64url') } : {},
          ),
          ...(options.token && { authorization: `DPoP ${options.token}` }),
          ...(options.body !== undefined && { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
        ...(options.form && { body: new URLSearchParams(options.form) }),
      });
    const first = await send();
    const nonce = first.headers.get('dpop-nonce');
    if (nonce) this.#nonces.set(path.startsWith('/oidc') ? 'issuer' : 'api', nonce);
    return first.status < 400 || !nonce || first.status === 403 ? first : send();
  }

  collect(app: string, options: { secret?: string; origin?: string } = {}): Promise<Response> {
    const { secret = this.secret, origin } = options;
    return this.call('POST', '/v1/sign-in/collect', { body: { app, secret }, ...(origin && { origin }) });
  }

  async exchange(app: string, code: string, origin = SHOP): Promise<Response> {
    return this.call('POST', '/oidc/token', {
      origin,
      form: {
        grant_type: 'authorization_code',
        client_id: app,
        code,
        code_verifier: this.verifier,
        redirect_uri: `${this.#url}/sign-in/callback`,
      },
    });
  }
}

/** A browser as far as sign-in goes: cookies by host and path, redirects, forms. */
export class TestBrowser {
  readonly #cookies = new Map<string, { host: string; path: string; name: string; value: string }>();
  readonly #headers: Readonly<Record<string, string>>;

  constructor(options: { headers?: Readonly<Record<string, string>> } = {}) {
    this.#headers = options.headers ?? {};
  }

  async open(
    url: string,
    init: { method?: string; body?: URLSearchParams | string; headers?: Record<string, string> } = {},
    /** Follows no redirect to an address that ends so. */
    stopBefore?: string,
  ) {
    let [at, request] = [new URL(url), init];
    const visited: string[] = [];
    for (let hops = 0; hops < 20; hops++) {
      visited.push(at.href);
      const response: Response = await fetch(at, {
        redirect: 'manual',
        ...request,
        headers: { cookie: this.#cookiesFor(at), ...this.#headers, ...request.headers },
      });
      this.#keep(at, response.headers.getSetCookie());
      const next = response.headers.get('location');
      const isEnd = !next || (stopBefore !== undefined && next.endsWith(stopBefore));
      if (isEnd) {
        const { status, headers } = response;
        return { url: at, visited, status, headers, text: await response.text() };
      }
      await response.arrayBuffer();
      [at, request] = [new URL(next, at), {}];
    }
    throw new Error('redirected too often');
  }

  /** Follows redirects, and logs in where the provider asks, up to the first address that begins so: answered, not opened. */
  async openUntil(
    start: string,
    url: string,
    {
      username,
      ...init
    }: { method?: string; body?: URLSearchParams; headers?: Record<string, string>; username?: string } = {},
  ): Promise<string> {
    let [at, request]: [URL, typeof init] = [new URL(url), init];
    for (let hops = 0; hops < 20; hops++) {
      const response: Response = await fetch(at, {
        redirect: 'manual',
        ...request,
        headers: { cookie: this.#cookiesFor(at), ...request.headers },
      });
      this.#keep(at, response.headers.getSetCookie());
      const text = await response.text();
      const next = response.headers.get('location');
      if (next) [at, request] = [new URL(next, at), {}];
      else if (username && text.includes('name="password"'))
        request = { method: 'POST', body: new URLSearchParams({ username, password: `${username}-demo` }) };
      else throw new Error(`${at.pathname} leads nowhere`);
      if (next && at.href.startsWith(start)) return at.href;
    }
    throw new Error('redirected too often');
  }

  /** One request with the cookies for its address, and no redirect followed. */
  async once(url: string, init: RequestInit & { headers: Record<string, string> }) {
    const cookie = this.#cookiesFor(new URL(url));
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...init.headers },
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  /** The start page's own request, which only runs on the broker's origin. */
  async begin(broker: string, transaction: unknown): Promise<string> {
    const { text } = await this.open(`${broker}/sign-in/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(broker).origin },
      body: JSON.stringify(transaction),
    });
    return JSON.parse(text).authorize;
  }

  /** Opens an address and logs in wherever the provider asks. */
  async signIn(address: string, username: string, stopBefore?: string) {
    const page = await this.open(address);
    if (!page.text.includes('name="password"')) return page;
    const body = new URLSearchParams({ username, password: `${username}-demo` });
    return this.open(page.url.href, { method: 'POST', body }, stopBefore);
  }

  /** Takes cookies over as a neighbouring domain could plant them: all but those that TLS would name `__Host-`. */
  plant(from: TestBrowser): void {
    for (const [key, cookie] of from.#cookies)
      if (!['su_sign_in', 'su_upstream'].includes(cookie.name)) this.#cookies.set(key, cookie);
  }

  /** A cookie that this browser was given by nobody. */
  plantCookie(url: string, name: string, value: string): void {
    const host = new URL(url).hostname;
    this.#cookies.set(`${host} / ${name}`, { host, path: '/', name, value });
  }

  #cookiesFor(url: URL): string {
    return [...this.#cookies.values()]
      .filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep(url: URL, lines: string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', ...rest] = pair.split('=');
      const value = rest.join('=');
      const attribute = (key: string) =>
        attributes.find((text) => text.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
      const path = attribute('path') ?? '/';
      const key = `${url.hostname} ${path} ${name}`;
      const isGone =
        value === '' || attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') < Date.now();
      if (isGone) this.#cookies.delete(key);
      else this.#cookies.set(key, { host: url.hostname, path, name, value });
    }
  }
}

export async function listen(): Promise<Server> {
  // No idle connection is closed: on a busy machine the next request would already be on its way on it.
  const server = createServer({ keepAliveTimeout: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function end(server: Server): void {
  server.close();
  server.closeAllConnections();
}

export const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
