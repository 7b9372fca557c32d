import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UploadError } from '../../src/errors.ts';
import { settled } from '../support/page-clock.ts';
import { LARGE, large, type PartsBench, sumOf } from '../support/parts-bench.ts';
import { APP, JO, type Page, ResumeBench } from '../support/resume-bench.ts';
import { problem } from '../support/upload-bench.ts';

const MB = 1024 * 1024;
const ID = 'upload-1';

async function assertStored({ far }: ResumeBench, file: File): Promise<void> {
  const { object, state } = far.upload(file.name);
  assert.equal(state, 'stored');
  assert.ok(object && Buffer.from(object).equals(Buffer.from(await file.arrayBuffer())), 'the object has other bytes');
}

const numbersOf = (puts: readonly string[]) => puts.map((put) => Number(put.split(' ')[1])).sort((a, b) => a - b);

/** Brings parts that run to their end, and what begins in their place: in what order they are hashed, nobody knows. */
async function store({ running }: PartsBench, count: number): Promise<number[]> {
  const numbers: number[] = [];
  for (let part = 0; part < count; part++) {
    const put = running[0];
    if (!put) throw new Error('Nothing is on its way');
    numbers.push(put.number);
    await put.end({ kind: 'stored' });
  }
  return numbers.sort((a, b) => a - b);
}

const ALL = Array.from({ length: 18 }, (_, i) => i + 1);
const without = (numbers: readonly number[]) => ALL.filter((number) => !numbers.includes(number));

/** A page that died while it sent a file: some parts are stored, six others were on their way and are lost. */
async function crashed(count = 4, file = large('a.zip')) {
  const bench = new ResumeBench();
  const { far } = bench;
  far.isManual = true;
  const first = bench.page();
  void first.send(file);
  await settled();
  const stored = await store(far, count);
  await far.clock.pass(1000);
  await first.crash();
  far.isManual = false;
  far.running.length = 0;
  far.puts.length = 0;
  far.hashed = 0;
  return { bench, far, file, stored, page: bench.page() };
}

async function goOn({ bench, page, file }: { bench: ResumeBench; page: Page; file: File }): Promise<void> {
  await bench.far.finish(page.send(file, ID));
}

describe('an upload that is left for later', () => {
  test('keeps what was sent, on this page and on the next; one that is cancelled does not', async () => {
    for (const verb of ['leaveAll', 'cancelAll'] as const) {
      const bench = new ResumeBench();
      const { far } = bench;
      far.isManual = true;
      const page = bench.page();
      const file = large('a.zip');
      const sent = page.send(file);
      await settled();
      const stored = await store(far, 4);
      await far.clock.pass(1000);
      page.transfer[verb]();
      await sent;
      await settled();
      const { state } = far.upload('a.zip');
      assert.deepEqual([state, bench.store.records.size], verb === 'leaveAll' ? ['open', 1] : ['aborted', 0]);
      if (verb === 'cancelAll') continue;
      far.isManual = false;
      far.running.length = 0;
      far.puts.length = 0;
      await far.finish(page.send(file, ID));
      assert.deepEqual(numbersOf(far.puts), without(stored), 'only what is missing');
      await assertStored(bench, file);
    }
  });
});

