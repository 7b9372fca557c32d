import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RecipientFlow } from '../../src/flow/recipient-flow.ts';
import type { RecipientPhase } from '../../src/flow/recipient-snapshot.ts';
import { PageClock, settled } from '../support/page-clock.ts';
import { acceptedRig, NotedSaver, provedRig, refused, rig } from './recipient-rig.ts';
import { at, CODE, COVER, DECIDED, MINUTE, NOTICE, VERIFIED } from './recipient-samples.ts';

describe('opening a link', () => {
  test('an address without a secret asks for the whole link and calls nobody', async () => {
    const flow = new RecipientFlow(
      { calls: null, saver: new NotedSaver(), clock: new PageClock() },
      { surface: 'page', version: '1.2.3' },
    );
    await flow.load();
    assert.equal(flow.snapshot.phase, 'cut-link');
  });

  test('a good link shows its cover and sends no mail', async () => {
    const { flow, calls } = rig();
    await flow.load();
    assert.equal(flow.snapshot.phase, 'cover');
    assert.deepEqual(calls.asked, [['notice']]);
  });

  test('a reload while a code is out returns to the code step and sends no second mail', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, code: CODE });
    await flow.load();
    assert.equal(flow.snapshot.phase, 'code');
    assert.deepEqual(flow.snapshot.code, CODE);
    assert.deepEqual(calls.asked, [['notice']]);
  });

  test('a code that is too old by now is not waited for', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, code: { ...CODE, expires_at: at(-1) } });
    await flow.load();
    assert.equal(flow.snapshot.phase, 'cover');
  });

  test('a code without tries is told as one that no longer works', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, code: { ...CODE, tries_left: 0 } });
    await flow.load();
    assert.deepEqual(flow.snapshot.problem, { code: 'code_wrong', figures: { tries_left: 0 } });
  });

  const states: [typeof COVER.state, RecipientPhase][] = [
    ['open', 'cover'],
    ['accepted', 'cover'],
    ['declined', 'cover'],
    ['claimed', 'used'],
    ['withdrawn', 'withdrawn'],
    ['expired', 'expired'],
    ['taken_back', 'taken-back'],
  ];
  for (const [state, phase] of states) {
    test(`a link that is ${state} shows ${phase}`, async () => {
      const { flow, calls } = rig();
      calls.answers('notice', { ...COVER, state });
      await flow.load();
      assert.equal(flow.snapshot.phase, phase);
    });
  }

  const refusals: [string, RecipientPhase][] = [
    ['link_unknown', 'not-found'],
    ['bad_request', 'not-found'],
    ['link_expired', 'expired'],
    ['link_used', 'used'],
    ['link_taken_back', 'taken-back'],
    ['withdrawn', 'withdrawn'],
    ['offline', 'unavailable'],
    ['broker_down', 'unavailable'],
    ['internal', 'unavailable'],
    ['app_closed', 'unavailable'],
    ['a_code_of_next_year', 'unavailable'],
  ];
  for (const [code, phase] of refusals) {
    test(`${code} at opening shows ${phase}`, async () => {
      const { flow, calls } = rig();
      calls.answers('notice', refused(code));
      await flow.load();
      assert.equal(flow.snapshot.phase, phase);
      assert.equal(flow.snapshot.isBusy, false);
    });
  }

  test('too many attempts wait until the time that was told, then look again', async () => {
    const { flow, calls, clock } = rig();
    calls.answers('notice', refused('slow_down', undefined, 5 * MINUTE), COVER);
    await flow.load();
    assert.equal(flow.snapshot.phase, 'busy');
    assert.equal(flow.snapshot.waitUntil, at(5 * MINUTE));
    await clock.pass(5 * MINUTE - 1);
    assert.equal(flow.snapshot.phase, 'busy');
    await clock.pass(1);
    assert.equal(flow.snapshot.phase, 'cover');
  });

  test('a locked link waits for the end of the pause', async () => {
    const { flow, calls, clock } = rig();
    calls.answers('notice', { ...COVER, locked_until: at(60 * MINUTE) }, COVER);
    await flow.load();
    assert.equal(flow.snapshot.phase, 'locked');
    await clock.pass(60 * MINUTE);
    assert.equal(flow.snapshot.phase, 'cover');
  });

  test('an answer that comes after the flow was closed changes nothing', async () => {
    const { flow } = rig();
    const loading = flow.load();
    flow.close();
    await loading;
    assert.equal(flow.snapshot.phase, 'loading');
  });
});

