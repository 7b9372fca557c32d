import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EarlyWindow } from '../../src/compose/early-window.ts';

const BROKER = new URL('https://broker.example');

function rig() {
  const seen: string[] = [];
  const opened = { postMessage() {}, focus() {}, close: () => void seen.push('closed') };
  const win = {
    open(url: string) {
      seen.push(url);
      return opened;
    },
  };
  return { early: new EarlyWindow(win, BROKER, 'cases&x=1'), opened, seen };
}

describe('the sign-in window of a press that comes early', () => {
  test('opens the start page, once, however often it is pressed', () => {
    const { early, seen } = rig();
    early.open();
    early.open();
    assert.deepEqual(seen, ['https://broker.example/sign-in/start?app=cases%26x%3D1']);
  });

  test("is the taker's from then on: the next take has none, and nothing here closes it", () => {
    const { early, opened, seen } = rig();
    assert.equal(early.take(), null);
    early.open();
    assert.equal(early.take(), opened);
    assert.equal(early.take(), null);
    early.close();
    assert.equal(seen.includes('closed'), false);
  });

  test('is closed where nobody took it', () => {
    const { early, seen } = rig();
    early.open();
    early.close();
    assert.equal(seen.at(-1), 'closed');
  });

  test('is none where the browser opens none, nor where a sandbox throws', () => {
    for (const open of [() => null, () => assert.fail('NS_ERROR_DOM')]) {
      const early = new EarlyWindow({ open }, BROKER, 'cases');
      early.open();
      assert.equal(early.take(), null);
    }
  });
});
