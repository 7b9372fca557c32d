import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LeftBatch } from '../../src/flow/left-batch.ts';
import { settled } from '../support/page-clock.ts';
import { JO, png, UploadDesk } from '../support/upload-desk.ts';

const KIM = { ...JO, id: 'person-kim', name: 'Kim' };
const BEGUN = Date.parse('2026-02-27T09:00:00Z');
const told = ({ flow }: UploadDesk) => flow.snapshot.left.map(({ arrived, of }) => `${arrived} of ${of}`);

/** A box on a device where a page of Jo's was thrown away. */
function left(more: Partial<LeftBatch> = {}): UploadDesk {
  const desk = new UploadDesk();
  desk.batches.cutOff(JO, more);
  return desk;
}

async function signedIn(desk: UploadDesk, person = JO): Promise<UploadDesk> {
  await desk.flow.load();
  desk.flow.signIn();
  await desk.signIn(person);
  return desk;
}

describe('a batch while it is sent', () => {
  test('is kept from the press on, with each file that arrived, and is not once all have', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    const [a = '', b = ''] = desk.flow.snapshot.items.map(({ key }) => key);
    desk.batch.watcher.reference('7F3K92QD');
    desk.store(a);
    desk.store(b);
    await desk.end();
    assert.deepEqual(desk.batches.kept, [
      '0 of 2 under null for person-jo in cases',
      '0 of 2 under 7F3K92QD for person-jo in cases',
      '1 of 2 under 7F3K92QD for person-jo in cases',
      'end at 2 of 2',
    ]);
  });

  test('stays its own while the sign-in has ended on the way', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.batch.watcher.signInNeeded('sign_in_ended');
    assert.equal(desk.flow.snapshot.phase, 'sign-in-again');
    assert.equal(desk.batches.kept.at(-1), '0 of 2 under null for the same');
  });

  test('counts a file that is paused, and none that was cancelled', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'), png('c.png'));
    const [a = '', b = ''] = desk.flow.snapshot.items.map(({ key }) => key);
    desk.flow.pause(a);
    desk.flow.cancel(b);
    assert.equal(desk.batches.kept.at(-1), '0 of 2 under null for person-jo in cases');
  });

  const ends: Record<string, (desk: UploadDesk) => unknown> = {
    'is cancelled': ({ flow }) => flow.cancelAll(),
    'is left for later': (desk) => {
      desk.batch.watcher.signInNeeded('sign_in_ended');
      desk.flow.finishLater();
    },
    'is thrown out with the list': ({ flow }) => flow.reset(),
    'ends with a sign-out': ({ flow }) => flow.signOut(),
    'could not be sent at all': async (desk) => {
      for (const { key } of desk.flow.snapshot.items) desk.batch.watcher.notDone(key, { code: 'broker_down' });
      await desk.end();
    },
  };
  for (const [how, act] of Object.entries(ends)) {
    test(`is at its end where it ${how}`, async () => {
      const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
      await act(desk);
      await settled();
      assert.match(desk.batches.kept.at(-1) ?? '', /^end at 0 of [02]$/);
    });
  }

  test('is kept as it stands when the box leaves the page', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.flow.close();
    assert.equal(desk.batches.isClosed, true);
    assert.deepEqual(desk.batches.kept, ['0 of 1 under null for person-jo in cases']);
  });
});

