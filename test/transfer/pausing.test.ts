import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UploadError } from '../../src/errors.ts';
import type { PutOutcome } from '../../src/transfer/ports.ts';
import { settled } from '../support/page-clock.ts';
import { large, PartsBench } from '../support/parts-bench.ts';

const MB = 1024 * 1024;
const small = (name: string) => new File([name.padEnd(5)], name);

async function underWay(...files: readonly File[]) {
  const bench = new PartsBench();
  bench.isManual = true;
  const sent = bench.send(...files);
  await settled();
  return { bench, sent };
}

describe('a pause', () => {
  test('frees all that the file held at once: requests, and its place before them', async () => {
    const { bench, sent } = await underWay(large('a.zip'));
    const other = bench.send(large('b.zip'));
    await settled();
    assert.equal(bench.runningOf('a.zip').length, 6);
    bench.transfer.pause('a.zip');
    await settled();
    assert.deepEqual([bench.runningOf('a.zip').length, bench.runningOf('b.zip').length], [0, 6]);
    bench.transfer.resume('a.zip');
    await bench.endAll();
    await bench.finish(Promise.all([sent, other]).then(() => undefined));
    assert.deepEqual(bench.told.filter((line) => line.endsWith(' stored')).sort(), ['a.zip stored', 'b.zip stored']);
  });

  test('stops hashing ahead, and asks the broker nothing', async () => {
    const { bench, sent } = await underWay(large('a.zip'));
    for (let ends = 0; ends < 3; ends++) await bench.running[0]?.end({ kind: 'stored' });
    bench.transfer.pause('a.zip');
    await settled();
    const [hashed, signs, puts] = [bench.hashed, bench.signs.length, bench.puts.length];
    await bench.clock.pass(3_600_000);
    assert.deepEqual([bench.hashed, bench.signs.length, bench.puts.length], [hashed, signs, puts]);
    bench.transfer.resume('a.zip');
    await bench.endAll();
    await bench.finish(sent);
  });

  test('keeps what is stored: only the parts that ran are sent again', async () => {
    const { bench, sent } = await underWay(large('a.zip'));
    for (let ends = 0; ends < 5; ends++) await bench.running[0]?.end({ kind: 'stored' });
    for (const put of bench.running) put.sent(1000);
    bench.transfer.pause('a.zip');
    assert.equal(await bench.progressOf('a.zip'), 5 * MB);
    bench.isManual = false;
    bench.transfer.resume('a.zip');
    await bench.finish(sent);
    assert.equal(bench.puts.length, 18 + 6);
    assert.equal(bench.told.at(-1), 'a.zip stored');
    assert.deepEqual([bench.starts, bench.aborts], [['a.zip'], []]);
  });

  test('of a file that one request carries begins it again, with the same upload', async () => {
    const { bench, sent } = await underWay(small('note.txt'));
    bench.running[0]?.sent(3);
    bench.transfer.pause('note.txt');
    assert.deepEqual([bench.running, await bench.progressOf('note.txt')], [[], 0]);
    bench.isManual = false;
    bench.transfer.resume('note.txt');
    await bench.finish(sent);
    assert.deepEqual([bench.starts, bench.puts], [['note.txt'], ['note.txt 1', 'note.txt 1']]);
    assert.equal(bench.told.at(-1), 'note.txt stored');
  });

  test('of a file that waits keeps it from being started, and lets the others pass', async () => {
    const bench = new PartsBench();
    const names = Array.from({ length: 130 }, (_, i) => `${i}.txt`);
    const sent = bench.send(...names.map(small));
    for (const name of names.slice(0, 120)) bench.transfer.pause(name);
    await bench.clock.pass(60_000);
    assert.equal(bench.told.filter((line) => line.endsWith(' stored')).length, 10);
    assert.equal(bench.starts.length, 10);
    for (const name of names.slice(0, 120)) bench.transfer.resume(name);
    await bench.finish(sent);
    assert.equal(bench.told.filter((line) => line.endsWith(' stored')).length, 130);
  });

  test('of started files that wait for a request lets others be started in their place', async () => {
    const { bench, sent } = await underWay(...Array.from({ length: 30 }, (_, i) => small(`${i}.txt`)));
    const started = [...bench.starts];
    for (const name of started) bench.transfer.pause(name);
    bench.isManual = false;
    await bench.clock.pass(60_000);
    assert.equal(bench.told.filter((line) => line.endsWith(' stored')).length, 30 - started.length);
    for (const name of started) bench.transfer.resume(name);
    await bench.finish(sent);
    assert.equal(bench.told.filter((line) => line.endsWith(' stored')).length, 30);
  });

  test('ends with cancelling, which aborts the upload', async () => {
    const { bench, sent } = await underWay(large('a.zip'));
    bench.transfer.pause('a.zip');
    await settled();
    bench.transfer.cancel('a.zip');
    await bench.finish(sent);
    await settled();
    assert.deepEqual(bench.aborts, [bench.upload('a.zip').id]);
  });
});

