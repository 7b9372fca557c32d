import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { MadeLink } from '../../src/contract/index.ts';
import { codeOf, figuresOf, LinkRig, otherCode, tokenIn } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const MINUTE = 60;
const HOUR = 3600;

describe('whoever holds a link and has neither the mailbox nor patience', () => {
  let rig: LinkRig;
  let key: PageKey;
  beforeEach(async () => {
    rig = await LinkRig.start();
    key = await PageKey.make();
  });
  afterEach(() => rig.close());

  /** The mail that is out, guessed at until no try is left; how the last guess ended. */
  const guessOut = async (token: string): Promise<string> => {
    const code = await rig.mailedCode(token);
    let last = '';
    for (let guess = 0; guess < 5; guess++) last = codeOf(await rig.verify(token, otherCode(code), key));
    return last;
  };
  /** Three mails, five guesses at each: ten minutes apart, so that the pause begins twenty minutes from now. */
  const lock = async (token: string): Promise<void> => {
    for (const end of ['code_wrong', 'code_wrong', 'code_locked']) {
      assert.equal(await guessOut(token), end);
      if (end === 'code_wrong') rig.deps.clock.pass(10 * MINUTE);
    }
  };

  test('who presses for a code 100 times in an hour causes three mails, and the next hour three', async () => {
    const { token } = await rig.sentLink();
    for (const hour of ['first', 'second']) {
      const answers = { sent: 0, standing: 0, refused: 0 };
      for (let press = 0; press < 100; press++) {
        const { status } = await rig.call('code', { token });
        const mails = (await rig.deliver('code-mail')).length;
        if (status === 429 && mails === 0) answers.refused++;
        else if (mails === 0) answers.standing++;
        else answers.sent += mails;
        rig.deps.clock.pass(36);
      }
      // A press every 36 s: of 0 s, 72 s and 144 s come mails; those at 36, 108 and 180 s tell of the code that is out.
      assert.deepEqual(answers, { sent: 3, standing: 3, refused: 94 }, hour);
    }
  });

  test('100 presses at the same moment cause one mail, and of 100 wrong codes five are tries', async () => {
    const { token } = await rig.sentLink();
    const presses = await Promise.all(Array.from({ length: 100 }, () => rig.call('code', { token })));
    assert.deepEqual([...new Set(presses.map(({ status }) => status))], [200]);
    const mails = await rig.deliver('code-mail');
    assert.equal(mails.length, 1);
    const guesses = await Promise.all(Array.from({ length: 100 }, () => rig.verify(token, '00000000', key)));
    const codes = guesses.map(codeOf);
    assert.deepEqual(
      [codes.filter((code) => code === 'code_wrong').length, codes.filter((code) => code === 'code_old').length],
      [5, 95],
    );
  });

  test('who guesses for eight hours has 90 tries at eight digits, and the person still gets in', async () => {
    const { token } = await rig.sentLink();
    const begun = rig.deps.now();
    let tries = 0;
    while (rig.deps.now() < begun + 8 * HOUR * 1000) {
      const { status } = await rig.call('code', { token });
      if (status === 200) {
        await rig.deliver('code-mail');
        for (let end = 'code_wrong'; end === 'code_wrong'; ) {
          end = codeOf(await rig.verify(token, '00000000', key));
          if (end !== 'code_old') tries++;
        }
      }
      rig.deps.clock.pass(10 * MINUTE);
    }
    assert.equal(tries, 90);
    const { locked_until: until, state } = await rig.cover(token);
    assert.equal(state, 'open');
    if (until !== undefined) rig.deps.clock.pass((Date.parse(until) - rig.deps.now()) / 1000);
    assert.equal((await rig.verify(token, await rig.mailedCode(token), key)).status, 200);
  });

  test('who has it paused delays only those who have not proven yet', async () => {
    const { token } = await rig.sentLink();
    assert.equal(await guessOut(token), 'code_wrong');
    rig.deps.clock.pass(MINUTE);
    assert.equal(await guessOut(token), 'code_wrong');
    rig.deps.clock.pass(HOUR);
    const mine = await PageKey.make();
    const { recipient_token: proven } = (await rig.accepted(token, mine)).verified;
    rig.deps.clock.pass(MINUTE);
    assert.equal(await guessOut(token), 'code_locked');
    assert.equal(codeOf(await rig.call('code', { token })), 'code_locked');
    for (const step of ['claim', 'extend', 'claim', 'receipt']) {
      assert.equal((await rig.asRecipient(step, proven, mine)).status, 200, step);
    }
    assert.equal((await rig.withdraw(proven, mine)).status, 200);
  });

  test('who has it paused burns nothing: its sender renews it meanwhile, and the new one has all its tries', async () => {
    const { id, token } = await rig.sentLink();
    await lock(token);
    const until = new Date(rig.deps.now() + HOUR * 1000).toISOString();
    assert.deepEqual(
      [codeOf(await rig.call('code', { token })), (await rig.cover(token)).state],
      ['code_locked', 'open'],
    );
    assert.equal((await rig.cover(token)).locked_until, until);
    const renewed = await rig.asSender('POST', `/v1/links/${id}/renew`, {});
    assert.equal(renewed.status, 201);
    assert.notEqual((renewed.body as MadeLink).link.id, id);
    const next = tokenIn((await rig.deliver('link-mail')).at(-1));
    assert.equal(codeOf(await rig.call('code', { token })), 'link_renewed');
    const code = await rig.mailedCode(next);
    assert.deepEqual(figuresOf(await rig.verify(next, otherCode(code), key)), { tries_left: 4 });
    const verified = (await rig.verify(next, code, key)).body as { recipient_token: string };
    assert.equal(typeof verified.recipient_token, 'string');
  });

  test('who has it paused again after each pause leaves the hours between open: a right code is right', async () => {
    const { token } = await rig.sentLink();
    for (let round = 0; round < 3; round++) {
      await lock(token);
      rig.deps.clock.pass(HOUR - 1);
      assert.equal(codeOf(await rig.call('code', { token })), 'code_locked');
      rig.deps.clock.pass(1);
    }
    const mine = await PageKey.make();
    const code = await rig.mailedCode(token);
    for (let guess = 0; guess < 4; guess++) {
      assert.equal(codeOf(await rig.verify(token, otherCode(code), key)), 'code_wrong');
    }
    assert.equal((await rig.verify(token, code, mine)).status, 200, 'with the last try');
  });
});
