import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { Problem, problemBody } from '../../demo/base/problem.ts';
import { cors } from '../../demo/broker/cors.ts';
import { appRoutes } from '../../demo/broker/routes/apps.ts';
import type { Env } from '../../demo/context/env.ts';
import { requireToken } from '../../demo/identity/require-token.ts';
import { signInRoutes } from '../../demo/identity/routes.ts';
import { oidcRecord } from '../../demo/identity/schema.ts';
import { AppClient } from '../../src/client/app-source.ts';
import type { AppDocument } from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';
import { BrokerIdentity } from '../../src/identity/identity.ts';
import type { Fetch } from '../../src/identity/proven-fetch.ts';
import { type OpenerWindow, type StartMessage, StartPage } from '../../src/identity/start-page.ts';
import type { StartWindow } from '../../src/identity/start-window.ts';
import { PageClock } from '../support/page-clock.ts';
import { SHOP, type SignInRig, startSignInRig, TestBrowser } from '../support/sign-in.ts';

/** The window of the popup: does what the broker's start page does, and then what the person does. */
class PersonsWindow implements OpenerWindow, StartWindow {
  isClosed = false;
  readonly #rig: SignInRig;
  readonly #username: string | null;
  readonly #listeners = new Set<(event: StartMessage) => void>();
  /** null: the person looks at the login page and does nothing. */
  constructor(rig: SignInRig, username: string | null) {
    this.#rig = rig;
    this.#username = username;
  }
  open() {
    setImmediate(() => {
      for (const listener of this.#listeners)
        listener({ origin: this.#rig.url, source: this, data: { type: 'secure-upload:ready' } });
    });
    return this;
  }
  addEventListener(_type: 'message', listener: (event: StartMessage) => void) {
    this.#listeners.add(listener);
  }
  removeEventListener(_type: 'message', listener: (event: StartMessage) => void) {
    this.#listeners.delete(listener);
  }
  postMessage(message: { transaction: Record<string, string> }, targetOrigin: string) {
    assert.equal(targetOrigin, this.#rig.url);
    if (this.#username !== null) void this.#goThrough(message.transaction, this.#username);
  }
  focus() {}
  close() {
    this.isClosed = true;
  }
  async #goThrough(transaction: Record<string, string>, username: string) {
    const browser = new TestBrowser();
    await browser.signIn(await browser.begin(this.#rig.url, { app: 'cases', origin: SHOP, ...transaction }), username);
  }
}

describe('signing in from a page', () => {
  let rig: SignInRig;
  let app: AppDocument;
  before(async () => {
    rig = await startSignInRig((deps, issuer) => {
      const routes = new Hono<Env>();
      routes.use('/v1/*', cors(deps));
      routes.route('/', appRoutes(deps)).route('/', signInRoutes(deps, issuer));
      routes.get('/v1/uploads/who', requireToken(deps, 'uploads:create'), (c) =>
        c.json({ person: c.get('caller').person }),
      );
      routes.onError((error, c) => {
        if (!(error instanceof Problem)) throw error;
        for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
        return c.json(problemBody(error.code), problemBody(error.code).status as 400);
      });
      return routes;
    });
    app = await new AppClient(new URL(rig.url), 'cases', fromShop).readApp(new AbortController().signal);
  });
  after(() => rig.close());

  const fromShop: Fetch = (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('Origin', SHOP);
    return fetch(url, { ...init, headers });
  };

  /** A page with its clock, which stands still at the broker's time. */
  function page(
    change: (url: URL, response: Response) => Response | Promise<Response> = (_, response) => response,
    instead: (url: URL, init: RequestInit) => Response | Promise<Response> | null = () => null,
  ) {
    const clock = new PageClock(rig.deps.now());
    const sent: { url: URL; body: string; headers: Headers }[] = [];
    const spying: Fetch = async (url, init) => {
      sent.push({ url, body: String(init.body ?? ''), headers: new Headers(init.headers) });
      return instead(url, init) ?? change(url, await fromShop(url, init));
    };
    const identity = new BrokerIdentity(new URL(rig.url), { fetch: spying, clock });
    const controller = new AbortController();
    const signIn = (username: string | null) => {
      const win = new PersonsWindow(rig, username);
      const startPage = new StartPage(new URL(rig.url), 'cases', win);
      const ended = identity.signIn(app, startPage, controller.signal);
      ended.catch(() => {});
      return { ended, win };
    };
    const who = async () => (await identity.fetch(new URL('/v1/uploads/who', rig.url), {})).status;
    return { identity, signIn, sent, clock, controller, who };
  }

  test('ends in a name, the scopes of the account and requests that the broker lets in', async () => {
    const { signIn, who } = page();
    const { ended, win } = signIn('jo');
    const person = await ended;
    assert.equal(person.name, 'Jo Meyer');
    assert.ok(person.scopes.includes('uploads:create'));
    assert.equal(await who(), 200);
    assert.equal(win.isClosed, false, 'the last page of the window closes itself');
  });

  test('tells the same id of one person each time, until they sign out', async () => {
    const [first, second] = [page(), page()];
    const { id } = await first.signIn('jo').ended;
    assert.match(id, /^[A-Za-z0-9_-]{8,64}$/);
    assert.equal((await second.signIn('jo').ended).id, id);
    assert.equal(first.identity.person?.id, id);
    await first.identity.signOut();
    assert.equal(first.identity.person, null);
  });

  test('refreshes once, however many requests wait, and rotates the refresh token', async () => {
    const { signIn, who, clock, sent } = page();
    await signIn('jo').ended;
    await clock.pass(271_000);
    const before = sent.length;
    assert.deepEqual(await Promise.all([who(), who(), who()]), [200, 200, 200]);
    const refreshes = sent.slice(before).filter(({ url }) => url.pathname === '/oidc/token');
    assert.equal(refreshes.length, 1);
    await clock.pass(271_000);
    await who();
    const tokens = sent
      .filter(({ body }) => body.includes('grant_type=refresh_token'))
      .map(({ body }) => new URLSearchParams(body).get('refresh_token'));
    assert.equal(new Set(tokens).size, 2);
  });

  test('is not needed again before the token is about to end', async () => {
    const { signIn, who, clock, sent } = page();
    await signIn('jo').ended;
    await clock.pass(269_000);
    await who();
    assert.equal(sent.filter(({ body }) => body.includes('grant_type=refresh_token')).length, 0);
  });

  test('over: a refused refresh is told as sign_in_ended', async () => {
    const { identity, signIn, who, clock } = page((url, response) =>
      url.pathname === '/oidc/token' && isOver ? Response.json({ error: 'invalid_grant' }, { status: 400 }) : response,
    );
    let isOver = false;
    await signIn('jo').ended;
    isOver = true;
    await clock.pass(271_000);
    await assert.rejects(who(), { code: 'sign_in_ended' });
    await identity.signOut();
    await assert.rejects(who(), { code: 'sign_in_needed' });
  });

  test('not over: a broker that is down at the refresh is told as broker_down', async () => {
    let isDown = false;
    const { signIn, who, clock } = page(undefined, (url) =>
      url.pathname === '/oidc/token' && isDown ? new Response('', { status: 503 }) : null,
    );
    await signIn('jo').ended;
    isDown = true;
    await clock.pass(271_000);
    await assert.rejects(who(), { code: 'broker_down' });
    isDown = false;
    assert.equal(await who(), 200);
  });

  test('not over: a refresh whose answer breaks off is told as broker_down, and goes on later', async () => {
    let isCut = false;
    const cut = () => new ReadableStream({ start: (body) => body.error(new DOMException('', 'TimeoutError')) });
    const { signIn, who, clock } = page(undefined, (url) =>
      url.pathname === '/oidc/token' && isCut
        ? new Response(cut(), { headers: { 'Content-Type': 'application/json' } })
        : null,
    );
    await signIn('jo').ended;
    isCut = true;
    await clock.pass(271_000);
    await assert.rejects(who(), { code: 'broker_down' });
    isCut = false;
    assert.equal(await who(), 200);
  });

  test('signing out revokes the refresh token at the issuer', async () => {
    const { identity, signIn, sent } = page();
    await signIn('jo').ended;
    await identity.signOut();
    const revoked = sent.find(({ url }) => url.pathname.endsWith('/token/revocation'));
    const token = new URLSearchParams(revoked?.body).get('token');
    const [row] = await rig.deps.db.q
      .select()
      .from(oidcRecord)
      .where(eq(oidcRecord.id, token ?? '-'));
    assert.ok(token);
    assert.equal(row, undefined);
  });

  test('somebody who is not let in is told so', async () => {
    const { signIn } = page();
    const { ended, win } = signIn('sam');
    await assert.rejects(ended, { code: 'sign_in_refused' });
    assert.equal(win.isClosed, true);
  });

  test('cancelled, closes the window', async () => {
    const { signIn, controller } = page();
    const { ended, win } = signIn(null);
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(ended, { code: 'sign_in_cancelled' });
    assert.equal(win.isClosed, true);
  });

  test('that nobody finishes ends after ten minutes', async () => {
    // The broker's own clock stands still here: it would refuse a proof of ten minutes later.
    const silent = (url: URL, { signal }: RequestInit) =>
      url.pathname === '/v1/sign-in/collect'
        ? new Promise<Response>((_, reject) => {
            const stop = () => reject(signal?.reason);
            if (signal?.aborted) stop();
            else signal?.addEventListener('abort', stop);
          })
        : null;
    const { signIn, clock } = page(undefined, silent);
    const { ended } = signIn(null);
    let code = '';
    ended.catch((error: unknown) => {
      code = error instanceof UploadError ? error.code : 'another error';
    });
    await clock.pass(599_999);
    assert.equal(code, '');
    await clock.pass(1);
    await assert.rejects(ended, { code: 'sign_in_timeout' });
  });

  for (const [what, change] of Object.entries({
    'of another issuer': { iss: 'https://evil.example/oidc' },
    'of another sign-in': { state: 'x'.repeat(43) },
  })) {
    test(`an answer ${what} ends in sign_in_mixed, and the code goes nowhere`, async () => {
      const { signIn, sent } = page(async (url, response) => {
        if (!url.pathname.endsWith('/collect')) return response;
        const body = (await response.json()) as object;
        return Response.json('code' in body ? { ...body, ...change } : body, response);
      });
      await assert.rejects(signIn('jo').ended, { code: 'sign_in_mixed' });
      assert.equal(sent.filter(({ url }) => url.pathname === '/oidc/token').length, 0);
    });
  }

  test('an ID token for another nonce ends in sign_in_mixed', async () => {
    const { signIn } = page(async (url, response) => {
      if (url.pathname !== '/oidc/token' || !response.ok) return response;
      const body = (await response.json()) as { id_token: string };
      const [header, payload = '', signature] = body.id_token.split('.');
      const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), nonce: 'another' };
      const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return Response.json({ ...body, id_token: [header, forged, signature].join('.') }, { headers: response.headers });
    });
    await assert.rejects(signIn('jo').ended, { code: 'sign_in_mixed' });
  });

  test('an issuer, or a token endpoint, that is not the broker gets no code', async () => {
    const elsewhere = page();
    const win = new PersonsWindow(rig, null);
    const start = new StartPage(new URL(rig.url), 'cases', win);
    const foreign = { ...app, issuer: 'https://evil.example/oidc' };
    await assert.rejects(elsewhere.identity.signIn(foreign, start, new AbortController().signal), {
      code: 'sign_in_mixed',
    });

    const { signIn, sent } = page(async (url, response) => {
      if (!url.pathname.endsWith('/openid-configuration')) return response;
      const metadata = { ...((await response.json()) as object), token_endpoint: 'https://evil.example/token' };
      return Response.json(metadata);
    });
    await assert.rejects(signIn('jo').ended, { code: 'sign_in_mixed' });
    assert.equal(sent.filter(({ url }) => url.hostname === 'evil.example').length, 0);
  });

  test('no token, code, verifier or secret stands in any error', async () => {
    const secrets = new Set<string>();
    const errors: unknown[] = [];
    const faults: ((url: URL, response: Response) => Response | Promise<Response>)[] = [
      (url, response) =>
        url.pathname === '/oidc/token' && response.ok ? new Response('<html>', { status: 200 }) : response,
      (url, response) =>
        url.pathname === '/oidc/token' && response.ok
          ? Response.json({ error: 'invalid_grant', error_description: 'bad' }, { status: 400 })
          : response,
      async (url, response) => {
        if (url.pathname !== '/oidc/token' || !response.ok) return response;
        return Response.json({ ...((await response.json()) as object), token_type: 'Bearer' });
      },
      async (url, response) => {
        if (!url.pathname.endsWith('/collect')) return response;
        return Response.json({ ...((await response.json()) as object), iss: 'https://evil.example' });
      },
    ];
    for (const fault of faults) {
      const { signIn, sent } = page(async (url, response) => {
        const text = await response.clone().text();
        for (const [, secret] of text.matchAll(/"(?:code|access_token|refresh_token|id_token)":"([^"]+)"/g)) {
          secrets.add(String(secret));
        }
        return fault(url, response);
      });
      await signIn('jo').ended.catch((error: unknown) => errors.push(error));
      for (const { body } of sent) {
        for (const [, secret] of body.matchAll(/(?:code_verifier|code|secret)"?[=:]"?([A-Za-z0-9_-]+)/g)) {
          secrets.add(String(secret));
        }
      }
    }
    assert.equal(errors.length, faults.length);
    assert.ok(secrets.size >= 12, `${secrets.size} secrets were seen`);
    const said = errors.map((error) => inspect(error, { depth: 8, showHidden: true })).join('\n');
    assert.deepEqual(
      [...secrets].filter((secret) => said.includes(secret)),
      [],
    );
  });
});
