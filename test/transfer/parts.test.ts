import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/page-clock.ts';
import { large, PartsBench } from '../support/parts-bench.ts';
import { problem } from '../support/upload-bench.ts';

const PARTS = 18;
const MB = 1024 * 1024;
const small = (name: string) => new File(['12345'], name);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

async function assertStored(bench: PartsBench, file: File): Promise<void> {
  const { object, state } = bench.upload(file.name);
  assert.equal(state, 'stored');
  assert.ok(object && Buffer.from(object).equals(await bytesOf(file)), 'the object has other bytes');
}

/** A large file on its way, with six requests that wait for the test. */
async function underWay(file = large('a.zip')) {
  const bench = new PartsBench();
  bench.isManual = true;
  const sent = bench.send(file);
  await settled();
  return { bench, file, sent };
}

describe('a file over 16 MiB', () => {
  test('goes in parts, each once, and is put together bit for bit', async () => {
    const bench = new PartsBench();
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    await assertStored(bench, file);
    assert.deepEqual(bench.puts.length, PARTS);
    assert.deepEqual(bench.hashed, PARTS);
    assert.deepEqual(bench.told, ['a.zip finishing', 'a.zip stored']);
    assert.equal(bench.upload('a.zip').file.sha256, undefined);
  });

  test('of 16 MiB to the byte still goes in one', async () => {
    const bench = new PartsBench();
    const file = large('b.zip', 16 * MB);
    await bench.finish(bench.send(file));
    assert.deepEqual(bench.puts, ['b.zip 1']);
    await assertStored(bench, file);
  });

  test('has sixteen requests at a time where the storage serves so many, and six parts hashed ahead of them', async () => {
    const bench = new PartsBench();
    bench.isManual = true;
    bench.requests = 16;
    bench.partBytes = MB / 2;
    const file = large('wide.zip');
    const sent = bench.send(file);
    await settled();
    assert.deepEqual([bench.running.length, bench.hashed], [16, 22]);
    await bench.endAll();
    await bench.finish(sent);
    await assertStored(bench, file);
  });

  test('has six requests at a time, and no more than twelve parts between hashing and storage', async () => {
    const { bench, sent } = await underWay();
    assert.deepEqual([bench.running.length, bench.hashed], [6, 12]);
    await bench.running[3]?.end({ kind: 'stored' });
    assert.equal(bench.running.length, 6);
    assert.equal(bench.hashed, 13);
    await bench.endAll();
    await bench.finish(sent);
  });

  test('has its parts signed several at a time, before they are needed, and each once', async () => {
    const { bench, sent } = await underWay();
    for (let part = 0; part < PARTS; part++) await bench.running[0]?.end({ kind: 'stored' });
    await bench.finish(sent);
    const signed = bench.signs.flatMap((call) => call.numbers);
    assert.deepEqual(
      [...signed].sort((a, b) => a - b),
      numbers(PARTS),
    );
    assert.ok(bench.signs.length <= 6, `${bench.signs.length} calls`);
  });

  test('uses no grant that has aged while the part waited', async () => {
    const { bench, sent } = await underWay();
    await bench.clock.pass(116_000);
    bench.signs.length = 0;
    await bench.running[0]?.end({ kind: 'stored' });
    const [next] = bench.runningOf('a.zip').slice(-1);
    assert.deepEqual(bench.signs[0]?.numbers, [next]);
    await bench.endAll();
    await bench.finish(sent);
    assert.deepEqual(bench.told.at(-1), 'a.zip stored');
  });

  test('follows the plan of the broker, whatever the size of its parts', async () => {
    const bench = new PartsBench();
    bench.partBytes = 5 * MB;
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    assert.deepEqual(bench.puts.sort(), ['a.zip 1', 'a.zip 2', 'a.zip 3', 'a.zip 4']);
    await assertStored(bench, file);
  });
});

