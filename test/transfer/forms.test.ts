import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/page-clock.ts';
import { UploadBench } from '../support/upload-bench.ts';

const LOST = { kind: 'lost' } as const;

async function finish(rig: UploadBench, sent: Promise<void>): Promise<void> {
  let isOver = false;
  void sent.then(() => {
    isOver = true;
  });
  for (let waits = 0; !isOver && waits < 100; waits++) {
    await settled();
    if (!isOver && rig.clock.next !== null) await rig.clock.pass(rig.clock.next);
  }
  assert.equal(isOver, true);
}

function bench() {
  const made = new UploadBench();
  made.grantsForms = true;
  return made;
}

describe('a file that the broker granted as a form', () => {
  test('is sent as one and settled', async () => {
    const rig = bench();
    await rig.send(['a']);
    assert.deepEqual([rig.methods, rig.signs, rig.told.at(-1)], [['POST'], [], 'a stored a']);
  });

  test('is sent by PUT after its form was lost: the next grant tells progress', async () => {
    const rig = bench();
    rig.outcomes(LOST);
    const sent = rig.send(['a']);
    await finish(rig, sent);
    assert.deepEqual([rig.methods, rig.statuses, rig.told.at(-1)], [['POST', 'PUT'], ['upload-1'], 'a stored a']);
  });

  test('is not sent again where its form was lost, but stored', async () => {
    const rig = bench();
    rig.outcomes('stored-but-lost');
    await rig.send(['a']);
    assert.deepEqual([rig.methods, rig.told.at(-1)], [['POST'], 'a stored a']);
  });

  test('is sent as the same form again after the storage was busy', async () => {
    const rig = bench();
    rig.outcomes({ kind: 'busy', retryAfterMs: 3000 });
    const sent = rig.send(['a']);
    await finish(rig, sent);
    assert.deepEqual([rig.methods, rig.signs], [['POST', 'POST'], []]);
  });

  test('is sent by PUT once a request stood still, and forms are accepted no more', async () => {
    const rig = bench();
    rig.outcomes('slow');
    const names = Array.from({ length: 8 }, (_, i) => `f${i}`);
    const sent = rig.send(names);
    await finish(rig, sent);
    assert.deepEqual(rig.methods, ['POST', ...Array(8).fill('PUT')]);
    await rig.send(['later'], { continuesBatch: true });
    assert.equal(rig.starts[0]?.body.accepts_forms, true);
    assert.equal(rig.starts.at(-1)?.body.accepts_forms, undefined);
    assert.equal(rig.methods.at(-1), 'PUT');
  });
});
