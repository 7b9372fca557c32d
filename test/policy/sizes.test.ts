import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MB } from '../../src/contract/index.ts';
import { formatsFor } from '../../src/i18n/format.ts';
import { checkFile, checkTotals } from '../../src/policy/index.ts';
import { TABLE_LIMITS } from './cases/bytes.ts';

const verdict = (size: number, most: number) =>
  checkFile({ ...TABLE_LIMITS, max_file_bytes: most }, { name: 'a.jpg', type: 'image/jpeg', size })[0]?.code;

/** How systems write a size: what they divide by, and how many decimals they have room for. */
const SYSTEMS = [
  { system: 'macOS, iOS', unit: 1000, decimals: 1 },
  { system: 'Linux desktops, Android', unit: 1000, decimals: 1 },
  { system: 'ls -h, which rounds up', unit: 1024, decimals: 1 },
  { system: 'Windows, in kilobytes, which rounds up', unit: 1024, decimals: 3 },
] as const;

describe('a limit in megabytes', () => {
  const limit = fc.integer({ min: 1, max: 5000 });
  // Of a limit of 1 MB, systems that divide by 1000 and show one decimal hide 50,000 bytes: more than a megabyte of 1024
  // times 1024 has over theirs.
  const limitOf = (unit: number) => (unit === 1000 ? fc.integer({ min: 2, max: 5000 }) : limit);

  for (const { system, unit, decimals } of SYSTEMS) {
    test(`takes each file that is shown at or under it: ${system}`, () => {
      fc.assert(
        fc.property(limitOf(unit), fc.double({ min: 0.000_001, max: 1, noNaN: true }), (megabytes, share) => {
          // The largest file that is still written as so many megabytes, where the system rounds up or to the next.
          const shown = Math.max(10 ** -decimals, Number((megabytes * share).toFixed(decimals)));
          const half = unit === 1000 ? unit ** 2 / 2 / 10 ** decimals - 1 : 0;
          const size = Math.floor(shown * unit ** 2 + half);
          assert.equal(verdict(Math.max(1, size), megabytes * MB), undefined);
        }),
      );
    });
  }

  test('is exact: the byte behind it is refused, and no two equal sizes stand in the sentence', () => {
    fc.assert(
      fc.property(limit, fc.integer({ min: 1, max: 1000 }), (megabytes, over) => {
        const most = megabytes * MB;
        assert.equal(verdict(most, most), undefined);
        assert.equal(verdict(most + over, most), 'file_large');
        const [size, told] = formatsFor('en').sizePair(most + over, most);
        assert.notEqual(size, told);
      }),
    );
  });

  test('has a lower one, which empty files are not measured by', () => {
    const limits = { ...TABLE_LIMITS, min_file_bytes: 10 };
    const codes = [0, 1, 9, 10].map((size) => checkFile(limits, { name: 'a.jpg', type: '', size })[0]);
    assert.deepEqual(codes, [
      { code: 'file_empty' },
      { code: 'file_small', figures: { limit: 10, size: 1 } },
      { code: 'file_small', figures: { limit: 10, size: 9 } },
      undefined,
    ]);
  });
});

test('the room that a person has left is held to the byte', () => {
  assert.deepEqual(checkTotals(TABLE_LIMITS, { files: 2, bytes: 100 }, 100), []);
  assert.deepEqual(checkTotals(TABLE_LIMITS, { files: 2, bytes: 101 }, 100), [
    { code: 'person_full', figures: { size: 101, rest: 100 } },
  ]);
});
