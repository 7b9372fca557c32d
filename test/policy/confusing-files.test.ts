import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { guessType } from '../../src/policy/guess.ts';
import { checkFile, look } from '../../src/policy/index.ts';
import { TABLE_LIMITS } from './cases/bytes.ts';
import { CONFUSING } from './cases/confusing-files.ts';
import { verdictOf } from './cases/verdict.ts';

describe('files that are not what they seem', () => {
  for (const { what, name, type, bytes, verdict } of CONFUSING) {
    test(`${what} (${name}): ${verdict}`, async () => {
      const seen = await look(async (from, to) => bytes.subarray(from, to), bytes.length, guessType);
      assert.equal(verdictOf(checkFile(TABLE_LIMITS, { name, type, size: bytes.length, ...seen })[0]), verdict);
    });
  }

  test('are 60 at least, each told once', () => {
    assert.ok(CONFUSING.length >= 60, String(CONFUSING.length));
    assert.equal(new Set(CONFUSING.map(({ what }) => what)).size, CONFUSING.length);
  });
});
