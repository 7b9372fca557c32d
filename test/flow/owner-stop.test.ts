import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemBody } from '../../demo/base/problem.ts';
import { UploadError } from '../../src/errors.ts';
import { settled } from '../support/page-clock.ts';
import { APP, png, UploadDesk } from '../support/upload-desk.ts';

const PAUSED = { code: 'app_paused' };
const says = ({ flow }: UploadDesk) => [flow.snapshot.phase, flow.snapshot.problem];
const cancelled = ({ calls }: UploadDesk) => calls.filter((call) => call.startsWith('cancel '));

describe('an owner who stops the app while files are sent', () => {
  for (const code of ['app_paused', 'app_closed'] as const) {
    test(`(${code}) closes the box, and every file stays chosen`, async () => {
      const desk = await UploadDesk.uploading(png('a.png'), png('b.png'), png('c.png'));
      desk.batch.watcher.notDone('f1', { code });
      await desk.end();
      assert.deepEqual(says(desk), ['unavailable', { code }]);
      assert.deepEqual(desk.rows, ['a.png ready', 'b.png ready', 'c.png ready']);
      assert.deepEqual(cancelled(desk), ['cancel f3', 'cancel f2']);
      assert.deepEqual([desk.sent.length, desk.names().includes('failed')], [1, false]);
    });
  }

  test('lets what moves come to its end first', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'), png('c.png'));
    desk.batch.watcher.progress('f1', 50);
    desk.batch.watcher.notDone('f2', PAUSED);
    assert.equal(desk.flow.snapshot.phase, 'uploading');
    assert.deepEqual(desk.rows, ['a.png uploading', 'b.png ready', 'c.png ready']);
    desk.store('f1');
    await desk.end();
    assert.deepEqual(says(desk), ['unavailable', PAUSED]);
    assert.deepEqual(desk.rows, ['a.png uploaded', 'b.png ready', 'c.png ready']);
    assert.deepEqual([desk.names().at(-1), cancelled(desk)], ['done', ['cancel f3']]);
  });

  test('does not wait for what the person has paused, and deletes nothing of it', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.batch.watcher.progress('f1', 50);
    desk.flow.pause('f1');
    desk.batch.watcher.notDone('f2', PAUSED);
    await settled();
    assert.deepEqual(says(desk), ['unavailable', PAUSED]);
    assert.deepEqual([desk.calls.at(-1), cancelled(desk)], ['leaveAll', []]);
    assert.deepEqual(desk.rows, ['a.png ready', 'b.png ready']);
  });

  test('hands over nothing more of a long list', async () => {
    const many = Array.from({ length: 600 }, (_, at) => png(`${at}.png`, 100, at + 1));
    const desk = await UploadDesk.open({ limits: { ...APP.limits, max_files: 1000, max_total_bytes: 1_000_000 } });
    await desk.flow.accept(many);
    desk.flow.upload();
    await desk.signIn();
    const [first] = desk.batch.files;
    desk.batch.watcher.notDone(first?.key ?? '', PAUSED);
    await desk.end();
    await desk.clock.pass(60_000);
    assert.equal(desk.sent.length, 1);
    assert.deepEqual(says(desk), ['unavailable', PAUSED]);
    assert.equal(desk.flow.snapshot.items.filter(({ phase }) => phase === 'ready').length, 600);
  });

  test('is believed in a sign-in too', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    await desk.failSignIn(new UploadError('app_paused', { problem: problemBody('app_paused') }));
    assert.deepEqual([...says(desk), desk.rows, desk.sent], ['unavailable', PAUSED, ['a.png ready'], []]);
  });
});

describe('checking again', () => {
  async function stopped(): Promise<UploadDesk> {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.notDone('f1', PAUSED);
    await desk.end();
    return desk;
  }

  test('opens the box where the owner has, with the files chosen, and waits for "Upload"', async () => {
    const desk = await stopped();
    await desk.flow.load();
    assert.deepEqual([...says(desk), desk.rows], ['choosing', null, ['a.png ready']]);
    assert.equal(desk.sent.length, 1);
    desk.flow.upload();
    assert.deepEqual([desk.sent.length, desk.flow.snapshot.phase], [2, 'uploading']);
    desk.store('f1');
    await desk.end();
    assert.equal(desk.flow.snapshot.phase, 'done');
  });

  test('goes on by itself in a box without "Upload"', async () => {
    const desk = await stopped();
    desk.flow.configure({ start: 'auto' });
    await desk.flow.load();
    await settled();
    assert.deepEqual([desk.sent.length, desk.flow.snapshot.phase], [2, 'uploading']);
  });

  test('keeps saying so while it is looked up, and where nobody answers', async () => {
    const desk = await stopped();
    desk.readApp = () => Promise.reject(new UploadError('broker_down'));
    const loading = desk.flow.load();
    assert.deepEqual(desk.flow.snapshot.problem, PAUSED);
    await loading;
    assert.deepEqual([...says(desk), desk.rows], ['unavailable', PAUSED, ['a.png ready']]);
  });

  test('says what holds now', async () => {
    const desk = await stopped();
    desk.readApp = async () => ({ ...APP, mode: 'closed' });
    await desk.flow.load();
    assert.deepEqual(says(desk), ['unavailable', { code: 'app_closed' }]);
  });

  test('comes back to what is uploaded already', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.store('f1');
    desk.batch.watcher.notDone('f2', PAUSED);
    await desk.end();
    desk.flow.removeRefused();
    await desk.flow.load();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['choosing', ['a.png uploaded', 'b.png ready']]);
  });
});
