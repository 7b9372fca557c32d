import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkFile } from '../../src/policy/index.ts';
import { jpeg, TABLE_LIMITS } from './cases/bytes.ts';
import { HOSTILE_NAMES } from './cases/hostile-names.ts';
import { verdictOf } from './cases/verdict.ts';
import { seen } from './files.ts';

const head = jpeg();

describe('a photo by another name', () => {
  for (const { family, verdict, names } of HOSTILE_NAMES) {
    test(`${family} (${names.length}): ${verdict}`, () => {
      const verdicts = names.map((name) => [
        name,
        verdictOf(checkFile(TABLE_LIMITS, { name, type: 'image/jpeg', size: head.length, ...seen(head) })[0]),
      ]);
      assert.deepEqual(
        verdicts,
        names.map((name) => [name, verdict]),
      );
    });
  }

  test('is tried under 500 names, no two alike', () => {
    const names = HOSTILE_NAMES.flatMap((family) => family.names);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length >= 500, String(names.length));
  });
});
