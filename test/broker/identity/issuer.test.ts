import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audienceOf } from '../../../demo/identity/access-token.ts';
import { createIssuer } from '../../../demo/identity/live-issuer.ts';
import { pushRequest } from '../../../demo/identity/pushed-request.ts';
import { oidcRecord } from '../../../demo/identity/schema.ts';
import { PageKey } from '../../support/page-key.ts';
import { SHOP, type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

/** The points of the sign-in checklist that the issuer and the API answer for; each test begins with its number. */

describe('the checklist of the issuer', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig.close());

  async function signedIn() {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'maria');
    const { code } = (await (await tag.collect('cases')).json()) as { code: string };
    const tokens = (await (await tag.exchange('cases', code)).json()) as Record<string, string>;
    const asks = async () => (await tag.call('GET', '/v1/files', { token: tokens.access_token ?? '' })).status;
    const renew = (refresh_token = tokens.refresh_token ?? '') =>
      tag.call('POST', '/oidc/token', { form: { grant_type: 'refresh_token', client_id: 'cases', refresh_token } });
    return { tag, browser, tokens, asks, renew };
  }

  /** Where an authorize request ends that was pushed with these parameters. */
  async function pushed(changes: Record<string, string | undefined>): Promise<Response> {
    const hash = 'h'.repeat(43);
    const params = {
      client_id: 'cases',
      response_type: 'code',
      redirect_uri: `${rig.url}/sign-in/callback`,
      scope: 'openid uploads:create',
      code_challenge: hash,
      code_challenge_method: 'S256',
      state: hash,
      dpop_jkt: hash,
      ...changes,
    };
    const provider = await createIssuer(rig.deps).current();
    const request_uri = await pushRequest(provider, JSON.parse(JSON.stringify(params)), 60);
    return fetch(`${rig.url}/oidc/auth?${new URLSearchParams({ client_id: 'cases', request_uri })}`, {
      redirect: 'manual',
    });
  }
  const errorOf = (answer: Response) =>
    new URL(answer.headers.get('location') ?? '', rig.url).searchParams.get('error') ?? answer.status;

  test('1: PKCE is S256 in the metadata, and no or a plain challenge gets no further', async () => {
    const metadata = await (await fetch(`${rig.url}/oidc/.well-known/openid-configuration`)).json();
    assert.deepEqual((metadata as Record<string, unknown>).code_challenge_methods_supported, ['S256']);
    assert.match((await pushed({})).headers.get('location') ?? '', /^\/sign-in\/interaction\//);
    assert.equal(
      errorOf(await pushed({ code_challenge: undefined, code_challenge_method: undefined })),
      'invalid_request',
    );
    assert.equal(errorOf(await pushed({ code_challenge_method: 'plain' })), 'invalid_request');
    assert.equal(errorOf(await pushed({ code_challenge_method: undefined })), 'invalid_request');
  });

  const REDIRECTS = ['/sign-in/callback/', '/sign-in/callback?a=1', '/sign-in/callbacks', '/'];
  for (const path of REDIRECTS) {
    test(`3 and 22: ${path} is no way back, and nobody is sent there`, async () => {
      const answer = await pushed({ redirect_uri: rig.url + path });
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${rig.url}/sign-in/lost`]);
    });
  }
  test('3 and 22: another origin is no way back, and nobody is sent there', async () => {
    const answer = await pushed({ redirect_uri: 'https://evil.example/sign-in/callback' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${rig.url}/sign-in/lost`]);
  });

  test('13: a refresh token used twice ends the sign-in: its access tokens too, with the next request', async () => {
    const { asks, renew } = await signedIn();
    assert.equal((await renew()).status, 200);
    assert.equal(await asks(), 200);
    assert.equal((await renew()).status, 400);
    assert.equal(await asks(), 401);
  });

  test('13: renewed or not, a sign-in ends when its template says, and so does every token of it', async (t) => {
    const { asks, tokens, renew } = await signedIn();
    const seconds = rig.deps.registry.app('cases').template.session_s;
    assert.equal(seconds, 1800);
    const grants = await rig.deps.db.q.select().from(oidcRecord).where(eq(oidcRecord.model, 'Grant'));
    const lives = grants.map(({ expiresAt }) => Math.round(((expiresAt?.getTime() ?? 0) - rig.deps.now()) / 1000));
    assert.ok(
      lives.every((life) => life <= seconds),
      lives.join(),
    );
    const renewed = (await (await renew()).json()) as Record<string, string>;
    assert.ok(renewed.refresh_token && renewed.refresh_token !== tokens.refresh_token);
    rig.deps.clock.pass(seconds);
    t.after(() => rig.deps.clock.pass(-seconds));
    assert.equal((await renew(renewed.refresh_token)).status, 400);
    assert.equal(await asks(), 401);
  });

  test('15: without a nonce the issuer answers 400 and the API 401, each with one', async () => {
    const tag = await TestTag.make(rig.url);
    const send = async (path: string, headers: Record<string, string> = {}) =>
      fetch(rig.url + path, {
        method: 'POST',
        headers: { DPoP: await tag.proof('POST', rig.url + path), ...headers },
        body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'cases', refresh_token: 'r' }),
      });
    const atIssuer = await send('/oidc/token');
    assert.deepEqual([atIssuer.status, ((await atIssuer.json()) as { error: string }).error], [400, 'use_dpop_nonce']);
    assert.ok(atIssuer.headers.get('dpop-nonce'));
    const atApi = await send('/v1/sign-in/collect');
    assert.equal(atApi.status, 401);
    assert.match(atApi.headers.get('www-authenticate') ?? '', /use_dpop_nonce/);
    assert.ok(atApi.headers.get('dpop-nonce'));
  });

  test('19: another issuer, audience, two audiences, another typ of key or a key we never had is refused', async () => {
    const page = await PageKey.make();
    const { deps } = rig;
    const tables: [string, Record<string, unknown>, number][] = [
      ['as it should be', {}, 200],
      ['another issuer', { iss: 'https://evil.example/oidc' }, 401],
      ['another audience', { aud: rig.url }, 401],
      ['two audiences, one of them ours', { aud: [audienceOf(rig.url), 'https://other.example'] }, 401],
      ['over', { exp: Math.floor(deps.now() / 1000) }, 401],
      ['bound to no key', { cnf: undefined }, 401],
      ['bound to another key', { cnf: { jkt: 'j'.repeat(43) } }, 401],
      ['for an app that is not there', { client_id: 'nobody' }, 401],
      ['of a sign-in that is over', { sid: 'gone' }, 401],
      ['without the scope', { scope: 'uploads:create' }, 403],
      ['with a scope that only begins alike', { scope: 'files:read:app' }, 403],
    ];
    for (const [what, claims, status] of tables) {
      const token = await page.tokenFor(deps, { claims });
      const headers = await page.headers(deps, 'GET', '/v1/files', token);
      assert.equal((await fetch(`${rig.url}/v1/files`, { headers })).status, status, what);
    }
  });

  test('18 and 20: a token that was heard a moment ago is refused as Bearer, and after its sign-out', async () => {
    const { tag, tokens, asks } = await signedIn();
    assert.equal(await asks(), 200);
    const bearer = { authorization: `Bearer ${tokens.access_token}` };
    assert.equal((await fetch(`${rig.url}/v1/files`, { headers: bearer })).status, 401);
    const form = { client_id: 'cases', token: tokens.refresh_token ?? '' };
    assert.equal((await tag.call('POST', '/oidc/token/revocation', { form })).status, 200);
    assert.equal(await asks(), 401);
  });

  test('20: whoever signs out at the issuer is asked first, and everything of the browser ends with the answer', async () => {
    const { browser, tokens, asks } = await signedIn();
    const hint = new URLSearchParams({ id_token_hint: tokens.id_token ?? '' });
    const asked = await browser.open(`${rig.url}/oidc/session/end?${hint}`);
    assert.match(asked.text, /Sign out of uploading\?/);
    assert.equal(await asks(), 200);
    const body = new URLSearchParams({
      xsrf: /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? '',
      logout: 'yes',
    });
    const done = await browser.open(`${rig.url}/oidc/session/end/confirm`, { method: 'POST', body });
    assert.match(done.text, /You are signed out/);
    assert.equal(await asks(), 401);
  });

  test('22: nothing of the issuer may be framed, and a page gets no leave to read where it authorizes', async () => {
    const get = (path: string) => fetch(rig.url + path, { headers: { origin: SHOP }, redirect: 'manual' });
    for (const path of ['/oidc/auth?client_id=cases', '/oidc/session/end', '/oidc/.well-known/openid-configuration']) {
      const { headers } = await get(path);
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path);
    }
    assert.equal((await get('/oidc/auth?client_id=cases')).headers.get('access-control-allow-origin'), null);
    assert.equal((await pushed({})).status, 303);
  });

  test('23: an address with the parameters in it is refused, and nobody else can push a request', async () => {
    const query = new URLSearchParams({
      client_id: 'cases',
      response_type: 'code',
      redirect_uri: `${rig.url}/sign-in/callback`,
      scope: 'openid uploads:create',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    });
    const byHand = await fetch(`${rig.url}/oidc/auth?${query}`, { redirect: 'manual' });
    assert.equal(errorOf(byHand), 'invalid_request');
    assert.equal((await fetch(`${rig.url}/oidc/request`, { method: 'POST', body: query })).status, 404);
  });

  test('23: a request serves once, and its code only the key that it named', async () => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    const authorize = await browser.begin(rig.url, tag.transaction('cases'));
    assert.deepEqual([...new URL(authorize).searchParams.keys()], ['client_id', 'request_uri']);
    await browser.signIn(authorize, 'maria');
    assert.equal(errorOf(await fetch(authorize, { redirect: 'manual' })), 'invalid_request_uri');
    const { code } = (await (await tag.collect('cases')).json()) as { code: string };
    const other = await TestTag.make(rig.url);
    Object.assign(other, { verifier: tag.verifier });
    assert.equal((await other.exchange('cases', code)).status, 400);
  });
});
