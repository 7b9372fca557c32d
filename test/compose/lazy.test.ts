import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lazy } from '../../src/compose/lazy.ts';
import { LazyIdentity } from '../../src/compose/lazy-identity.ts';
import { LazyTransfer } from '../../src/compose/lazy-transfer.ts';
import { LazyUnfinished } from '../../src/compose/lazy-unfinished.ts';
import type { SignInWay, Transfer, TransferWatcher } from '../../src/flow/ports.ts';
import type { BrokerIdentity } from '../../src/identity/identity.ts';
import type { OpenerWindow, StartMessage } from '../../src/identity/start-page.ts';
import type { RecordsFound } from '../../src/transfer/records-probe.ts';
import { NOTHING_UNFINISHED } from '../support/nothing-unfinished.ts';
import { PageClock, settled } from '../support/page-clock.ts';
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
  function rig(load: () => Promise<BrokerIdentity>, isEarly = false) {
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
    const clock = new PageClock();
    const before = isEarly ? [popup] : [];
    const listeners = new Set<(event: StartMessage) => void>();
    const win: OpenerWindow = {
      open: (url) => {
        opened.push(url);
        return opened.length > 1 ? null : popup;
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    };
    const identity = new LazyIdentity(new URL('https://broker.example'), load, {
      win,
      clock,
      leave: () => Promise.reject(new TypeError('The page stays')),
      takeReturned: () => null,
      takeWindow: () => before.pop() ?? null,
    });
    const told: string[] = [];
    const tell = { cutOff: (isCutOff: boolean) => void told.push(`cut off: ${isCutOff}`), code: () => {} };
    const signIn = (way: SignInWay = 'window') => identity.signIn(APP, way, new AbortController().signal, tell);
    /** What a window says by itself once it is there. */
    const say = (data: unknown, source: unknown = popup, origin = 'https://broker.example') => {
      for (const listener of listeners) listener({ data, source, origin });
    };
    return { identity, signIn, opened, popup, told, clock, say };
  }

  test('opens within the click, before what signs in is loaded', async () => {
    const { identity, signIn, opened, popup } = rig(() => new Promise(() => {}));
    void signIn();
    assert.deepEqual(opened, ['https://broker.example/sign-in/start?app=cases']);
    identity.showWindow();
    assert.equal(popup.shown, 1);
  });

  test('is the one that a press before all this has opened, once', async () => {
    const { identity, signIn, opened, popup, say, told } = rig(() => new Promise(() => {}), true);
    void signIn();
    assert.deepEqual(opened, []);
    say({ type: 'secure-upload:ready' });
    assert.deepEqual(told, ['cut off: false']);
    identity.showWindow();
    assert.equal(popup.shown, 1);
    void signIn();
    assert.deepEqual(opened, ['https://broker.example/sign-in/start?app=cases']);
  });

  test('closes where that cannot be loaded; a blocked one is told', async () => {
    const failing = lazy<BrokerIdentity>(() => Promise.reject(new TypeError('Failed to fetch')));
    const { signIn, popup } = rig(failing);
    await assert.rejects(signIn(), { code: 'broker_down' });
    assert.equal(popup.closed, 1);
    await assert.rejects(signIn(), { code: 'popup_blocked' });
  });

  test('is no window to show any more once the sign-in has ended', async () => {
    const { identity, signIn, popup } = rig(async () => ({ signIn: async () => JO }) as unknown as BrokerIdentity);
    assert.equal(await signIn(), JO);
    identity.showWindow();
    assert.equal(popup.shown, 0);
  });

  test('that is not heard of within five seconds is told to be cut off, until it is heard of after all', async () => {
    const { signIn, told, clock, say } = rig(() => new Promise(() => {}));
    void signIn();
    await clock.pass(4999);
    assert.deepEqual(told, []);
    await clock.pass(1);
    assert.deepEqual(told, ['cut off: true']);
    say({ type: 'secure-upload:ready' }, {});
    assert.deepEqual(told, ['cut off: true'], 'another window says nothing about ours');
    say({ type: 'secure-upload:ready' });
    assert.deepEqual(told, ['cut off: true', 'cut off: false']);
  });

  test('that is heard of in time is never told to be cut off', async () => {
    const { signIn, told, clock, say } = rig(() => new Promise(() => {}));
    void signIn();
    say({ type: 'secure-upload:ready' });
    await clock.pass(60_000);
    assert.deepEqual(told, ['cut off: false']);
  });

  test('by a link is the one that shows the ticket of the link, and no other', async () => {
    const { identity, signIn, opened, popup, told, say } = rig(() => new Promise(() => {}));
    const link = new URL(identity.link(APP));
    assert.equal(link.origin + link.pathname + link.search, 'https://broker.example/sign-in/start?app=cases');
    assert.match(link.hash, /^#[0-9a-f-]{36}$/);
    assert.equal(identity.link(APP), link.href, 'what is drawn again leads to the same');
    void signIn('link');
    assert.deepEqual(opened, []);
    const ticket = link.hash.slice(1);
    say({ type: 'secure-upload:ready' });
    say({ type: 'secure-upload:ready', ticket: `${ticket}0` });
    say({ type: 'secure-upload:ready', ticket }, popup, 'https://broker.example.evil.example');
    assert.deepEqual(told, []);
    say({ type: 'secure-upload:ready', ticket });
    assert.deepEqual(told, ['cut off: false']);
    identity.showWindow();
    assert.equal(popup.shown, 1);
    assert.notEqual(identity.link(APP), link.href, 'a ticket serves one sign-in');
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
      transfer: new LazyTransfer(load),
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

  function rig(count: number, found: RecordsFound = 'some') {
    const loaded: string[] = [];
    const unfinished = new LazyUnfinished(
      async () => found,
      async () => {
        if (found !== 'some') loaded.push('records');
        return { isAvailable: async () => true, count: async () => count };
      },
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

  test('are not even looked for where nothing was ever kept; only a browser that refuses keeps nothing', async () => {
    for (const [found, isAvailable] of [
      ['none', true],
      ['refused', false],
    ] as const) {
      const { unfinished, loaded } = rig(2, found);
      assert.deepEqual([await unfinished.isAvailable(), await unfinished.count('cases')], [isAvailable, 0]);
      assert.deepEqual(await unfinished.list('cases', JO_ID), []);
      await unfinished.forgetAll('cases', JO_ID);
      assert.deepEqual(loaded, []);
    }
  });

  test('are listed and forgotten by the engine where there are some', async () => {
    const { unfinished, loaded } = rig(2);
    await unfinished.list('cases', JO_ID);
    await unfinished.forget('upload-1');
    await unfinished.forgetAll('cases', JO_ID);
    assert.deepEqual(loaded, ['engine', 'engine', 'forget upload-1', 'engine', 'forgetAll']);
  });
});
