import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { SHOP, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { PROCESS, startTwoProcesses } from '../../support/two-processes.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

const MANY = 50;
const times = <T>(make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: MANY }, (_, index) => make(index)));
const count = (values: readonly unknown[]): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const value of values) counted[String(value)] = (counted[String(value)] ?? 0) + 1;
  return counted;
};

interface Tokens {
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly error?: string;
}

for (const [where, start] of [
  ['one process on PGlite', startWholeBroker],
  ['two processes on one PostgreSQL', startTwoProcesses],
] as const) {
  describe(`many at once at ${where}`, () => {
    let rig: { readonly url: string; close(): Promise<void> };
    before(async () => {
      rig = await start();
    });
    after(() => rig?.close());

    async function parked(): Promise<{ tag: TestTag; browser: TestBrowser; visited: string[] }> {
      const tag = await TestTag.make(rig.url);
      const browser = new TestBrowser();
      const { visited } = await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'maria');
      // The first call of a key learns the nonce; what follows then needs one request.
      await tag.collect('cases', { secret: tag.verifier });
      return { tag, browser, visited };
    }
    const collect = async (tag: TestTag) =>
      (await (await tag.collect('cases')).json()) as { status: string; code?: string };
    const redeem = async (tag: TestTag, code: string) => (await (await tag.exchange('cases', code)).json()) as Tokens;
    const refresh = async (tag: TestTag, token = '') => {
      const form = { grant_type: 'refresh_token', client_id: 'cases', refresh_token: token };
      return (await (await tag.call('POST', '/oidc/token', { form })).json()) as Tokens;
    };
    const signedIn = async () => {
      const { tag } = await parked();
      return { tag, tokens: await redeem(tag, (await collect(tag)).code ?? '') };
    };

    test(`${MANY} collect one code: one gets it`, async () => {
      const { tag } = await parked();
      const answers = await times(() => collect(tag));
      assert.deepEqual(count(answers.map(({ status }) => status)), { code: 1, error: MANY - 1 });
    });

    test(`${MANY} redeem one code: at most one gets tokens, and every other is refused`, async () => {
      const { tag } = await parked();
      const { code = '' } = await collect(tag);
      const answers = await times(() => redeem(tag, code));
      const won = answers.filter(({ access_token }) => access_token);
      assert.ok(won.length <= 1, String(won.length));
      assert.deepEqual(count(answers.map(({ error }) => error)).invalid_grant, MANY - won.length);
    });

    test(`${MANY} turn over one refresh token: at most one successor, and the reuse ends the sign-in`, async () => {
      const { tag, tokens } = await signedIn();
      const answers = await times(() => refresh(tag, tokens.refresh_token));
      const won = answers.filter(({ access_token }) => access_token);
      assert.ok(won.length <= 1, String(won.length));
      assert.deepEqual(count(answers.map(({ error }) => error)).invalid_grant, MANY - won.length);
      for (const { refresh_token } of won) assert.equal((await refresh(tag, refresh_token)).error, 'invalid_grant');
      for (const { access_token = '' } of [tokens, ...won]) {
        const answer = await tag.call('GET', '/v1/files', { token: access_token });
        assert.equal(((await answer.json()) as { code: string }).code, 'sign_in_ended');
      }
    });

    test(`${MANY} send one proof: one is heard, at the API and at the issuer`, async () => {
      const { tag, tokens } = await signedIn();
      const token = tokens.access_token ?? '';
      const ath = createHash('sha256').update(token).digest('base64url');
      const dpop = await tag.proof('GET', `${rig.url}/v1/files`, { ath });
      const statuses = await times(async () => {
        const headers = { authorization: `DPoP ${token}`, dpop, origin: SHOP };
        return (await fetch(`${rig.url}/v1/files`, { headers })).status;
      });
      assert.deepEqual(count(statuses), { 200: 1, 401: MANY - 1 });

      const proof = await tag.proof('POST', `${rig.url}/oidc/token`);
      const answers = await times(async () => {
        const form = { grant_type: 'refresh_token', client_id: 'cases', refresh_token: tokens.refresh_token ?? '' };
        const init = { method: 'POST', headers: { dpop: proof, origin: SHOP }, body: new URLSearchParams(form) };
        return (await (await fetch(`${rig.url}/oidc/token`, init)).json()) as Tokens;
      });
      const won = answers.filter(({ access_token }) => access_token);
      assert.equal(won.length, 1, 'a proof that comes again is refused before it can end the sign-in');
      assert.ok((await refresh(tag, won[0]?.refresh_token)).access_token);
    });

    test(`${MANY} end one interaction: one goes on, nobody sees an error of the server, and the person is signed in`, async () => {
      const tag = await TestTag.make(rig.url);
      const browser = new TestBrowser();
      const way = await browser.open(await browser.begin(rig.url, tag.transaction('cases')));
      const interaction = way.visited.find((address) => address.includes('/sign-in/interaction/')) ?? '';
      await browser.signIn(interaction, 'maria', '/end');
      const ends = await times(() => browser.open(`${interaction}/end`));
      assert.ok(ends.every(({ status }) => status < 500));
      assert.equal(ends.filter(({ text }) => /<title>Signed in</.test(text)).length, 1);
      assert.equal((await collect(tag)).status, 'code');
    });

    test(`${MANY} open one callback: one parks`, async () => {
      const { visited, tag } = await parked();
      assert.equal((await collect(tag)).status, 'code');
      const again = await times(async () => (await fetch(visited.at(-1) ?? '')).status);
      assert.deepEqual(count(again), { 200: MANY });
      assert.equal((await collect(tag)).status, 'error');
    });

    if (start === startTwoProcesses) {
      const at = (name: '0' | '1') => ({ [PROCESS]: name });

      test('a proof that was used at one is refused at the other', async () => {
        const { tag, tokens } = await signedIn();
        const token = tokens.access_token ?? '';
        const ath = createHash('sha256').update(token).digest('base64url');
        const dpop = await tag.proof('GET', `${rig.url}/v1/files`, { ath });
        const ask = async (name: '0' | '1') => {
          const headers = { authorization: `DPoP ${token}`, dpop, origin: SHOP, ...at(name) };
          return (await fetch(`${rig.url}/v1/files`, { headers })).status;
        };
        assert.deepEqual([await ask('0'), await ask('1'), await ask('0')], [200, 401, 401]);
      });

      test('who signs out at one is signed out at the other with the next request', async () => {
        const { tag, tokens } = await signedIn();
        const token = tokens.access_token ?? '';
        const status = async (name: '0' | '1') =>
          (await tag.call('GET', '/v1/files', { token, headers: at(name) })).status;
        assert.deepEqual([await status('0'), await status('1')], [200, 200]);
        const form = { client_id: 'cases', token: tokens.refresh_token ?? '' };
        assert.equal((await tag.call('POST', '/oidc/token/revocation', { form, headers: at('0') })).status, 200);
        assert.deepEqual([await status('1'), await status('0')], [401, 401]);
      });

      test('a sign-in begins at one and ends at the other, and a poll that waits there hears of it', async () => {
        const tag = await TestTag.make(rig.url);
        const browser = new TestBrowser({ headers: at('0') });
        await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'maria');
        const asked = { body: { app: 'cases', secret: tag.secret }, headers: at('1') };
        const { code = '' } = (await (await tag.call('POST', '/v1/sign-in/collect', asked)).json()) as {
          code?: string;
        };
        const { access_token: token = '' } = await redeem(tag, code);
        for (const name of ['0', '1'] as const) {
          assert.equal((await tag.call('GET', '/v1/files', { token, headers: at(name) })).status, 200);
        }
      });
    }
  });
}
