import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UploadError } from '../../src/errors.ts';
import type { RecipientPhase } from '../../src/flow/recipient-snapshot.ts';
import { acceptedRig, blobOf, provedRig, refused } from './recipient-rig.ts';
import { at, CONTRACT, claimedAt, MINUTE, RULES, VERIFIED } from './recipient-samples.ts';

const unreachable = () => {
  throw new UploadError('store_unreachable');
};

const phases = (flow: { snapshot: { deliveries: readonly { phase: string }[] } }) =>
  flow.snapshot.deliveries.map(({ phase }) => phase);

describe('downloading', () => {
  test('the first download claims the link and opens the window', async () => {
    const { flow, calls, saver, told } = await acceptedRig();
    await flow.download(CONTRACT.id);
    assert.equal(calls.count('claim'), 1);
    assert.equal(flow.snapshot.windowEndsAt, at(15 * MINUTE));
    assert.equal(flow.snapshot.deliveryWindow, 'open');
    assert.deepEqual(phases(flow), ['received', 'ready']);
    assert.deepEqual(saver.saved, [CONTRACT.name]);
    const { name, size, sha256 } = CONTRACT;
    assert.deepEqual(told.at(-1), { name: 'claimed', detail: { name, size, sha256 } });
  });

  test('a file that travelled in parts is checked by the size of its parts, and told with it', async () => {
    const { flow, calls, told } = await provedRig();
    calls.answers('verify', { ...VERIFIED, files: [{ ...CONTRACT, part_bytes: 1_000_000 }, RULES] });
    await flow.submitCode('48210736');
    await flow.decide('accept', true);
    const asked: (number | undefined)[] = [];
    const read = calls.script.download;
    calls.script.download = (url, watch, signal, partBytes) => {
      asked.push(partBytes);
      return read(url, watch, signal);
    };
    await flow.downloadAll();
    assert.deepEqual(asked, [1_000_000, undefined]);
    assert.deepEqual(
      told.filter(({ name }) => name === 'claimed').map(({ detail }) => (detail as { partBytes?: number }).partBytes),
      [1_000_000, undefined],
    );
  });

  test('a second file within the life of its address needs no second claim', async () => {
    const { flow, calls, clock } = await acceptedRig();
    await flow.download(CONTRACT.id);
    await clock.pass(30_000);
    await flow.download(RULES.id);
    assert.equal(calls.count('claim'), 1);
    assert.equal(flow.snapshot.phase, 'received');
  });

  test('an address that has expired is asked for again with the same key', async () => {
    const { flow, calls, clock } = await acceptedRig();
    await flow.download(CONTRACT.id);
    await clock.pass(2 * MINUTE);
    await flow.download(RULES.id);
    assert.equal(calls.count('claim'), 2);
    assert.deepEqual(calls.asked.at(-1), ['download', `https://store.example/file-rules?at=${2 * MINUTE}`]);
    assert.equal(flow.snapshot.windowEndsAt, at(15 * MINUTE));
  });

  test('two downloads at once share one claim', async () => {
    const { flow, calls } = await acceptedRig();
    await Promise.all([flow.download(CONTRACT.id), flow.download(RULES.id)]);
    assert.equal(calls.count('claim'), 1);
    assert.deepEqual(phases(flow), ['received', 'received']);
  });

  test('a claim whose answer was lost is asked for once more after a second', async () => {
    const { flow, calls, clock } = await acceptedRig();
    calls.answers('claim', refused('broker_down'), claimedAt(0));
    const download = flow.download(CONTRACT.id);
    await clock.pass(1_000);
    await download;
    assert.equal(calls.count('claim'), 2);
    assert.equal(phases(flow)[0], 'received');
  });

  test('without any answer the row says that it stopped, and the next press goes on', async () => {
    const { flow, calls, clock } = await acceptedRig();
    calls.answers('claim', refused('offline'), refused('offline'), claimedAt(0));
    const download = flow.download(CONTRACT.id);
    await clock.pass(1_000);
    await download;
    assert.equal(phases(flow)[0], 'interrupted');
    assert.equal(flow.snapshot.problem?.code, 'offline');
    await flow.download(CONTRACT.id);
    assert.equal(phases(flow)[0], 'received');
    assert.equal(flow.snapshot.problem, null);
  });

  test('a read that breaks is begun again once from a fresh address', async () => {
    const { flow, calls } = await acceptedRig();
    const read = calls.script.download;
    let turn = 0;
    calls.script.download = (...args) => (turn++ === 0 ? unreachable() : read(...args));
    await flow.download(CONTRACT.id);
    assert.equal(calls.count('claim'), 2);
    assert.equal(phases(flow)[0], 'received');
  });

  test('a read that breaks twice is told, and nothing was saved', async () => {
    const { flow, calls, saver } = await acceptedRig();
    calls.script.download = async () => unreachable();
    await flow.download(CONTRACT.id);
    assert.equal(calls.count('download'), 2);
    assert.equal(phases(flow)[0], 'interrupted');
    assert.deepEqual(saver.saved, []);
  });

  const wrong = {
    'other bytes of the same length': { blob: blobOf(CONTRACT.size), sha256: RULES.sha256 },
    'a byte less under the right checksum': { blob: blobOf(CONTRACT.size - 1), sha256: CONTRACT.sha256 },
  };
  for (const [what, answer] of Object.entries(wrong)) {
    test(`${what} differs, is not saved and not told as claimed`, async () => {
      const { flow, calls, saver, told } = await acceptedRig();
      calls.answers('download', answer);
      await flow.download(CONTRACT.id);
      assert.equal(phases(flow)[0], 'differs');
      assert.deepEqual(saver.saved, []);
      assert.deepEqual(
        told.map(({ name }) => name),
        ['given'],
      );
    });
  }

  test('more bytes than were offered stop the read', async () => {
    const { flow, calls } = await acceptedRig();
    let isStopped = false;
    calls.script.download = async (_url, watch, signal) => {
      watch(CONTRACT.size + 1);
      isStopped = signal.aborted;
      return unreachable();
    };
    await flow.download(CONTRACT.id);
    assert.equal(isStopped, true);
    assert.equal(phases(flow)[0], 'differs');
  });

  test('progress stands in the row while it is read', async () => {
    const { flow, calls } = await acceptedRig();
    calls.script.download = async (_url, watch) => {
      watch(1_000);
      assert.deepEqual(flow.snapshot.deliveries[0], { file: CONTRACT, phase: 'receiving', received: 1_000 });
      return { blob: blobOf(CONTRACT.size), sha256: CONTRACT.sha256 };
    };
    await flow.download(CONTRACT.id);
    assert.equal(phases(flow)[0], 'received');
  });

  test('what the page cannot read is handed to the browser, and only called started', async () => {
    const { flow, calls, saver, told } = await acceptedRig();
    saver.readable = RULES.size;
    await flow.download(CONTRACT.id);
    assert.deepEqual(saver.opened, ['https://store.example/file-contract?at=0']);
    assert.equal(calls.count('download'), 0);
    assert.equal(phases(flow)[0], 'started');
    assert.deepEqual(
      told.map(({ name }) => name),
      ['given'],
    );
    assert.equal(flow.snapshot.phase, 'download');
  });

  test('all at once takes one after the other and leaves out what is here already', async () => {
    const { flow, calls } = await acceptedRig();
    await flow.download(RULES.id);
    await flow.downloadAll();
    const urls = calls.asked.filter(([name]) => name === 'download').map(([, url]) => url);
    assert.deepEqual(urls, ['https://store.example/file-rules?at=0', 'https://store.example/file-contract?at=0']);
    assert.equal(flow.snapshot.phase, 'received');
  });

  test('files that the browser fetches leave it time in between', async () => {
    const { flow, saver, clock } = await acceptedRig();
    saver.readable = -1;
    const all = flow.downloadAll();
    await clock.pass(1_499);
    assert.equal(saver.opened.length, 1);
    await clock.pass(3_000);
    await all;
    assert.equal(saver.opened.length, 2);
  });

  const refusals: [string, RecipientPhase][] = [
    ['link_used', 'used'],
    ['window_over', 'window-over'],
    ['link_taken_back', 'taken-back'],
    ['link_expired', 'expired'],
    ['link_declined', 'declined'],
    ['withdrawn', 'withdrawn'],
    ['sign_in_ended', 'cover'],
    ['not_found', 'download'],
  ];
  for (const [code, phase] of refusals) {
    test(`${code} at the claim shows ${phase}`, async () => {
      const { flow, calls } = await acceptedRig();
      calls.answers('claim', refused(code));
      await flow.download(CONTRACT.id);
      assert.equal(flow.snapshot.phase, phase);
      assert.equal(calls.count('claim'), 1);
    });
  }
});

