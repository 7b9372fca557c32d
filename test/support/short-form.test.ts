import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { legs } from './legs.ts';
import { leftOut, turnOf } from './short-form.ts';
import { testFiles } from './test-files.ts';

const engineOf = (path: string) => (path.includes('.firefox.') ? 'firefox' : 'webkit');
const storyOf = (path: string) => path.replace(/\.(firefox|webkit)\.e2e\.ts$/, '');

describe('the short form of the whole run', () => {
  const turns = [leftOut(0), leftOut(1)] as const;

  test('leaves out a story in Firefox or in WebKit, never in both, and in the next turn in the other', () => {
    const [first, second] = turns;
    assert.ok(first.length > 5);
    assert.deepEqual(first.map(storyOf), second.map(storyOf));
    for (const [place, path] of first.entries()) assert.notEqual(engineOf(path), engineOf(second[place] ?? ''));
    for (const path of first)
      assert.ok(testFiles('e2e').includes(second.find((other) => storyOf(other) === storyOf(path)) ?? ''));
  });

  test('gives both about as much to do', () => {
    for (const left of turns) {
      const inFirefox = left.filter((path) => engineOf(path) === 'firefox').length;
      assert.ok(Math.abs(2 * inFirefox - left.length) <= 1);
    }
  });

  test('leaves out no upload, no file in parts, no hard sign-in, and nothing of what one engine alone tells', () => {
    const files = [
      ...['a', 'b', 'upload', 'in-parts'].flatMap((name) =>
        ['', '.firefox', '.webkit'].map((engine) => `test/e2e/${name}${engine}.e2e.ts`),
      ),
      ...['test/e2e/touch.firefox.e2e.ts', 'test/e2e/names.webkit.e2e.ts', 'test/e2e/start.e2e.ts'],
    ];
    assert.deepEqual(leftOut(0, files), ['test/e2e/a.firefox.e2e.ts', 'test/e2e/b.webkit.e2e.ts']);
    assert.deepEqual(leftOut(1, files), ['test/e2e/a.webkit.e2e.ts', 'test/e2e/b.firefox.e2e.ts']);
  });

  test('has the legs of the long one', () => {
    const names = (left: readonly string[]) => legs(undefined, [], left).map((row) => row.map(({ name }) => name));
    assert.deepEqual(names(turns[0]), names([]));
  });

  test('has the turn that is asked for, else one that its commit decides', () => {
    assert.deepEqual([turnOf({ TURN: '0' }), turnOf({ TURN: '1' })], [0, 1]);
    assert.equal(turnOf({}), turnOf({}));
  });
});
