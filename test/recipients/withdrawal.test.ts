import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { audit } from '../../demo/audit/schema.ts';
import { consent } from '../../demo/recipients/schema.ts';
import { Withdrawn } from '../../src/contract/index.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

describe('withdrawing', () => {
  let rig: LinkRig;
  let key: PageKey;
  before(async () => {
    rig = await LinkRig.start();
    key = await PageKey.make();
  });
  after(() => rig.close());

  test('ends the link with a receipt, and asked again answers the same receipt', async () => {
    const { id, token } = await rig.sentLink();
    const { verified } = await rig.accepted(token, key);
    rig.deps.clock.pass(20);
    const withdrawn = v.parse(Withdrawn, (await rig.withdraw(verified.recipient_token, key)).body);
    assert.equal(withdrawn.at, new Date(rig.deps.now()).toISOString());
    rig.deps.clock.pass(20);
    assert.deepEqual((await rig.withdraw(verified.recipient_token, key)).body, withdrawn);
    const cover = await rig.cover(token);
    assert.deepEqual([cover.state, cover.state_since], ['withdrawn', withdrawn.at]);
    const events = await rig.deps.db.q
      .select({ event: consent.event })
      .from(consent)
      .where(eq(consent.link, id))
      .orderBy(consent.at);
    assert.deepEqual(
      events.map(({ event }) => event),
      ['accepted', 'withdrawn'],
    );
  });

  test('is possible after the download, and after the sender took the link back', async () => {
    for (const end of ['claim', 'take back']) {
      const { id, token } = await rig.sentLink();
      const { verified } = await rig.accepted(token, key);
      if (end === 'claim') await rig.asRecipient('claim', verified.recipient_token, key);
      else await rig.asSender('DELETE', `/v1/links/${id}`);
      assert.equal((await rig.withdraw(verified.recipient_token, key)).status, 200);
    }
  });

  test('by a script is refused and written down, and a person may still withdraw', async () => {
    const { id, token } = await rig.sentLink();
    const { verified } = await rig.accepted(token, key);
    for (const body of [{}, { is_trusted: 'yes' }]) {
      const unsaid = await rig.asRecipient('withdraw', verified.recipient_token, key, body);
      assert.deepEqual([unsaid.status, codeOf(unsaid)], [400, 'bad_request']);
    }
    const refused = await rig.asRecipient('withdraw', verified.recipient_token, key, { is_trusted: false });
    assert.deepEqual([refused.status, codeOf(refused)], [403, 'not_a_person']);
    const acts = await rig.deps.db.q.select().from(audit).where(eq(audit.subject, id)).orderBy(audit.seq);
    const { act, facts } = acts.at(-1) ?? assert.fail('no act');
    assert.deepEqual([act, facts], ['consent.refused', { code: 'not_a_person' }]);
    assert.equal((await rig.cover(token)).state, 'accepted');
    assert.equal((await rig.withdraw(verified.recipient_token, key)).status, 200);
  });

  test('needs an answer to withdraw', async () => {
    const { token } = await rig.sentLink();
    const shown = await rig.proven(token, key);
    assert.equal(codeOf(await rig.withdraw(shown.recipient_token, key)), 'notice_stale');
    assert.equal((await rig.cover(token)).state, 'open');
  });
});
