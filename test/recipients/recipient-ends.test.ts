import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cutLives } from '../../demo/identity/tokens/cut-lives.ts';
import { endAccess } from '../../demo/identity/tokens/end-access.ts';
import { endWork } from '../../demo/recipients/end-work.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

describe("a recipient's token", () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  const proven = async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const { recipient_token } = await rig.proven(token, key);
    return { token, key, claim: () => rig.asRecipient('claim', recipient_token, key) };
  };
  const ENDED = [401, 'sign_in_ended'];

  test('ends with its ten minutes, to the second', async () => {
    const { claim } = await proven();
    rig.deps.clock.pass(599);
    assert.notEqual(codeOf(await claim()), 'sign_in_ended');
    rig.deps.clock.pass(1);
    const over = await claim();
    assert.deepEqual([over.status, codeOf(over)], ENDED);
  });

  test('ends earlier where all lives are cut, for what is out already too, and is not given back', async () => {
    const { claim } = await proven();
    rig.deps.clock.pass(100);
    await cutLives(rig.deps, 120, 'operator');
    rig.deps.clock.pass(19);
    assert.notEqual(codeOf(await claim()), 'sign_in_ended');
    rig.deps.clock.pass(1);
    assert.equal(codeOf(await claim()), 'sign_in_ended');
    await cutLives(rig.deps, null, 'operator');
    assert.equal(codeOf(await claim()), 'sign_in_ended');
    rig.deps.clock.pass(10);
    assert.notEqual(codeOf(await (await proven()).claim()), 'sign_in_ended', 'what begins now lives as usual');
  });

  test('of one tenant ends with it, and of another does not', async () => {
    const { claim } = await proven();
    rig.deps.clock.pass(10);
    await endAccess(rig.deps, { tenant: 'globex' }, 'operator', endWork);
    assert.notEqual(codeOf(await claim()), 'sign_in_ended');
    await endAccess(rig.deps, { tenant: 'acme' }, 'operator', endWork);
    assert.equal(codeOf(await claim()), 'sign_in_ended');
  });
});
