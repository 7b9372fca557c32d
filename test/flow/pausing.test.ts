import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/page-clock.ts';
import { png, storedFile, UploadDesk } from '../support/upload-desk.ts';

const two = () => UploadDesk.uploading(png('a.png', 400), png('b.png', 600));
const isPaused = ({ flow }: UploadDesk) => flow.snapshot.isPaused;
const newCalls = (desk: UploadDesk, from: number) => desk.calls.slice(from);

describe('pausing one file', () => {
  test('holds it alone; carrying on puts it back into the queue', async () => {
    const desk = await two();
    const before = desk.calls.length;
    desk.batch.watcher.progress('f1', 100);
    desk.flow.pause('f1');
    assert.deepEqual([desk.rows, isPaused(desk)], [['a.png paused', 'b.png waiting'], false]);
    desk.flow.resume('f1');
    assert.deepEqual([desk.rows, isPaused(desk)], [['a.png waiting', 'b.png waiting'], false]);
    assert.deepEqual(newCalls(desk, before), ['pause f1', 'resume f1']);
    desk.batch.watcher.progress('f1', 100);
    assert.deepEqual(desk.rows, ['a.png uploading', 'b.png waiting']);
  });

  test('shows how much of it is stored, and moves it to no other state', async () => {
    const desk = await two();
    desk.batch.watcher.progress('f1', 300);
    desk.flow.pause('f1');
    desk.batch.watcher.progress('f1', 200);
    assert.deepEqual([desk.rows[0], desk.item('f1').sent, desk.flow.snapshot.sent], ['a.png paused', 200, 200]);
  });

  test('twice, or one that is checked or stored already, changes nothing', async () => {
    const desk = await two();
    desk.batch.watcher.finishing('f1');
    desk.store('f2');
    const before = desk.calls.length;
    desk.flow.pause('f1');
    desk.flow.pause('f2');
    desk.flow.resume('f1');
    assert.deepEqual([desk.rows, newCalls(desk, before)], [['a.png finishing', 'b.png uploaded'], []]);
  });

  test('comes too late for one that arrives: it ends as every other', async () => {
    const desk = await two();
    desk.flow.pause('f1');
    desk.batch.watcher.finishing('f1');
    assert.equal(desk.rows[0], 'a.png finishing');
    desk.flow.pause('f2');
    desk.batch.watcher.notDone('f2', { code: 'file_changed' });
    assert.equal(desk.rows[1], 'b.png file_changed');
  });

  test('keeps it chosen when it is cancelled, removed or all are', async () => {
    const desk = await two();
    desk.flow.pauseAll();
    desk.flow.cancel('f1');
    assert.deepEqual([desk.rows, desk.flow.snapshot.removed?.name], [['b.png paused'], 'a.png']);
    desk.flow.cancelAll();
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['choosing', ['b.png ready']]);
  });
});

describe('pausing all', () => {
  test('holds every file that could move, and carrying on lets them go together', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png', 200), png('c.png', 300));
    desk.batch.watcher.finishing('f3');
    const before = desk.calls.length;
    desk.flow.pauseAll();
    assert.deepEqual(desk.rows, ['a.png paused', 'b.png paused', 'c.png finishing']);
    assert.deepEqual([isPaused(desk), desk.flow.snapshot.phase], [true, 'uploading']);
    desk.flow.resumeAll();
    assert.deepEqual([desk.rows.slice(0, 2), isPaused(desk)], [['a.png waiting', 'b.png waiting'], false]);
    assert.deepEqual(newCalls(desk, before), ['pause f1', 'pause f2', 'resume f1', 'resume f2']);
  });

  test('is also what it is when each was paused by itself', async () => {
    const desk = await two();
    desk.flow.pause('f1');
    desk.flow.pause('f2');
    assert.equal(isPaused(desk), true);
    desk.flow.resume('f2');
    assert.equal(isPaused(desk), false);
    desk.store('f2');
    assert.equal(isPaused(desk), true);
  });

  test('says no time left, and counts none of it afterwards', async () => {
    const desk = await two();
    for (let sent = 10; sent <= 60; sent += 10) {
      desk.batch.watcher.progress('f1', sent);
      await desk.clock.pass(1000);
    }
    assert.notEqual(desk.flow.snapshot.msLeft, null);
    desk.flow.pauseAll();
    assert.equal(desk.flow.snapshot.msLeft, null);
    await desk.clock.pass(3_600_000);
    desk.flow.resumeAll();
    desk.batch.watcher.progress('f1', 70);
    assert.equal(desk.flow.snapshot.msLeft, null);
  });
});

describe('on the way', () => {
  test('"Try now" reaches the transfer while files are sent', async () => {
    const desk = await two();
    desk.flow.tryNow();
    assert.equal(desk.calls.at(-1), 'tryNow');
  });

  test('a file that has to send some of its parts again is shown as uploading again', async () => {
    const desk = await two();
    desk.batch.watcher.progress('f1', 400);
    desk.batch.watcher.finishing('f1');
    desk.batch.watcher.progress('f1', 400);
    assert.equal(desk.rows[0], 'a.png finishing');
    desk.batch.watcher.progress('f1', 300);
    assert.equal(desk.rows[0], 'a.png uploading');
  });

  test('a file in parts is told to the page with the size of its parts', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.finishing('f1');
    desk.batch.watcher.stored('f1', { ...storedFile('a.png', 100), part_bytes: 64 });
    await desk.end();
    const done = desk.heard.at(-1)?.detail as { files: { partBytes?: number }[] } | undefined;
    assert.equal(done?.files[0]?.partBytes, 64);
  });
});
