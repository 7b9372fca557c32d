import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BUDGET, LONGEST_WAIT_MS, Patience } from '../../src/transfer/patience.ts';

describe('the waits of one step', () => {
  test('double up to half a minute and end after ten tries', () => {
    const patience = new Patience(() => 1);
    const waits = Array.from({ length: 10 }, () => patience.next());
    assert.deepEqual(waits, [300, 600, 1200, 2400, 4800, 9600, 19_200, 30_000, 30_000, null]);
    assert.equal(BUDGET.tries, 10);
  });

  test('are evenly drawn between nothing and their cap, so that pages do not come back together', () => {
    const draws = [0, 0.25, 0.5, 0.75].map((random) => new Patience(() => random).next());
    assert.deepEqual(draws, [0, 75, 150, 225]);
  });

  test('are never shorter than the other side asks, and spread over a quarter more', () => {
    const waits = [0, 0.5, 1].map((random) => new Patience(() => random).next(8000));
    assert.deepEqual(waits, [8000, 9000, 10_000]);
    assert.equal(new Patience(() => 1).next(7000), 8750);
    assert.equal(new Patience(() => 1).next(1000), 2000);
  });

  test('end where the other side asks for more than a quarter of an hour', () => {
    assert.equal(new Patience(() => 0).next(LONGEST_WAIT_MS), LONGEST_WAIT_MS);
    assert.equal(new Patience(() => 0).next(LONGEST_WAIT_MS + 1), null);
  });
});