describe('without a connection', () => {
  async function offline() {
    const { bench, sent } = await underWay(large('a.zip'));
    bench.isOnline = false;
    let asked = 0;
    bench.before = (call) => {
      if (call !== 'status') return;
      asked += 1;
      throw new UploadError('offline');
    };
    while (bench.running[0]) await bench.running[0].end({ kind: 'lost' });
    await bench.clock.pass(3_600_000);
    return { bench, sent, asked: () => asked };
  }

  test('"Try now" tries at once, once, and says nothing of a connection while there is no answer', async () => {
    const { bench, sent, asked } = await offline();
    const before = asked();
    bench.transfer.tryNow();
    await bench.clock.pass(3_600_000);
    assert.ok(asked() > before && asked() <= before + 2, `${before}, then ${asked()}`);
    assert.deepEqual(bench.told, ['offline true']);
    bench.transfer.cancelAll();
    await bench.finish(sent);
  });

  test('an answer after "Try now" is a connection, whatever the browser says of it', async () => {
    const { bench, sent } = await offline();
    bench.before = () => {};
    bench.isManual = false;
    bench.transfer.tryNow();
    await bench.finish(sent);
    assert.deepEqual(bench.told, ['offline true', 'offline false', 'a.zip finishing', 'a.zip stored']);
  });

  test('that comes back by itself is told once, and the file goes on', async () => {
    const { bench, sent } = await offline();
    bench.before = () => {};
    bench.isManual = false;
    bench.comeBack();
    await bench.finish(sent);
    assert.deepEqual(bench.told, ['offline true', 'offline false', 'a.zip finishing', 'a.zip stored']);
  });

  test('cancelled and begun again, the next file that meets it tells it again', async () => {
    const { bench, sent } = await offline();
    bench.transfer.cancelAll();
    await bench.finish(sent);
    bench.outcome = () => ({ kind: 'lost' });
    bench.isManual = false;
    const next = bench.send(small('note.txt'));
    await bench.clock.pass(60_000);
    assert.equal(bench.told.at(-1), 'offline true');
    bench.transfer.cancelAll();
    await bench.finish(next);
  });
});

test('"Try now" cuts the wait for the next try short, but not one that the storage asked for', async () => {
  const bench = new PartsBench();
  const outcomes: PutOutcome[] = [
    { kind: 'busy', retryAfterMs: undefined },
    { kind: 'busy', retryAfterMs: 60_000 },
  ];
  bench.outcome = () => outcomes.shift() ?? { kind: 'stored' };
  const sent = bench.send(small('note.txt'));
  await settled();
  assert.equal(bench.puts.length, 1);
  bench.transfer.tryNow();
  await settled();
  assert.equal(bench.puts.length, 2);
  bench.transfer.tryNow();
  await settled();
  assert.equal(bench.puts.length, 2);
  await bench.finish(sent);
  assert.equal(bench.told.at(-1), 'note.txt stored');
});
