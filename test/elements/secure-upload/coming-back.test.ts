import { expect } from '@open-wc/testing';
import { type BackPage, ComingBack } from '../../../src/elements/secure-upload/coming-back.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { STATES } from './fixtures.ts';
import { clean, cleanUp, mount } from './mount.ts';

/** A page that a test hides and shows, and whose time it moves. */
class Page implements BackPage {
  hidden = false;
  at = 0;
  readonly told: boolean[] = [];
  #timers: { at: number; act: () => void }[] = [];
  readonly isHidden = () => this.hidden;
  readonly now = () => this.at;
  readonly after = (ms: number, act: () => void) => {
    const timer = { at: this.at + ms, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  pass(ms: number): void {
    this.at += ms;
    for (const { at, act } of [...this.#timers]) if (at <= this.at) act();
  }

  show(isShown: boolean): void {
    this.hidden = !isShown;
    document.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('coming back to a page whose device held the upload', () => {
  let page: Page;
  let back: ComingBack;
  beforeEach(() => {
    page = new Page();
    back = new ComingBack((isBack) => page.told.push(isBack), page);
  });
  afterEach(() => back.stop());
  const sending = (more: Partial<UploadSnapshot> = {}): UploadSnapshot => ({ ...STATES.uploading, ...more });

  it('is said for ten seconds', () => {
    back.changed(sending());
    page.show(false);
    page.pass(60_000);
    page.show(true);
    expect(page.told).to.deep.equal([true]);
    page.pass(9_999);
    expect(page.told).to.deep.equal([true]);
    page.pass(1);
    expect(page.told).to.deep.equal([true, false]);
  });

  it('is not said where files went on meanwhile, as on a computer', () => {
    back.changed(sending({ sent: 1 }));
    page.show(false);
    page.pass(60_000);
    back.changed(sending({ sent: 2 }));
    page.pass(4_999);
    page.show(true);
    expect(page.told).to.deep.equal([]);
  });

  it('is not said of what stands still for another reason', () => {
    const pauses: Partial<UploadSnapshot>[] = [
      { phase: 'done' },
      { isPaused: true },
      { isOffline: true },
      { busyUntil: 90_000 },
    ];
    for (const why of pauses) {
      back.changed(sending(why));
      page.show(false);
      page.pass(60_000);
      page.show(true);
      expect(page.told, JSON.stringify(why)).to.deep.equal([]);
    }
  });

  it('ends with the upload', () => {
    back.changed(sending());
    page.show(false);
    page.pass(60_000);
    page.show(true);
    back.changed(sending({ phase: 'done' }));
    expect(page.told).to.deep.equal([true, false]);
    page.pass(20_000);
    expect(page.told).to.deep.equal([true, false]);
  });
});

describe('the box of somebody who comes back', () => {
  afterEach(cleanUp);

  it('says why nothing went on, and that it does now', async () => {
    const { element, root } = await mount('uploading');
    const isHidden = (state: string) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const { now } = Date;
    try {
      isHidden('hidden');
      Date.now = () => now() + 60_000;
      isHidden('visible');
    } finally {
      Date.now = now;
      Reflect.deleteProperty(document, 'visibilityState');
    }
    await element.updateComplete;
    expect(clean(root.querySelector('#back')?.textContent ?? '')).to.equal(
      'Your device paused the upload while you were away. Carrying on.',
    );
  });
});