describe('the record of an upload', () => {
  test('is written before the first byte leaves, and holds none of them', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    let recordsAtFirstPut = -1;
    far.outcome = () => {
      if (recordsAtFirstPut < 0) recordsAtFirstPut = bench.store.records.size;
      return { kind: 'lost' };
    };
    far.before = (call) => call === 'status' && new Promise(() => {});
    const file = large('a.zip');
    void bench.page().send(file);
    await settled();
    assert.equal(recordsAtFirstPut, 1);
    const bytes = new Uint8Array(await file.arrayBuffer());
    assert.deepEqual(bench.record, {
      id: ID,
      app: APP,
      person: JO.id,
      name: 'a.zip',
      size: LARGE,
      lastModified: 1,
      partBytes: MB,
      edges: { head: sumOf(bytes.subarray(0, 65_536)), tail: sumOf(bytes.subarray(LARGE - 65_536)) },
      parts: new Map(),
      expiresAt: far.clock.now() + 86_400_000,
      lastSentAt: far.clock.now(),
    });
  });

  test('holds the folders of the file, and the handle that it came with', async () => {
    const bench = new ResumeBench();
    bench.store.add = async (record) => {
      bench.store.records.set(record.id, record);
      return true;
    };
    bench.far.isManual = true;
    const page = bench.page();
    const handle = { kind: 'file' } as unknown as FileSystemFileHandle;
    const outgoing = { key: 'a', file: large('a.zip'), path: 'Trip/Day 1', sniffedType: '', handle };
    void page.transfer.send([outgoing], {}, page.watcher);
    await settled();
    assert.deepEqual([bench.record.path, bench.record.handle], ['Trip/Day 1', handle]);
    await page.crash();
    const [upload] = await bench.page().list();
    assert.deepEqual([upload?.path, upload?.hasHandle], ['Trip/Day 1', true]);
  });

  test('learns of stored parts once a second, not at each', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    far.isManual = true;
    const sent = bench.page().send(large('a.zip'));
    await settled();
    const stored = await store(far, 5);
    assert.deepEqual(bench.store.writes, [0]);
    await far.clock.pass(1000);
    assert.deepEqual(bench.store.writes, [0, 5]);
    assert.deepEqual(
      [...bench.record.parts.keys()].sort((a, b) => a - b),
      stored,
    );
    await far.endAll();
    await far.finish(sent);
  });

  test('is erased when the file is stored, and the upload is let go', async () => {
    const bench = new ResumeBench();
    await bench.far.finish(bench.page().send(large('a.zip')));
    assert.deepEqual([bench.store.records.size, bench.locks.held.size], [0, 0]);
  });

  test('is erased when the file is cancelled, which ends the upload', async () => {
    const bench = new ResumeBench();
    bench.far.isManual = true;
    const page = bench.page();
    const sent = page.send(large('a.zip'));
    await settled();
    page.transfer.cancel('a.zip');
    await bench.far.finish(sent);
    assert.deepEqual([bench.store.records.size, bench.locks.held.size, bench.far.aborts], [0, 0, [ID]]);
  });

  test('is erased when the file is cancelled while it is being written', async () => {
    const bench = new ResumeBench();
    const { add } = bench.store;
    let write = () => {};
    bench.store.add = async (record) => {
      await new Promise<void>((resolve) => (write = resolve));
      return add.call(bench.store, record);
    };
    const page = bench.page();
    const sent = page.send(large('a.zip'));
    await settled();
    page.transfer.cancel('a.zip');
    write();
    await bench.far.finish(sent);
    await settled();
    assert.deepEqual([bench.store.records.size, bench.locks.held.size], [0, 0]);
    assert.deepEqual([bench.far.aborts, bench.far.puts], [[ID], []]);
  });

  test('is erased when the broker refuses the file', async () => {
    const bench = new ResumeBench();
    bench.far.before = (call) => call === 'complete' && Promise.reject(problem('file_type'));
    const page = bench.page();
    await bench.far.finish(page.send(large('a.zip')));
    assert.deepEqual(page.told, ['a.zip finishing', 'a.zip file_type']);
    assert.equal(bench.store.records.size, 0);
  });

  test('stays when the page is closed in good order, with what was stored so far', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    far.isManual = true;
    const page = bench.page();
    void page.send(large('a.zip'));
    await settled();
    const stored = await store(far, 1);
    page.transfer.close();
    await settled();
    assert.deepEqual([[...bench.record.parts.keys()], bench.locks.held.size, far.aborts], [stored, 0, []]);
  });

  test('is written for no file that goes in one request', async () => {
    const bench = new ResumeBench();
    await bench.far.finish(bench.page().send(new File(['12345'], 'note.txt')));
    assert.deepEqual(bench.store.writes, []);
  });
});

