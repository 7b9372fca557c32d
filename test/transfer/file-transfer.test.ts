import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UploadError } from '../../src/errors.ts';
import { settled } from '../support/page-clock.ts';
import { problem, UploadBench } from '../support/upload-bench.ts';

const LOST = { kind: 'lost' } as const;
const names = (count: number) => Array.from({ length: count }, (_, i) => `f${i + 1}`);

/** Lets a send come to its end, however long it waits on the way. */
async function finish(bench: UploadBench, sent: Promise<void>): Promise<number> {
  const begun = bench.clock.now();
  let isOver = false;
  void sent.then(() => {
    isOver = true;
  });
  for (let waits = 0; waits < 500; waits++) {
    await settled();
    if (isOver) return bench.clock.now() - begun;
    if (bench.clock.next !== null) await bench.clock.pass(bench.clock.next);
  }
  throw new Error('It never came to its end');
}

describe('a file on its way', () => {
  test('is started, sent, settled and told step by step', async () => {
    const bench = new UploadBench();
    await finish(bench, bench.send(['a.txt'], { folder: 'folder-01', context: { case: '7' } }));
    assert.deepEqual(bench.told, [
      'a.txt waiting',
      'reference 7F3K92QD',
      'a.txt sent 5',
      'a.txt finishing',
      'a.txt stored a.txt',
    ]);
    const [{ body, trace } = assert.fail('nothing was started')] = bench.starts;
    assert.deepEqual(body, {
      files: [{ name: 'a.txt', size: 5, type: '', sniffed_type: '', sha256: `${'A'.repeat(43)}=` }],
      accepts_forms: true,
      folder: 'folder-01',
      context: { case: '7' },
    });
    assert.equal(trace, 'f'.repeat(32));
    assert.deepEqual(
      bench.puts.map(({ name }) => name),
      ['a.txt'],
    );
    assert.deepEqual([bench.aborts, bench.statuses, bench.signs], [[], [], []]);
  });

  test('shares calls with others: a hundred files need few', async () => {
    const bench = new UploadBench();
    await finish(bench, bench.send(names(100)));
    assert.equal(bench.told.filter((line) => / stored /.test(line)).length, 100);
    assert.ok(bench.starts.length <= 4, `${bench.starts.length} starts`);
    assert.ok(bench.completes.length <= 20, `${bench.completes.length} completes`);
    assert.equal(new Set(bench.starts.map(({ key }) => key)).size, bench.starts.length);
    assert.deepEqual(
      bench.starts.slice(1).map(({ body }) => body.batch),
      bench.starts.slice(1).map(() => 'batch-0001'),
    );
  });

  test('is one of six at most that are sent at a time', async () => {
    const bench = new UploadBench();
    bench.outcomes(...names(10).map(() => 'hang' as const));
    void bench.send(names(10));
    await settled();
    assert.equal(bench.puts.length, 6);
  });

  test('that the broker refuses is told by the code, and nothing is sent for it', async () => {
    const bench = new UploadBench();
    bench.refuse('bad.exe', 'file_active');
    await finish(bench, bench.send(['good.txt', 'bad.exe']));
    assert.ok(bench.told.includes('bad.exe file_active'));
    assert.ok(bench.told.includes('good.txt stored good.txt'));
    assert.deepEqual(
      bench.puts.map(({ name }) => name),
      ['good.txt'],
    );
  });

  test('of many more than the window comes to its end too', async () => {
    const bench = new UploadBench();
    await finish(bench, bench.send(names(250)));
    assert.equal(bench.told.filter((line) => / stored /.test(line)).length, 250);
  });
});

