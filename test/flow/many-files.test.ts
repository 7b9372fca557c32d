import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/page-clock.ts';
import { APP, png, UploadDesk } from '../support/upload-desk.ts';

const MANY = 1200;
const pictures = (count: number) => Array.from({ length: count }, (_, i) => png(`${i}.png`, 10));
const open = () => UploadDesk.open({ limits: { ...APP.limits, max_files: 10_000, max_total_bytes: 1_000_000 } });

/** Signed in, with so many files handed over as fit into one task. */
async function handingOver(): Promise<UploadDesk> {
  const desk = await open();
  await desk.flow.accept(pictures(MANY));
  desk.flow.upload();
  await desk.signIn();
  return desk;
}
const handed = (desk: UploadDesk) => desk.sent.map(({ files }) => files.length);
const inPhase = (desk: UploadDesk, phase: string) =>
  desk.flow.snapshot.items.filter((item) => item.phase === phase).length;

describe('thousands of files', () => {
  test('are handed over some hundred at a time, each in a task of its own, as one batch', async () => {
    const desk = await handingOver();
    assert.deepEqual(handed(desk), [500]);
    await desk.clock.pass(0);
    assert.deepEqual(handed(desk), [500, 500, 200]);
    assert.deepEqual(
      desk.sent.map(({ options }) => 'continuesBatch' in options && options.continuesBatch),
      [false, true, true],
    );
    assert.equal(inPhase(desk, 'waiting'), MANY);
    assert.equal(desk.flow.snapshot.total, MANY * 10);
  });

  test('are all done before anything is said to be', async () => {
    const desk = await handingOver();
    for (const { key } of desk.batch.files) desk.store(key);
    await desk.end();
    assert.equal(desk.flow.snapshot.phase, 'uploading');
    await desk.clock.pass(0);
    for (const { files, watcher } of desk.sent.slice(1)) {
      for (const { key } of files) watcher.notDone(key, { code: 'store_down' });
    }
    await desk.end();
    assert.equal(desk.flow.snapshot.phase, 'part-done');
    assert.deepEqual(
      desk.heard
        .filter(({ name }) => name === 'done' || name === 'failed')
        .map(({ name, detail }) => [name, (detail as { files: unknown[] }).files.length]),
      [
        ['done', 500],
        ['failed', 700],
      ],
    );
  });

  test('that nobody was handed yet stay chosen where all is cancelled', async () => {
    const desk = await handingOver();
    desk.flow.cancelAll();
    await desk.clock.pass(1000);
    assert.deepEqual(handed(desk), [500]);
    assert.deepEqual([desk.flow.snapshot.phase, inPhase(desk, 'ready')], ['choosing', MANY]);
  });

  test('of which one was taken out meanwhile go without it', async () => {
    const desk = await handingOver();
    desk.flow.remove('f1200');
    await desk.clock.pass(0);
    assert.deepEqual(handed(desk), [500, 500, 199]);
  });

  test('stay where they are when the box leaves the page', async () => {
    const desk = await handingOver();
    desk.flow.close();
    await desk.clock.pass(1000);
    assert.deepEqual(handed(desk), [500]);
  });

  test('have the sums of those on their way at every moment', async () => {
    const desk = await handingOver();
    await desk.clock.pass(0);
    const { watcher } = desk.batch;
    for (let i = 1; i <= MANY; i += 7) watcher.progress(`f${i}`, i % 11);
    for (let i = 3; i <= MANY; i += 70) desk.flow.remove(`f${i}`);
    for (let i = 5; i <= MANY; i += 50) desk.flow.pause(`f${i}`);
    for (let i = 2; i <= MANY; i += 90) watcher.notDone(`f${i}`, { code: 'store_down' });
    for (let i = 6; i <= MANY; i += 30)
      if (desk.flow.snapshot.items.some(({ key }) => key === `f${i}`)) desk.store(`f${i}`);
    const { items, sent, total } = desk.flow.snapshot;
    assert.equal(total, items.length * 10);
    assert.equal(
      sent,
      items.reduce((sum, item) => sum + item.sent, 0),
    );
    assert.ok(sent > 0);
  });
});

describe('files that come with their folders', () => {
  const chosen = (path: string, name = 'a.png') => ({ file: png(name), path });

  test('are handed over with them', async () => {
    const desk = await open();
    await desk.flow.accept([chosen('Trip/Day 1'), png('b.png')]);
    desk.flow.upload();
    await desk.signIn();
    assert.deepEqual(
      desk.batch.files.map(({ file, path }) => [file.name, path]),
      [
        ['a.png', 'Trip/Day 1'],
        ['b.png', undefined],
      ],
    );
  });

  test('are two files where only their folders differ, and one where nothing does', async () => {
    const desk = await open();
    await desk.flow.accept([chosen('Trip'), chosen('Other'), png('a.png'), chosen('Trip')]);
    await desk.flow.accept([chosen('Other')]);
    assert.deepEqual(desk.rows, [
      'a.png ready',
      'a.png ready',
      'a.png ready',
      'a.png file_duplicate',
      'a.png file_duplicate',
    ]);
  });

  test('are refused where the folders could lead elsewhere', async () => {
    const desk = await open();
    await desk.flow.accept([chosen('Trip/..'), chosen('Tr\u202eip'), chosen('x'.repeat(1025))]);
    await settled();
    assert.deepEqual(desk.rows, ['a.png file_name', 'a.png file_name', 'a.png file_name']);
    assert.deepEqual(desk.item('f3').problem?.figures, { limit: 1024 });
  });

  test('keep them from an input for folders', async () => {
    const desk = await open();
    const file = Object.defineProperty(png('a.png'), 'webkitRelativePath', { value: 'Trip/Day 1/a.png' });
    await desk.flow.accept([file]);
    assert.equal(desk.item('f1').path, 'Trip/Day 1');
  });
});
