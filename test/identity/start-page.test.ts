import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type OpenerWindow, type StartMessage, StartPage } from '../../src/identity/start-page.ts';

const BROKER = new URL('https://broker.example');
const READY = { type: 'secure-upload:ready' };
const TRANSACTION = { challenge: 'c'.repeat(43), nonce: 'n'.repeat(43), jkt: 'j'.repeat(43), state: 's'.repeat(43) };

class Popup {
  readonly heard: { message: unknown; targetOrigin: string }[] = [];
  isClosed = false;
  focused = 0;
  /** Under COOP it says so while the window is open. */
  readonly closed = true;
  postMessage(message: unknown, targetOrigin: string) {
    this.heard.push({ message, targetOrigin });
  }
  focus() {
    this.focused += 1;
  }
  close() {
    this.isClosed = true;
  }
}

class Opener implements OpenerWindow {
  readonly popup = new Popup();
  readonly opened: string[] = [];
  readonly #listeners = new Set<(event: StartMessage) => void>();
  constructor(readonly isBlocked = false) {}
  open(url: string) {
    this.opened.push(url);
    return this.isBlocked ? null : this.popup;
  }
  addEventListener(_type: 'message', listener: (event: StartMessage) => void) {
    this.#listeners.add(listener);
  }
  removeEventListener(_type: 'message', listener: (event: StartMessage) => void) {
    this.#listeners.delete(listener);
  }
  get listeners() {
    return this.#listeners.size;
  }
  /** The start page's own message, unless a test says otherwise. */
  receive(event: Partial<StartMessage> = {}) {
    const message = { origin: BROKER.origin, source: this.popup, data: READY, ...event };
    for (const listener of this.#listeners) listener(message);
  }
}

const answered = [
  { message: { type: 'secure-upload:transaction', transaction: TRANSACTION }, targetOrigin: BROKER.origin },
];

describe('the start page of a sign-in', () => {
  test('is opened at the broker, with the app escaped', () => {
    const win = new Opener();
    new StartPage(BROKER, 'cases&x=1', win);
    assert.deepEqual(win.opened, ['https://broker.example/sign-in/start?app=cases%26x%3D1']);
  });

  test('gets the transaction when it asks, at the origin of the broker alone', () => {
    const win = new Opener();
    new StartPage(BROKER, 'cases', win).give(TRANSACTION);
    assert.deepEqual(win.popup.heard, []);
    win.receive();
    assert.deepEqual(win.popup.heard, answered);
  });

  test('may ask before the transaction is made', () => {
    const win = new Opener();
    const page = new StartPage(BROKER, 'cases', win);
    win.receive();
    assert.deepEqual(win.popup.heard, []);
    page.give(TRANSACTION);
    assert.deepEqual(win.popup.heard, answered);
  });

  for (const [who, event] of Object.entries({
    'a page of another origin in the same window': { origin: 'https://evil.example' },
    'an origin that begins like the broker': { origin: 'https://broker.example.evil.test' },
    'the broker over http': { origin: 'http://broker.example' },
    'another window of the broker': { source: new Popup() },
    'a frame without a window': { source: null },
    'a message of another shape': { data: { type: 'secure-upload:ready?' } },
    'a text': { data: 'secure-upload:ready' },
  })) {
    test(`tells nothing to ${who}`, () => {
      const win = new Opener();
      new StartPage(BROKER, 'cases', win).give(TRANSACTION);
      win.receive(event);
      assert.deepEqual(win.popup.heard, []);
    });
  }

  test('is told again after a reload', () => {
    const win = new Opener();
    new StartPage(BROKER, 'cases', win).give(TRANSACTION);
    win.receive();
    win.receive();
    assert.deepEqual(win.popup.heard, [...answered, ...answered]);
  });

  test('that the browser blocked fails with popup_blocked and leaves no listener', () => {
    const win = new Opener(true);
    assert.throws(() => new StartPage(BROKER, 'cases', win), { code: 'popup_blocked' });
    assert.equal(win.listeners, 0);
  });

  test('that a sandbox forbids fails with popup_blocked, also where the browser throws', () => {
    const win = new Opener();
    win.open = () => {
      throw new DOMException('forbidden', 'InvalidAccessError');
    };
    assert.throws(() => new StartPage(BROKER, 'cases', win), { code: 'popup_blocked' });
    assert.equal(win.listeners, 0);
  });

  test('comes to the front, and closing it ends the listening', () => {
    const win = new Opener();
    const page = new StartPage(BROKER, 'cases', win);
    page.give(TRANSACTION);
    page.show();
    assert.equal(win.popup.focused, 1);
    page.close();
    win.receive();
    assert.deepEqual([win.popup.isClosed, win.listeners, win.popup.heard.length], [true, 0, 0]);
  });
});
