import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lazy } from '../../src/compose/lazy.ts';
import { LazyIdentity } from '../../src/compose/lazy-identity.ts';
import { LazyTransfer } from '../../src/compose/lazy-transfer.ts';
import { LazyUnfinished } from '../../src/compose/lazy-unfinished.ts';
import type { Transfer, TransferWatcher } from '../../src/flow/ports.ts';
import type { BrokerIdentity } from '../../src/identity/identity.ts';
import type { OpenerWindow } from '../../src/identity/start-page.ts';
import { NOTHING_UNFINISHED } from '../../src/transfer/nothing-unfinished.ts';
import { settled } from '../support/page-clock.ts';
import { APP, JO, png } from '../support/upload-desk.ts';

describe('what is loaded when it is first needed', () => {
  test('is made once, however many ask', async () => {
    let made = 0;
    const load = lazy(async () => {
      made += 1;
      return made;
    });
    assert.equal(made, 0);
    assert.deepEqual(await Promise.all([load(), load()]), [1, 1]);
  });

  test('is asked for again after it could not be loaded, and that is told as broker_down', async () => {
    const tries = [() => Promise.reject(new TypeError('Failed to fetch')), async () => 'there'];
    const load = lazy(() => tries.shift()?.() ?? Promise.reject(new Error('asked too often')));
    await assert.rejects(load(), { code: 'broker_down' });
    assert.equal(await load(), 'there');
  });
});

describe('the sign-in window', () => {
  function rig(load: () => Promise<BrokerIdentity>) {
    const popup = {
      closed: 0,
      shown: 0,
      postMessage() {},
      focus() {
        popup.shown += 1;
      },
      close() {
        popup.closed += 1;
      },
    };
    const opened: string[] = [];
    const win: OpenerWindow = {
      open: (url) => {
        opened.push(url);
        return opened.length > 1 ? null : popup;
      },
      addEventListener() {},
      removeEventListener() {},
    };
    return { identity: new LazyIdentity(new URL('https://broker.example'), load, win), opened, popup };
  }

  test('opens within the click, before what signs in is loaded', async () => {
    const { identity, opened, popup } = rig(() => new Promise(() => {}));
    void identity.signIn(APP, new AbortController().signal);
    assert.deepEqual(opened, ['https://broker.example/sign-in/start?app=cases']);
    identity.showWindow();
    assert.equal(popup.shown, 1);
  });

  test('closes where that cannot be loaded; a blocked one is told', async () => {
    const failing = lazy<BrokerIdentity>(() => Promise.reject(new TypeError('Failed to fetch')));
    const { identity, popup } = rig(failing);
    await assert.rejects(identity.signIn(APP, new AbortController().signal), { code: 'broker_down' });
    assert.equal(popup.closed, 1);
    await assert.rejects(identity.signIn(APP, new AbortController().signal), { code: 'popup_blocked' });
  });

  test('is no window to show any more once the sign-in has ended', async () => {
    const { identity, popup } = rig(async () => ({ signIn: async () => JO }) as unknown as BrokerIdentity);
    assert.equal(await identity.signIn(APP, new AbortController().signal), JO);
    identity.showWindow();
    assert.equal(popup.shown, 0);
  });
});

describe('the engine', () => {
  const outgoing = ['a', 'b'].map((key) => ({ key, file: png(`${key}.png`), sniffedType: 'image/png' }));

  function rig() {
    const sent: string[][] = [];
    const calls: string[] = [];
    let arrive: (engine: Transfer) => void = () => {};
    let fail: (error: unknown) => void = () => {};
    const nothing = () => {};
    const engine: Transfer = {
      unfinished: NOTHING_UNFINISHED,
      send: async (files) => void sent.push(files.map(({ key }) => key)),
      cancel: nothing,
      cancelAll: nothing,
      leaveAll: nothing,
      pause: (key) => void calls.push(`pause ${key}`),
      resume: (key) => void calls.push(`resume ${key}`),
      tryNow: () => void calls.push('tryNow'),
      signedIn: nothing,
      close: nothing,
    };
    const load = lazy(
      () =>
        new Promise<Transfer>((resolve, reject) => {
          arrive = resolve;
          fail = reject;
        }),
    );
    const told: string[] = [];
    const watcher = {
      notDone: (key: string, { code }: { code: string }) => told.push(`${key} ${code}`),
    } as unknown as TransferWatcher;
    return {
      transfer: new LazyTransfer(load, NOTHING_UNFINISHED),
      sent,
      calls,
      told,
      watcher,
      arrive: () => arrive(engine),
      fail: (e: unknown) => fail(e),
    };
  }

  test('is never given what was cancelled before it was loaded', async () => {
    const { transfer, sent, watcher, arrive } = rig();
    const sending = transfer.send(outgoing, {}, watcher);
    transfer.cancel('a');
    arrive();
    await sending;
    assert.deepEqual(sent, [['b']]);
  });

  test('is given nothing after "Cancel all"', async () => {
    const { transfer, sent, watcher, arrive } = rig();
    const sending = transfer.send(outgoing, {}, watcher);
    transfer.cancelAll();
    arrive();
    await sending;
    assert.deepEqual(sent, [[]]);
  });

  test('pauses at once what was paused before it was loaded, and not what was resumed again', async () => {
    const { transfer, calls, watcher, arrive } = rig();
    const sending = transfer.send(outgoing, {}, watcher);
    transfer.pause('a');
    transfer.pause('b');
    transfer.resume('b');
    arrive();
    await sending;
    assert.deepEqual(calls, ['pause a']);
    transfer.resume('a');
    transfer.tryNow();
    assert.deepEqual(calls, ['pause a', 'resume a', 'tryNow']);
  });

  test('that cannot be loaded leaves every file to be tried again', async () => {
    const { transfer, told, watcher, fail } = rig();
    const sending = transfer.send(outgoing, {}, watcher);
    await settled();
    fail(new TypeError('Failed to fetch'));
    await sending;
    assert.deepEqual(told, ['a broker_down', 'b broker_down']);
  });
});

describe('unfinished uploads', () => {
  const JO_ID = { id: 'person-jo', name: 'Jo Meyer', scopes: [] };

  function rig(count: number) {
    const loaded: string[] = [];
    const unfinished = new LazyUnfinished(
      async () => ({ isAvailable: async () => true, count: async () => count }),
      async () => {
        loaded.push('engine');
        return {
          ...NOTHING_UNFINISHED,
          list: async () => [],
          forgetAll: async () => void loaded.push('forgetAll'),
          forget: async (id) => void loaded.push(`forget ${id}`),
        };
      },
    );
    return { unfinished, loaded };
  }

  test('are counted without the engine, which is not loaded where there are none', async () => {
    const { unfinished, loaded } = rig(0);
    assert.deepEqual([await unfinished.isAvailable(), await unfinished.count('cases')], [true, 0]);
    assert.deepEqual(await unfinished.list('cases', JO_ID), []);
    await unfinished.forgetAll('cases', JO_ID);
    assert.deepEqual(loaded, []);
  });

  test('are listed and forgotten by the engine where there are some', async () => {
    const { unfinished, loaded } = rig(2);
    await unfinished.list('cases', JO_ID);
    await unfinished.forget('upload-1');
    await unfinished.forgetAll('cases', JO_ID);
    assert.deepEqual(loaded, ['engine', 'engine', 'forget upload-1', 'engine', 'forgetAll']);
  });
});