describe('requests are shared', () => {
  test('so that a small file gets the next one, however many parts of a large one wait', async () => {
    const { bench, sent } = await underWay();
    const second = bench.send(small('note.txt'));
    await settled();
    await bench.running[0]?.end({ kind: 'stored' });
    assert.deepEqual(bench.runningOf('note.txt'), [1]);
    await bench.endAll();
    await bench.finish(Promise.all([sent, second]).then(() => undefined));
  });

  test('evenly between large files, also where one began much earlier', async () => {
    const { bench, sent } = await underWay();
    const second = bench.send(large('b.zip'));
    await settled();
    for (let ends = 0; ends < 8; ends++) await bench.running[0]?.end({ kind: 'stored' });
    assert.deepEqual([bench.runningOf('a.zip').length, bench.runningOf('b.zip').length], [3, 3]);
    assert.ok(bench.hashed <= 8 + 12, `${bench.hashed} hashed`);
    await bench.endAll();
    await bench.finish(Promise.all([sent, second]).then(() => undefined));
    await assertStored(bench, large('a.zip'));
    await assertStored(bench, large('b.zip'));
  });
});

describe('progress', () => {
  test('is the sum of the parts, and falls by no more than the part that is made again', async () => {
    const { bench, sent } = await underWay();
    for (const put of bench.running) put.sent(500_000);
    assert.equal(await bench.progressOf('a.zip'), 3_000_000);
    await bench.running[0]?.end({ kind: 'lost' });
    assert.equal(await bench.progressOf('a.zip'), 2_500_000);
    await bench.running[0]?.end({ kind: 'stored' });
    assert.equal(await bench.progressOf('a.zip'), 2_000_000 + MB);
    await bench.endAll();
    await bench.finish(sent);
  });
});

describe('trouble with one part', () => {
  test('leaves the others alone: only that one is sent again', async () => {
    const bench = new PartsBench();
    const tries = { lost: 2, busy: 1 };
    bench.outcome = (_name, number) => {
      if (number === 4 && tries.lost-- > 0) return { kind: 'lost' };
      if (number === 9 && tries.busy-- > 0) return { kind: 'busy', retryAfterMs: 3000 };
      return { kind: 'stored' };
    };
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    assert.equal(bench.puts.length, PARTS + 3);
    assert.equal(bench.puts.filter((put) => put === 'a.zip 4').length, 3);
    await assertStored(bench, file);
  });

  test('is none where only the answer was lost: what is there is not sent twice', async () => {
    const bench = new PartsBench();
    bench.outcome = (_name, number) => (number % 3 === 0 ? 'lost-but-there' : { kind: 'stored' });
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    assert.equal(bench.puts.length, PARTS);
    await assertStored(bench, file);
  });

  test('costs one question for all that were cut together', async () => {
    const { bench, sent } = await underWay();
    let asked = 0;
    bench.before = (call) => {
      if (call === 'status') asked += 1;
    };
    const cut = [...bench.running];
    await Promise.all(cut.map((put) => put.end({ kind: 'lost' })));
    assert.ok(asked <= 2, `${asked} questions`);
    await bench.endAll();
    await bench.finish(sent);
    assert.equal(bench.told.at(-1), 'a.zip stored');
  });

  test('that does not end stops the file, gives its room back and tells the code', async () => {
    const bench = new PartsBench();
    bench.outcome = (_name, number) => (number === 2 ? { kind: 'lost' } : { kind: 'stored' });
    await bench.finish(bench.send(large('a.zip'), small('note.txt')));
    assert.deepEqual(bench.told.filter((line) => !line.endsWith('finishing')).sort(), [
      'a.zip store_unreachable',
      'note.txt stored',
    ]);
    assert.deepEqual(bench.aborts, [bench.upload('a.zip').id]);
    assert.equal(bench.puts.filter((put) => put === 'a.zip 2').length, 10);
  });

  test('that is an upload which is over starts the file anew', async () => {
    const bench = new PartsBench();
    let isFirst = true;
    bench.outcome = () => {
      if (isFirst) for (const upload of bench.uploads.values()) upload.state = 'expired';
      isFirst = false;
      return { kind: 'stored' };
    };
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    assert.deepEqual(bench.starts, ['a.zip', 'a.zip']);
    await assertStored(bench, file);
  });
});