describe('coming back after a page was thrown away', () => {
  test('before sign-in tells that something is unfinished; after it, how far that came', async () => {
    const desk = left();
    await desk.flow.load();
    await settled();
    assert.deepEqual(told(desk), []);
    assert.deepEqual(desk.flow.snapshot.unfinished, { count: 1, items: [], isKeptNowhere: false });
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual(told(desk), ['6 of 10']);
    assert.deepEqual(desk.flow.snapshot.unfinished, { count: 0, items: [], isKeptNowhere: false });
  });

  test('as somebody else tells nothing, and keeps it for whose it is', async () => {
    const desk = await signedIn(left(), KIM);
    assert.deepEqual(told(desk), []);
    assert.deepEqual(desk.batches.forgotten, []);
  });

  test('shows nobody what was found for whoever was signed in before', async () => {
    const desk = await signedIn(left());
    const { find } = desk.batches;
    desk.batches.find = () => new Promise(() => {});
    desk.flow.signIn();
    await desk.signIn(KIM);
    assert.deepEqual(told(desk), []);
    desk.batches.find = find;
  });

  test('tells that all arrived where nobody could see that, and calls it unfinished to nobody', async () => {
    const desk = left({ arrived: 10 });
    await desk.flow.load();
    await settled();
    assert.equal(desk.flow.snapshot.unfinished.count, 0);
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual(told(desk), ['10 of 10']);
  });

  test('tells of three at most, and forgets all of them with the press that hides them', async () => {
    const desk = new UploadDesk();
    for (const id of ['a', 'b', 'c', 'd']) desk.batches.cutOff(JO, { id });
    await signedIn(desk);
    assert.deepEqual(told(desk), ['6 of 10', '6 of 10', '6 of 10']);
    desk.flow.forgetLeft();
    assert.deepEqual(told(desk), []);
    assert.deepEqual(desk.batches.forgotten, ['a', 'b', 'c', 'd']);
  });

  test('forgets it once a file was uploaded, and not when nothing was', async () => {
    const desk = await signedIn(left());
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    const [a = ''] = desk.flow.snapshot.items.map(({ key }) => key);
    desk.batch.watcher.notDone(a, { code: 'broker_down' });
    await desk.end();
    assert.deepEqual(told(desk), ['6 of 10']);
    desk.flow.retry();
    desk.store(a);
    await desk.end();
    assert.deepEqual(told(desk), []);
    assert.deepEqual(desk.batches.forgotten, ['batch-a']);
  });

  test('forgets it with the sign-out', async () => {
    const desk = await signedIn(left());
    await desk.flow.signOut();
    assert.deepEqual(desk.batches.forgotten, ['batch-a']);
  });

  test('tells of a batch whose tab is closed while this one is open', async () => {
    const desk = await signedIn(new UploadDesk());
    desk.batches.cutOff(JO, { arrived: 1, of: 3 });
    desk.batches.again();
    await settled();
    assert.deepEqual(told(desk), ['1 of 3']);
  });

  test('goes on in silence where what is kept cannot be read', async () => {
    const desk = left();
    desk.batches.find = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    await signedIn(desk);
    assert.deepEqual(told(desk), []);
    assert.equal(desk.flow.snapshot.phase, 'choosing');
  });
});

describe('beside files in parts, which have records of their own', () => {
  test('nothing is said twice: where these say all that is missing, the batch is forgotten', async () => {
    const desk = left({ arrived: 9, of: 10 });
    desk.unfinished.begun(JO, { lastSentAt: BEGUN + 1 });
    await signedIn(desk);
    assert.deepEqual(told(desk), []);
    assert.equal(desk.flow.snapshot.unfinished.count, 1);
    assert.deepEqual(desk.batches.forgotten, ['batch-a']);
  });

  test('before sign-in both are one number', async () => {
    const desk = left();
    desk.unfinished.begun(JO);
    await desk.flow.load();
    await settled();
    assert.equal(desk.flow.snapshot.unfinished.count, 1);
  });

  test('the batch is told where other files are missing too, and stays when the file in parts is deleted', async () => {
    const desk = left({ arrived: 8, of: 10 });
    desk.unfinished.begun(JO, { lastSentAt: BEGUN + 1 });
    await signedIn(desk);
    assert.deepEqual(told(desk), ['8 of 10']);
    await desk.flow.unfinished.delete('upload-a');
    desk.batches.again();
    await settled();
    assert.deepEqual(told(desk), ['8 of 10']);
  });

  test('a file in parts of an earlier day does not speak for the batch', async () => {
    const desk = left({ arrived: 9, of: 10 });
    desk.unfinished.begun(JO, { lastSentAt: BEGUN - 1 });
    await signedIn(desk);
    assert.deepEqual(told(desk), ['9 of 10']);
  });
});
