import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';

describe('the checklist of sign-in', () => {
  const rows = readFileSync(`${root}docs/sign-in-checklist.md`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, number = '', promise = '', seen = ''] = /^\| (R?\d+) \| (.+?) \| (.+) \|$/.exec(line) ?? [];
      return number ? [{ number, promise, seen }] : [];
    });

  test('has all 25 points, each once', () => {
    assert.deepEqual(
      rows.map(({ number }) => number).filter((number) => !number.startsWith('R')),
      Array.from({ length: 25 }, (_, index) => String(index + 1)),
    );
  });

  for (const { number, promise, seen } of rows) {
    test(`point ${number} names tests that are there: ${promise}`, () => {
      const named = [...seen.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)];
      assert.ok(named.length > 0);
      for (const [, path = '', words = ''] of named) {
        assert.ok(existsSync(root + path), path);
        assert.ok(readFileSync(root + path, 'utf8').includes(words), `${path}: ${words}`);
      }
    });
  }
});
