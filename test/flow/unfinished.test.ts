import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UploadError } from '../../src/errors.ts';
import type { UnfinishedUpload } from '../../src/flow/ports.ts';
import { settled } from '../support/page-clock.ts';
import { JO, png, UploadDesk } from '../support/upload-desk.ts';

const KIM = { ...JO, id: 'person-kim', name: 'Kim' };
const shown = ({ flow }: UploadDesk) => flow.snapshot.unfinished;
const phases = (desk: UploadDesk) =>
  shown(desk).items.map(({ id, phase, problem }) => `${id} ${problem?.code ?? phase}`);

/** A box on a device where Jo left an upload behind; Jo is signed in. */
async function back(more: Partial<UnfinishedUpload> = {}, person = JO): Promise<UploadDesk> {
  const desk = new UploadDesk();
  desk.unfinished.begun(JO, more);
  await desk.flow.load();
  desk.flow.signIn();
  await desk.signIn(person);
  return desk;
}

const choose = async (desk: UploadDesk, file: File) => {
  const chosen = desk.flow.unfinished.choose('upload-a', file);
  await settled();
  return chosen;
};

describe('coming back', () => {
  test('before sign-in tells a number and no name; after it, what there is', async () => {
    const desk = new UploadDesk();
    desk.unfinished.begun(JO);
    await desk.flow.load();
    await settled();
    assert.deepEqual(shown(desk), { count: 1, items: [], isKeptNowhere: false });
    desk.flow.signIn();
    await desk.signIn();
    assert.deepEqual(shown(desk).items, [
      {
        id: 'upload-a',
        name: 'a.png',
        size: 100,
        sent: 34,
        lastModified: 1,
        lastSentAt: Date.parse('2026-02-27T09:01:00Z'),
        days: 7,
        hasHandle: false,
        phase: 'waiting',
      },
    ]);
  });

  test('as somebody else shows nothing of it', async () => {
    const desk = await back({}, KIM);
    assert.deepEqual(shown(desk), { count: 0, items: [], isKeptNowhere: false });
  });

  test('says nothing where nothing was left, and where the browser keeps nothing says that alone', async () => {
    const desk = new UploadDesk();
    desk.unfinished.isKept = false;
    await desk.flow.load();
    await settled();
    assert.deepEqual(shown(desk), { count: 0, items: [], isKeptNowhere: true });
  });

  test('signing out erases it, while the session still serves', async () => {
    const desk = await back();
    await desk.flow.signOut();
    assert.deepEqual(desk.unfinished.calls, ['forgetAll person-jo']);
    assert.deepEqual(shown(desk), { count: 0, items: [], isKeptNowhere: false });
    assert.equal(desk.calls.at(-1), 'signOut');
  });

  test('signing out ends the session also where the records cannot be erased', async () => {
    const desk = await back();
    desk.unfinished.refusal = new UploadError('broker_down');
    await desk.flow.signOut();
    assert.equal(desk.calls.at(-1), 'signOut');
  });

  test('is not asked about again by what a later look finds too late', async () => {
    const desk = await back();
    const first = desk.flow.unfinished.look('cases', JO);
    await desk.flow.signOut();
    await first;
    assert.equal(shown(desk).count, 0);
  });
});

