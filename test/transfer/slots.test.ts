import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Slots } from '../../src/transfer/slots.ts';
import { settled } from '../support/page-clock.ts';

const never = new AbortController().signal;

/** Work that ends when the test says so. */
function rig(count: number) {
  const slots = new Slots(count);
  const lanes = { large: {}, small: {}, other: {} };
  const running: { name: string; end: () => void }[] = [];
  const begun: string[] = [];
  const work = (lane: keyof typeof lanes, name: string, signal = never) =>
    slots.with(
      () =>
        new Promise<void>((resolve) => {
          begun.push(name);
          const mine = {
            name,
            end: () => {
              running.splice(running.indexOf(mine), 1);
              resolve();
            },
          };
          running.push(mine);
        }),
      signal,
      lanes[lane],
    );
  const end = async (name: string) => {
    running.find((one) => one.name === name)?.end();
    await settled();
  };
  return { slots, work, begun, end, names: () => running.map(({ name }) => name) };
}

describe('slots', () => {
  test('let so many go, and the next in the order in which they came', async () => {
    const { work, begun, end } = rig(2);
    for (const name of ['1', '2', '3', '4']) void work('large', name);
    await settled();
    assert.deepEqual(begun, ['1', '2']);
    await end('2');
    await end('1');
    assert.deepEqual(begun, ['1', '2', '3', '4']);
  });

  test('go next to the lane that has none, however many wait in another', async () => {
    const { work, begun, end } = rig(2);
    for (const name of ['L1', 'L2', 'L3', 'L4']) void work('large', name);
    void work('small', 'S1');
    await settled();
    await end('L1');
    assert.deepEqual(begun, ['L1', 'L2', 'S1']);
    void work('small', 'S2');
    await end('S1');
    assert.deepEqual(begun, ['L1', 'L2', 'S1', 'S2']);
  });

  test('go round between lanes that have as few', async () => {
    const { work, begun, end } = rig(1);
    for (const name of ['L1', 'L2', 'L3']) void work('large', name);
    for (const name of ['S1', 'S2', 'S3']) void work('small', name);
    for (const name of ['O1', 'O2', 'O3']) void work('other', name);
    await settled();
    for (let turn = 0; turn < 8; turn++) await end(begun.at(-1) ?? '');
    assert.deepEqual(begun, ['L1', 'S1', 'O1', 'L2', 'S2', 'O2', 'L3', 'S3', 'O3']);
  });

  test('are shared evenly by lanes that could each use all', async () => {
    const { work, names, end } = rig(6);
    for (let i = 0; i < 20; i++) void work('large', `L${i}`);
    await settled();
    for (let i = 0; i < 20; i++) void work('small', `S${i}`);
    for (let i = 0; i < 3; i++) await end(`L${i}`);
    assert.deepEqual(
      names()
        .map((name) => name[0])
        .sort(),
      ['L', 'L', 'L', 'S', 'S', 'S'],
    );
    await end('L3');
    assert.equal(names().filter((name) => name.startsWith('L')).length, 3);
  });

  test('are not held by what was cancelled while it waited, and given back by what fails', async () => {
    const slots = new Slots(1);
    let fail: (error: Error) => void = () => {};
    const first = slots.with(
      () =>
        new Promise<void>((_, reject) => {
          fail = reject;
        }),
      never,
    );
    const controller = new AbortController();
    const cancelled = slots.with(async () => assert.fail('was cancelled'), controller.signal, {});
    const last = slots.with(async () => 'ran', never, {});
    controller.abort(new Error('cancelled'));
    await assert.rejects(cancelled, /cancelled/);
    fail(new Error('broke'));
    await assert.rejects(first, /broke/);
    assert.equal(await last, 'ran');
    assert.equal(await slots.with(async () => 'free again', never), 'free again');
  });

  test('become more at once for what waits, and fewer as what runs ends', async () => {
    const { slots, work, end, names } = rig(2);
    for (let i = 0; i < 8; i++) void work('large', `P${i}`);
    await settled();
    assert.deepEqual(names(), ['P0', 'P1']);
    slots.count = 5;
    await settled();
    assert.deepEqual([slots.count, names()], [5, ['P0', 'P1', 'P2', 'P3', 'P4']]);
    slots.count = 3;
    await end('P0');
    await end('P1');
    assert.deepEqual(names(), ['P2', 'P3', 'P4']);
    await end('P2');
    assert.deepEqual(names(), ['P3', 'P4', 'P5']);
  });
});
