import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Held, NotNarrower, narrow, type Wish } from '../../../../demo/identity/tokens/narrow.ts';
import { SCOPES } from '../../../../src/contract/index.ts';

const LIVES = { shortest: 120, longest: 600 };
const PLACES = ['folder:folder-one', 'folder:folder-two', 'upload:upload-one', 'upload:upload-two'] as const;
const NOW = 1_800_000_000;

const spaced = (words: readonly string[], least: number) =>
  fc.subarray([...words], { minLength: least }).map((some) => some.join(' '));
const wish: fc.Arbitrary<Wish> = fc.record(
  {
    scope: spaced(SCOPES, 0),
    prefix: spaced(PLACES, 0),
    lifetime: fc.oneof(fc.integer({ min: -1, max: 900 }).map(String), fc.string({ maxLength: 8 })),
  },
  { requiredKeys: [] },
);
const first: fc.Arbitrary<Held> = fc.record({
  scope: spaced(SCOPES, 1),
  within: fc.constantFrom(null, { folders: ['folder-one', 'folder-two'], uploads: ['upload-one'] }),
  exp: fc.integer({ min: NOW + 1, max: NOW + 3600 }),
});

const placesOf = ({ within }: Held): ReadonlySet<string> =>
  new Set([
    ...(within?.folders ?? []).map((id) => `folder:${id}`),
    ...(within?.uploads ?? []).map((id) => `upload:${id}`),
  ]);
const scopesOf = ({ scope }: Held): ReadonlySet<string> => new Set(scope.split(' '));
const isIn = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((one) => all.has(one));

/** Null where it was refused. */
function exchanged(held: Held, asked: Wish, now: number): Held | null {
  try {
    return narrow(held, asked, 'cases', LIVES, now);
  } catch (error) {
    assert.ok(error instanceof NotNarrower, String(error));
    return null;
  }
}

describe('what is exchanged for a token, whatever is asked and however often (checklist 21)', () => {
  test('never has more scope, never reaches more, never ends later, and never lives longer than ten minutes', () => {
    fc.assert(
      fc.property(first, fc.array(fc.tuple(wish, fc.nat(300)), { maxLength: 7 }), (held, chain) => {
        let last = held;
        let now = NOW;
        for (const [asked, seconds] of chain) {
          now += seconds;
          const next = exchanged(last, asked, now);
          if (!next) continue;
          assert.ok(isIn(scopesOf(next), scopesOf(held)));
          assert.ok(isIn(scopesOf(next), scopesOf(last)));
          if (last.within) assert.ok(next.within && isIn(placesOf(next), placesOf(last)));
          assert.ok(next.exp <= last.exp && next.exp <= now + LIVES.longest);
          assert.deepEqual(next.act?.act, last.act);
          last = next;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('is exactly what was asked for, or nothing: a wish is never cut down in silence', () => {
    fc.assert(
      fc.property(first, wish, (held, asked) => {
        const next = exchanged(held, asked, NOW);
        if (!next) return;
        if (asked.scope !== undefined) assert.deepEqual(scopesOf(next), new Set(asked.scope.split(' ')));
        if (asked.prefix !== undefined) assert.deepEqual(placesOf(next), new Set(asked.prefix.split(' ')));
        if (asked.lifetime !== undefined) assert.equal(next.exp, Math.min(held.exp, NOW + Number(asked.lifetime)));
      }),
      { numRuns: 2000 },
    );
  });

  test('is made where everything that is asked is held', () => {
    const held: Held = { scope: SCOPES.join(' '), within: null, exp: NOW + 3600 };
    const possible = fc.record({ scope: spaced(SCOPES, 1), prefix: spaced(PLACES, 1) });
    fc.assert(fc.property(possible, (asked) => exchanged(held, asked, NOW) !== null));
  });
});
