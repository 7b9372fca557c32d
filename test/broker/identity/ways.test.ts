import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { CallLimits } from '../../../demo/identity/call-limits.ts';
import { countGuess } from '../../../demo/identity/code-sign-in.ts';
import { RETURN_MARK } from '../../../src/contract/index.ts';
import { SHOP, type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

const PAGE = `${SHOP}/orders/7?lang=en`;

describe('a page that goes away to sign in', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig.close());

  function address(tag: TestTag, change: Record<string, string> = {}): string {
    const { origin: _, ...asked } = tag.transaction('cases');
    return `${rig.url}/sign-in/page?${new URLSearchParams({ ...asked, return_to: PAGE, ...change })}`;
  }

  /** As the browser does it, from the page itself or from elsewhere. */
  const leave = (browser: TestBrowser, to: string, referer: string | null = `${SHOP}/`) =>
    browser.open(to, { headers: referer === null ? {} : { referer } });

  /** Up to the address that the page is come back to, which no test opens. */
  async function comeBack(tag: TestTag, browser = new TestBrowser(), username = 'jo') {
    const { text, url } = await leave(browser, address(tag));
    assert.match(text, /name="password"/);
    const body = new URLSearchParams({ username, password: `${username}-demo` });
    const end = await browser.openUntil(SHOP, url.href, { method: 'POST', body });
    return { end, answer: new URLSearchParams(end.slice(end.indexOf('#') + RETURN_MARK.length)) };
  }

  test('is come back to at its own address, with the code behind the mark and nowhere else', async () => {
    const tag = await TestTag.make(rig.url);
    const { end, answer } = await comeBack(tag);
    assert.ok(end.startsWith(`${PAGE}${RETURN_MARK}`), end);
    assert.deepEqual([...answer.keys()], ['app', 'iss', 'state', 'code']);
    assert.deepEqual(
      [answer.get('app'), answer.get('iss'), answer.get('state')],
      ['cases', `${rig.url}/oidc`, tag.state],
    );
    const tokens = (await (await tag.exchange('cases', answer.get('code') ?? '')).json()) as { access_token: string };
    assert.equal((await tag.call('GET', '/v1/files', { token: tokens.access_token })).status, 200);
  });

  test('leaves nothing to collect', async () => {
    const tag = await TestTag.make(rig.url);
    await comeBack(tag);
    assert.deepEqual(await (await tag.collect('cases')).json(), { status: 'error', error: 'sign_in_lost' });
  });

  test('is told that somebody was not let in', async () => {
    const { answer } = await comeBack(await TestTag.make(rig.url), new TestBrowser(), 'sam');
    assert.deepEqual([answer.get('error'), answer.get('code')], ['access_denied', null]);
  });

  for (const [what, change, referer] of [
    ['an address that somebody was sent', {}, null],
    ['an address that a foreign page leads to', {}, 'https://evil.example/'],
    ['a page that begins like ours', {}, `${SHOP}.evil.example/`],
    ['a foreign page to come back to', { return_to: 'https://evil.example/' }, `${SHOP}/`],
    ['a foreign page, from there', { return_to: 'https://evil.example/' }, 'https://evil.example/'],
    ['a name and password in the address', { return_to: 'https://a:b@www.acme.example/' }, `${SHOP}/`],
    ['an address that is a script', { return_to: 'javascript:alert(1)' }, `${SHOP}/`],
    ['a mark of its own', { return_to: `${PAGE}${RETURN_MARK}state=x` }, `${SHOP}/`],
  ] as const) {
    test(`${what} begins nothing`, async () => {
      const tag = await TestTag.make(rig.url);
      const { status, url, visited } = await leave(new TestBrowser(), address(tag, change), referer);
      assert.deepEqual([status, url.origin, visited.length], [403, rig.url, 1]);
    });
  }

  test('an answer for another browser is led nowhere', async () => {
    const tag = await TestTag.make(rig.url);
    const attacker = new TestBrowser();
    const { visited } = await leave(attacker, address(tag));
    const authorize = visited.find((at) => at.includes('/oidc/auth?')) ?? '';
    const victim = new TestBrowser();
    const { text, url } = await victim.signIn(authorize, 'maria');
    assert.equal(url.origin, rig.url);
    assert.match(text, /took too long or was opened twice/);
  });

  test('a second answer is led nowhere', async () => {
    const browser = new TestBrowser();
    const tag = await TestTag.make(rig.url);
    const { answer } = await comeBack(tag, browser);
    const again = await browser.open(`${rig.url}/sign-in/callback?${answer}`);
    assert.match(again.text, /took too long or was opened twice/);
  });
});

