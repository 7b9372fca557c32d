import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { caseFigures, median } from './figures.ts';
import type { RunFigures } from './one-run.ts';

const MIB = 1024 * 1024;
const run = (ms: number, more: Partial<RunFigures> = {}): RunFigures => ({
  ms,
  longTasks: [],
  cpuMs: ms * 2,
  heapGrowth: { page: 0, workers: 0 },
  workers: 2,
  seen: { requests: 9, preflights: 4, bytes: 100, objects: [] },
  ...more,
});

describe('the figures of the bench', () => {
  test('are medians, and ratios of the runs of one round', () => {
    const runs = new Map([
      [
        'us',
        [run(120), run(260, { heapGrowth: { page: 3 * MIB, workers: 16 * MIB } }), run(110, { longTasks: [51, 70] })],
      ],
      ['raw', [run(100), run(200), run(100)]],
      ['uppy', [run(500), run(800), run(200)]],
    ] as const);
    assert.deepEqual(caseFigures('64MiB@0ms', runs, 1.26), {
      case: '64MiB@0ms',
      us_ratio: 1.2,
      uppy_ratio: 4,
      rounds: 3,
      us_ms: 120,
      raw_ms: 100,
      uppy_ms: 500,
      us_cpu: 240,
      raw_cpu: 200,
      heap_growth_mib: 3,
      worker_heap_mib: 16,
      workers: 2,
      long_tasks: 2,
      longest_task_ms: 70,
      requests: 9,
      bytes: 100,
      load: 1.3,
    });
  });

  test('are null where a page did not take part', () => {
    const { us_ratio, uppy_ratio, raw_ms, us_ms } = caseFigures('heap', new Map([['us', [run(10)]]]), 0);
    assert.deepEqual(
      { us_ratio, uppy_ratio, raw_ms, us_ms },
      { us_ratio: null, uppy_ratio: null, raw_ms: null, us_ms: 10 },
    );
  });

  test('take the middle of two as the median of an even number', () => {
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(median([]), null);
  });
});
