import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../vite.config.ts';

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
});