describe('a code that a person types', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig.close());

  const allow = (codes: boolean) => Object.assign(rig.deps.registry.app('cases').record, { codes });
  const own = () => ({ origin: rig.url, 'content-type': 'application/json' });

  async function ask(tag: TestTag) {
    const { origin: _, ...body } = tag.transaction('cases');
    return tag.call('POST', '/v1/sign-in/code', { body });
  }
  const type = (
    browser: TestBrowser,
    path: 'look' | 'begin',
    user_code: string,
    headers: Record<string, string> = own(),
  ) =>
    browser.open(`${rig.url}/sign-in/code/${path}`, { method: 'POST', headers, body: JSON.stringify({ user_code }) });

  for (const [lang, dir, title] of [
    ['en', 'ltr', 'Sign in with a code'],
    ['de', 'ltr', 'Mit einem Code anmelden'],
    ['ar', 'rtl', 'تسجيل الدخول برمز'],
  ] as const) {
    test(`is typed on a page in the language of the browser (${lang}), what goes wrong included`, async () => {
      const page = await (await fetch(`${rig.url}/code`, { headers: { 'accept-language': lang } })).text();
      assert.ok(page.includes(`<html lang="${lang}" dir="${dir}">`), page);
      assert.ok(page.includes(`<h1>${title}</h1>`), page);
      const said = [...page.matchAll(/data-(?:wrong|slow|down|unknown)="([^"]+)"/g)].map(([, words]) => words ?? '');
      assert.equal(said.length, 4);
      assert.equal(said.filter((words) => /\b(the|This|address)\b/.test(words)).length > 0, lang === 'en');
    });
  }

  test('is made only where the owner allows it', async () => {
    allow(false);
    assert.equal((await ask(await TestTag.make(rig.url))).status, 403);
  });

  test('names organisation and site, and lets in the page that asked, with the right to send files and no other', async () => {
    allow(true);
    const tag = await TestTag.make(rig.url);
    const made = (await (await ask(tag)).json()) as { user_code: string; address: string; expires_in: number };
    assert.match(made.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    assert.deepEqual([made.address, made.expires_in], [`${rig.url}/code`, 600]);
    const browser = new TestBrowser();
    const typed = made.user_code.toLowerCase().replace('-', ' ');
    const { org } = rig.deps.registry.app('cases').record;
    assert.deepEqual(JSON.parse((await type(browser, 'look', typed)).text), { org: org.name, site: SHOP });
    const { authorize } = JSON.parse((await type(browser, 'begin', typed)).text) as { authorize: string };
    assert.deepEqual([...new URL(authorize).searchParams.keys()], ['client_id', 'request_uri']);
    assert.match((await browser.signIn(authorize, 'maria')).text, /Go back to the page that showed you the code/);
    const { code } = (await (await tag.collect('cases')).json()) as { code: string };
    const tokens = (await (await tag.exchange('cases', code)).json()) as { access_token: string };
    assert.equal(decodeJwt(tokens.access_token).scope, 'uploads:create');
    assert.equal((await tag.call('GET', '/v1/files', { token: tokens.access_token })).status, 403);
  });

  test('serves once, and only a page of ours', async () => {
    allow(true);
    const { user_code } = (await (await ask(await TestTag.make(rig.url))).json()) as { user_code: string };
    const browser = new TestBrowser();
    assert.equal((await type(browser, 'begin', user_code, { ...own(), origin: SHOP })).status, 403);
    assert.equal((await type(browser, 'begin', user_code)).status, 200);
    assert.equal((await type(new TestBrowser(), 'begin', user_code)).status, 403);
    assert.equal((await type(new TestBrowser(), 'look', user_code)).status, 403);
  });

  test('of another key is not made', async () => {
    allow(true);
    const [tag, other] = [await TestTag.make(rig.url), await TestTag.make(rig.url)];
    const { origin: _, ...body } = other.transaction('cases');
    assert.equal((await tag.call('POST', '/v1/sign-in/code', { body })).status, 401);
  });

  test('is not found by guessing: sixty wrong ones a minute are all that anybody may try', async () => {
    const browser = new TestBrowser();
    const statuses: number[] = [];
    for (let tries = 0; tries < 62; tries++) statuses.push((await type(browser, 'look', 'BBBB-BBBB')).status);
    assert.deepEqual([statuses.filter((s) => s === 429).length > 0, statuses.at(-1)], [true, 429]);
    rig.deps.clock.pass(60);
    assert.equal((await type(browser, 'look', 'BBBB-BBBB')).status, 403);
  });

  test('is guessed at by all processes together: what one counted, the other knows; a right one counts for nothing', async () => {
    rig.deps.clock.pass(60);
    const other = { ...rig.deps, limits: new CallLimits(null, rig.deps.now) };
    const wrong = (deps: typeof other) => countGuess(deps, async () => null);
    for (let tries = 0; tries < 30; tries++) {
      assert.equal(await wrong(rig.deps), null);
      assert.equal(await countGuess(other, async () => 'found'), 'found');
      assert.equal(await wrong(other), null);
    }
    for (const deps of [rig.deps, other]) await assert.rejects(wrong(deps), { code: 'slow_down' });
    rig.deps.clock.pass(60);
    const atOnce = await Promise.allSettled(Array.from({ length: 100 }, () => wrong(other)));
    assert.equal(atOnce.filter(({ status }) => status === 'fulfilled').length, 60);
    rig.deps.clock.pass(60);
  });

  test('ends with its time', async () => {
    allow(true);
    const { user_code } = (await (await ask(await TestTag.make(rig.url))).json()) as { user_code: string };
    rig.deps.clock.pass(601);
    assert.equal((await type(new TestBrowser(), 'look', user_code)).status, 403);
  });
});

