import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClaimRaces, type Kind } from './claim-races.ts';

const PLACES: readonly [Kind, string][] = [
  ['pglite', 'one broker on PGlite'],
  ['postgresql', 'two broker processes on PostgreSQL'],
];

for (const [kind, place] of PLACES) {
  test(`50 proven keys claim a link at once, five links long, at ${place}: one key wins each`, async (t) => {
    const races = await ClaimRaces.start(kind, 50);
    t.after(() => races.close());
    for (let round = 0; round < 5; round++) {
      const { won, wrong } = await races.round();
      assert.deepEqual([won, wrong], [1, []], `round ${round}`);
    }
  });
}
