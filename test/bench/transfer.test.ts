import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../build/root.ts';

const run = promisify(execFile);

/** The bench as a person starts it: a real Chromium, a store that works out every checksum again, 20 MiB, one round. */
async function bench(...args: readonly string[]): Promise<{ [figure: string]: unknown }[]> {
  const command = ['--import', 'tsx', 'test/bench/run.ts', 'transfer', '--rounds', '1', '--check', ...args];
  const { stdout } = await run(process.execPath, command, { cwd: root, timeout: 60_000 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the bench of the transfer', () => {
  test('brings a file in parts into the store by all three ways and tells their times', async () => {
    const [line = {}, ...more] = await bench('--size', '20', '--case', '20MiB@0ms');
    assert.equal(more.length, 0);
    assert.equal(line.case, '20MiB@0ms');
    assert.equal(line.rounds, 1);
    assert.equal(line.bytes, 20 * 1024 * 1024);
    // Three parts with a preflight each; then what the broker is asked.
    assert.ok(Number(line.requests) > 6, `${line.requests} requests`);
    for (const figure of ['us_ratio', 'uppy_ratio', 'us_ms', 'raw_ms', 'uppy_ms', 'us_cpu', 'raw_cpu']) {
      assert.ok(Number(line[figure]) > 0, `${figure} is ${line[figure]}`);
    }
    for (const figure of ['heap_growth_mib', 'worker_heap_mib', 'long_tasks', 'longest_task_ms', 'load']) {
      assert.ok(Number(line[figure]) >= 0, `${figure} is ${line[figure]}`);
    }
  });

  test('brings small files into the store as forms, without a preflight for any of them', async () => {
    const [line = {}] = await bench('--size', '5', '--case', '20x256KiB@50ms-post');
    assert.equal(line.bytes, 5 * 1024 * 1024);
    // A form each; the few others are calls of the broker and their preflights.
    assert.ok(Number(line.requests) >= 22 && Number(line.requests) < 40, `${line.requests} requests`);
    assert.ok(Number(line.us_ratio) > 0);
  });

  test('brings a file into the store where the policy of the page forbids workers, and says that there were none', async () => {
    const [line = {}] = await bench('--size', '20', '--case', '20MiB@0ms-no-worker');
    assert.deepEqual([line.bytes, line.workers], [20 * 1024 * 1024, 0]);
    const [usual = {}] = await bench('--size', '20', '--case', 'heap-20MiB');
    assert.deepEqual([usual.bytes, usual.workers], [20 * 1024 * 1024, 2]);
  });
});