describe('a sign-in that is cancelled', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig.close());

  test('keeps no code, and its window closes when it comes back', async () => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    const authorize = await browser.begin(rig.url, tag.transaction('cases'));
    const { visited } = await browser.open(authorize);
    const body = { app: 'cases', secret: tag.secret };
    assert.equal((await tag.call('POST', '/v1/sign-in/cancel', { body })).status, 204);
    const { text } = await browser.signIn(visited.at(-1) ?? '', 'jo');
    assert.match(text, /<title>Sign-in cancelled<\/title>/);
    assert.deepEqual(await (await tag.collect('cases')).json(), { status: 'error', error: 'sign_in_lost' });
  });

  test('is not cancelled by anybody else', async () => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    const authorize = await browser.begin(rig.url, tag.transaction('cases'));
    const { visited } = await browser.open(authorize);
    const other = await TestTag.make(rig.url);
    await other.call('POST', '/v1/sign-in/cancel', { body: { app: 'cases', secret: tag.secret } });
    await tag.call('POST', '/v1/sign-in/cancel', { body: { app: 'cases', secret: other.secret } });
    assert.match((await browser.signIn(visited.at(-1) ?? '', 'jo')).text, /<title>Signed in<\/title>/);
    assert.equal(((await (await tag.collect('cases')).json()) as { status: string }).status, 'code');
  });
});
