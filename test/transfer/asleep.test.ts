import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UploadError } from '../../src/errors.ts';
import { settled } from '../support/page-clock.ts';
import { large, PartsBench } from '../support/parts-bench.ts';

const HOURS = 3_600_000;

/** A file on its way, four parts of it stored, six requests running; then the device sleeps for five hours. */
async function asleep() {
  const bench = new PartsBench();
  bench.isManual = true;
  const sent = bench.send(large('a.zip'));
  await settled();
  for (let part = 0; part < 4; part++) await bench.running[0]?.end({ kind: 'stored' });
  await bench.clock.pass(5 * HOURS);
  bench.puts.length = 0;
  bench.isManual = false;
  return { bench, sent };
}

describe('a page that slept for five hours', () => {
  test('goes on with fresh grants: what ran is sent again, what is stored is not', async () => {
    const { bench, sent } = await asleep();
    for (const put of [...bench.running]) await put.end({ kind: 'lost' });
    await bench.finish(sent);
    // The storage of this test refuses a grant that has ended: fourteen requests, and none refused.
    assert.deepEqual([bench.puts.length, bench.told.at(-1), bench.starts], [14, 'a.zip stored', ['a.zip']]);
    assert.equal(bench.upload('a.zip').state, 'stored');
  });

  test('and whose sign-in ended meanwhile waits for the next one, with all that is stored', async () => {
    const { bench, sent } = await asleep();
    let isSignedIn = false;
    bench.before = () => (isSignedIn ? undefined : Promise.reject(new UploadError('sign_in_ended')));
    for (const put of [...bench.running]) await put.end({ kind: 'lost' });
    await settled();
    assert.deepEqual([bench.told, bench.puts], [['sign-in needed'], []]);
    isSignedIn = true;
    bench.transfer.signedIn();
    await bench.finish(sent);
    assert.deepEqual([bench.puts.length, bench.told.at(-1), bench.aborts], [14, 'a.zip stored', []]);
  });

  test('and whose upload has ended meanwhile begins it anew by itself', async () => {
    const { bench, sent } = await asleep();
    const [upload] = [...bench.uploads.values()];
    if (upload) upload.state = 'expired';
    for (const put of [...bench.running]) await put.end({ kind: 'lost' });
    await bench.finish(sent);
    assert.deepEqual([bench.starts.length, bench.puts.length, bench.told.at(-1)], [2, 18, 'a.zip stored']);
  });
});
