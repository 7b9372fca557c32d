import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { png, storedFile, UploadDesk } from '../support/upload-desk.ts';

const KEPT = [
  { stored: storedFile('a.png', 100), lastModified: 1 },
  {
    stored: { ...storedFile('b.png', 80), path: 'Trip' },
    lastModified: 2,
    made: { fromSize: 90, locationRemoved: true, isSmaller: false },
  },
];

async function restored(): Promise<UploadDesk> {
  const desk = await UploadDesk.open();
  desk.flow.restore(KEPT);
  return desk;
}

describe('files that a form held when its page was left', () => {
  test('are there as they were stored, and nobody is asked about them', async () => {
    const desk = await restored();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['done', ['a.png uploaded', 'b.png uploaded']]);
    const { items, sent, total } = desk.flow.snapshot;
    assert.deepEqual(
      items.map(({ stored, size, path }) => [stored, size, path]),
      [
        [KEPT[0]?.stored, 100, undefined],
        [KEPT[1]?.stored, 80, 'Trip'],
      ],
    );
    assert.deepEqual([sent, total, desk.calls, desk.sent.length, desk.heard], [0, 0, [], 0, []]);
  });

  test('are known when they are chosen once more, by what was chosen; others join them', async () => {
    const desk = await restored();
    await desk.flow.accept([png('a.png'), { file: png('b.png', 90, 2), path: 'Trip' }, png('c.png')]);
    assert.deepEqual(desk.rows.slice(2), ['a.png file_duplicate', 'b.png file_duplicate', 'c.png ready']);
    assert.equal(desk.flow.snapshot.phase, 'choosing');
  });

  test('are told of by no later batch, and can be taken out', async () => {
    const desk = await restored();
    await desk.flow.accept([png('c.png', 50)]);
    desk.flow.upload();
    await desk.signIn();
    desk.store('f3');
    await desk.end();
    const done = desk.heard.find(({ name }) => name === 'done')?.detail as { files: { name: string }[] };
    assert.deepEqual(
      done.files.map(({ name }) => name),
      ['c.png'],
    );
    desk.flow.remove('f1');
    assert.deepEqual(desk.rows, ['b.png uploaded', 'c.png uploaded']);
    desk.flow.reset();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['choosing', []]);
  });

  test('wait for the app where the page asks for them before it is there', async () => {
    const desk = new UploadDesk();
    desk.flow.restore(KEPT);
    assert.equal(desk.flow.snapshot.phase, 'loading');
    await desk.flow.load();
    assert.equal(desk.flow.snapshot.phase, 'done');
  });
});
