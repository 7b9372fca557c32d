import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gt, isNull } from 'drizzle-orm';
import { sweep } from '../../../demo/broker/sweep.ts';
import { oidcRecord, signIn } from '../../../demo/identity/schema.ts';
import { SHOP, type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

const MINUTE = 60;
/** An access token lives five minutes: the page renews it a little before. */
const EVERY = 4 * MINUTE;

describe('a page that stays signed in by renewing its token every four minutes', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig?.close());

  for (const life of [60 * MINUTE, 30 * MINUTE]) {
    test(`is signed in for ${life / MINUTE} minutes to the second where the template says so, and then nothing of it is left`, async (t) => {
      const { deps } = rig;
      const { template } = deps.registry.app('cases');
      const usual = template.session_s;
      Object.assign(template, { session_s: life });
      // The issuer's library asks `Date`, everything else the injected clock: both stand at one whole second.
      t.mock.timers.enable({ apis: ['Date'], now: deps.now() });
      const began = deps.now();
      const pass = (seconds: number) => {
        deps.clock.pass(seconds);
        t.mock.timers.setTime(deps.now());
      };
      t.after(() => {
        deps.clock.pass((began - deps.now()) / 1000);
        Object.assign(template, { session_s: usual });
      });

      const tag = await TestTag.make(rig.url);
      const browser = new TestBrowser();
      await browser.signIn(await browser.begin(rig.url, tag.transaction('cases')), 'jo');
      const { code } = (await (await tag.collect('cases')).json()) as { code: string };
      const first = (await (await tag.exchange('cases', code)).json()) as Record<string, string>;
      let [access, refresh] = [first.access_token ?? '', first.refresh_token ?? ''];
      const renew = (refresh_token: string) =>
        tag.call('POST', '/oidc/token', {
          origin: SHOP,
          form: { grant_type: 'refresh_token', client_id: 'cases', refresh_token },
        });
      const asks = () => tag.call('GET', '/v1/files', { token: access });
      const seen = new Set([refresh]);
      const left = () => (began - deps.now()) / 1000 + life;
      const turnOver = async () => {
        const answer = await renew(refresh);
        const tokens = (await answer.json()) as Record<string, string>;
        assert.equal(answer.status, 200, `${left()} s before the end: ${JSON.stringify(tokens)}`);
        assert.equal(Number(tokens.expires_in), Math.min(deps.config.times.accessToken, left()));
        [access, refresh] = [tokens.access_token ?? '', tokens.refresh_token ?? ''];
        seen.add(refresh);
        assert.equal((await asks()).status, 200);
      };

      while (left() > EVERY) {
        pass(EVERY);
        await turnOver();
      }
      pass(left() - 1);
      await turnOver();
      assert.equal(seen.size, Math.ceil(life / EVERY) + 1, 'each renewal gave another refresh token');

      pass(1);
      assert.equal(deps.now() - began, life * 1000);
      const refused = await renew(refresh);
      assert.deepEqual([refused.status, ((await refused.json()) as { error: string }).error], [400, 'invalid_grant']);
      const unheard = await asks();
      assert.deepEqual([unheard.status, ((await unheard.json()) as { code: string }).code], [401, 'sign_in_ended']);

      // No code, session or request waits for somebody to pick it up.
      assert.deepEqual(await deps.db.q.select().from(signIn).where(isNull(signIn.collectedAt)), []);
      const living = gt(oidcRecord.expiresAt, new Date(deps.now()));
      const lasting = (await deps.db.q.select().from(oidcRecord).where(living)).map(({ model }) => model);
      assert.deepEqual(
        lasting.filter((model) => model !== 'ReplayDetection'),
        [],
      );
      await sweep(deps);
      pass(deps.config.times.accessToken);
      await sweep(deps);
      assert.deepEqual(await deps.db.q.select().from(oidcRecord), []);
      assert.deepEqual(await deps.db.q.select().from(signIn), []);
    });
  }
});
