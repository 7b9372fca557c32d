import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';

interface Line {
  readonly at: string;
  readonly text: string;
}

/** Every file that is, or is about to be, in the repository. */
const paths = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '');

/** Every line of those that are text. */
const lines: readonly Line[] = paths.flatMap((path) => {
  const text = readFileSync(root + path, 'utf8');
  if (text.includes('\0')) return [];
  return text.split('\n').map((line, index) => ({ at: `${path}:${index + 1}`, text: line }));
});

function assertNowhere(pattern: RegExp, inFiles = /./): void {
  assert.deepEqual(
    lines
      .filter(({ at, text }) => inFiles.test(at) && pattern.test(text))
      .map(({ at, text }) => `${at} ${text.trim()}`),
    [],
  );
}

const CODE = /\.(ts|mjs|js|html|css):\d+$/;

describe('the repository', () => {
  test('is read at all', () => {
    assert.ok(lines.some(({ at }) => at.startsWith('package.json:')));
  });

  test('names no registry', () => {
    assertNowhere(/https?:\/\/(registry|deb|mirror)s?\./);
  });

  test('names no folder of the machine it was written on', () => {
    assertNowhere(/(^|[\s'"`(=])\/(?:home|root|Users|work)\/[\w.-]/);
  });

  test('speaks of the product alone', () => {
    assertNowhere(/\b(issue|ticket) #?\d+\b|\blanguage model\b|\bsub-?agent|\bhelper session/i);
  });

  test('leaves no test out and nothing half done', () => {
    assertNowhere(/\b(it|test|describe)\.(only|skip|todo|fixme)\(|@ts-(ignore|nocheck)|\bTO-?DO\b|\bFIX-?ME\b/, CODE);
  });

  test('names only files that are there', () => {
    const path = /(?<![\w/.*])(?:src|demo|test|docs|bin)\/[\w./-]+\.(?:ts|mjs|json|md|sh|png)\b/g;
    const named = lines
      .filter(({ at }) => /^[\w/.-]+\.md:/.test(at))
      .flatMap(({ at, text }) => [...text.matchAll(path)].map(([name]) => ({ at, name })));
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter(({ name }) => !paths.includes(name)),
      [],
    );
  });

  test('locks packages without the address they came from', () => {
    assertNowhere(/"resolved":/, /^package-lock\.json:/);
  });

  test('names exact versions of what it depends on', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    assert.deepEqual(loose, []);
  });
});
