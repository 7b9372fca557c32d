import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SignInVerified } from '../../src/contract/index.ts';
import type { UploadError } from '../../src/errors.ts';
import { settled } from '../support/page-clock.ts';
import { refused, rig } from './recipient-rig.ts';
import { CODE, VERIFIED } from './recipient-samples.ts';

const PENDING: SignInVerified = { status: 'pending' };
const PROVEN: SignInVerified = { status: 'verified', verified: VERIFIED };

/** A window that writes down where it was sent. */
function away() {
  const seen: string[] = [];
  return { seen, go: (address: string) => void seen.push(address), close: () => void seen.push('closed') };
}

/** On the cover, and gone to the account. */
async function gone(...answers: (SignInVerified | UploadError)[]) {
  const parts = rig();
  parts.calls.answers('verifySignIn', ...answers);
  await parts.flow.load();
  const window = away();
  const back = parts.flow.signIn('acme', true, window);
  await settled();
  return { ...parts, window, back };
}

describe('proving with an account', () => {
  test('sends the window to the account, waits, and shows the notice when the person is back', async () => {
    const { flow, calls, clock, window } = await gone(PENDING, PENDING, PROVEN);
    assert.deepEqual([flow.snapshot.phase, window.seen], ['signing-in', ['https://broker.example/sign-in/recipient']]);
    assert.deepEqual(calls.asked.at(-1), ['startSignIn', 'acme']);
    await clock.pass(4_000);
    assert.equal(flow.snapshot.phase, 'signing-in');
    await clock.pass(2_000);
    assert.equal(flow.snapshot.phase, 'decision');
    assert.equal(window.seen.at(-1), 'closed');
    assert.equal(calls.count('verify') + calls.count('sendCode'), 0);
  });

  test('a question that nobody answers is asked again', async () => {
    const { flow, clock, calls } = await gone(refused('offline'), refused('broker_down'), PROVEN);
    await clock.pass(6_000);
    assert.equal(flow.snapshot.phase, 'decision');
    assert.equal(calls.count('verifySignIn'), 3);
  });

  for (const code of ['other_mailbox', 'sign_in_refused', 'sign_in_lost']) {
    test(`${code} leads back to the cover, says so, and leaves both ways open`, async () => {
      const { flow, clock, window } = await gone(refused(code));
      await clock.pass(2_000);
      assert.deepEqual([flow.snapshot.phase, flow.snapshot.problem?.code], ['cover', code]);
      assert.deepEqual([flow.snapshot.notice, flow.snapshot.isBusy], [null, false]);
      assert.equal(window.seen.at(-1), 'closed');
      await flow.sendCode(true);
      assert.equal(flow.snapshot.phase, 'code');
    });
  }

  test('a link that was taken back meanwhile shows so', async () => {
    const { flow, clock } = await gone(refused('link_taken_back'));
    await clock.pass(2_000);
    assert.equal(flow.snapshot.phase, 'taken-back');
  });

  test('whoever cannot even begin is on the cover, and is told why', async () => {
    const { flow, calls } = rig();
    calls.answers('startSignIn', refused('store_down'));
    await flow.load();
    const window = away();
    await flow.signIn('acme', true, window);
    assert.deepEqual(
      [flow.snapshot.phase, flow.snapshot.problem?.code, window.seen],
      ['cover', 'store_down', ['closed']],
    );
  });

  test('Back is the cover at once, also while a question is under way, and nobody is led away from there', async () => {
    const { flow, calls, clock, window } = await gone(PENDING);
    let answer: (outcome: SignInVerified) => void = () => {};
    Object.assign(calls.script, { verifySignIn: () => new Promise<SignInVerified>((resolve) => (answer = resolve)) });
    await clock.pass(2_000);
    assert.equal(calls.count('verifySignIn'), 1);
    flow.stopSignIn();
    assert.equal(flow.snapshot.phase, 'cover');
    answer(PROVEN);
    await clock.pass(10_000);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.notice, calls.count('verifySignIn')], ['cover', null, 1]);
    assert.equal(window.seen.at(-1), 'closed');
  });

  test('a code instead: the page stays at the code, whatever comes from the window', async () => {
    for (const late of [PROVEN, refused('other_mailbox')]) {
      const { flow, calls, clock, back, window } = await gone(PENDING);
      await clock.pass(2_000);
      calls.answers('verifySignIn', late);
      await flow.sendCode(true);
      await back;
      await clock.pass(10_000);
      assert.deepEqual([flow.snapshot.phase, flow.snapshot.problem, flow.snapshot.code], ['code', null, CODE]);
      assert.equal(calls.count('verifySignIn'), 1);
      assert.equal(window.seen.at(-1), 'closed');
      await flow.submitCode('48210736');
      assert.equal(flow.snapshot.phase, 'decision');
    }
  });

  test('with a code out, both ways back from the account lead to it without a second mail, until it is too old', async () => {
    for (const leave of ['stopSignIn', 'sendCode'] as const) {
      const { flow, calls, clock } = rig();
      await flow.load();
      await flow.sendCode(true);
      for (const [later, phase] of [
        [0, 'code'],
        [Date.parse(CODE.expires_at), 'cover'],
      ] as const) {
        const back = flow.signIn('acme', true, away());
        await settled();
        assert.equal(flow.snapshot.phase, 'signing-in');
        calls.answers('verifySignIn', PENDING);
        if (later > 0) await clock.pass(later - clock.now());
        if (later > 0) flow.stopSignIn();
        else await flow[leave](true);
        await back;
        assert.deepEqual([flow.snapshot.phase, calls.count('sendCode')], [phase, 1], leave);
      }
    }
  });

  test('an account that was refused while a code was out is told on the cover, and not as the fault of the code', async () => {
    const { flow, calls, clock } = rig();
    await flow.load();
    await flow.sendCode(true);
    calls.answers('verifySignIn', refused('other_mailbox'));
    void flow.signIn('acme', true, away());
    await clock.pass(2_000);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.problem?.code], ['cover', 'other_mailbox']);
  });

  test('a code that cannot be mailed is told on the cover', async () => {
    const { flow, calls } = await gone(PENDING);
    calls.answers('sendCode', refused('mail_down'));
    await flow.sendCode(true);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.problem?.code], ['cover', 'mail_down']);
  });

  test('a second try ends the first: only its window counts', async () => {
    const { flow, calls, clock, window } = await gone(PENDING);
    flow.stopSignIn();
    const again = away();
    calls.answers('verifySignIn', PROVEN);
    const back = flow.signIn('acme', true, again);
    await clock.pass(2_000);
    await back;
    assert.deepEqual([flow.snapshot.phase, calls.count('startSignIn')], ['decision', 2]);
    assert.deepEqual([window.seen.at(-1), again.seen.at(-1)], ['closed', 'closed']);
  });

  test('a window that opened for a press too many is closed', async () => {
    const { flow, calls } = rig();
    await flow.load();
    calls.answers('sendCode', CODE);
    const sending = flow.sendCode(true);
    const window = away();
    await flow.signIn('acme', true, window);
    await sending;
    assert.deepEqual([flow.snapshot.phase, window.seen, calls.count('startSignIn')], ['code', ['closed'], 0]);
  });

  test('a page that is closed asks no more', async () => {
    const { flow, calls, clock, window } = await gone(PENDING);
    flow.close();
    await clock.pass(60_000);
    assert.deepEqual([calls.count('verifySignIn'), window.seen.at(-1)], [0, 'closed']);
  });

  test('after this proof too, a notice that changed is shown anew by the same proof', async () => {
    const { flow, calls, clock, back } = await gone(PROVEN);
    await clock.pass(2_000);
    await back;
    calls.answers('decide', refused('notice_stale'));
    await flow.decide('accept', true);
    assert.deepEqual([calls.count('verify'), calls.count('show')], [0, 1]);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.problem?.code], ['decision', 'notice_stale']);
  });
});
