import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acceptedRig, provedRig, refused, rig } from './recipient-rig.ts';
import { COVER, DECIDED, LOG, NOTICE, VERIFIED } from './recipient-samples.ts';

describe('what a recipient may do besides', () => {
  test('asking for a new link tells when, hands on whose press it was, and needs no proof', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, state: 'expired' });
    await flow.load();
    await flow.askForLink(true);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.askedAt], ['expired', DECIDED.at]);
    assert.deepEqual(calls.asked, [['notice'], ['ask']]);
  });

  test('who was asked within the day is known from the cover', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, state: 'expired', asked_at: DECIDED.at });
    await flow.load();
    assert.equal(flow.snapshot.askedAt, DECIDED.at);
  });

  test('asking that fails says so where the person stands, and can be pressed again', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, state: 'expired' });
    calls.answers('ask', refused('not_a_person'), { at: DECIDED.at });
    await flow.load();
    await flow.askForLink(false);
    assert.deepEqual([flow.snapshot.problem?.code, flow.snapshot.askedAt], ['not_a_person', null]);
    await flow.askForLink(true);
    assert.deepEqual([flow.snapshot.problem, flow.snapshot.askedAt], [null, DECIDED.at]);
  });

  test('"This is not for me" ends this page and nothing else: opened again the link is as it was', async () => {
    const { flow, calls } = rig();
    await flow.load();
    await flow.report('not_for_me', true);
    assert.deepEqual([flow.snapshot.phase, calls.asked.at(-1)], ['not-mine', ['report', 'not_for_me']]);
    await flow.load();
    assert.equal(flow.snapshot.phase, 'cover');
  });

  test('"That was not me" stays where it is, and is noted', async () => {
    const { flow, calls } = rig();
    calls.answers('notice', { ...COVER, state: 'claimed' });
    await flow.load();
    await flow.report('not_me', true);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.isReported], ['used', true]);
  });

  test('a report that fails leaves the cover, with the reason', async () => {
    const { flow, calls } = rig();
    calls.answers('report', refused('broker_down'));
    await flow.load();
    await flow.report('not_for_me', true);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.problem?.code], ['cover', 'broker_down']);
  });

  test('what was recorded is read after the answer, and is gone after the withdrawal', async () => {
    const { flow } = await acceptedRig();
    assert.equal(flow.snapshot.log, null);
    await flow.readLog();
    assert.deepEqual([flow.snapshot.log, flow.snapshot.phase], [LOG, 'download']);
    await flow.withdraw(true);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.log], ['withdrawn', null]);
  });

  test('the receipt is mailed once more, and said where to', async () => {
    const { flow } = await acceptedRig();
    await flow.mailReceipt();
    assert.equal(flow.snapshot.mailedTo, COVER.masked_address);
  });
});

describe('purposes', () => {
  const asked = (id: string) => ({ id, version: 1, needed: false, label: id, explanation: id });
  const notice = { ...NOTICE, purposes: [asked('news'), asked('survey')] };

  test('none is ticked beforehand, and each is named with the acceptance', async () => {
    const { flow, calls } = rig();
    calls.answers('verify', { ...VERIFIED, notice });
    await flow.load();
    await flow.submitCode('48210736');
    assert.deepEqual(flow.snapshot.agreed, []);
    flow.choose('survey', true);
    flow.choose('news', true);
    flow.choose('survey', false);
    assert.deepEqual(flow.snapshot.agreed, ['news']);
    await flow.decide('accept', true);
    const [, body] = calls.asked.at(-1) ?? [];
    assert.deepEqual((body as { purposes: unknown }).purposes, [
      { id: 'news', agreed: true },
      { id: 'survey', agreed: false },
    ]);
  });

  test('a decline names none', async () => {
    const { flow, calls } = rig();
    calls.answers('verify', { ...VERIFIED, notice });
    await flow.load();
    await flow.submitCode('48210736');
    flow.choose('news', true);
    await flow.decide('decline', true);
    const [, body] = calls.asked.at(-1) ?? [];
    assert.equal('purposes' in (body as object), false);
  });

  test('one that is needed and not ticked is said at the decision, and what was ticked stays', async () => {
    const { flow, calls } = rig();
    calls.answers('verify', { ...VERIFIED, notice });
    calls.answers('decide', refused('purpose_needed'));
    await flow.load();
    await flow.submitCode('48210736');
    flow.choose('news', true);
    await flow.decide('accept', true);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.problem?.code], ['decision', 'purpose_needed']);
    assert.deepEqual(flow.snapshot.agreed, ['news']);
  });
});

describe('the language of the notice', () => {
  test('is asked for anew while it waits for its answer, and what is shown is what is answered', async () => {
    const { flow, calls } = await provedRig();
    await flow.speak('de');
    assert.deepEqual([flow.snapshot.notice?.language, flow.snapshot.noticeSha256], ['de', 'deNotice=']);
    await flow.decide('accept', true);
    const [, body] = calls.asked.at(-1) ?? [];
    assert.equal((body as { notice_sha256: string }).notice_sha256, 'deNotice=');
  });

  test('chosen before the proof, it is the language of the first notice', async () => {
    const { flow, calls } = rig();
    await flow.load();
    await flow.speak('ar');
    assert.equal(calls.count('show'), 0);
    await flow.submitCode('48210736');
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.notice?.language], ['decision', 'ar']);
  });

  test('chosen after the answer, it changes nothing that was answered', async () => {
    const { flow, calls } = await acceptedRig();
    await flow.speak('de');
    assert.deepEqual([calls.count('show'), flow.snapshot.notice?.language], [0, NOTICE.language]);
  });

  test('that cannot be had is told, and the notice stays as it is shown', async () => {
    const { flow, calls } = await provedRig();
    calls.answers('show', refused('broker_down'));
    await flow.speak('de');
    assert.deepEqual([flow.snapshot.notice?.language, flow.snapshot.problem?.code], [NOTICE.language, 'broker_down']);
  });
});