describe('putting the parts together', () => {
  test('is asked for again after a lost answer, and done once', async () => {
    const bench = new PartsBench();
    const faults = [problem('internal'), problem('store_down')];
    bench.after = (call) => {
      const fault = call === 'complete' && faults.shift();
      if (fault) throw fault;
    };
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    assert.deepEqual(bench.completed, [bench.upload('a.zip').id]);
    await assertStored(bench, file);
  });

  test('sends again the parts that the storage has otherwise, and only those', async () => {
    const bench = new PartsBench();
    let isFirst = true;
    bench.before = (call) => {
      if (call !== 'complete' || !isFirst) return;
      isFirst = false;
      bench.upload('a.zip').parts.set(7, new Uint8Array(MB));
    };
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    assert.deepEqual(bench.puts.slice(PARTS), ['a.zip 7']);
    assert.equal(bench.hashed, PARTS + 1);
    assert.deepEqual(bench.told, ['a.zip finishing', 'a.zip finishing', 'a.zip stored']);
    await assertStored(bench, file);
  });

  test('sends again the parts that the storage has lost', async () => {
    const bench = new PartsBench();
    let isLost = true;
    bench.before = (call) => {
      if (call !== 'complete' || !isLost) return;
      isLost = false;
      bench.upload('a.zip').parts.delete(18);
    };
    const file = large('a.zip');
    await bench.finish(bench.send(file));
    assert.deepEqual(bench.puts.slice(PARTS), ['a.zip 18']);
    await assertStored(bench, file);
  });

  test('of parts that never agree is told as damaged after three tries, and the room is given back', async () => {
    const bench = new PartsBench();
    bench.before = (call) => {
      if (call === 'complete') bench.upload('a.zip').parts.set(1, new Uint8Array(3));
    };
    await bench.finish(bench.send(large('a.zip')));
    assert.equal(bench.told.at(-1), 'a.zip damaged');
    assert.equal(bench.puts.filter((put) => put === 'a.zip 1').length, 3);
    assert.deepEqual([bench.starts.length, bench.aborts.length], [1, 1]);
  });
});

describe('a file that changes on the way', () => {
  test('is told as such where its time or size differs', async () => {
    const { bench, file, sent } = await underWay();
    Object.defineProperty(file, 'lastModified', { value: 2 });
    await bench.running[0]?.end({ kind: 'stored' });
    await bench.finish(sent);
    assert.deepEqual(bench.told, ['a.zip file_changed']);
    assert.equal(bench.aborts.length, 1);
    assert.deepEqual(bench.running, []);
  });

  test('is told as such where a part has other bytes than before', async () => {
    const { bench, file, sent } = await underWay();
    const slice = file.slice.bind(file);
    file.slice = () => slice(1, 1 + MB);
    bench.transfer.pause('a.zip');
    await settled();
    bench.transfer.resume('a.zip');
    await bench.finish(sent);
    assert.deepEqual(bench.told, ['a.zip file_changed']);
    assert.equal(bench.aborts.length, 1);
  });
});

describe('cancelling a file in parts', () => {
  test('ends its requests and aborts it at the broker', async () => {
    const { bench, sent } = await underWay();
    bench.transfer.cancel('a.zip');
    await bench.finish(sent);
    await settled();
    assert.deepEqual([bench.running, bench.aborts, bench.told], [[], [bench.upload('a.zip').id], []]);
  });

  test('aborts it also where the start answers late', async () => {
    const bench = new PartsBench();
    let answer = () => {};
    bench.after = (call) => (call === 'start' ? new Promise<void>((resolve) => (answer = resolve)) : undefined);
    const sent = bench.send(large('a.zip'));
    await settled();
    bench.transfer.cancel('a.zip');
    answer();
    await bench.finish(sent);
    await settled();
    assert.deepEqual([bench.puts, bench.aborts], [[], [bench.upload('a.zip').id]]);
  });

  test('by leaving the page aborts nothing', async () => {
    const { bench } = await underWay();
    bench.transfer.close();
    await settled();
    assert.deepEqual([bench.running, bench.aborts], [[], []]);
  });
});