describe('the code', () => {
  test('is sent after a press, and the next mail is counted down', async () => {
    const { flow, calls, clock } = rig();
    await flow.load();
    calls.answers('sendCode', { ...CODE, sent_at: at(0), next_mail_at: at(45_000) });
    await flow.sendCode(true);
    assert.equal(flow.snapshot.phase, 'code');
    assert.equal(flow.snapshot.newCodeInSeconds, 45);
    await clock.pass(3_000);
    assert.equal(flow.snapshot.newCodeInSeconds, 42);
    await clock.pass(60_000);
    assert.equal(flow.snapshot.newCodeInSeconds, 0);
  });

  test('the wait is never longer than the broker means, on a device that is an hour slow', async () => {
    const { flow, calls } = rig();
    await flow.load();
    const ahead = (ms: number) => at(60 * MINUTE + ms);
    calls.answers('sendCode', {
      ...CODE,
      sent_at: ahead(0),
      expires_at: ahead(10 * MINUTE),
      next_mail_at: ahead(45_000),
    });
    await flow.sendCode(true);
    assert.equal(flow.snapshot.newCodeInSeconds, 45);
  });

  for (const text of ['', '4821073', '482107361', 'letters']) {
    test(`"${text}" has not eight digits, is not sent and costs no try`, async () => {
      const { flow, calls } = rig();
      await flow.load();
      await flow.sendCode(true);
      await flow.submitCode(text);
      assert.equal(calls.count('verify'), 0);
      assert.equal(flow.snapshot.phase, 'code');
      assert.deepEqual(flow.snapshot.problem, { code: 'code_format' });
    });
  }

  test('reaches the broker as eight ASCII digits', async () => {
    const { flow, calls } = rig();
    await flow.load();
    await flow.submitCode(' ٤٨٢١-۰۷۳۶ ');
    assert.deepEqual(calls.asked.at(-1), ['verify', '48210736']);
  });

  test('a wrong one tells the tries that are left', async () => {
    const { flow, calls } = rig();
    await flow.load();
    await flow.sendCode(true);
    calls.answers('verify', refused('code_wrong', { tries_left: 3 }));
    await flow.submitCode('11111111');
    assert.equal(flow.snapshot.phase, 'code');
    assert.equal(flow.snapshot.code?.tries_left, 3);
    assert.equal(flow.snapshot.problem?.figures?.tries_left, 3);
  });

  test('the same wrong one pressed again costs no second try; another one, or a new mail, does', async () => {
    const { flow, calls } = rig();
    await flow.load();
    await flow.sendCode(true);
    calls.answers('verify', refused('code_wrong', { tries_left: 4 }));
    await flow.submitCode('11111111');
    await flow.submitCode('1111 1111');
    assert.equal(calls.count('verify'), 1);
    assert.equal(flow.snapshot.problem?.figures?.tries_left, 4);
    await flow.submitCode('22222222');
    assert.equal(calls.count('verify'), 2);
    await flow.sendCode(true);
    await flow.submitCode('22222222');
    assert.equal(calls.count('verify'), 3);
  });

  const refusals: [string, RecipientPhase][] = [
    ['code_old', 'code'],
    ['mail_limit', 'code'],
    ['slow_down', 'code'],
    ['offline', 'code'],
    ['link_expired', 'expired'],
    ['link_taken_back', 'taken-back'],
    ['link_used', 'used'],
    ['link_unknown', 'not-found'],
    ['withdrawn', 'withdrawn'],
  ];
  for (const [code, phase] of refusals) {
    test(`${code} at the code shows ${phase}`, async () => {
      const { flow, calls } = rig();
      await flow.load();
      await flow.sendCode(true);
      calls.answers('verify', refused(code));
      await flow.submitCode('48210736');
      assert.equal(flow.snapshot.phase, phase);
      assert.equal(flow.snapshot.problem?.code, code);
    });
  }

  test('the fifteenth wrong one pauses the link for the time that was told', async () => {
    const { flow, calls, clock } = rig();
    await flow.load();
    await flow.sendCode(true);
    calls.answers('verify', refused('code_locked', { until: at(60 * MINUTE) }));
    await flow.submitCode('11111111');
    assert.equal(flow.snapshot.phase, 'locked');
    assert.equal(flow.snapshot.waitUntil, at(60 * MINUTE));
    await clock.pass(60 * MINUTE);
    assert.equal(flow.snapshot.phase, 'cover');
  });

  test('a second press while the first is under way is not an act of its own', async () => {
    const { flow, calls } = rig();
    await flow.load();
    await Promise.all([flow.sendCode(true), flow.sendCode(true)]);
    assert.equal(calls.count('sendCode'), 1);
  });
});