describe('choosing the file again', () => {
  test('the same one goes on at once, and only it', async () => {
    const desk = await back();
    await desk.flow.accept([png('other.png', 50)]);
    const chosen = choose(desk, png('a.png'));
    await settled();
    assert.deepEqual(phases(desk), ['upload-a checking']);
    desk.unfinished.answer('same');
    await chosen;
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows], ['uploading', ['other.png ready', 'a.png waiting']]);
    assert.deepEqual(
      desk.batch.files.map(({ file, resumes }) => [file.name, resumes]),
      [['a.png', 'upload-a']],
    );
    assert.deepEqual(shown(desk).items, [], 'its row is that of the file now');
  });

  test('one of another name goes on too, and says so', async () => {
    const desk = await back();
    const chosen = choose(desk, png('b.png'));
    await settled();
    desk.unfinished.answer('renamed');
    await chosen;
    await settled();
    assert.deepEqual(desk.item('f1').resumes, { id: 'upload-a', isRenamed: true });
    assert.equal(desk.batch.files[0]?.resumes, 'upload-a');
  });

  test('another one is not sent; it may be chosen again, or uploaded as new', async () => {
    const desk = await back();
    void choose(desk, png('x.png', 70));
    await settled();
    desk.unfinished.answer('other');
    await settled();
    assert.deepEqual([phases(desk), desk.rows, desk.sent.length], [['upload-a other'], [], 0]);
    void choose(desk, png('y.png', 80));
    await settled();
    assert.deepEqual(phases(desk), ['upload-a checking']);
    desk.unfinished.answer('other');
    await settled();
    desk.flow.unfinished.uploadAsNew('upload-a');
    await settled();
    assert.deepEqual([phases(desk), desk.rows, desk.sent.length], [['upload-a waiting'], ['y.png ready'], 0]);
    assert.equal(desk.item('f1').resumes, undefined);
  });

  test('while another tab sends it says so; moved here it goes on with the file that was chosen', async () => {
    const desk = await back();
    void choose(desk, png('a.png'));
    await settled();
    desk.unfinished.answer('elsewhere');
    await settled();
    assert.deepEqual(phases(desk), ['upload-a elsewhere']);
    void desk.flow.unfinished.moveHere('upload-a');
    await settled();
    desk.unfinished.answer('same');
    await settled();
    assert.deepEqual(desk.unfinished.calls, ['check upload-a a.png', 'moveHere upload-a', 'check upload-a a.png']);
    assert.deepEqual(desk.rows, ['a.png waiting']);
  });

  test('one that another tab was sending before waits for its file once it is moved here', async () => {
    const desk = await back({ isElsewhere: true });
    assert.deepEqual(phases(desk), ['upload-a elsewhere']);
    await desk.flow.unfinished.moveHere('upload-a');
    assert.deepEqual(phases(desk), ['upload-a waiting']);
  });

  test('one that is over says so, and its file is new', async () => {
    const desk = await back();
    void choose(desk, png('a.png'));
    await settled();
    desk.unfinished.answer('over');
    await settled();
    assert.deepEqual(phases(desk), ['upload-a over']);
    await choose(desk, png('a.png'));
    await settled();
    assert.deepEqual([phases(desk), desk.rows], [[], ['a.png ready']]);
    assert.equal(desk.item('f1').resumes, undefined);
  });

  test('what keeps it from being checked is told, and it can be tried again', async () => {
    const desk = await back();
    void choose(desk, png('a.png'));
    await settled();
    desk.unfinished.fail(new UploadError('file_unreadable'));
    await settled();
    assert.deepEqual(phases(desk), ['upload-a file_unreadable']);
    void choose(desk, png('a.png'));
    await settled();
    assert.deepEqual(phases(desk), ['upload-a checking']);
  });

  test('a check can be cancelled, and its answer then says nothing', async () => {
    const desk = await back();
    void choose(desk, png('a.png'));
    await settled();
    desk.flow.unfinished.cancelCheck('upload-a');
    await settled();
    assert.deepEqual([phases(desk), desk.rows, desk.unfinished.wasAborted], [['upload-a waiting'], [], true]);
  });

  test('a sign-in as somebody else ends the check', async () => {
    const desk = await back();
    void choose(desk, png('a.png'));
    await settled();
    desk.flow.signIn();
    await desk.signIn(KIM);
    assert.deepEqual([shown(desk).items, desk.unfinished.wasAborted, desk.rows], [[], true, []]);
  });

  test('one that breaks a limit by now is refused as any other', async () => {
    const desk = await back({ size: 1001 });
    void choose(desk, png('a.png', 1001));
    await settled();
    desk.unfinished.answer('same');
    await settled();
    assert.deepEqual([desk.flow.snapshot.phase, desk.rows, desk.sent.length], ['choosing', ['a.png file_large'], 0]);
  });
});