describe('trouble at the broker', () => {
  test('that passes is tried again with the same idempotency key', async () => {
    const bench = new UploadBench();
    bench.fail('start', new UploadError('broker_down'), problem('store_down'));
    assert.equal(await finish(bench, bench.send(['a'])), 150 + 300);
    assert.equal(bench.starts.length, 3);
    assert.equal(new Set(bench.starts.map(({ key }) => key)).size, 1);
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('that does not pass ends with the budget: ten tries', async () => {
    const bench = new UploadBench();
    bench.fail('start', ...names(10).map(() => problem('store_down')));
    const ms = await finish(bench, bench.send(['a']));
    assert.equal(bench.starts.length, 10);
    assert.equal(ms, (300 + 600 + 1200 + 2400 + 4800 + 9600 + 19_200 + 30_000 + 30_000) / 2);
    assert.equal(bench.told.at(-1), 'a store_down');
  });

  for (const code of ['not_allowed', 'bad_request', 'origin_not_allowed', 'bucket_unsafe', 'person_full'] as const) {
    test(`of the kind ${code} is never tried again`, async () => {
      const bench = new UploadBench();
      bench.fail('start', problem(code));
      await finish(bench, bench.send(['a']));
      assert.equal(bench.starts.length, 1);
      assert.equal(bench.told.at(-1), `a ${code}`);
    });
  }

  test('that names a time is waited out that long, and told once', async () => {
    const bench = new UploadBench();
    bench.random = () => 0;
    bench.fail('start', problem('slow_down', 7000));
    assert.equal(await finish(bench, bench.send(['a', 'b'])), 7000);
    assert.deepEqual(
      bench.told.filter((line) => line.startsWith('busy')),
      ['busy 7000', 'busy no more'],
    );
  });

  test('that says the broker is at it already costs nothing, for a quarter of an hour', async () => {
    const bench = new UploadBench();
    bench.random = () => 0;
    bench.fail('start', ...Array.from({ length: 61 }, () => problem('idempotency_busy', 1000)));
    assert.equal(await finish(bench, bench.send(['a'])), 61_000);
    assert.equal(bench.told.at(-1), 'a stored a');
    bench.fail('start', ...Array.from({ length: 200 }, () => problem('idempotency_busy', 10_000)));
    assert.equal(await finish(bench, bench.send(['b'])), 900_000 + 80_000);
    assert.equal(bench.told.at(-1), 'b idempotency_busy');
  });

  test('that ended a start whose answer was lost is met with a start of its own', async () => {
    const bench = new UploadBench();
    bench.refuse('a', 'upload_over');
    bench.fail(
      'start',
      () => {},
      () => bench.admit('a'),
    );
    await finish(bench, bench.send(['a']));
    assert.equal(bench.told.at(-1), 'a stored a');
    assert.equal(new Set(bench.starts.map(({ key }) => key)).size, 2);
  });

  test('that is a missing sign-in holds the queue until it goes on, and asks once', async () => {
    const bench = new UploadBench();
    bench.fail('complete', problem('sign_in_ended'));
    const sent = bench.send(['a']);
    await settled();
    await bench.clock.pass(3_600_000);
    assert.deepEqual(
      bench.told.filter((line) => line.startsWith('sign-in')),
      ['sign-in needed'],
    );
    assert.equal(bench.completes.length, 1);
    bench.transfer.signedIn();
    await finish(bench, sent);
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('that is a batch of somebody else begins a batch of its own', async () => {
    const bench = new UploadBench();
    await finish(bench, bench.send(['a']));
    bench.fail('start', problem('not_found'));
    await finish(bench, bench.send(['b'], { continuesBatch: true }));
    assert.deepEqual(
      bench.starts.map(({ body }) => body.batch),
      [undefined, 'batch-0001', undefined],
    );
    assert.equal(bench.told.at(-1), 'b stored b');
  });
});

describe('trouble at the storage', () => {
  test('a lost request is asked about, and then made again with a fresh grant', async () => {
    const bench = new UploadBench();
    bench.outcomes(LOST);
    await finish(bench, bench.send(['a']));
    assert.deepEqual(bench.statuses, ['upload-1']);
    assert.deepEqual(
      bench.puts.map(({ grant }) => grant),
      [1, 2],
    );
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('a lost 200 is found again, and nothing is sent twice', async () => {
    const bench = new UploadBench();
    bench.outcomes('stored-but-lost');
    await finish(bench, bench.send(['a']));
    assert.equal(bench.puts.length, 1);
    assert.deepEqual(
      bench.completes.map(({ ids }) => ids),
      [['upload-1']],
    );
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('a 412 on our own key is a lost 200', async () => {
    const bench = new UploadBench();
    bench.outcomes('stored-but-lost', { kind: 'refused', status: 412 });
    bench.fail('status', () => undefined);
    await finish(bench, bench.send(['a']));
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('what the broker has settled already needs no second settling', async () => {
    const bench = new UploadBench();
    bench.outcomes(LOST);
    bench.fail('status', () => bench.setState('upload-1', 'stored'));
    await finish(bench, bench.send(['a']));
    assert.equal(bench.completes.length, 0);
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('429 and 5xx are waited out with the same grant, as long as the storage asks', async () => {
    const bench = new UploadBench();
    bench.random = () => 0;
    bench.outcomes({ kind: 'busy', retryAfterMs: 4000 }, { kind: 'busy', retryAfterMs: undefined });
    assert.equal(await finish(bench, bench.send(['a'])), 4000);
    assert.deepEqual(
      bench.puts.map(({ grant }) => grant),
      [1, 1, 1],
    );
    assert.deepEqual(bench.statuses, []);
  });

  test('a grant that has run out while it waited is replaced before it is used', async () => {
    const bench = new UploadBench();
    bench.random = () => 0;
    bench.outcomes({ kind: 'busy', retryAfterMs: 116_000 });
    await finish(bench, bench.send(['a']));
    assert.deepEqual(bench.signs, ['upload-1']);
    assert.deepEqual(
      bench.puts.map(({ grant }) => grant),
      [1, 2],
    );
  });

  test('a clock that runs wrong costs one call per try, and no endless asking', async () => {
    const bench = new UploadBench();
    bench.grantSeconds = -3600;
    await finish(bench, bench.send(['a']));
    assert.deepEqual([bench.signs.length, bench.puts.length], [1, 1]);
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  for (const [status, code] of [
    [403, 'grant_refused'],
    [400, 'damaged'],
  ] as const) {
    test(`${status} with a fresh grant, three times, is believed as ${code}`, async () => {
      const bench = new UploadBench();
      bench.outcomes(...Array.from({ length: 9 }, () => ({ kind: 'refused', status }) as const));
      await finish(bench, bench.send(['a']));
      assert.equal(bench.told.at(-1), `a ${code}`);
      // What was damaged is started anew, twice.
      assert.equal(bench.puts.length, code === 'damaged' ? 9 : 3);
    });
  }

  test('a storage that never answers is told after the budget, and the room is given back', async () => {
    const bench = new UploadBench();
    bench.outcomes(...names(10).map(() => LOST));
    await finish(bench, bench.send(['a']));
    assert.equal(bench.puts.length, 10);
    assert.equal(bench.told.at(-1), 'a store_unreachable');
    assert.deepEqual(bench.aborts, ['upload-1']);
  });

  test('an upload that is over is started anew', async () => {
    const bench = new UploadBench();
    bench.outcomes(LOST);
    bench.fail('status', () => bench.setState('upload-1', 'expired'));
    await finish(bench, bench.send(['a']));
    assert.equal(bench.starts.length, 2);
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('not stored yet is asked again with another idempotency key', async () => {
    const bench = new UploadBench();
    bench.fail(
      'complete',
      () => bench.setThere('upload-1', false),
      () => bench.setThere('upload-1', true),
    );
    await finish(bench, bench.send(['a']));
    assert.equal(new Set(bench.completes.map(({ key }) => key)).size, 2);
    assert.equal(bench.told.at(-1), 'a stored a');
  });

  test('what arrived damaged is sent again, three times in all', async () => {
    const bench = new UploadBench();
    bench.fail('complete', problem('damaged'));
    await finish(bench, bench.send(['a']));
    assert.equal(bench.puts.length, 2);
    assert.equal(bench.told.at(-1), 'a stored a');

    const worse = new UploadBench();
    worse.fail('complete', problem('damaged'), problem('damaged'), problem('damaged'));
    await finish(worse, worse.send(['a']));
    assert.equal(worse.puts.length, 3);
    assert.equal(worse.told.at(-1), 'a damaged');
  });
});

describe('a lost connection', () => {
  test('is waited out however long it lasts, told once, and costs nothing of the budget', async () => {
    const bench = new UploadBench();
    bench.isOnline = false;
    bench.outcomes(LOST);
    bench.fail('status', new UploadError('offline'));
    const sent = bench.send(['a']);
    await bench.clock.pass(86_400_000);
    assert.deepEqual(bench.told.slice(-1), ['offline true']);
    assert.equal(bench.puts.length, 1);
    bench.comeBack();
    await finish(bench, sent);
    assert.deepEqual(
      bench.told.filter((line) => line.startsWith('offline')),
      ['offline true', 'offline false'],
    );
    assert.equal(bench.told.at(-1), 'a stored a');
  });
});

describe('cancelling', () => {
  test('ends the request and gives the room back; nothing is told any more', async () => {
    const bench = new UploadBench();
    bench.outcomes('hang');
    const sent = bench.send(['a']);
    await settled();
    bench.transfer.cancel('a');
    await sent;
    await settled();
    assert.deepEqual(bench.aborts, ['upload-1']);
    assert.equal(
      bench.told.some((line) => / (stored|cancelled)/.test(line)),
      false,
    );
  });

  test('gives the room back even where the start answers late', async () => {
    const bench = new UploadBench();
    let answer = () => {};
    bench.fail('start', () => new Promise<void>((resolve) => (answer = resolve)));
    const sent = bench.send(['a', 'b']);
    await settled();
    bench.transfer.cancel('a');
    answer();
    await finish(bench, sent);
    await settled();
    assert.deepEqual(bench.aborts, ['upload-1']);
    assert.deepEqual(
      bench.puts.map(({ name }) => name),
      ['b'],
    );
  });

  test('all of them stops the queue too', async () => {
    const bench = new UploadBench();
    bench.outcomes(...names(6).map(() => 'hang' as const));
    const sent = bench.send(names(20));
    await settled();
    bench.transfer.cancelAll();
    await sent;
    await settled();
    assert.equal(bench.puts.length, 6);
    assert.equal(new Set(bench.aborts).size, bench.aborts.length);
  });

  test('by leaving the page aborts nothing at the broker', async () => {
    const bench = new UploadBench();
    bench.outcomes('hang');
    void bench.send(['a']);
    await settled();
    bench.transfer.close();
    await settled();
    assert.deepEqual(bench.aborts, []);
  });
});

describe('one reference', () => {
  test('is shared by what is sent while a batch runs, and by what is tried again', async () => {
    const bench = new UploadBench();
    bench.refuse('b', 'internal');
    await finish(
      bench,
      Promise.all([bench.send(['a', 'b']), bench.send(['c'])]).then(() => undefined),
    );
    bench.refuse('b', 'not_found');
    await finish(bench, bench.send(['b'], { continuesBatch: true }));
    assert.deepEqual(new Set(bench.starts.slice(1).map(({ body }) => body.batch)), new Set(['batch-0001']));
  });

  test('is not shared by the next batch, nor by files for another folder', async () => {
    const bench = new UploadBench();
    await finish(bench, bench.send(['a']));
    await finish(bench, bench.send(['b']));
    await finish(bench, bench.send(['c'], { continuesBatch: true, folder: 'folder-02' }));
    assert.deepEqual(
      bench.starts.map(({ body }) => body.batch),
      [undefined, undefined, undefined],
    );
  });
});
