import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { record } from '../../demo/audit/index.ts';
import { type LedgerPace, startSequencer } from '../../demo/ledger/sequencer.ts';
import { latestCheckpoint } from '../../demo/ledger/store.ts';
import { readSettings } from '../../demo/settings.ts';
import { testDeps } from '../support/broker.ts';

/** A sequencer at this pace whose clock stands still, with one act that waits for its place. */
async function waiting(t: TestContext, pace: LedgerPace) {
  const deps = await testDeps();
  t.after(() => deps.close());
  const act = { tenant: 'acme', app: 'cases', actor: 'person:1', act: 'upload.granted', subject: 'one' };
  await deps.db.transaction((tx) => record(tx, new Date(deps.now()), act));
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const begin = () => startSequencer(deps, pace);
  return { begin, size: async () => (await latestCheckpoint(deps.db.q))?.size ?? 0 };
}

for (const [variable, value, isWoken] of [
  ['LEDGER_GATHER_MS', 400, true],
  ['LEDGER_LOOK_MS', 5000, false],
] as const) {
  test(`${variable}=${value}: an act ${isWoken ? 'that was told of' : 'that nobody told of'} has its place after that, not before`, async (t) => {
    const { ledger } = readSettings({ LEDGER_LOOK_MS: '9000', [variable]: String(value) });
    const { begin, size } = await waiting(t, ledger);
    for (const [wait, leaves] of [
      [value - 1, 0],
      [value, 1],
    ] as const) {
      const sequencer = begin();
      if (isWoken) sequencer.wake();
      t.mock.timers.tick(wait);
      await sequencer.stop();
      assert.equal(await size(), leaves, `after ${wait} ms`);
    }
  });
}
