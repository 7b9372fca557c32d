import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Turns } from '../../src/transfer/turns.ts';
import { settled } from '../support/page-clock.ts';

/** Runs until its turn ends, and counts how often it began. */
function rig() {
  const turns = new Turns();
  const seen = { begun: 0, finish: () => {} };
  const result = turns.run(
    (turn) =>
      new Promise<string>((resolve, reject) => {
        seen.begun += 1;
        seen.finish = () => resolve('done');
        turn.addEventListener('abort', () => reject(turn.reason), { once: true });
      }),
  );
  return { turns, seen, result };
}

describe('a file that is paused', () => {
  test('stops at once and begins again when it carries on', async () => {
    const { turns, seen, result } = rig();
    await settled();
    turns.pause();
    turns.pause();
    await settled();
    assert.deepEqual([seen.begun, turns.isPaused], [1, true]);
    turns.resume();
    turns.resume();
    await settled();
    assert.equal(seen.begun, 2);
    seen.finish();
    assert.equal(await result, 'done');
  });

  test('before it began does not begin', async () => {
    const turns = new Turns();
    turns.pause();
    let isBegun = false;
    const result = turns.run(async () => {
      isBegun = true;
    });
    await settled();
    assert.equal(isBegun, false);
    turns.resume();
    await result;
    assert.equal(isBegun, true);
  });

  test('and carried on within one moment begins once more, not twice', async () => {
    const { turns, seen, result } = rig();
    await settled();
    turns.pause();
    turns.resume();
    turns.pause();
    turns.resume();
    await settled();
    assert.equal(seen.begun, 2);
    seen.finish();
    assert.equal(await result, 'done');
  });

  for (const isPaused of [true, false]) {
    test(`and cancelled ${isPaused ? 'while it waits' : 'while it runs'} ends with the reason, for good`, async () => {
      const { turns, result } = rig();
      await settled();
      if (isPaused) turns.pause();
      await settled();
      turns.end(new Error('cancelled'));
      turns.resume();
      await assert.rejects(result, /cancelled/);
      await assert.rejects(turns.free(), /cancelled/);
    });
  }

  test('does not hide what failed by itself', async () => {
    await assert.rejects(
      new Turns().run(async () => {
        throw new Error('broke');
      }),
      /broke/,
    );
  });
});
