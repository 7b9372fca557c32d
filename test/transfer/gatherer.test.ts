import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Gatherer } from '../../src/transfer/gatherer.ts';
import { settled } from '../support/page-clock.ts';

const never = new AbortController().signal;

function rig(most = (items: readonly number[]) => items.length) {
  const calls: {
    items: readonly number[];
    answer: (outcomes?: readonly ({ value: string } | { error: unknown })[]) => void;
    fail: (e: unknown) => void;
  }[] = [];
  const gatherer = new Gatherer<number, string>(
    most,
    (items) =>
      new Promise((resolve, reject) => {
        const all = items.map((item) => ({ value: `done ${item}` }));
        calls.push({ items, answer: (outcomes = all) => resolve(outcomes), fail: reject });
      }),
  );
  return { gatherer, calls };
}

describe('gathering', () => {
  test('sends the first at once, and what comes meanwhile together', async () => {
    const { gatherer, calls } = rig();
    const results = [1, 2, 3].map((item) => gatherer.add(item, never));
    await settled();
    assert.deepEqual(
      calls.map(({ items }) => items),
      [[1]],
    );
    calls[0]?.answer();
    await settled();
    assert.deepEqual(
      calls.map(({ items }) => items),
      [[1], [2, 3]],
    );
    calls[1]?.answer();
    assert.deepEqual(await Promise.all(results), ['done 1', 'done 2', 'done 3']);
  });

  test('tells each item its own outcome, and all of them that their call failed', async () => {
    const { gatherer, calls } = rig();
    const first = gatherer.add(1, never);
    const [second, third] = [gatherer.add(2, never), gatherer.add(3, never)];
    calls[0]?.fail(new Error('down'));
    await assert.rejects(first, /down/);
    await settled();
    calls[1]?.answer([{ value: 'yes' }, { error: new Error('no') }]);
    assert.equal(await second, 'yes');
    await assert.rejects(third, /no/);
  });

  test('lets go of an item that is cancelled while it waits, not of one that is in a call', async () => {
    const { gatherer, calls } = rig();
    const controller = new AbortController();
    const inCall = gatherer.add(1, controller.signal);
    const waiting = gatherer.add(2, controller.signal);
    controller.abort(new Error('cancelled'));
    await assert.rejects(waiting, /cancelled/);
    calls[0]?.answer();
    assert.equal(await inCall, 'done 1');
    await settled();
    assert.equal(calls.length, 1);
  });

  test('holds back while nothing may go', async () => {
    let room = 0;
    const { gatherer, calls } = rig(() => room);
    for (const item of [1, 2, 3]) void gatherer.add(item, never);
    await settled();
    assert.equal(calls.length, 0);
    room = 2;
    void gatherer.go();
    assert.deepEqual(calls[0]?.items, [1, 2]);
  });
});
