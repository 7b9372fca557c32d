import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eq } from 'drizzle-orm';
import { link } from '../../demo/recipients/schema.ts';
import { ROUTES } from '../../src/contract/index.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const STEPS = Object.values(ROUTES)
  .filter(({ auth }) => auth === 'recipient')
  .map(({ path }) => path.slice('/v1/recipient/'.length));

test('every call of a proven recipient is refused without the token, without a proof, with another key and with the token of nobody', async (t) => {
  const rig = await LinkRig.start();
  t.after(() => rig.close());
  for (const needed of ['claim', 'decide', 'withdraw', 'extend', 'show', 'receipt', 'receipt/mail', 'log']) {
    assert.equal(STEPS.includes(needed), true, needed);
  }
  const { id, token } = await rig.sentLink();
  const [key, thief] = [await PageKey.make(), await PageKey.make()];
  const shown = await rig.proven(token, key);
  const [proof, other] = [shown.recipient_token, 'A'.repeat(43)];
  const before = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
  // Whole answers, so that nothing but the token is missing.
  const answer = {
    decision: 'accept',
    notice_sha256: shown.sha256,
    nonce: shown.nonce,
    surface: 'page',
    is_trusted: true,
  };
  for (const step of STEPS) {
    const path = `/v1/recipient/${step}`;
    const bare = await key.headers(rig.deps, 'POST', path);
    const tried = {
      'no token': await rig.call(step, answer, bare),
      'token of the link': await rig.asRecipient(step, token, key, answer),
      Bearer: await rig.call(step, answer, { ...bare, authorization: `Bearer ${proof}` }),
      'no proof': await rig.call(step, answer, { authorization: `DPoP ${proof}` }),
      'proof of another token': await rig.call(step, answer, {
        ...(await key.headers(rig.deps, 'POST', path, other)),
        authorization: `DPoP ${proof}`,
      }),
      'another key': await rig.asRecipient(step, proof, thief, answer),
      'token of nobody': await rig.asRecipient(step, other, key, answer),
    };
    const seen = Object.fromEntries(Object.entries(tried).map(([how, one]) => [how, `${one.status} ${codeOf(one)}`]));
    assert.deepEqual(
      seen,
      {
        'no token': '401 sign_in_needed',
        'token of the link': '401 sign_in_ended',
        Bearer: '401 sign_in_needed',
        'no proof': '401 proof_refused',
        'proof of another token': '401 proof_refused',
        'another key': '401 sign_in_ended',
        'token of nobody': '401 sign_in_ended',
      },
      step,
    );
  }
  assert.deepEqual(await rig.deps.db.q.select().from(link).where(eq(link.id, id)), before);
  assert.equal((await rig.decide(shown, key, 'accept')).status, 200, 'and the right one still answers');
});
