import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { runOnce } from './one-run.ts';
import { report } from './report.ts';
import { Rig } from './rig.ts';

/** Files and faults of these are always the same; the last one is drawn anew each time. */
const SEED = 20_260;
const RUNS = 4;
const FACTOR = 8;

describe('uploads through a network, a broker and a storage that fail', () => {
  let rig: Rig;
  before(async () => {
    rig = await Rig.start(FACTOR);
  });
  after(() => rig?.close());

  for (let run = 0; run < RUNS; run++) {
    test(`end with every file stored once, bit for bit, and the room exact: run ${run}`, { timeout: 150_000 }, () =>
      hold(SEED, run),
    );
  }

  test('end so whatever is thrown', { timeout: 150_000 }, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`seed ${seed}`);
    await hold(seed, 0);
  });

  async function hold(seed: number, run: number): Promise<void> {
    const outcome = await runOnce(rig, seed, run, { isShort: true, hasReload: true });
    assert.ok(outcome.wrong.length === 0, report(seed, outcome));
  }
});
