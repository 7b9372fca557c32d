import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { guessType } from '../../src/policy/guess.ts';
import { checkFile, type FileFacts, look } from '../../src/policy/index.ts';
import { gif, heic, join, jpeg, noise, png, segment, TABLE_LIMITS, webp } from './cases/bytes.ts';

const HEIC_TOO = {
  ...TABLE_LIMITS,
  accepts: [...TABLE_LIMITS.accepts, { name: 'photos' as const, types: ['image/heic'], extensions: ['heic'] }],
};
const FORMATS = { 'a.jpg': jpeg, 'a.png': png, 'a.gif': gif, 'a.webp': webp, 'a.heic': heic } as const;
const MAKERS = Object.entries(FORMATS);

async function judge(name: string, bytes: Uint8Array, limits: object) {
  const seen = await look(async (from, to) => bytes.subarray(from, to), bytes.length, guessType);
  return checkFile({ ...HEIC_TOO, ...limits }, { name, type: '', size: bytes.length, ...seen } satisfies FileFacts);
}

describe('the edges of a picture', () => {
  for (const [name, make] of MAKERS) {
    test(`are read from the header of ${name}, both at the limit and one over it`, async () => {
      assert.deepEqual(
        await judge(name, make(1200, 900), { min_edge: 900, max_edge: 1200, max_pixels: 1_080_000 }),
        [],
      );
      const seen = { width: 1200, height: 900 };
      assert.deepEqual(await judge(name, make(1200, 900), { min_edge: 901 }), [
        { code: 'file_small', figures: { limit: 901, ...seen } },
      ]);
      assert.deepEqual(await judge(name, make(1200, 900), { max_edge: 1199 }), [
        { code: 'file_dimensions', figures: { limit: 1199, ...seen, why: 'edge' } },
      ]);
      assert.deepEqual(await judge(name, make(1200, 900), { max_pixels: 1_079_999 }), [
        { code: 'file_dimensions', figures: { limit: 1_079_999, ...seen, why: 'pixels' } },
      ]);
    });
  }

  test('are the same edges when it stands upright', async () => {
    assert.deepEqual(await judge('a.jpg', jpeg(900, 1200), { min_edge: 900, max_edge: 1200 }), []);
  });

  test('of a JPEG are found behind metadata that fills its head, by few reads', async () => {
    const metadata = Array.from({ length: 4 }, () => segment(0xe2, 'MPF\0', noise(65_000)));
    const bytes = jpeg(5000, 4000, ...metadata);
    const reads: [number, number][] = [];
    const seen = await look(
      async (from, to) => {
        reads.push([from, to]);
        return bytes.subarray(from, to);
      },
      bytes.length,
      guessType,
    );
    assert.deepEqual(seen.dimensions, { width: 5000, height: 4000 });
    assert.equal(reads.length, 5);
    assert.equal((await judge('a.jpg', bytes, { max_edge: 4999 }))[0]?.code, 'file_dimensions');
  });

  test('that a picture hides are no edges within a limit', async () => {
    const headless = join(jpeg().subarray(0, 20), [0xff, 0xd9]);
    const endless = join(jpeg().subarray(0, 20), ...Array.from({ length: 200 }, () => segment(0xe5, noise(1000))));
    for (const [name, bytes] of [
      ['a.jpg', headless],
      ['a.jpg', endless],
      ['a.png', png().subarray(0, 20)],
      ['a.png', png(0, 0)],
    ] as const) {
      assert.deepEqual(await judge(name, bytes, { max_pixels: 100 }), [{ code: 'file_dimensions' }]);
      assert.deepEqual(await judge(name, bytes, {}), []);
    }
  });

  test('say nothing about other files', async () => {
    assert.deepEqual(await judge('a.txt', new TextEncoder().encode('Dear Jo'), { min_edge: 900, max_pixels: 9 }), []);
  });
});

describe('a look', () => {
  test('ends also where every segment of a JPEG is empty, after 64 reads', async () => {
    const bytes = join(
      [0xff, 0xd8],
      ...Array.from({ length: 40 }, () => segment(0xe5, noise(65_000))),
      new Uint8Array(300_000).fill(0xff),
    );
    let reads = 0;
    const seen = await look(
      async (from, to) => {
        reads += 1;
        return bytes.subarray(from, to);
      },
      bytes.length,
      guessType,
    );
    assert.equal(seen.dimensions, null);
    assert.ok(reads <= 66, String(reads));
  });
});
