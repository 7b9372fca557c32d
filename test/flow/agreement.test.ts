import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  type AgreementAnswer,
  type Agreements,
  agreementNotice,
  canonical,
  type GiveAgreement,
  type Purpose,
} from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';
import { settled } from '../support/page-clock.ts';
import { APP, JO, png, UploadDesk } from '../support/upload-desk.ts';

const purpose = (id: string, needed: boolean, version = 1): Purpose => ({
  id,
  version,
  needed,
  label: { en: `Yes to ${id} ${version}`, de: `Ja zu ${id} ${version}` },
  explanation: { en: `About ${id}` },
});
const SHARE = purpose('share', true);
const TRAINING = purpose('training', false);
const PURPOSES = [SHARE, TRAINING];
const AT = '2026-03-02T09:00:00.000Z';

const answer = (id: string, agreed: boolean): AgreementAnswer => {
  return { id, agreed, at: AT, agreement: 'agreement-1', notice_sha256: `${'A'.repeat(43)}=` };
};
const standing = (answers: readonly AgreementAnswer[], purposes = PURPOSES): Agreements => {
  return { app: APP.app, org: APP.org, purposes: [...purposes], answers: [...answers] };
};
const taken = ({ purposes }: GiveAgreement) => standing(purposes.map(({ id, agreed }) => answer(id, agreed)));

/** A box with files chosen whose broker takes any answer. */
async function asking(app: Partial<typeof APP> = {}): Promise<UploadDesk> {
  const desk = await UploadDesk.open({ purposes: PURPOSES, ...app });
  desk.agreements.onRead = async () => standing([]);
  desk.agreements.onGive = async (given) => taken(given);
  await desk.flow.accept([png('a.png')]);
  return desk;
}

const shown = ({ flow }: UploadDesk) => flow.snapshot.agreement.asking?.purposes.map(({ id }) => id) ?? [];
const ticks = ({ purposes }: GiveAgreement) => purposes.map(({ id, agreed }) => `${id} ${agreed}`);

