import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestClock, type TestDeps, testDeps } from '../support/broker.ts';
import { addressOf, answerWith, end, listen, SHOP, TestTag } from '../support/sign-in.ts';
import { wholeBroker } from '../support/whole-broker.ts';

const GLOBEX = 'https://www.globex.example';
const BURST = 20;
type Sent = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** A broker behind one proxy of the operator's, so that a test can come from anywhere. */
describe('calls that nobody has signed in for', () => {
  let url: string;
  let deps: TestDeps;
  let close: () => Promise<void>;
  let visitors = 0;
  before(async () => {
    const server = await listen();
    url = addressOf(server);
    const clock = new TestClock();
    clock.pass(Math.floor((Date.now() - clock.now()) / 1000));
    deps = await testDeps({ clock, publicUrl: url, rate: { perMinute: 60, burst: BURST, proxies: 1 } });
    server.on('request', answerWith(deps, wholeBroker));
    close = async () => {
      end(server);
      await deps.close();
    };
  });
  after(() => close());

  const visitor = () => `203.0.113.${++visitors}`;
  const call = (from: string, path: string, init: Sent = {}) =>
    fetch(url + path, { redirect: 'manual', ...init, headers: { 'x-forwarded-for': from, ...init.headers } });
  const json = (body: unknown, origin = SHOP) => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { origin, 'content-type': 'application/json' },
  });
  const form = (body: Record<string, string>, origin = SHOP) => ({
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { origin },
  });
  const spend = async (from: string, path: string, init: Sent = {}) => {
    const answers: Response[] = [];
    for (let n = 0; n <= BURST; n++) answers.push(await call(from, path, init));
    const last = answers.pop() ?? assert.fail();
    assert.ok(
      answers.every(({ status }) => status !== 429),
      'within its measure nobody waits',
    );
    return last;
  };

  const CALLS: Readonly<Record<string, readonly [string, Sent]>> = {
    'the app': ['/v1/apps/cases', { headers: { origin: SHOP } }],
    'the start of a sign-in': ['/sign-in/start', json({}, 'own')],
    'the start of a sign-in of a page that leaves': ['/sign-in/page?app=cases', {}],
    'a code to type': ['/v1/sign-in/code', json({})],
    'the authorization endpoint': ['/oidc/auth?client_id=cases', {}],
    'a token': ['/oidc/token', form({ grant_type: 'refresh_token', client_id: 'cases', refresh_token: 'x' })],
    'a revocation': ['/oidc/token/revocation', form({ client_id: 'cases', token: 'x' })],
    'the wait for a sign-in': ['/v1/sign-in/collect', json({})],
    'the cover of a link': ['/v1/recipient/notice', json({ token: 'x' }, 'own')],
    'the code of a link': ['/v1/recipient/code', json({ token: 'x' }, 'own')],
  };

  for (const [what, [path, asked]] of Object.entries(CALLS)) {
    test(`${what}: one too many is told in words to wait, for how long, and a page can read it`, async () => {
      const from = visitor();
      const origin = asked.headers?.origin;
      const init = origin === 'own' ? { ...asked, headers: { ...asked.headers, origin: url } } : asked;
      const refused = await spend(from, path, init);
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get('retry-after'), '1');
      if (origin === SHOP) {
        assert.equal(refused.headers.get('access-control-allow-origin'), SHOP);
        assert.match(refused.headers.get('access-control-expose-headers') ?? '', /Retry-After/);
      }
      const problem = (await refused.json()) as { code: string; remedy: { person: string; owner: string } };
      assert.equal(problem.code, 'slow_down');
      assert.ok(problem.remedy.person.length > 0 && problem.remedy.owner.length > 0);
      assert.notEqual((await call(visitor(), path, init)).status, 429, 'nobody else waits with them');
      deps.clock.pass(1);
      assert.notEqual((await call(from, path, init)).status, 429, 'a second later they go on');
    });
  }

  test('at one app leave the same people their other apps', async () => {
    const from = visitor();
    assert.equal((await spend(from, '/v1/apps/cases', { headers: { origin: SHOP } })).status, 429);
    assert.equal((await call(from, '/v1/apps/globex-cases', { headers: { origin: GLOBEX } })).status, 200);
  });

  test('with made-up apps are bounded all together', async () => {
    const from = visitor();
    const statuses: number[] = [];
    for (let n = 0; n < 4 * BURST + 1; n++)
      statuses.push((await call(from, `/oidc/auth?client_id=made-up-${n}`)).status);
    assert.equal(statuses.indexOf(429), 4 * BURST);
  });

  test('of one machine with many addresses of its own network count as one', async () => {
    for (let n = 0; n < BURST; n++) await call(`2001:db8:7:7::${n}`, '/v1/apps/cases');
    assert.equal((await call('2001:db8:7:7:ffff::1', '/v1/apps/cases')).status, 429);
    assert.equal((await call('2001:db8:7:8::1', '/v1/apps/cases')).status, 200);
  });

  test('are not believed where they say they come from: only the last proxy is ours', async () => {
    const from = visitor();
    for (let n = 0; n < BURST; n++) await call(`198.51.100.${n}, ${from}`, '/v1/apps/cases');
    assert.equal((await call(`198.51.100.99, ${from}`, '/v1/apps/cases')).status, 429);
    assert.equal((await call(from.replace('203', '198'), '/v1/apps/cases')).status, 200);
  });

  test('are bounded whatever they bring for a token', async () => {
    const headers = { origin: SHOP, authorization: 'DPoP a.b.c' };
    assert.equal((await spend(visitor(), '/v1/apps/cases', { headers })).status, 429);
  });

  test('hold nobody back who is signed in', async () => {
    const from = visitor();
    assert.equal((await spend(from, '/v1/apps/cases', { headers: { origin: SHOP } })).status, 429);
    const tag = await TestTag.make(url);
    const answer = await tag.call('GET', '/v1/files', { token: 'a.b.c', headers: { 'x-forwarded-for': from } });
    assert.equal(answer.status, 401);
  });

  test('that guess a typed code are ten a minute from one place, and hold nobody else back', async () => {
    const from = visitor();
    const guess = (by: string) => call(by, '/sign-in/code/look', json({ user_code: 'BCDF-GHJK' }, url));
    for (let n = 0; n < 10; n++) assert.equal((await guess(from)).status, 403);
    const refused = await guess(from);
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '6']);
    assert.equal((await guess(visitor())).status, 403);
  });
});
