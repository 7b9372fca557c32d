import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';
import { testFiles } from './test-files.ts';
import { entries, groups, isAlone } from './together.ts';

const IMPORTS =
  "import { appendFileSync } from 'node:fs'; import { before, beforeEach, describe, test } from 'node:test';";

describe('test files that share a process', () => {
  test('are each in one group, whole programs and builds alone and first', () => {
    const files = testFiles('node');
    const made = groups(files);
    assert.deepEqual(made.flat().sort(), files);
    const shared = made.findIndex((group) => group.length > 1);
    assert.deepEqual(made.slice(0, shared).flat(), files.filter(isAlone));
    assert.ok(made.slice(shared, -1).every((group) => group.length === 16));
  });

  test('do not wait at their top: what they say after it belongs to no suite of theirs, and is never run', () => {
    const waits = /^(?:(?:export )?(?:const|let) [^\n]*= )?await /m;
    const shared = groups(testFiles('node')).filter(({ length }) => length > 1);
    const waiting = [...shared.flat(), 'test/support/parts-bench.ts', 'test/storage/store-process.ts'];
    assert.deepEqual(
      waiting.filter((file) => waits.test(readFileSync(join(root, file), 'utf8'))),
      [],
    );
  });

  test('run one after the other, each with its own hooks; one that does not load or holds no test has failed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'secure-upload-together-'));
    const write = (name: string, lines: string) => {
      writeFileSync(join(folder, name), `${IMPORTS}\n${lines}`);
      return relative(root, join(folder, name));
    };
    const said = join(folder, 'said');
    const say = (word: string) => `appendFileSync(${JSON.stringify(said)}, '${word} ');`;
    const files = [
      write('a.mjs', `before(() => { ${say('a')} }); test('one', async () => { await 0; ${say('one')} });`),
      write('b.mjs', `beforeEach(() => { ${say('b')} }); test('two', () => { ${say('two')} throw Error('no') });`),
      write('c.mjs', "throw Error('not loaded');"),
      write('d.mjs', "describe('nothing', () => {});"),
      write('e.mjs', `test('three', () => { ${say('three')} });`),
    ];
    try {
      const result = join(folder, 'result.json');
      const reporter = ['--test-reporter=./test/support/count-reporter.mjs', `--test-reporter-destination=${result}`];
      const env = { ...process.env };
      delete env.NODE_TEST_CONTEXT; // A runner within a test would tell this one's results.
      spawnSync(process.execPath, ['--test', ...reporter, ...entries(files, folder)], { cwd: root, env });
      assert.equal(readFileSync(said, 'utf8'), 'a one b two three ');
      const { passed, failed, failures } = JSON.parse(readFileSync(result, 'utf8'));
      const [, b = '', c = '', d = ''] = files;
      const [two = '', ...others] = failures as string[];
      assert.deepEqual([passed, failed], [2, 3]);
      assert.equal(two, `${b}: two (no)`);
      assert.deepEqual(
        others.map((line) => line.replace(/^[^:]+: /, '')),
        [`${c} (not loaded)`, `${d} (holds no test)`],
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