describe('without records', () => {
  for (const [why, isRefused, person] of [
    ['the browser keeps nothing', true, JO.id],
    ['nobody is known to be signed in', false, null],
  ] as const) {
    test(`a file is sent all the same where ${why}`, async () => {
      const bench = new ResumeBench();
      bench.store.isRefused = isRefused;
      bench.person = person;
      const page = bench.page();
      const file = large('a.zip');
      await bench.far.finish(page.send(file));
      await assertStored(bench, file);
      assert.deepEqual(bench.store.writes, []);
    });
  }

  test('that is said, and nothing is counted or listed', async () => {
    const bench = new ResumeBench();
    bench.store.isRefused = true;
    const { unfinished } = bench.page();
    assert.equal(await unfinished.isAvailable(), false);
    assert.deepEqual([await unfinished.count(APP), await unfinished.list(APP, JO)], [0, []]);
  });
});

describe('after a crash', () => {
  test('only what is missing is sent, and the object is the file', async () => {
    const { bench, far, file, stored, page } = await crashed(4);
    assert.equal(await page.check(ID, file), 'same');
    assert.deepEqual(far.puts, []);
    await goOn({ bench, page, file });
    assert.deepEqual(numbersOf(far.puts), without(stored));
    await assertStored(bench, file);
    assert.deepEqual([far.starts.length, bench.store.records.size, bench.locks.held.size], [1, 0, 0]);
    assert.deepEqual(page.told, ['a.zip finishing', 'a.zip stored']);
  });

  test('the list says how much is stored, and since when', async () => {
    const { far, page } = await crashed(4);
    assert.deepEqual(await page.list(), [
      {
        id: ID,
        name: 'a.zip',
        path: undefined,
        fromSize: undefined,
        size: LARGE,
        sent: 4 * MB,
        lastModified: 1,
        lastSentAt: far.clock.now(),
        expiresAt: far.clock.now() + 86_399_000,
        hasHandle: false,
        isElsewhere: false,
      },
    ]);
    assert.equal(await page.unfinished.count(APP), 1);
  });

  test('a name is told to the same account of the same app only', async () => {
    const { bench, page } = await crashed();
    assert.deepEqual(await page.unfinished.list(APP, { id: 'person-sam' }), []);
    assert.deepEqual(await page.unfinished.list('other-app', JO), []);
    bench.person = 'person-sam';
    const file = large('a.zip');
    await goOn({ bench, page, file });
    assert.equal(bench.far.starts.length, 2);
    assert.equal(bench.far.uploads.get(ID)?.state, 'open');
    assert.equal(bench.store.records.size, 1);
  });

  test('parts are taken as stored that arrived while no page listened', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    far.isManual = true;
    const first = bench.page();
    void first.send(large('a.zip'));
    await settled();
    await first.crash();
    const landed = await store(far, 5);
    far.running.length = 0;
    far.isManual = false;
    assert.equal(bench.record.parts.size, 0);
    far.puts.length = 0;
    await goOn({ bench, page: bench.page(), file: large('a.zip') });
    assert.deepEqual(numbersOf(far.puts), without(landed));
    await assertStored(bench, large('a.zip'));
  });

  test('a file that was checked is not read again for what is stored', async () => {
    const { bench, far, file, page } = await crashed(4);
    await page.check(ID, file);
    assert.equal(far.hashed, 2 + 4);
    await goOn({ bench, page, file });
    assert.equal(far.hashed, 2 + 4 + 2 + 14);
  });

  test('a file that was not checked is proven before a byte is sent', async () => {
    const { bench, far, page } = await crashed(4);
    let hashedAtFirstPut = 0;
    far.outcome = () => {
      hashedAtFirstPut ||= far.hashed;
      return { kind: 'stored' };
    };
    await goOn({ bench, page, file: large('a.zip') });
    assert.ok(hashedAtFirstPut >= 2 + 4, `${hashedAtFirstPut} pieces`);
    assert.equal(far.puts.length, 14);
  });

  test('the plan is the one the upload began with, whatever new ones begin with', async () => {
    const { bench, far, file, page } = await crashed(4);
    far.partBytes = 5 * MB;
    assert.equal(await page.check(ID, file), 'same');
    await goOn({ bench, page, file });
    assert.equal(far.puts.length, 14);
    await assertStored(bench, file);
  });

  test('a second crash costs no more than the first', async () => {
    const { bench, far, file, page } = await crashed(4);
    far.isManual = true;
    void page.send(file, ID);
    await settled();
    await store(far, 5);
    await page.crash();
    far.isManual = false;
    far.running.length = 0;
    far.puts.length = 0;
    const third = bench.page();
    assert.equal(await third.check(ID, file), 'same');
    await goOn({ bench, page: third, file });
    assert.equal(far.puts.length, 9);
    await assertStored(bench, file);
  });

  test('an upload that was completed meanwhile is found, and nothing is sent', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    const first = bench.page();
    far.after = (call) => call === 'complete' && new Promise(() => {});
    void first.send(large('a.zip'));
    await settled();
    await first.crash();
    far.after = () => {};
    far.puts.length = 0;
    const page = bench.page();
    const file = large('a.zip');
    assert.equal(far.upload('a.zip').state, 'stored');
    await far.finish(page.send(file, ID));
    assert.deepEqual([page.told, far.puts, bench.store.records.size], [['a.zip finishing', 'a.zip stored'], [], 0]);
  });

  test('cancelling what goes on ends the upload and erases its record', async () => {
    const { bench, far, file, page } = await crashed(4);
    far.isManual = true;
    const sent = page.send(file, ID);
    await settled();
    page.transfer.cancel('a.zip');
    await far.finish(sent);
    assert.deepEqual([far.aborts, bench.store.records.size, bench.locks.held.size], [[ID], 0, 0]);
  });

  test('a page that goes on tells what is stored from the first moment', async () => {
    const { far, file, page } = await crashed(4);
    far.isManual = true;
    const told: number[] = [];
    void page.transfer.send(
      [{ key: 'a.zip', file, sniffedType: '', resumes: ID }],
      {},
      {
        ...page.watcher,
        progress: (_key, sent) => void told.push(sent),
      },
    );
    await far.clock.pass(100);
    assert.deepEqual(told, [4 * MB]);
  });
});

