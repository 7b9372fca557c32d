import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { Line } from './line.ts';

const KB = 1000;
const body = (bytes: number): Readable =>
  Readable.from(Array.from({ length: bytes / (10 * KB) }, () => Buffer.alloc(10 * KB)));

describe('the line of the bench', () => {
  test('carries two bodies no faster than its bandwidth, together', async () => {
    const line = new Line({ delayMs: 0, bytesPerSecond: 10_000 * KB });
    const start = performance.now();
    const sizes = await Promise.all([line.read(body(600 * KB)), line.read(body(600 * KB))]);
    // 1.2 MB at 10 MB/s, less what may run ahead.
    assert.ok(performance.now() - start >= 114, `${performance.now() - start} ms`);
    assert.deepEqual(sizes, [600 * KB, 600 * KB]);
  });

  test('fails where the sender goes away', async () => {
    const line = new Line({ delayMs: 0, bytesPerSecond: null });
    const gone = new Readable({ read() {} });
    const reading = line.read(gone);
    gone.destroy();
    await assert.rejects(reading, { message: 'The sender went away' });
  });
});
