import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Reply, TestStore } from './support.ts';

/** Bad input gets a clear refusal: never a 5xx but S3's own NotImplemented, never a hang, never a fault. */
export const MINUTE = { timeout: 60_000 };

export function isClear({ status, code, body }: Reply, method = 'GET'): void {
  const isOffered = status !== 501 || code === 'NotImplemented' || method === 'HEAD'; // A HEAD has no body to say it in.
  assert.ok(status <= 501 && status !== 500 && isOffered, `${status} ${body}`);
  // Node's own parser refuses what is no HTTP at all with 400 and no body.
  if (status >= 400 && body.byteLength > 0) assert.match(body.toString(), /<Code>\w+<\/Code>/);
}

export async function soundAfter(store: TestStore): Promise<void> {
  assert.deepEqual(store.faults, []);
  assert.equal((await store.s3.send('HEAD', '')).status, 200);
}

/** Text with pieces that parsers trip over. */
export const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '%',
    '%00',
    '../',
    '\u0000',
    '9'.repeat(30),
    '__proto__',
    'bytes=0-',
    '20261121T120000Z',
    'host;host',
  ),
);
export const headerSafe = odd.map((text) => text.replace(/[^\x20-\x7e]/g, '?'));
