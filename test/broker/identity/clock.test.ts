import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SHOP, type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

const MINUTE = 60;

describe("a clock that is not the broker's", () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig?.close());

  async function parked(): Promise<TestTag> {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'maria');
    return tag;
  }
  const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

  for (const [name, drift] of [
    ['four minutes ahead', 4 * MINUTE],
    ['four minutes behind', -4 * MINUTE],
  ] as const) {
    test(`${name} signs in, is given tokens, gets new ones and is heard at the API`, async () => {
      const tag = await parked();
      tag.drift = drift;
      const { status, code } = await bodyOf(await tag.collect('cases'));
      assert.equal(status, 'code');
      const tokens = await bodyOf(await tag.exchange('cases', String(code)));
      assert.equal(tokens.token_type, 'DPoP');
      const files = await tag.call('GET', '/v1/files', { token: String(tokens.access_token) });
      assert.equal(files.status, 200);
      const form = { grant_type: 'refresh_token', client_id: 'cases', refresh_token: String(tokens.refresh_token) };
      const renewed = await bodyOf(await tag.call('POST', '/oidc/token', { form, origin: SHOP }));
      assert.equal((await tag.call('GET', '/v1/files', { token: String(renewed.access_token) })).status, 200);
    });
  }

  for (const [name, drift, minutes] of [
    ['six minutes ahead', 6 * MINUTE, 6],
    ['six minutes behind', -6 * MINUTE, 6],
    ['a day ahead', 24 * 60 * MINUTE, 1440],
  ] as const) {
    test(`${name} is told so at its first call, before anybody has signed in, and nothing of the sign-in is used up`, async () => {
      const tag = await parked();
      tag.drift = drift;
      const refused = await tag.collect('cases');
      const problem = await bodyOf(refused);
      assert.deepEqual([refused.status, problem.code, problem.figures], [401, 'clock', { minutes }]);
      assert.equal(refused.headers.get('www-authenticate'), null);
      tag.drift = 0;
      assert.equal((await bodyOf(await tag.collect('cases'))).status, 'code');
    });
  }

  test('a proof that is wrong in another way is not told of the clock', async () => {
    const tag = await parked();
    tag.drift = 6 * MINUTE;
    const elsewhere = await tag.proof('POST', `${rig.url}/v1/files`);
    const answer = await fetch(`${rig.url}/v1/sign-in/collect`, {
      method: 'POST',
      headers: { origin: SHOP, DPoP: elsewhere, 'content-type': 'application/json' },
      body: JSON.stringify({ app: 'cases', secret: tag.secret }),
    });
    assert.equal((await bodyOf(answer)).code, 'proof_refused');
  });
});
