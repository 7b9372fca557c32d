import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desc } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { audit } from '../../../demo/audit/schema.ts';
import { type SignedIn, TwoOrganisations } from '../../support/two-organisations.ts';

describe('what the issuer does and refuses stands in the list of acts', () => {
  let rig: TwoOrganisations;
  before(async () => {
    rig = await TwoOrganisations.start();
  });
  after(() => rig.close());

  const acts = async (count = 1) => rig.deps.db.q.select().from(audit).orderBy(desc(audit.seq)).limit(count);
  const personOf = ({ tokens }: SignedIn) => decodeJwt(tokens.access_token ?? '').sub;
  const assertNoSecret = async (me: SignedIn) => {
    const all = JSON.stringify(await acts(1000));
    for (const secret of [...Object.values(me.tokens), me.code, me.tag.verifier]) assert.ok(!all.includes(secret));
  };

  test('who signed out, in which app', async () => {
    const me = await rig.signedIn('cases', 'maria');
    const form = { client_id: 'cases', token: me.tokens.refresh_token ?? '' };
    assert.equal((await me.tag.call('POST', '/oidc/token/revocation', { form })).status, 200);
    const [act] = await acts();
    assert.deepEqual(
      [act?.act, act?.tenant, act?.app, act?.actor, act?.subject],
      ['person.signed-out', 'acme', 'cases', `person:${personOf(me)}`, personOf(me)],
    );
    await assertNoSecret(me);
  });

  test('a refresh token that came a second time, and whose sign-in that ended', async () => {
    const me = await rig.signedIn('globex-cases', 'sam');
    const form = {
      grant_type: 'refresh_token',
      client_id: 'globex-cases',
      refresh_token: me.tokens.refresh_token ?? '',
    };
    assert.equal((await me.token(form)).status, 200);
    assert.equal((await me.token(form)).status, 400);
    const [refused, reused] = await acts(2);
    assert.deepEqual(
      [reused?.act, reused?.actor, reused?.app],
      ['sign-in.reused', `person:${personOf(me)}`, 'globex-cases'],
    );
    assert.deepEqual([refused?.act, refused?.facts], ['issuer.refused', { endpoint: 'token', error: 'invalid_grant' }]);
    await assertNoSecret(me);
  });

  test('a code that does not fit', async () => {
    const { tag, collected } = await rig.ended('cases', 'maria');
    Object.assign(tag, { verifier: 'x'.repeat(43) });
    assert.equal((await tag.exchange('cases', collected.code ?? '')).status, 400);
    const [act] = await acts();
    assert.deepEqual([act?.act, act?.facts], ['issuer.refused', { endpoint: 'token', error: 'invalid_grant' }]);
  });

  test('not that a page had to bring a nonce, which all do', async () => {
    const before = (await acts())[0]?.seq;
    const { tag } = await rig.begun('cases');
    const form = { grant_type: 'refresh_token', client_id: 'cases', refresh_token: 'x' };
    await tag.call('POST', '/oidc/token', { form });
    const since = (await acts(10)).filter(({ seq }) => seq > (before ?? 0));
    assert.deepEqual(
      since.map(({ facts }) => facts.error),
      ['invalid_grant'],
      'the second try alone',
    );
  });

  test('somebody who errs on purpose fills no table', async () => {
    const { tag } = await rig.begun('photos');
    const before = (await acts())[0]?.seq ?? 0;
    for (let n = 0; n < 40; n++) {
      const form = { grant_type: 'refresh_token', client_id: 'photos', refresh_token: `guess-${n}` };
      await tag.call('POST', '/oidc/token', { form });
    }
    const since = (await acts(100)).filter(({ seq, act }) => seq > before && act === 'issuer.refused');
    assert.equal(since.length, 20);
  });
});
