import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';
import { CODES } from '../../demo/base/code-law.ts';
import { MAILS, TIMES } from '../../demo/context/config.ts';
import { LIMITS } from '../../demo/context/limits.ts';
import { LIVES, type Range } from '../../demo/context/lives.ts';
import { PACE } from '../../demo/ledger/sequencer.ts';

/** A row of a table: `| names | what | usual | range |`, where two names may share it. */
const rows = ['docs/sign-in.md', 'docs/consent.md'].flatMap((page) =>
  readFileSync(root + page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim())),
);

function documented(variable: string) {
  const [, names = '', , usual = '', range = ''] = rows.find(([, names]) => names?.includes(`\`${variable}\``)) ?? [];
  const at = names.split(', ').indexOf(`\`${variable}\``);
  const ranges = range.split(', ');
  return { usual: usual.split(', ')[at], range: ranges.length === 1 ? range : ranges[at] };
}

function checked(ranges: Readonly<Record<string, Range>>, usual: Readonly<Record<string, unknown>>): void {
  for (const [key, { variable, least, most }] of Object.entries(ranges)) {
    test(`${variable} has the value and the range that its page tells`, () => {
      assert.deepEqual(documented(variable), { usual: String(usual[key] ?? '–'), range: `${least}–${most}` });
    });
  }
}

describe('what an operator can set', () => {
  checked(LIVES, { ...TIMES });
  checked(LIMITS.codes, { ...CODES });
  checked(LIMITS.mails, { ...MAILS });
  checked(LIMITS.ledger, { ...PACE });
});
