import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRetryAfter } from '../../src/contract/retry-after.ts';

test('Retry-After is read as seconds or as a date, and nothing else', () => {
  const now = Date.parse('2026-03-02T09:00:00Z');
  assert.equal(readRetryAfter('120', now), 120_000);
  assert.equal(readRetryAfter('Mon, 02 Mar 2026 09:00:30 GMT', now), 30_000);
  assert.equal(readRetryAfter('Mon, 02 Mar 2026 08:00:00 GMT', now), 0);
  assert.equal(readRetryAfter('soon', now), undefined);
  assert.equal(readRetryAfter(null, now), undefined);
});
