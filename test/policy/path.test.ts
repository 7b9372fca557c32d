import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkPath } from '../../src/policy/index.ts';

describe('the folders that a file comes with', () => {
  for (const path of [undefined, 'Photos', 'Photos/2026', 'a.b/.config/…', 'Ürlaub/夏/صور', 'x'.repeat(1024)]) {
    test(`may be ${path === undefined ? 'none' : path.slice(0, 20)}`, () => {
      assert.equal(checkPath(path), null);
    });
  }

  for (const [what, path] of [
    ['a way up', 'Photos/../..'],
    ['this folder', 'Photos/./2026'],
    ['nothing', ''],
    ['a folder without a name', 'Photos//2026'],
    ['the root', '/Photos'],
    ['an end without a name', 'Photos/'],
    ['spaces and dots alone', 'Photos/. .'],
    ['a backslash', 'Photos\\2026'],
    ['NUL', 'Photos/20\u0000'],
    ['a line break', 'Photos\n/2026'],
    ['turned letters', 'Photos/\u202egpj'],
  ] as const) {
    test(`may not be ${what}`, () => {
      assert.deepEqual(checkPath(path), { code: 'file_name' });
    });
  }

  test('have 1024 characters at most', () => {
    assert.deepEqual(checkPath('x'.repeat(1025)), { code: 'file_name', figures: { limit: 1024 } });
  });
});