describe('the decision', () => {
  test('names the notice that was shown, its nonce, the surface and the press', async () => {
    const { flow, calls } = await provedRig('embedded');
    assert.equal(flow.snapshot.phase, 'decision');
    await flow.decide('accept', false);
    const answer = { notice_sha256: VERIFIED.sha256, nonce: VERIFIED.nonce, surface: 'embedded', is_trusted: false };
    assert.deepEqual(calls.asked.at(-1), ['decide', { decision: 'accept', ...answer, component: '1.2.3' }]);
  });

  test('accepting uses nothing up: no claim before the first download', async () => {
    const { flow, calls, told } = await acceptedRig();
    assert.equal(flow.snapshot.phase, 'download');
    assert.equal(flow.snapshot.isReturning, false);
    assert.equal(calls.count('claim'), 0);
    assert.deepEqual(told, [{ name: 'given', detail: { reference: COVER.reference, receipt: DECIDED.receipt } }]);
  });

  test('declining can be thought over: the same code brings the details again, without a mail', async () => {
    const { flow, calls, told } = await provedRig();
    await flow.decide('decline', true);
    assert.equal(flow.snapshot.phase, 'declined');
    assert.deepEqual(told, [{ name: 'declined', detail: { reference: COVER.reference, receipt: DECIDED.receipt } }]);
    calls.answers('verify', { ...VERIFIED, state: 'declined', nonce: 'm'.repeat(43) });
    await flow.showDetails();
    assert.equal(flow.snapshot.phase, 'decision');
    assert.deepEqual(calls.asked.at(-1), ['verify', '48210736']);
    assert.equal(calls.count('sendCode'), 1);
    await flow.decide('accept', true);
    assert.equal(flow.snapshot.phase, 'download');
  });

  test('who accepted earlier comes back to the files', async () => {
    const { flow, calls } = rig();
    calls.answers('verify', { ...VERIFIED, state: 'accepted', decided_at: at(-MINUTE), receipt: 'kept.receipt.x' });
    await flow.load();
    await flow.submitCode('48210736');
    assert.equal(flow.snapshot.phase, 'download');
    assert.equal(flow.snapshot.isReturning, true);
    assert.equal(flow.snapshot.decidedAt, at(-MINUTE));
    assert.equal(flow.snapshot.receipt, 'kept.receipt.x');
  });

  test('a notice that changed meanwhile is shown again, with what changed', async () => {
    const { flow, calls } = await provedRig();
    calls.answers('decide', refused('notice_stale'));
    const longer = (line: (typeof NOTICE.lines)[number]) =>
      line.id === 'kept' ? { ...line, text: line.text.replace('12', '24') } : line;
    const notice = { ...NOTICE, kept_months: 24, lines: NOTICE.lines.map(longer) };
    calls.answers('verify', { ...VERIFIED, notice, sha256: `${'M'.repeat(43)}=` });
    await flow.decide('accept', true);
    assert.equal(flow.snapshot.phase, 'decision');
    assert.equal(flow.snapshot.problem?.code, 'notice_stale');
    assert.deepEqual(flow.snapshot.changed, ['kept']);
    assert.equal(flow.snapshot.notice?.kept_months, 24);
    await flow.showDetails();
    assert.equal(flow.snapshot.problem, null);
    assert.equal(flow.snapshot.phase, 'decision');
  });

  test('an answer that was kept while its reply was lost counts once', async () => {
    const { flow, calls, told } = await provedRig();
    calls.answers('decide', refused('broker_down'), refused('notice_stale'));
    await flow.decide('accept', true);
    assert.equal(flow.snapshot.phase, 'decision');
    assert.equal(flow.snapshot.problem?.code, 'broker_down');
    calls.answers('verify', { ...VERIFIED, state: 'accepted', decided_at: at(-1_000), receipt: 'kept.receipt.x' });
    await flow.decide('accept', true);
    assert.equal(flow.snapshot.phase, 'download');
    assert.equal(flow.snapshot.receipt, 'kept.receipt.x');
    assert.deepEqual(
      told.map(({ name }) => name),
      ['given'],
    );
  });

  test('a nonce that was spent by another answer is replaced, and the answer given again', async () => {
    const { flow, calls } = await provedRig();
    calls.answers('decide', refused('notice_stale'), DECIDED);
    calls.answers('verify', { ...VERIFIED, nonce: 'm'.repeat(43) });
    await flow.decide('accept', true);
    assert.equal(flow.snapshot.phase, 'download');
    assert.equal(calls.count('decide'), 2);
  });

  test('a proof that is over leads to a fresh cover, and says why', async () => {
    const { flow, calls } = await provedRig();
    calls.answers('decide', refused('sign_in_ended'));
    await flow.decide('accept', true);
    assert.equal(flow.snapshot.phase, 'cover');
    assert.equal(flow.snapshot.problem?.code, 'sign_in_ended');
    assert.equal(calls.count('sendCode'), 1);
  });

  for (const code of ['not_a_person', 'not_allowed', 'offline', 'internal']) {
    test(`${code} stays at the decision`, async () => {
      const { flow, calls, told } = await provedRig();
      calls.answers('decide', refused(code));
      await flow.decide('accept', true);
      assert.equal(flow.snapshot.phase, 'decision');
      assert.equal(flow.snapshot.problem?.code, code);
      assert.deepEqual(told, []);
    });
  }
});