describe('the delivery window', () => {
  test('tells five minutes before it ends, then ends', async () => {
    const { flow, clock } = await acceptedRig();
    await flow.download(CONTRACT.id);
    await clock.pass(10 * MINUTE - 1);
    assert.equal(flow.snapshot.deliveryWindow, 'open');
    await clock.pass(1);
    assert.equal(flow.snapshot.deliveryWindow, 'ending');
    await clock.pass(5 * MINUTE - 1);
    assert.equal(flow.snapshot.phase, 'download');
    await clock.pass(1);
    assert.equal(flow.snapshot.phase, 'window-over');
    assert.equal(flow.snapshot.deliveryWindow, 'over');
  });

  test('is measured as a length, on a device whose clock is an hour fast', async () => {
    const { flow, calls, clock } = await acceptedRig();
    calls.answers('claim', claimedAt(-60 * MINUTE));
    await flow.download(CONTRACT.id);
    assert.equal(flow.snapshot.deliveryWindow, 'open');
    await clock.pass(14 * MINUTE);
    assert.equal(flow.snapshot.phase, 'download');
  });

  test('lets a download that has begun run to its end', async () => {
    const { flow, calls, clock } = await acceptedRig();
    let arrive: () => void = () => {};
    calls.script.download = () =>
      new Promise((resolve) => {
        arrive = () => resolve({ blob: blobOf(CONTRACT.size), sha256: CONTRACT.sha256 });
      });
    const download = flow.download(CONTRACT.id);
    await clock.pass(15 * MINUTE);
    assert.equal(flow.snapshot.phase, 'download');
    arrive();
    await download;
    assert.equal(phases(flow)[0], 'received');
    assert.equal(flow.snapshot.phase, 'window-over');
  });

  test('leaves what was received as received, and no press downloads again', async () => {
    const { flow, calls, clock } = await acceptedRig();
    await flow.downloadAll();
    await clock.pass(15 * MINUTE);
    assert.equal(flow.snapshot.phase, 'received');
    assert.equal(flow.snapshot.deliveryWindow, 'over');
    await flow.download(CONTRACT.id);
    assert.equal(calls.count('claim'), 1);
  });
});
