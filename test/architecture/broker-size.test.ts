import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../vite.config.ts';

const MOST_LINES = 4000;
const MOST_LINES_OF_A_FILE = 250;

/** Tables of words, read when needed and not to understand how the broker works. */
const NOT_COUNTED = ['mails/'];

/** Blank lines and comments are there for the reader, so nobody is to save them. */
const isCode = (line: string) => !/^\s*(\/\/|\/\*|\*|$)/.test(line);

const filesOf = (room: string) =>
  readdirSync(`${root}demo/${room}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !NOT_COUNTED.some((start) => path.startsWith(start)))
    .map((path) => ({ path, text: readFileSync(`${root}demo/${room}/${path}`, 'utf8').trimEnd().split('\n') }))
    .map(({ path, text }) => ({ path: `${room}/${path}`, lines: text.length, code: text.filter(isCode).length }));

/** What a grant, a file or a link needs to know of who is asking is `Caller`: that room is read on its own. */
const ROOMS = ['base', 'database', 'audit', 'registry', 'identity', 'broker'];
const files = filesOf('broker');

describe('the reference broker stays small enough to read in an hour', () => {
  test(`all of it has fewer than ${MOST_LINES} lines of code`, (t) => {
    const total = files.reduce((sum, { code }) => sum + code, 0);
    t.diagnostic(`demo/broker: ${total} lines of code in ${files.length} files`);
    assert.ok(total > 0 && total < MOST_LINES, `${total} lines of code`);
  });

  test(`no file has more than ${MOST_LINES_OF_A_FILE} lines`, () => {
    assert.deepEqual(
      ROOMS.flatMap(filesOf).filter(({ lines }) => lines > MOST_LINES_OF_A_FILE),
      [],
    );
  });
});
