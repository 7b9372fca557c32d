import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { legs, runLeg } from './legs.ts';
import { testFiles } from './test-files.ts';

const names = (...asked: Parameters<typeof legs>) => legs(...asked).map((row) => row.map(({ name }) => name));

describe('the legs of the whole run', () => {
  test('go one after the other, those that mostly wait beside each other', () => {
    assert.deepEqual(names(undefined, []), [
      ['check'],
      ['node'],
      ['elements in chromium'],
      ['elements in firefox', 'elements in webkit'],
      ['e2e in chromium', 'e2e in firefox', 'e2e in webkit'],
      ['faults'],
    ]);
  });

  test('are those of a part that have a fitting file, where a path is asked for', () => {
    assert.deepEqual(names('e2e', ['upload.webkit']), [['e2e in webkit']]);
    assert.deepEqual(names('faults', ['no such file']), []);
  });

  test('hold every test file once', () => {
    const files = (['node', 'elements', 'e2e', 'faults'] as const).flatMap((leg) => testFiles(leg));
    assert.equal(new Set(files).size, files.length);
    const folder = mkdtempSync(join(tmpdir(), 'secure-upload-legs-'));
    try {
      const words = legs(undefined, [])
        .flat()
        .flatMap(({ command }) => command(join(mkdtempSync(join(folder, 'leg-')), 'result.json')));
      const shared = words.filter((word) => word.startsWith(folder) && word.endsWith('.mjs'));
      const run = [...words, ...shared.flatMap((path) => readFileSync(path, 'utf8').split('"'))];
      for (const file of files.filter((path) => !testFiles('elements').includes(path))) {
        assert.equal(run.filter((word) => word === file).length, 1, file);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('count what their runner wrote, and one that ends without a result has failed, beside another or not', async () => {
    const write = (result: string) => ['-e', `fs.writeFileSync(${JSON.stringify(result)}, '{"passed":2,"failed":0}')`];
    for (const isBeside of [false, true]) {
      assert.deepEqual(await runLeg({ name: 'one', minutes: 1, command: write }, isBeside), { passed: 2, failed: 0 });
      const silent = await runLeg({ name: 'other', minutes: 1, command: () => ['-e', '0'] }, isBeside);
      assert.deepEqual(silent, { passed: 0, failed: 1, failures: ['ended without a result'] });
    }
  });
});