describe('dropping the file among others', () => {
  test('it is recognised, joins the list, and waits for "Upload" like the others', async () => {
    const desk = await back();
    const accepted = desk.flow.accept([png('b.png', 50), png('a.png')]);
    await settled();
    assert.deepEqual([desk.rows, phases(desk)], [['b.png ready'], ['upload-a checking']]);
    desk.unfinished.answer('same');
    await accepted;
    assert.deepEqual([desk.rows, shown(desk).items], [['b.png ready', 'a.png ready'], []]);
    desk.flow.upload();
    assert.deepEqual(
      desk.batch.files.map(({ resumes }) => resumes),
      [undefined, 'upload-a'],
    );
  });

  for (const found of ['other', 'over'] as const) {
    test(`where it is ${found} it is a new file`, async () => {
      const desk = await back();
      const accepted = desk.flow.accept([png('a.png')]);
      await settled();
      desk.unfinished.answer(found);
      await accepted;
      assert.deepEqual([desk.rows, desk.item('f1').resumes], [['a.png ready'], undefined]);
      assert.deepEqual(phases(desk), found === 'other' ? ['upload-a waiting'] : []);
    });
  }

  test('where another tab sends it, it does not join the list', async () => {
    const desk = await back();
    const accepted = desk.flow.accept([png('a.png')]);
    await settled();
    desk.unfinished.answer('elsewhere');
    await accepted;
    assert.deepEqual([desk.rows, phases(desk)], [[], ['upload-a elsewhere']]);
  });

  test('where nobody could compare it, it does not join the list, and the row says why: sent anew, it would be stored twice', async () => {
    const desk = await back();
    const accepted = desk.flow.accept([png('a.png')]);
    await settled();
    desk.unfinished.fail(new UploadError('broker_down'));
    await accepted;
    assert.deepEqual([desk.rows, phases(desk)], [[], ['upload-a broker_down']]);
  });

  test('a file of another size, or of another name and time, is not even read', async () => {
    const desk = await back();
    await desk.flow.accept([png('a.png', 101), png('z.png', 100, 2)]);
    assert.deepEqual([desk.rows, desk.unfinished.calls], [['a.png ready', 'z.png ready'], []]);
  });

  test('where another tab was busy with it when it was last looked at, it is asked after once more', async () => {
    const desk = await back({ isElsewhere: true });
    const accepted = desk.flow.accept([png('a.png')]);
    await settled();
    desk.unfinished.answer('same');
    await accepted;
    assert.deepEqual([desk.rows, shown(desk).items], [['a.png ready'], []]);
  });

  test('taken out of the list again, it waits as before', async () => {
    const desk = await back();
    const accepted = desk.flow.accept([png('a.png')]);
    await settled();
    desk.unfinished.answer('same');
    await accepted;
    desk.flow.remove('f1');
    assert.deepEqual(phases(desk), ['upload-a waiting']);
  });
});