describe('what is asked before an upload', () => {
  test('stands there with empty boxes, and nothing is sent without the needed ones', async () => {
    const desk = await asking();
    const { flow } = desk;
    assert.deepEqual([shown(desk), [...flow.snapshot.agreement.ticked]], [['share', 'training'], []]);
    flow.upload();
    assert.deepEqual(
      [flow.snapshot.phase, flow.snapshot.agreement.missing, flow.snapshot.agreement.calls],
      ['choosing', 'share', 1],
    );
    flow.tick('training', true);
    flow.upload();
    assert.deepEqual([flow.snapshot.agreement.missing, flow.snapshot.agreement.calls], ['share', 2]);
    assert.deepEqual([desk.calls, desk.agreements.given, desk.sent], [[], [], []]);
    flow.tick('share', true);
    assert.equal(flow.snapshot.agreement.missing, null);
  });

  test('is told to the broker before the first byte: the hash of the notice, each tick and each empty box', async () => {
    const desk = await asking();
    desk.flow.configure({ language: 'de' });
    desk.flow.tick('share', true);
    desk.flow.upload();
    await desk.signIn();
    await desk.agreements.has(1);
    const notice = agreementNotice(
      { app: APP.app, org: APP.org, purposes: PURPOSES },
      new Set(['share', 'training']),
      'de',
    );
    // The explanations have no German words.
    assert.equal(notice.language, 'en');
    assert.deepEqual(desk.agreements.given, [
      {
        notice_sha256: createHash('sha256').update(canonical(notice)).digest('base64'),
        language: 'en',
        purposes: [
          { id: 'share', agreed: true },
          { id: 'training', agreed: false },
        ],
      },
    ]);
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length, desk.agreements.reads], ['uploading', 1, 0]);
    assert.deepEqual(desk.flow.snapshot.agreement.agreed, [{ ...SHARE, ...answer('share', true) }]);
  });

  test('waits for the broker: without its answer nothing is sent, and two presses are one answer', async () => {
    const desk = await asking();
    let take = () => {};
    desk.agreements.onGive = (given) => new Promise((resolve) => (take = () => resolve(taken(given))));
    desk.flow.tick('share', true);
    desk.flow.upload();
    await desk.signIn();
    desk.flow.upload();
    await desk.agreements.has(1);
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length, desk.agreements.given.length], ['choosing', 0, 1]);
    take();
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['uploading', 1]);
  });

  test('is not asked again for more files, nor in the next batch', async () => {
    const desk = await asking();
    desk.flow.tick('share', true);
    desk.flow.upload();
    await desk.signIn();
    await desk.agreements.has(1);
    desk.store('f1');
    await desk.end();
    desk.flow.reset();
    await desk.flow.accept([png('b.png')]);
    assert.deepEqual(shown(desk), []);
    desk.flow.upload();
    await settled();
    assert.deepEqual([desk.sent.length, desk.agreements.given.length], [2, 1]);
    assert.deepEqual(
      desk.flow.snapshot.agreement.agreed.map(({ id }) => id),
      ['share'],
    );
  });

  test('shows whoever signs in first only what they have not answered as it is now', async () => {
    const desk = await UploadDesk.open({ purposes: PURPOSES });
    desk.agreements.onRead = async () => standing([answer('share', true)]);
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual([shown(desk), desk.agreements.reads], [['training'], 1]);
    desk.agreements.onGive = async (given) =>
      standing([answer('share', true), ...given.purposes.map(({ id, agreed }) => answer(id, agreed))]);
    await desk.flow.accept([png('a.png')]);
    desk.flow.tick('training', true);
    desk.flow.upload();
    await desk.agreements.has(1);
    assert.deepEqual(desk.agreements.given.map(ticks), [['training true']]);
    assert.equal(desk.flow.snapshot.phase, 'uploading');
  });

  test('asks for a needed one again where the last answer was no', async () => {
    const desk = await UploadDesk.open({ purposes: PURPOSES });
    desk.agreements.onRead = async () => standing([answer('share', false), answer('training', false)]);
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual(shown(desk), ['share']);
  });

  test('is asked in full where the broker cannot say what was answered', async () => {
    const desk = await UploadDesk.open({ purposes: PURPOSES });
    desk.agreements.onRead = () => Promise.reject(new UploadError('broker_down'));
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual(shown(desk), ['share', 'training']);
  });

  test('shows changed words anew, with empty boxes, and sends nothing', async () => {
    const desk = await asking();
    desk.agreements.onGive = () => Promise.reject(new UploadError('notice_stale'));
    desk.agreements.onRead = async () => standing([], [purpose('share', true, 2), TRAINING]);
    desk.flow.tick('share', true);
    desk.flow.upload();
    await desk.signIn();
    await desk.agreements.has(1);
    const { agreement, phase, problem } = desk.flow.snapshot;
    assert.deepEqual([phase, problem, agreement.isChanged, agreement.calls], ['choosing', null, true, 1]);
    assert.deepEqual(agreement.asking?.purposes[0], purpose('share', true, 2));
    assert.deepEqual([[...agreement.ticked], desk.sent.length], [[], 0]);
    desk.agreements.onGive = async ({ purposes }) =>
      standing(
        purposes.map(({ id, agreed }) => answer(id, agreed)),
        [purpose('share', true, 2), TRAINING],
      );
    desk.flow.tick('share', true);
    desk.flow.upload();
    await desk.agreements.has(2);
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.agreement.isChanged], ['uploading', false]);
  });

  for (const [code, person] of [
    ['broker_down', JO],
    ['sign_in_ended', null],
  ] as const) {
    test(`keeps files and ticks where the broker does not take the answer: ${code}`, async () => {
      const desk = await asking();
      desk.agreements.onGive = () => Promise.reject(new UploadError(code));
      desk.flow.tick('share', true);
      desk.flow.upload();
      await desk.signIn();
      await desk.agreements.has(1);
      const { phase, problem, agreement, person: who } = desk.flow.snapshot;
      assert.deepEqual([phase, problem?.code, [...agreement.ticked], who], ['choosing', code, ['share'], person]);
      assert.deepEqual([desk.rows, desk.sent.length], [['a.png ready'], 0]);
    });
  }

  test('lets files that go by themselves wait for "Upload"', async () => {
    const desk = await asking({ start: 'auto' });
    desk.flow.signIn();
    await desk.signIn();
    desk.flow.tick('share', true);
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['choosing', 0]);
    desk.flow.upload();
    await desk.agreements.has(1);
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['uploading', 1]);
  });

  test('is asked of each person: a sign-out empties the boxes and forgets the answers', async () => {
    const desk = await asking();
    desk.flow.signIn();
    await desk.signIn();
    desk.flow.tick('share', true);
    await desk.flow.signOut();
    assert.deepEqual([...desk.flow.snapshot.agreement.ticked], []);
    assert.deepEqual(shown(desk), ['share', 'training']);
  });

  test('comes with the files that the broker refused for want of it, and goes with the next try', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.agreements.onRead = async () => standing([]);
    desk.agreements.onGive = async (given) => taken(given);
    assert.deepEqual(shown(desk), []);
    desk.batch.watcher.notDone('f1', { code: 'consent_needed' });
    await desk.end();
    assert.deepEqual([desk.flow.snapshot.phase, shown(desk)], ['not-done', ['share', 'training']]);
    desk.flow.retry();
    await settled();
    assert.deepEqual([desk.flow.snapshot.agreement.missing, desk.sent.length], ['share', 1]);
    desk.flow.tick('share', true);
    desk.flow.retry();
    await desk.agreements.has(1);
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['uploading', 2]);
    assert.deepEqual(desk.agreements.given.map(ticks), [['share true', 'training false']]);
  });
});