describe('afterwards', () => {
  test('withdrawing ends the link and tells the receipt', async () => {
    const { flow, told } = await acceptedRig();
    await flow.withdraw(true);
    assert.equal(flow.snapshot.phase, 'withdrawn');
    assert.equal(flow.snapshot.withdrawnAt, DECIDED.at);
    assert.deepEqual(told.at(-1), {
      name: 'withdrawn',
      detail: { reference: COVER.reference, receipt: 'header.withdrawn.signature' },
    });
  });

  test('a used link can be proved, so that its answer can be withdrawn', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, state: 'claimed' });
    calls.answers('verify', { ...VERIFIED, state: 'claimed' });
    await flow.load();
    assert.equal(flow.snapshot.phase, 'used');
    await flow.sendCode(true);
    await flow.submitCode('48210736');
    assert.equal(flow.snapshot.phase, 'used');
    assert.notEqual(flow.snapshot.notice, null);
    await flow.withdraw(true);
    assert.equal(flow.snapshot.phase, 'withdrawn');
  });

  test('the receipt is saved as JSON under its reference', async () => {
    const { flow, saver } = await acceptedRig();
    await flow.saveReceipt();
    assert.deepEqual(saver.saved, ['receipt-7F3K92QD.json']);
  });

  test('changes are told at most once per turn', async () => {
    const { flow } = rig();
    let changes = 0;
    flow.addEventListener('change', () => {
      changes += 1;
    });
    await flow.submitCode('1');
    await flow.submitCode('2');
    await settled();
    assert.ok(changes <= 2, `${changes} changes`);
    assert.ok(changes >= 1);
  });
});