describe('choosing the file before it is known whose upload waits', () => {
  /** "Upload" was pressed by somebody who then signed in as Jo. */
  async function early(...files: File[]): Promise<UploadDesk> {
    const desk = new UploadDesk();
    desk.unfinished.begun(JO);
    await desk.flow.load();
    await settled();
    await desk.flow.accept(files);
    desk.flow.upload();
    await desk.signIn();
    await settled();
    return desk;
  }

  test('it is recognised before anything is sent, and goes on by itself', async () => {
    const desk = await early(png('b.png', 50), png('a.png'));
    assert.deepEqual([desk.sent.length, phases(desk)], [0, ['upload-a checking']]);
    assert.deepEqual([desk.flow.snapshot.phase, desk.flow.snapshot.isStarting], ['choosing', true]);
    desk.unfinished.answer('same');
    await settled();
    assert.deepEqual(
      desk.batch.files.map(({ resumes }) => resumes),
      [undefined, 'upload-a'],
    );
    assert.equal(desk.flow.snapshot.isStarting, false);
  });

  test('pressing "Upload" once more meanwhile sends nothing twice', async () => {
    const desk = await early(png('a.png'));
    desk.flow.upload();
    desk.unfinished.answer('same');
    await settled();
    assert.deepEqual([desk.sent.length, desk.batch.files.map(({ resumes }) => resumes)], [1, ['upload-a']]);
  });

  test('where it is another file, both are what they were, and it is sent', async () => {
    const desk = await early(png('a.png'));
    desk.unfinished.answer('other');
    await settled();
    assert.deepEqual(
      [desk.batch.files.map(({ resumes }) => resumes), phases(desk)],
      [[undefined], ['upload-a waiting']],
    );
  });

  test('where nobody could compare it, it is not sent, and its row says why', async () => {
    const desk = await early(png('b.png', 50), png('a.png'));
    desk.unfinished.fail(new UploadError('broker_down'));
    await settled();
    assert.deepEqual(
      [desk.batch.files.map(({ resumes }) => resumes), phases(desk)],
      [[undefined], ['upload-a broker_down']],
    );
  });
});

describe('a file whose place is known', () => {
  test('goes on by a press', async () => {
    const desk = await back({ hasHandle: true });
    desk.unfinished.handleOpens = png('a.png');
    void desk.flow.unfinished.carryOn('upload-a');
    await settled();
    desk.unfinished.answer('same');
    await settled();
    assert.deepEqual(desk.unfinished.calls, ['reopen upload-a', 'check upload-a a.png']);
    assert.deepEqual(desk.rows, ['a.png waiting']);
  });

  test('must be chosen where it is gone', async () => {
    const desk = await back({ hasHandle: true });
    await desk.flow.unfinished.carryOn('upload-a');
    assert.deepEqual([phases(desk), shown(desk).items[0]?.hasHandle], [['upload-a waiting'], false]);
  });
});

describe('deleting what was sent', () => {
  test('takes the row away at once', async () => {
    const desk = await back();
    const deleted = desk.flow.unfinished.delete('upload-a');
    assert.deepEqual(shown(desk), { count: 0, items: [], isKeptNowhere: false });
    await deleted;
    assert.deepEqual(desk.unfinished.calls, ['forget upload-a']);
  });

  test('brings it back, with the reason, where that could not be done', async () => {
    const desk = await back();
    desk.unfinished.refusal = new UploadError('broker_down');
    await desk.flow.unfinished.delete('upload-a');
    assert.deepEqual(phases(desk), ['upload-a broker_down']);
  });
});

describe('a file that goes on', () => {
  const resumed = async () => {
    const desk = await back();
    const chosen = choose(desk, png('a.png'));
    await settled();
    desk.unfinished.answer('same');
    await chosen;
    await settled();
    return desk;
  };

  test('is a new one after it was cancelled, because what was sent is deleted', async () => {
    const desk = await resumed();
    desk.unfinished.uploads.clear();
    desk.flow.cancelAll();
    await settled();
    assert.deepEqual([desk.rows, desk.item('f1').resumes], [['a.png ready'], undefined]);
  });

  test('goes on with the same upload when it is tried again', async () => {
    const desk = await resumed();
    desk.batch.watcher.notDone('f1', { code: 'store_down' });
    await desk.end();
    desk.flow.retry('f1');
    assert.deepEqual(desk.batch.files[0]?.resumes, 'upload-a');
  });

  test('is not listed any more once it is stored', async () => {
    const desk = await resumed();
    desk.unfinished.uploads.clear();
    desk.store('f1');
    await desk.end();
    assert.deepEqual([desk.flow.snapshot.phase, shown(desk).count], ['done', 0]);
    assert.equal(desk.flow.snapshot.reference, '7F3K92QD', 'the one it was begun with');
  });
});
