import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';

/** Of a room, in code: what somebody reads in an hour; signing in, links and consent have rooms of their own inside. */
const MOST_LINES = 2000;
const MOST_LINES_OF: Readonly<Record<string, number>> = { identity: 4000, recipients: 3000 };
const MOST_LINES_OF_A_FILE = 250;

/** Tables of words, read when needed and not to understand how the broker works. */
const NOT_COUNTED = /(^|\/|-)words\.ts$/;

/** Blank lines and comments are there for the reader, so nobody is to save them. */
const isCode = (line: string) => !/^\s*(\/\/|\/\*|\*|$)/.test(line);

const filesOf = (room: string) =>
  readdirSync(`${root}demo/${room}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !NOT_COUNTED.test(path))
    .map((path) => ({ path, text: readFileSync(`${root}demo/${room}/${path}`, 'utf8').trimEnd().split('\n') }))
    .map(({ path, text }) => ({ path: `${room}/${path}`, lines: text.length, code: text.filter(isCode).length }));

const ROOMS = [
  'base',
  'database',
  'audit',
  'registry',
  'mail',
  'identity',
  'context',
  'ledger',
  'uploads',
  'recipients',
  'erasure',
  'broker',
];

describe('each room of the reference backend stays small enough to read in an hour', () => {
  for (const room of ROOMS) {
    const most = MOST_LINES_OF[room] ?? MOST_LINES;
    test(`demo/${room} has fewer than ${most} lines of code`, (t) => {
      const files = filesOf(room);
      const total = files.reduce((sum, { code }) => sum + code, 0);
      t.diagnostic(`demo/${room}: ${total} lines of code in ${files.length} files`);
      assert.ok(total > 0 && total < most, `${total} lines of code`);
    });
  }

  test(`no file has more than ${MOST_LINES_OF_A_FILE} lines`, () => {
    assert.deepEqual(
      ROOMS.flatMap(filesOf).filter(({ lines }) => lines > MOST_LINES_OF_A_FILE),
      [],
    );
  });
});
