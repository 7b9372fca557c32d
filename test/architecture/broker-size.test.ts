import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../vite.config.ts';

const MOST_LINES = 4000;
const MOST_LINES_OF_A_FILE = 250;

/** Tables of words and settings, read when needed and not to understand how the broker works. */
const NOT_COUNTED = ['db/migrations/', 'db/drizzle.config.ts', 'templates/', 'mails/', 'issuer.ts'];

/** Blank lines and comments are there for the reader, so nobody is to save them. */
const isCode = (line: string) => !/^\s*(\/\/|\/\*|\*|$)/.test(line);

const files = readdirSync(`${root}demo/broker`, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !NOT_COUNTED.some((start) => path.startsWith(start)))
  .map((path) => ({ path, text: readFileSync(`${root}demo/broker/${path}`, 'utf8').trimEnd().split('\n') }))
  .map(({ path, text }) => ({ path, lines: text.length, code: text.filter(isCode).length }));

describe('the reference broker stays small enough to read in an hour', () => {
  test(`all of it has fewer than ${MOST_LINES} lines of code`, (t) => {
    const total = files.reduce((sum, { code }) => sum + code, 0);
    t.diagnostic(`demo/broker: ${total} lines of code in ${files.length} files`);
    assert.ok(total > 0 && total < MOST_LINES, `${total} lines of code`);
  });

  test(`no file has more than ${MOST_LINES_OF_A_FILE} lines`, () => {
    assert.deepEqual(
      files.filter(({ lines }) => lines > MOST_LINES_OF_A_FILE),
      [],
    );
  });
});
