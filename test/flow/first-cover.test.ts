import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { COVER } from '../../demo/gallery/recipient-samples.ts';
import { FirstCover } from '../../src/flow/first-cover.ts';

const cover = (covers: ConstructorParameters<typeof FirstCover>[0]['covers']) =>
  new FirstCover({ covers, canSave: true, open: async () => 'the flow' });

describe('what a link shows before its flow is loaded', () => {
  test('is its cover', async () => {
    const first = cover({ readCover: async () => COVER });
    const changes: string[] = [];
    first.addEventListener('change', () => changes.push(first.snapshot.phase));
    assert.equal(first.snapshot.phase, 'loading');
    assert.equal(await first.load(), true);
    assert.deepEqual([changes, first.snapshot.cover], [['cover'], COVER]);
  });

  test('is nothing yet where only the flow can tell what there is', async () => {
    const first = cover({ readCover: async () => null });
    assert.equal(await first.load(), false);
    assert.equal(first.snapshot.phase, 'loading');
  });

  test('is that part of the link is missing, without a call', async () => {
    const first = cover(null);
    assert.equal(first.snapshot.phase, 'cut-link');
    assert.equal(await first.load(), true);
  });

  test('is busy while a press waits for the flow, and says so where it cannot be had', () => {
    const first = cover({ readCover: async () => COVER });
    first.wait();
    assert.equal(first.snapshot.isBusy, true);
    first.fail();
    assert.deepEqual([first.snapshot.phase, first.snapshot.isBusy], ['unavailable', false]);
  });

  test('changes no more once it is closed', async () => {
    const first = cover({ readCover: async () => COVER });
    first.close();
    await first.load();
    assert.equal(first.snapshot.phase, 'loading');
  });
});