/** `a.zip` with other bytes at one place. */
async function changedAt(at: number): Promise<File> {
  const bytes = new Uint8Array(await large('a.zip').arrayBuffer());
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return new File([bytes], 'a.zip', { lastModified: 1 });
}

describe('a chosen file', () => {
  test('of the same content under another name is known again, and goes on', async () => {
    const { bench, far, page } = await crashed(4);
    const renamed = new File([large('a.zip')], 'copy.zip', { lastModified: 2 });
    assert.equal(await page.check(ID, renamed), 'renamed');
    await goOn({ bench, page, file: renamed });
    assert.equal(far.puts.length, 14);
    await assertStored(bench, large('a.zip'));
  });

  for (const [where, at] of [
    ['its first byte', () => 0],
    ['a part that is stored', (stored: readonly number[]) => ((stored[1] ?? 0) - 1) * MB + 100_000],
    ['its last byte', () => LARGE - 1],
  ] as const) {
    test(`that differs in ${where} is another one, and is refused for going on`, async () => {
      const { bench, far, stored, page } = await crashed(4);
      const other = await changedAt(at(stored));
      assert.equal(await page.check(ID, other), 'other');
      await goOn({ bench, page, file: other });
      assert.deepEqual(page.told, ['a.zip file_changed']);
      assert.deepEqual([far.puts, far.aborts, bench.store.records.size, bench.locks.held.size], [[], [], 1, 0]);
    });
  }

  test('of another size is another one before the broker is asked', async () => {
    const { far, page } = await crashed(4);
    far.before = () => assert.fail('the broker was asked');
    assert.equal(await page.check(ID, large('a.zip', LARGE - 1)), 'other');
  });

  test('that differs where nothing is stored yet gives an object that is this file', async () => {
    const { bench, page } = await crashed(4);
    const other = await changedAt(16 * MB);
    await goOn({ bench, page, file: other });
    await assertStored(bench, other);
  });

  test('is over where the upload has ended, and its record is erased', async () => {
    for (const state of ['aborted', 'expired', 'refused'] as const) {
      const { bench, far, file, page } = await crashed(4);
      const upload = far.uploads.get(ID) ?? assert.fail('no upload');
      upload.state = state;
      assert.equal(await page.check(ID, file), 'over');
      assert.equal(bench.store.records.size, 0);
      await goOn({ bench, page, file });
      assert.equal(far.starts.length, 2);
      await assertStored(bench, file);
    }
  });

  test('cannot be checked while the broker does not answer: nothing is lost by that', async () => {
    const { bench, far, file, page } = await crashed(4);
    far.before = () => Promise.reject(problem('store_down'));
    await assert.rejects(page.check(ID, file), { code: 'store_down' });
    assert.equal(bench.store.records.size, 1);
  });
});

