import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { paintFigures } from './paint-figures.ts';

const run = (ms: number, ...tasks: [number, number][]) => ({
  ms,
  tasks: tasks.map(([startTime, duration]) => ({ startTime, duration })),
});

describe('the figures of the paint bench', () => {
  const figures = paintFigures(
    {
      box: [run(300, [10, 60], [350, 90]), run(150, [20, 55]), run(800, [5, 130])],
      empty: [run(200), run(100), run(400)],
    },
    { cpu: 4, load: 0.54 },
  );

  test('compare the box with the empty page of the same round', () => {
    assert.equal(figures.ratio, 1.5);
    assert.deepEqual([figures.box_ms, figures.empty_ms, figures.rounds], [300, 200, 3]);
  });

  test('count of each long task what is over 50 ms, and apart what ran after the paint', () => {
    assert.deepEqual([figures.blocked_ms, figures.blocked_after_paint_ms, figures.empty_blocked_ms], [50, 0, 0]);
    assert.equal(figures.longest_task_ms, 130);
  });
});
