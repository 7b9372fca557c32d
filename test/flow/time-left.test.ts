import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TimeLeft } from '../../src/flow/time-left.ts';

const MB = 1024 * 1024;

/** Sends at `rate` bytes a second, a sample a second; answers what is shown after each. */
function run(left: TimeLeft, from: { at: number; sent: number }, seconds: number, rate: number, total: number) {
  return Array.from({ length: seconds }, (_, i) => {
    left.update(from.at + (i + 1) * 1000, from.sent + (i + 1) * rate, total);
    return left.ms;
  });
}

describe('the time a batch still takes', () => {
  test('is not said before four seconds', () => {
    const left = new TimeLeft();
    left.update(0, 0, 100 * MB);
    assert.deepEqual(run(left, { at: 0, sent: 0 }, 3, MB, 100 * MB), [null, null, null]);
    left.update(4000, 4 * MB, 100 * MB);
    assert.equal(left.ms, 96_000);
  });

  test('is not said while nothing moves', () => {
    const left = new TimeLeft();
    for (let at = 0; at <= 10_000; at += 1000) left.update(at, 0, 100 * MB);
    assert.equal(left.ms, null);
  });

  test('falls at once when the network gets faster', () => {
    const left = new TimeLeft();
    left.update(0, 0, 100 * MB);
    run(left, { at: 0, sent: 0 }, 10, MB, 100 * MB);
    const shown = run(left, { at: 10_000, sent: 10 * MB }, 5, 10 * MB, 100 * MB);
    assert.ok((shown.at(-1) ?? 0) < 10_000, String(shown));
  });

  test('rises by one minute at most, and not twice within four seconds', () => {
    const left = new TimeLeft();
    left.update(0, 0, 1000 * MB);
    const before = run(left, { at: 0, sent: 0 }, 10, 10 * MB, 1000 * MB).at(-1) ?? 0;
    const shown = run(left, { at: 10_000, sent: 100 * MB }, 20, MB / 10, 1000 * MB);
    let last = before;
    let roseAt = Number.NEGATIVE_INFINITY;
    shown.forEach((ms, i) => {
      if (ms !== null && ms > last) {
        assert.ok(ms - last <= 60_000, `${last} → ${ms}`);
        assert.ok(i - roseAt >= 4, `rose at ${roseAt} and at ${i}`);
        roseAt = i;
      }
      last = ms ?? last;
    });
    assert.ok(roseAt > 0, 'it never rose');
  });

  test('is forgotten when a request begins again, and after a pause', () => {
    const left = new TimeLeft();
    left.update(0, 0, 100 * MB);
    run(left, { at: 0, sent: 0 }, 5, MB, 100 * MB);
    left.forget();
    assert.equal(left.ms, null);
    left.update(100_000, 5 * MB, 100 * MB);
    left.update(101_000, 0, 100 * MB);
    left.update(104_500, 2 * MB, 100 * MB);
    assert.equal(left.ms, null);
    left.update(105_000, 4 * MB, 100 * MB);
    assert.equal(left.ms, 96_000);
  });
});