describe('a part that somebody else stored', () => {
  test('under the number of one of ours is sent again, never mixed in', async () => {
    const { bench, far, file, stored, page } = await crashed(4);
    far.uploads.get(ID)?.parts.set(stored[2] ?? 0, new Uint8Array(MB).fill(7));
    assert.equal(await page.check(ID, file), 'same');
    await goOn({ bench, page, file });
    assert.deepEqual(numbersOf(far.puts), without(stored.toSpliced(2, 1)));
    await assertStored(bench, file);
  });

  test('where we stored none makes it another file’s upload', async () => {
    const { far, file, page } = await crashed(4);
    far.uploads.get(ID)?.parts.set(17, new Uint8Array(MB).fill(7));
    assert.equal(await page.check(ID, file), 'other');
  });
});

describe('two pages', () => {
  test('do not send one upload: the second is told that it is elsewhere', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    far.isManual = true;
    const file = large('a.zip');
    const [first, second] = [bench.page(), bench.page()];
    const sent = first.send(file);
    await settled();
    assert.equal(await second.check(ID, file), 'elsewhere');
    assert.deepEqual(
      (await second.list()).map(({ isElsewhere }) => isElsewhere),
      [true],
    );
    assert.deepEqual([await first.list(), await first.unfinished.count(APP)], [[], 0]);
    await far.finish(second.send(file, ID));
    assert.deepEqual(second.told, ['a.zip elsewhere']);
    await assert.rejects(second.unfinished.forget(ID), { code: 'elsewhere' });
    await far.endAll();
    await far.finish(sent);
    await assertStored(bench, file);
  });

  test('may hand it over: the first stops and ends nothing, the second goes on', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    far.isManual = true;
    const file = large('a.zip');
    const [first, second] = [bench.page(), bench.page()];
    const sent = first.send(file);
    await settled();
    await store(far, 4);
    await second.unfinished.moveHere(ID);
    await far.finish(sent);
    assert.deepEqual([first.told, far.aborts, far.running.length], [['a.zip elsewhere'], [], 0]);
    far.isManual = false;
    far.puts.length = 0;
    assert.equal(await second.check(ID, file), 'same');
    await goOn({ bench, page: second, file });
    assert.equal(far.puts.length, 14);
    await assertStored(bench, file);
  });
});

describe('forgetting', () => {
  test('lets the broker delete what was sent, and erases the record', async () => {
    const { bench, far, page } = await crashed();
    await page.unfinished.forget(ID);
    assert.deepEqual([far.aborts, bench.store.records.size], [[ID], 0]);
  });

  test('erases nothing where the broker cannot be asked, so that it may be tried again', async () => {
    const { bench, far, page } = await crashed();
    far.before = () => Promise.reject(problem('internal'));
    await assert.rejects(page.unfinished.forget(ID), { code: 'internal' });
    assert.equal(bench.store.records.size, 1);
  });

  test('works where the upload has ended already', async () => {
    const { bench, far, page } = await crashed();
    far.uploads.delete(ID);
    await page.unfinished.forget(ID);
    assert.equal(bench.store.records.size, 0);
  });

  test('all at sign-out takes this person’s only, and none that another page sends', async () => {
    const { bench, far, page } = await crashed();
    bench.person = 'person-sam';
    far.isManual = true;
    const sam = bench.page();
    void sam.send(large('s.zip'));
    await settled();
    await sam.crash();
    bench.person = JO.id;
    void bench.page().send(large('b.zip'));
    await settled();
    await page.unfinished.forgetAll(APP, JO);
    assert.deepEqual([...bench.store.records.values()].map(({ name }) => name).sort(), ['b.zip', 's.zip']);
    assert.deepEqual(far.aborts, [ID]);
  });

  test('all at sign-out erases at once, and waits three seconds for a broker that does not answer', async () => {
    const { bench, far, page } = await crashed();
    far.before = () => new Promise(() => {});
    let isOver = false;
    const forgotten = page.unfinished.forgetAll(APP, JO).then(() => {
      isOver = true;
    });
    await settled();
    assert.deepEqual([bench.store.records.size, isOver], [0, false]);
    await far.clock.pass(3000);
    await forgotten;
    assert.equal(isOver, true);
  });
});

