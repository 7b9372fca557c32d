import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Database } from '../../demo/database/index.ts';
import { endAccess } from '../../demo/identity/tokens/end-access.ts';
import { endWork } from '../../demo/recipients/end-work.ts';
import type { Verified } from '../../src/contract/index.ts';
import { openTestPostgres, type TestPostgres } from '../support/database.ts';
import { codeOf, figuresOf, LinkRig, otherCode } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { RecipientProcess } from '../support/recipient-processes.ts';

// Here: the process of the test. There: a broker in a process of its own, on the same PostgreSQL.
describe('what ends a link in one process is refused at the other from its next request on', () => {
  let server: TestPostgres;
  let db: Database;
  let rig: LinkRig;
  let there: RecipientProcess;
  before(async () => {
    server = await openTestPostgres();
    db = await server.open();
    rig = await LinkRig.start({ db });
    there = await RecipientProcess.start(server.url);
  });
  after(async () => {
    await there.close();
    await rig.close();
    await db.close();
    await server.stop();
  });

  /** A link whose files went out in both processes a moment ago. */
  const claimed = async () => {
    const { id, token } = await rig.sentLink();
    const key = await PageKey.make();
    const { verified } = await rig.accepted(token, key);
    const won = verified.recipient_token;
    const claimHere = () => rig.asRecipient('claim', won, key);
    const claimThere = () => there.ask(rig.deps, 'claim', won, key);
    const extendThere = () => there.ask(rig.deps, 'extend', won, key);
    const withdrawThere = () => there.ask(rig.deps, 'withdraw', won, key, { is_trusted: true });
    assert.deepEqual([(await claimThere()).status, (await claimHere()).status], [200, 200]);
    return { id, token, key, claimHere, claimThere, extendThere, withdrawThere };
  };

  test('taken back by its sender', async () => {
    const { id, claimThere, extendThere } = await claimed();
    assert.equal((await rig.asSender('DELETE', `/v1/links/${id}`)).status, 204);
    const [claim, extend] = [await claimThere(), await extendThere()];
    assert.deepEqual([claim.status, codeOf(claim)], [410, 'link_taken_back']);
    assert.deepEqual([extend.status, codeOf(extend)], [410, 'link_taken_back']);
  });

  test('renewed by its sender', async () => {
    const { id, claimThere } = await claimed();
    assert.equal((await rig.asSender('POST', `/v1/links/${id}/renew`, {})).status, 201);
    assert.equal(codeOf(await claimThere()), 'link_renewed');
  });

  test('withdrawn by its recipient', async () => {
    const { claimHere, claimThere, withdrawThere } = await claimed();
    assert.equal((await withdrawThere()).status, 200);
    assert.deepEqual([codeOf(await claimHere()), codeOf(await claimThere())], ['withdrawn', 'withdrawn']);
  });

  test('declined after it was accepted', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const code = await rig.mailedCode(token);
    const shown = async () => (await rig.verify(token, code, key)).body as Verified;
    assert.equal((await rig.decide(await shown(), key, 'accept')).status, 200);
    const again = await shown();
    assert.equal((await rig.decide(again, key, 'decline')).status, 200);
    assert.equal(codeOf(await there.ask(rig.deps, 'claim', again.recipient_token, key)), 'link_declined');
  });

  test('tries of a code are counted in both together', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const code = await rig.mailedCode(token);
    const wrong = { token, code: otherCode(code) };
    for (const left of [4, 2]) {
      assert.deepEqual(figuresOf(await rig.verify(token, wrong.code, key)), { tries_left: left });
      const answer = await there.ask(rig.deps, 'verify', undefined, key, wrong);
      assert.deepEqual(figuresOf(answer), { tries_left: left - 1 });
    }
    assert.deepEqual(figuresOf(await rig.verify(token, wrong.code, key)), { tries_left: 0 });
    assert.equal(codeOf(await there.ask(rig.deps, 'verify', undefined, key, { token, code })), 'code_old');
  });

  test('tokens of an app whose access the owner ended', async () => {
    const { claimHere, claimThere, withdrawThere } = await claimed();
    await endAccess(rig.deps, { tenant: 'acme', app: 'cases' }, 'operator', endWork);
    assert.deepEqual([codeOf(await claimThere()), codeOf(await withdrawThere())], ['sign_in_ended', 'sign_in_ended']);
    assert.equal(codeOf(await claimHere()), 'sign_in_ended');
  });
});
