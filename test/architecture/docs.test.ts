import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';

const list = (pattern: string) =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', pattern], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '');

const pages = list('*.md').map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };

/** As GitHub makes them of a heading. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );

const linksOf = ({ path, text }: { path: string; text: string }) =>
  [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => ({ path, link }));

/** Null where the link leads somewhere. */
function brokenAt({ path, link }: { path: string; link: string }): string | null {
  const [file = '', anchor] = link.split('#');
  const to = file === '' ? path : posix.join(posix.dirname(path), file);
  if (!existsSync(root + to)) return `${path}: ${link} is not there`;
  if (anchor === undefined || anchorsOf(readFileSync(root + to, 'utf8')).includes(anchor)) return null;
  return `${path}: ${to} has no heading #${anchor}`;
}

describe('the pages for readers', () => {
  const links = pages.flatMap(linksOf);

  test('are read at all', () => {
    assert.ok(pages.some(({ path }) => path === 'README.md'));
    assert.ok(links.length > 50);
  });

  test('link to files and headings that are there', () => {
    assert.deepEqual(
      links.map(brokenAt).filter((line) => line !== null),
      [],
    );
  });

  test('are told from links that lead nowhere', () => {
    assert.equal(
      brokenAt({ path: 'docs/ledger.md', link: '../README.md#nowhere' }),
      'docs/ledger.md: README.md has no heading #nowhere',
    );
    assert.equal(brokenAt({ path: 'docs/ledger.md', link: 'nowhere.md' }), 'docs/ledger.md: nowhere.md is not there');
  });

  test('name npm scripts that package.json has', () => {
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => ({ path, script })),
    );
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter(({ script }) => !(script in scripts)),
      [],
    );
  });

  test('list every decision once', () => {
    const listed = pages.find(({ path }) => path === 'docs/decisions/README.md');
    const names = linksOf(listed ?? { path: '', text: '' }).map(({ link }) => link);
    assert.deepEqual(
      list('docs/decisions/0*.md').map((path) => posix.basename(path)),
      names.filter((name) => /^\d{3}-/.test(name)).sort(),
    );
  });
});