describe('a kept handle', () => {
  const rejected = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  for (const [what, handle, expected] of [
    ['gives its file', { queryPermission: async () => 'granted', getFile: async () => large('a.zip') }, 'a.zip'],
    [
      'asks the person where that is needed',
      {
        queryPermission: async () => 'prompt',
        requestPermission: async () => 'granted',
        getFile: async () => large('a.zip'),
      },
      'a.zip',
    ],
    [
      'gives nothing where the person says no',
      { requestPermission: async () => 'denied', getFile: rejected },
      undefined,
    ],
    ['gives nothing where the file is gone', { queryPermission: async () => 'granted', getFile: rejected }, undefined],
  ] as const) {
    test(what, async () => {
      const { bench, page } = await crashed();
      bench.store.find = async () => ({ ...bench.record, handle: handle as unknown as FileSystemFileHandle });
      assert.equal((await page.unfinished.reopen(ID))?.name, expected);
    });
  }

  test('is none where none was given', async () => {
    const { page } = await crashed();
    assert.equal(await page.unfinished.reopen(ID), null);
  });
});

describe('a failure that may pass', () => {
  test('leaves what is stored, and "Try again" goes on with it', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    far.outcome = (_name, number) => (number <= 6 ? { kind: 'stored' } : { kind: 'lost' });
    const page = bench.page();
    const file = large('a.zip');
    await far.finish(page.send(file));
    assert.deepEqual(page.told, ['a.zip store_unreachable']);
    assert.deepEqual([far.aborts, bench.store.records.size, bench.locks.held.size], [[], 1, 0]);
    far.outcome = () => ({ kind: 'stored' });
    far.puts.length = 0;
    far.hashed = 0;
    await far.finish(page.send(file));
    assert.deepEqual([far.starts.length, far.puts.length], [1, 12]);
    // The edges, and what was not hashed before.
    assert.equal(far.hashed, 2 + 12);
    await assertStored(bench, file);
  });

  test('may be a page that is being left, and its files are unreadable first: the upload stays for the next page', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    const hash = far.hasher.hash;
    far.outcome = (_name, number) => {
      if (number <= 6) return { kind: 'stored' };
      far.hasher.hash = () => Promise.reject(new UploadError('file_changed'));
      return { kind: 'lost' };
    };
    const page = bench.page();
    const file = large('a.zip');
    await far.finish(page.send(file));
    assert.deepEqual(page.told, ['a.zip file_changed']);
    assert.deepEqual([far.aborts, bench.store.records.size, bench.locks.held.size], [[], 1, 0]);
    const stored = [...far.upload('a.zip').parts.keys()];
    assert.ok(stored.length > 0);
    far.hasher.hash = hash;
    far.outcome = () => ({ kind: 'stored' });
    far.puts.length = 0;
    await goOn({ bench, page: bench.page(), file });
    assert.deepEqual(numbersOf(far.puts), without(stored));
    await assertStored(bench, file);
  });

  test('may be a changed file after all: trying it again begins another upload and ends the first', async () => {
    const bench = new ResumeBench();
    const { far } = bench;
    far.outcome = (_name, number) => (number <= 6 ? { kind: 'stored' } : { kind: 'lost' });
    const page = bench.page();
    const file = large('a.zip');
    await far.finish(page.send(file));
    const other = large('b.zip');
    // WebKit's File follows its file on the disk.
    Object.defineProperties(file, {
      slice: { value: other.slice.bind(other) },
      arrayBuffer: { value: () => other.arrayBuffer() },
      lastModified: { value: 2 },
    });
    far.outcome = () => ({ kind: 'stored' });
    await far.finish(page.send(file));
    assert.deepEqual([far.starts.length, far.aborts, bench.store.records.size], [2, [ID], 0]);
  });
});
