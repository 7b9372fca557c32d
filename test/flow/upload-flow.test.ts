import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemBody } from '../../demo/base/problem.ts';
import type { Room } from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';
import type { Person } from '../../src/flow/upload-snapshot.ts';
import { settled } from '../support/page-clock.ts';
import { APP, JO, png, UploadDesk } from '../support/upload-desk.ts';
import { withPngMetadata } from '../transform/metadata.ts';

/** A real PNG of one pixel. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

describe('opening the box', () => {
  test('begins with the app document and ends ready for files', async () => {
    const desk = new UploadDesk();
    assert.equal(desk.flow.snapshot.phase, 'loading');
    await desk.flow.load();
    assert.equal(desk.flow.snapshot.phase, 'choosing');
    assert.equal(desk.flow.snapshot.app?.app, 'cases');
  });

  for (const [what, code] of [
    ['an unknown app', 'app_unknown'],
    ['a page that is not on the list', 'origin_not_allowed'],
  ] as const) {
    test(`${what} is unavailable, and can be tried again`, async () => {
      const desk = new UploadDesk();
      const works = desk.readApp;
      desk.readApp = () => Promise.reject(new UploadError(code, { problem: problemBody(code) }));
      await desk.flow.load();
      assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.problem?.code], ['unavailable', code]);
      desk.readApp = works;
      await desk.flow.load();
      assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.problem], ['choosing', null]);
    });
  }

  for (const [mode, code] of [
    ['paused', 'app_paused'],
    ['closed', 'app_closed'],
  ] as const) {
    test(`a ${mode} app is unavailable, and says whose it is`, async () => {
      const { flow } = await UploadDesk.open({ mode });
      assert.deepEqual(
        [flow.snapshot.phase, flow.snapshot.problem, flow.snapshot.app?.org.name],
        ['unavailable', { code }, 'Acme'],
      );
    });
  }

  test('files that are dropped meanwhile are not lost', async () => {
    const desk = new UploadDesk();
    const loading = desk.flow.load();
    const accepting = desk.flow.accept([png('a.png')]);
    await Promise.all([loading, accepting]);
    assert.deepEqual(desk.rows, ['a.png ready']);
  });
});

describe('choosing files', () => {
  test('tells at once what is wrong with one, and leaves the others alone', async () => {
    const desk = await UploadDesk.open();
    const wrong = new File(['%PDF-1.7 something'], 'b.png', { type: 'image/png' });
    await desk.flow.accept([png('a.png'), wrong, png('c.png', 1001), new File([], 'd.png'), png('a.png')]);
    assert.deepEqual(desk.rows, [
      'a.png ready',
      'b.png file_mismatch',
      'c.png file_large',
      'd.png file_empty',
      'a.png file_duplicate',
    ]);
    assert.deepEqual(desk.item('f3').problem, { code: 'file_large', figures: { limit: 1000, size: 1001 } });
    assert.deepEqual(desk.names(), ['accepted', 'rejected']);
    assert.deepEqual(desk.heard[0]?.detail, { files: [{ name: 'a.png', size: 100, type: 'image/png' }] });
    assert.deepEqual(desk.sent, []);
    assert.deepEqual(desk.calls, []);
  });

  test('a picture over the limit only by what the template takes out of it is taken', async () => {
    const plain = Uint8Array.from(atob(DOT), (letter) => letter.charCodeAt(0));
    const chosen = withPngMetadata(plain, { hasLocation: true });
    const limits = { ...APP.limits, max_file_bytes: plain.length };
    const file = new File([chosen], 'a.png', { type: 'image/png' });
    const wishes = { remove_metadata: true, required: true };
    const taken = await UploadDesk.open({ limits, transforms: wishes });
    await taken.flow.accept([file]);
    assert.deepEqual([taken.rows, taken.item('f1').size], [['a.png ready'], plain.length]);
    const refused = await UploadDesk.open({ limits });
    await refused.flow.accept([file]);
    assert.deepEqual(refused.rows, ['a.png file_large']);
  });

  test('a file that cannot be read says so', async () => {
    const desk = await UploadDesk.open();
    const moved = png('a.png');
    moved.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    await desk.flow.accept([moved]);
    assert.deepEqual(desk.rows, ['a.png file_unreadable']);
  });

  test('a file whose kind only a library could tell is not taken for any while that cannot be loaded', async () => {
    const desk = await UploadDesk.open();
    desk.guess = () => Promise.reject(new UploadError('broker_down'));
    await desk.flow.accept([
      new File([new Uint8Array([0x66, 0x4c, 0x61, 0x43, 0xff, 0])], 'a.png', { type: 'image/png' }),
    ]);
    assert.deepEqual(desk.rows, ['a.png broker_down']);
  });

  test('a file of the limit to the byte passes', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png', 1000)]);
    assert.deepEqual(desk.rows, ['a.png ready']);
  });

  test('a page may keep files out before they join the list', async () => {
    const desk = await UploadDesk.open();
    desk.flow.addEventListener('accepted', (event) => event.preventDefault());
    await desk.flow.accept([png('a.png')]);
    assert.deepEqual(desk.rows, []);
  });

  test('a disabled box takes none', async () => {
    const desk = await UploadDesk.open();
    desk.flow.configure({ isDisabled: true });
    await desk.flow.accept([png('a.png')]);
    assert.deepEqual(desk.rows, []);
  });

  test('one that is removed can come back to its place until the next act', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png'), png('b.png'), png('c.png')]);
    desk.flow.remove('f2');
    assert.deepEqual(desk.flow.snapshot.removed, { key: 'f2', name: 'b.png' });
    desk.flow.undoRemove();
    assert.deepEqual(desk.rows, ['a.png ready', 'b.png ready', 'c.png ready']);
    desk.flow.remove('f2');
    desk.flow.remove('f1');
    desk.flow.undoRemove();
    assert.deepEqual(desk.rows, ['a.png ready', 'c.png ready']);
  });

  test('too many stops "Upload" until the first ones are kept', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept(['a', 'b', 'c', 'd', 'e'].map((name) => png(`${name}.png`)));
    assert.deepEqual(desk.flow.snapshot.batchProblem, { code: 'too_many', figures: { limit: 4, size: 5 } });
    desk.flow.upload();
    assert.deepEqual(desk.calls, []);
    desk.flow.keepFirst(4);
    assert.equal(desk.flow.snapshot.batchProblem, null);
    assert.deepEqual(desk.rows, ['a.png ready', 'b.png ready', 'c.png ready', 'd.png ready']);
  });

  describe('what was chosen beyond what goes at once', () => {
    const chosen = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => png(`${name}.png`));
    const rowsOf = (phase: string, ...names: readonly string[]) => names.map((name) => `${name}.png ${phase}`);
    const sendFirst = async (files = chosen) => {
      const desk = await UploadDesk.open();
      await desk.flow.accept(files);
      desk.flow.keepFirst(4);
      desk.flow.upload();
      await desk.signIn();
      return desk;
    };
    const storeAll = async (desk: UploadDesk) => {
      for (const { key } of desk.batch.files) desk.store(key);
      await desk.end();
    };

    test('waits until the first are in, and then goes in the order of the choice', async () => {
      const desk = await sendFirst();
      assert.equal(desk.flow.snapshot.aside, 6);
      await storeAll(desk);
      assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.aside], ['done', 6]);
      desk.flow.uploadNext(false);
      assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.aside], ['uploading', 2]);
      assert.deepEqual(desk.rows, rowsOf('waiting', 'e', 'f', 'g', 'h'));
      await storeAll(desk);
      desk.flow.uploadNext(false);
      assert.deepEqual(desk.rows, rowsOf('waiting', 'i', 'j'));
      assert.equal(desk.flow.snapshot.aside, 0);
    });

    test('joins what is in where that has to stay', async () => {
      const desk = await sendFirst(chosen.slice(0, 5));
      await storeAll(desk);
      desk.flow.uploadNext(true);
      assert.deepEqual(desk.rows, [...rowsOf('uploaded', 'a', 'b', 'c', 'd'), 'e.png waiting']);
    });

    test('is looked at to the end before it goes', async () => {
      const desk = await UploadDesk.open();
      const looking = desk.flow.accept([...chosen.slice(0, 4), png('large.png', 1001)]);
      desk.flow.keepFirst(4);
      await looking;
      desk.flow.upload();
      await desk.signIn();
      await storeAll(desk);
      desk.flow.uploadNext(false);
      assert.deepEqual(desk.rows, ['large.png preparing']);
      await settled();
      assert.deepEqual(desk.rows, ['large.png file_large']);
    });

    test('comes back once the first are taken out', async () => {
      const desk = await UploadDesk.open();
      await desk.flow.accept(chosen.slice(0, 6));
      desk.flow.keepFirst(1);
      desk.flow.remove('f1');
      assert.deepEqual(desk.rows, rowsOf('ready', 'b', 'c', 'd', 'e', 'f'));
      assert.equal(desk.flow.snapshot.aside, 0);
    });

    test('is forgotten with an empty box, and nothing is cleared where there is none', async () => {
      const desk = await sendFirst();
      await storeAll(desk);
      desk.flow.reset();
      assert.deepEqual([desk.rows, desk.flow.snapshot.aside], [[], 0]);
      const other = await UploadDesk.uploading(png('a.png'));
      await storeAll(other);
      other.flow.uploadNext(false);
      assert.deepEqual(other.rows, ['a.png uploaded']);
    });
  });

  test('together too large counts down while files are removed', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png', 1000), png('b.png', 1000), png('c.png', 600)]);
    assert.deepEqual(desk.flow.snapshot.batchProblem?.figures, { limit: 2500, size: 2600, rest: 100 });
    desk.flow.remove('f3');
    assert.equal(desk.flow.snapshot.batchProblem, null);
  });

  test('refused files can be taken out together', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png'), png('b.png', 1001), png('c.png', 1002)]);
    desk.flow.removeRefused();
    assert.deepEqual(desk.rows, ['a.png ready']);
  });
});

describe('pressing "Upload"', () => {
  test('opens the sign-in in the same task, and goes on by itself', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png'), png('b.png', 1001)]);
    desk.flow.configure({ folder: 'folder-01', context: { case: '7' } });
    desk.flow.upload();
    assert.deepEqual(desk.calls, ['signIn']);
    assert.equal(desk.flow.snapshot.phase, 'signing-in');
    await desk.signIn();
    assert.equal(desk.flow.snapshot.phase, 'uploading');
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['a.png'],
    );
    assert.deepEqual(
      desk.batch.files.map(({ sniffedType }) => sniffedType),
      ['image/png'],
    );
    assert.deepEqual(desk.batch.options, { folder: 'folder-01', context: { case: '7' }, continuesBatch: false });
    assert.deepEqual(desk.heard.at(-1), { name: 'signed-in', detail: { name: 'Jo Meyer' } });
  });

  test('lets as many requests go at a time as the app tells of its storage', async () => {
    const desk = await UploadDesk.open({ storage_requests: 16 });
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    await desk.signIn();
    assert.deepEqual(desk.batch.options, {
      folder: undefined,
      context: undefined,
      requests: 16,
      continuesBatch: false,
    });
  });

  test('needs no second sign-in', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.store('f1');
    await desk.end();
    await desk.flow.accept([png('b.png')]);
    desk.flow.upload();
    assert.deepEqual(
      desk.calls.filter((call) => call === 'signIn'),
      ['signIn'],
    );
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['b.png'],
    );
  });

  test('without files, or with refused ones alone, does nothing', async () => {
    const desk = await UploadDesk.open();
    desk.flow.upload();
    await desk.flow.accept([png('a.png', 1001)]);
    desk.flow.upload();
    assert.deepEqual([desk.calls, desk.flow.snapshot.phase], [[], 'choosing']);
  });

  test('while a file is still looked at waits for it', async () => {
    const desk = await UploadDesk.open();
    desk.flow.signIn();
    await desk.signIn();
    const accepting = desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    assert.equal(desk.sent.length, 0);
    await accepting;
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['a.png'],
    );
  });

  test('is not needed where the template starts by itself and somebody is signed in', async () => {
    const desk = await UploadDesk.open({ start: 'auto' });
    await desk.flow.accept([png('a.png')]);
    assert.deepEqual([desk.sent.length, desk.calls], [0, []]);
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['a.png'],
    );
    await desk.flow.accept([png('b.png')]);
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['b.png'],
    );
    assert.deepEqual(desk.batch.options, { folder: undefined, context: undefined, continuesBatch: true });
  });

  test('is not pressed by itself while another account signs in', async () => {
    const desk = await UploadDesk.open({ start: 'auto' });
    desk.flow.signIn();
    await desk.signIn();
    desk.flow.signIn();
    await desk.flow.accept([png('a.png')]);
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['signing-in', 0]);
    await desk.signIn({ ...JO, name: 'Maria Lopez' });
    assert.deepEqual([desk.flow.snapshot.person?.name, desk.sent.length], ['Maria Lopez', 1]);
  });

  test('is needed where the page says so, whatever the template says', async () => {
    const desk = await UploadDesk.open({ start: 'auto' });
    desk.flow.configure({ start: 'button' });
    desk.flow.signIn();
    await desk.signIn();
    await desk.flow.accept([png('a.png')]);
    assert.equal(desk.sent.length, 0);
  });
});

describe('a sign-in that comes to nothing', () => {
  for (const [code, note, problem] of [
    ['popup_blocked', 'popup-blocked', null],
    ['sign_in_cancelled', 'not-finished', null],
    ['sign_in_timeout', 'not-finished', null],
    ['sign_in_refused', 'refused', null],
    ['sign_in_mixed', 'not-finished', 'sign_in_mixed'],
    ['sign_in_lost', 'not-finished', 'sign_in_lost'],
    ['broker_down', 'not-finished', 'broker_down'],
  ] as const) {
    test(`by ${code} is told as ${note}, and the files stay`, async () => {
      const desk = await UploadDesk.open();
      await desk.flow.accept([png('a.png')]);
      desk.flow.upload();
      await desk.failSignIn(new UploadError(code));
      const { phase, signInNote, problem: told, person } = desk.flow.snapshot;
      assert.deepEqual([phase, signInNote, told?.code ?? null, person], ['choosing', note, problem, null]);
      assert.deepEqual(desk.rows, ['a.png ready']);
      assert.equal(desk.sent.length, 0);
    });
  }

  test('by "Cancel" sends nothing, not even when "Sign in" succeeds later', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    desk.flow.cancelSignIn();
    await settled();
    assert.equal(desk.flow.snapshot.signInNote, 'not-finished');
    desk.flow.signIn();
    assert.equal(desk.flow.snapshot.signInNote, null);
    await desk.signIn();
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['choosing', 0]);
  });

  test('with an account that may not upload names the account, and sends nothing', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    await desk.signIn({ id: 'person-sam', name: 'Sam', scopes: ['openid'] });
    const { phase, signInNote, person } = desk.flow.snapshot;
    assert.deepEqual([phase, signInNote, person?.name, desk.sent.length], ['choosing', 'wrong-account', 'Sam', 0]);
    desk.flow.signIn();
    await desk.signIn(JO);
    assert.deepEqual([desk.flow.snapshot.person?.name, desk.sent.length], ['Jo Meyer', 1]);
  });

  for (const code of ['sign_in_refused', 'popup_blocked'] as const) {
    test(`by ${code} goes on by itself once another sign-in succeeds`, async () => {
      const desk = await UploadDesk.open();
      await desk.flow.accept([png('a.png')]);
      desk.flow.upload();
      await desk.failSignIn(new UploadError(code));
      desk.flow.signIn();
      await desk.signIn(JO);
      assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['uploading', 1]);
    });
  }

  test('and is followed by another choice of files waits for "Upload" anew', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    await desk.failSignIn(new UploadError('sign_in_refused'));
    await desk.flow.accept([png('b.png')]);
    desk.flow.signIn();
    await desk.signIn(JO);
    assert.deepEqual([desk.flow.snapshot.phase, desk.sent.length], ['choosing', 0]);
  });

  test('by "Upload more files" is forgotten', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    desk.flow.reset();
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.signInNote, desk.rows], ['choosing', null, []]);
    await desk.signIn();
    assert.equal(desk.flow.snapshot.person, null);
  });
});

describe('uploading', () => {
  test('shows each file and the batch, and ends with one event', async () => {
    const desk = await UploadDesk.uploading(png('a.png', 400), png('b.png', 600));
    const { watcher } = desk.batch;
    assert.deepEqual(desk.rows, ['a.png waiting', 'b.png waiting']);
    watcher.reference('7F3K92QD');
    watcher.progress('f1', 100);
    assert.deepEqual(desk.rows, ['a.png uploading', 'b.png waiting']);
    assert.deepEqual([desk.flow.snapshot.sent, desk.flow.snapshot.total], [100, 1000]);
    watcher.finishing('f1');
    assert.deepEqual(desk.rows, ['a.png finishing', 'b.png waiting']);
    desk.store('f1');
    desk.store('f2');
    await desk.end();
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.reference], ['done', '7F3K92QD']);
    assert.deepEqual(
      desk.names().filter((name) => name !== 'progress'),
      ['accepted', 'signed-in', 'done'],
    );
    assert.deepEqual(desk.heard.at(-1)?.detail, {
      reference: '7F3K92QD',
      files: ['a', 'b'].map((name) => ({
        id: `stored-${name}.png`,
        name: `${name}.png`,
        size: name === 'a' ? 400 : 600,
        type: 'image/png',
        sha256: `${'A'.repeat(43)}=`,
        receipt: `receipt of ${name}.png`,
      })),
    });
  });

  test('tells progress ten times a second at most, and the end surely', async () => {
    const desk = await UploadDesk.uploading(png('a.png', 1000));
    for (let sent = 10; sent <= 1000; sent += 10) {
      desk.batch.watcher.progress('f1', sent);
      await desk.clock.pass(10);
    }
    await desk.end();
    const told = desk.heard.filter(({ name }) => name === 'progress');
    assert.equal(told.length, 11);
    assert.deepEqual(told.at(-1)?.detail, { sent: 1000, total: 1000 });
  });

  test('says what holds it up', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    const { watcher } = desk.batch;
    watcher.offline(true);
    watcher.slow(true);
    watcher.busy(desk.clock.now() + 7000);
    const { isOffline, isSlow, busyUntil } = desk.flow.snapshot;
    assert.deepEqual([isOffline, isSlow, busyUntil], [true, true, desk.clock.now() + 7000]);
    watcher.offline(false);
    watcher.slow(false);
    watcher.busy(null);
    assert.deepEqual(
      [desk.flow.snapshot.isOffline, desk.flow.snapshot.isSlow, desk.flow.snapshot.busyUntil],
      [false, false, null],
    );
  });

  test('in part ends in part-done; trying again joins the same batch and reports only what is new', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.store('f1');
    desk.batch.watcher.notDone('f2', { code: 'store_unreachable' });
    await desk.end();
    assert.deepEqual(
      [desk.flow.snapshot.phase, desk.rows],
      ['part-done', ['a.png uploaded', 'b.png store_unreachable']],
    );
    assert.deepEqual(desk.heard.at(-1), {
      name: 'failed',
      detail: { files: [{ name: 'b.png', size: 100, type: 'image/png', code: 'store_unreachable' }] },
    });
    desk.flow.retry();
    assert.equal(desk.flow.snapshot.phase, 'uploading');
    assert.deepEqual(desk.batch.options, { folder: undefined, context: undefined, continuesBatch: true });
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['b.png'],
    );
    desk.store('f2');
    await desk.end();
    assert.equal(desk.flow.snapshot.phase, 'done');
    const done = desk.heard
      .filter(({ name }) => name === 'done')
      .map(({ detail }) => detail as { files: { name: string }[] });
    assert.deepEqual(
      done.map(({ files }) => files.map(({ name }) => name)),
      [['a.png'], ['b.png']],
    );
  });

  test('in vain ends in not-done; leaving all out empties the box', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.notDone('f1', { code: 'store_down' });
    await desk.end();
    assert.equal(desk.flow.snapshot.phase, 'not-done');
    desk.flow.leaveOut();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['choosing', []]);
  });

  test('in part, with the rest left out, is done', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.store('f1');
    desk.batch.watcher.notDone('f2', { code: 'damaged' });
    await desk.end();
    desk.flow.leaveOut();
    assert.equal(desk.flow.snapshot.phase, 'done');
  });

  test('no room is a problem of the batch, and does not stop what comes next', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.notDone('f1', { code: 'person_full', figures: { rest: 40 } });
    await desk.end();
    assert.deepEqual(desk.flow.snapshot.batchProblem, { code: 'person_full', figures: { rest: 40 } });
    await desk.flow.accept([png('b.png', 40)]);
    assert.equal(desk.flow.snapshot.batchProblem, null);
    desk.flow.upload();
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['b.png'],
    );
  });

  test('that finds too little of the room known from the sign-in does not set out', async () => {
    const desk = await UploadDesk.open();
    desk.readRoom = async () => ({ cap: 1000, left: 150 });
    desk.flow.signIn();
    await desk.signIn();
    await desk.flow.accept([png('a.png'), png('b.png')]);
    assert.deepEqual(desk.flow.snapshot.room, { cap: 1000, left: 150 });
    assert.deepEqual(desk.flow.snapshot.batchProblem, { code: 'person_full', figures: { size: 200, rest: 150 } });
    desk.flow.upload();
    assert.deepEqual(desk.sent, []);
    desk.flow.keepFirst(1);
    desk.flow.upload();
    assert.deepEqual(
      desk.batch.files.map(({ file }) => file.name),
      ['a.png'],
    );
  });

  test('sets out where the room cannot be told, and forgets who asked once somebody else is there', async () => {
    const desk = await UploadDesk.open();
    const answers: ((room: Room) => void)[] = [];
    desk.readRoom = () => new Promise((resolve) => answers.push(resolve));
    desk.flow.signIn();
    await desk.signIn();
    desk.flow.signIn();
    await desk.signIn({ ...JO, id: 'person-sam' });
    answers[0]?.({ cap: 1000, left: 0 });
    await settled();
    assert.equal(desk.flow.snapshot.room, null);
    answers[1]?.({ cap: 1000, left: 900 });
    await settled();
    assert.deepEqual(desk.flow.snapshot.room, { cap: 1000, left: 900 });
  });

  test('stopped for one file goes on for the others; the row can come back', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.flow.cancel('f1');
    assert.ok(desk.calls.includes('cancel f1'));
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['uploading', ['b.png waiting']]);
    desk.flow.undoRemove();
    assert.deepEqual(desk.rows, ['a.png ready', 'b.png waiting']);
    desk.batch.watcher.stored('f1', { ...desk.item('f1'), id: 'late-0001' } as never);
    assert.deepEqual(desk.rows, ['a.png ready', 'b.png waiting']);
  });

  test('stopped for all keeps the files chosen', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.store('f1');
    desk.flow.cancelAll();
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['choosing', ['a.png uploaded', 'b.png ready']]);
    assert.equal(desk.heard.at(-1)?.name, 'done');
  });

  test('leaves refused rows behind and is done all the same', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png', 1001));
    desk.store('f1');
    await desk.end();
    assert.equal(desk.flow.snapshot.phase, 'done');
    await desk.flow.accept([png('c.png', 1001)]);
    assert.equal(desk.flow.snapshot.phase, 'choosing');
  });
});

describe('another way of signing in', () => {
  test('takes the place of a window that is cut off, and what comes late from that one counts for nothing', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    const { tell } = desk;
    tell?.cutOff(true);
    assert.deepEqual(desk.flow.snapshot.signIn, { way: 'window', isCutOff: true, code: null });
    desk.flow.signIn('code');
    await settled();
    assert.deepEqual(desk.calls, ['signIn', 'signIn by code']);
    tell?.cutOff(true);
    assert.deepEqual(desk.flow.snapshot.signIn, { way: 'code', isCutOff: false, code: null });
    const code = { code: 'WDJB-MJHT', address: 'https://broker.example/code', until: 1 };
    desk.tell?.code(code);
    assert.deepEqual(desk.flow.snapshot.signIn?.code, code);
    await desk.signIn();
    assert.deepEqual([desk.flow.snapshot.signIn, desk.sent.length], [null, 1]);
  });

  test('takes the page away only where nothing is chosen', async () => {
    const desk = await UploadDesk.open();
    desk.flow.configure({ signIn: 'redirect' });
    desk.flow.signIn();
    assert.deepEqual(desk.calls, ['signIn by page']);
    desk.flow.cancelSignIn();
    await settled();
    await desk.flow.accept([png('a.png')]);
    desk.flow.upload();
    assert.deepEqual(desk.calls, ['signIn by page', 'signIn']);
  });

  test('ends on the page that came back from it', async () => {
    const desk = new UploadDesk();
    let arrive: (person: Person) => void = () => {};
    desk.comingBack = new Promise((resolve) => {
      arrive = resolve;
    });
    await desk.flow.load();
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.signIn?.way], ['signing-in', 'back']);
    arrive(JO);
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.person?.name], ['choosing', 'Jo Meyer']);
  });

  test('of a blocked window is a link, which is there until it is pressed', async () => {
    const desk = await UploadDesk.open();
    assert.equal(desk.flow.snapshot.signInLink, null);
    desk.flow.signIn();
    await desk.failSignIn(new UploadError('popup_blocked'));
    assert.match(desk.flow.snapshot.signInLink ?? '', /#ticket$/);
    desk.flow.signIn('link');
    assert.deepEqual([desk.flow.snapshot.signInLink, desk.calls.at(-1)], [null, 'signIn by link']);
  });
});

describe('a sign-in that ends on the way', () => {
  test('keeps the queue, and goes on after the next one', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.store('f1');
    desk.batch.watcher.signInNeeded('sign_in_ended');
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.person], ['sign-in-again', null]);
    desk.flow.upload();
    assert.equal(desk.flow.snapshot.phase, 'signing-in');
    await desk.failSignIn(new UploadError('popup_blocked'));
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.signInNote], ['sign-in-again', 'popup-blocked']);
    desk.flow.signIn();
    await desk.signIn();
    assert.equal(desk.flow.snapshot.phase, 'uploading');
    assert.equal(desk.calls.at(-1), 'signedIn');
    assert.equal(desk.sent.length, 1);
  });

  test('and is followed by an account that may not upload holds the queue', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.signInNeeded('sign_in_ended');
    const before = desk.calls.filter((call) => call === 'signedIn').length;
    desk.flow.signIn();
    await desk.signIn({ id: 'person-sam', name: 'Sam', scopes: ['openid'] });
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.signInNote], ['sign-in-again', 'wrong-account']);
    assert.equal(desk.calls.filter((call) => call === 'signedIn').length, before);
  });

  test('because a call wants a stronger one keeps person and queue, and goes on after it', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    desk.store('f1');
    desk.batch.watcher.signInNeeded('stronger_sign_in');
    const { phase, person, problem } = desk.flow.snapshot;
    assert.deepEqual([phase, person?.name, problem?.code], ['sign-in-again', 'Jo Meyer', 'stronger_sign_in']);
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.problem], ['uploading', null]);
    assert.deepEqual([desk.calls.at(-1), desk.sent.length], ['signedIn', 1]);
  });

  test('and is left for later keeps the files chosen', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.signInNeeded('sign_in_ended');
    desk.flow.finishLater();
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['choosing', ['a.png ready']]);
    assert.deepEqual(desk.calls.slice(-1), ['leaveAll'], 'and deletes nothing');
  });

  test('by signing out stops what runs, and forgets the person before the broker has answered', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    const out = desk.flow.signOut();
    assert.deepEqual(
      [desk.flow.snapshot.person, desk.flow.snapshot.phase, desk.rows],
      [null, 'choosing', ['a.png ready']],
    );
    await out;
    assert.deepEqual(desk.calls.slice(-2), ['cancelAll', 'signOut']);
    assert.equal(desk.heard.at(-1)?.name, 'signed-out');
  });
});

describe('what is told', () => {
  test('is one change for all that happens in a task', async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png'), png('b.png')]);
    await desk.clock.pass(100);
    const before = desk.changes;
    desk.flow.remove('f1');
    desk.flow.remove('f2');
    await settled();
    assert.equal(desk.changes - before, 1);
  });

  test('is one change in 100 ms for files that merely go on, while a person is answered at once', async () => {
    const desk = await UploadDesk.uploading(png('a.png'), png('b.png'));
    await desk.clock.pass(100);
    const before = desk.changes;
    desk.store('f1');
    await settled();
    assert.equal(desk.changes - before, 1);
    desk.store('f2');
    await desk.clock.pass(99);
    assert.equal(desk.changes - before, 1);
    await desk.clock.pass(1);
    assert.equal(desk.changes - before, 2);
    desk.batch.watcher.slow(true);
    await settled();
    assert.equal(desk.changes - before, 3);
  });

  test('is nothing any more once the box has left the page', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.progress('f1', 10);
    await settled();
    desk.batch.watcher.progress('f1', 20);
    desk.flow.close();
    const before = desk.changes;
    await desk.clock.pass(1000);
    assert.equal(desk.changes, before);
  });

  test('is a snapshot that never changes itself', async () => {
    const desk = await UploadDesk.open();
    const before = desk.flow.snapshot;
    assert.equal(desk.flow.snapshot, before);
    await desk.flow.accept([png('a.png')]);
    assert.notEqual(desk.flow.snapshot, before);
    assert.deepEqual([before.items, Object.isFrozen(before)], [[], true]);
  });

  test('is nothing any more once the element has left', async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.flow.close();
    assert.equal(desk.calls.at(-1), 'close');
    desk.flow.cancelAll();
    desk.flow.reset();
    assert.deepEqual(desk.rows, ['a.png waiting']);
  });
});
