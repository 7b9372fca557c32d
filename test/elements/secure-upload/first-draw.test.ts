import { expect } from '@open-wc/testing';
import type { AppDocument } from '../../../src/contract/app.ts';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import { FirstLook } from '../../../src/flow/first-look.ts';
import { APP } from './fixtures.ts';
import { cleanUp, until } from './mount.ts';

/** How long the first draw waits for the app document. */
const SOON_MS = 100;
const { setTimeout: after, requestIdleCallback: whenIdle } = window;

/** A box whose app document comes when the test says so; the wait for it is over by `lose`. */
function box(): { element: SecureUpload; come(): void; lose(): void; rests: () => number; windows: string[] } {
  let come: (app: AppDocument) => void = () => {};
  let lose = (): void => {};
  let rests = 0;
  const app = new Promise<AppDocument>((resolve) => {
    come = resolve;
  });
  const open = () => {
    rests += 1;
    return new Promise<never>(() => {});
  };
  const windows: string[] = [];
  const early = { open: () => void windows.push('opened'), close: () => void windows.push('closed') };
  SecureUpload.compose = () => new FirstLook({ version: '1.0.0', apps: { readApp: () => app }, early, open });
  Object.assign(window, {
    setTimeout(act: () => void, ms?: number) {
      if (ms !== SOON_MS) return after(act, ms);
      lose = act;
      return 0;
    },
  });
  const element = document.createElement('secure-upload');
  Object.assign(element, { broker: 'https://broker.example', app: 'cs-screenshots' });
  document.body.append(element);
  return { element, come: () => come(APP), lose: () => lose(), rests: () => rests, windows };
}

const nextTask = () => new Promise((resolve) => after(resolve));
const cardOf = (element: SecureUpload) => element.shadowRoot?.querySelector('.card') ?? null;

describe('the first draw', () => {
  afterEach(() => {
    cleanUp();
    Object.assign(window, { setTimeout: after, requestIdleCallback: whenIdle });
    // Safari has none, and is asked whether it has.
    if (!whenIdle) Reflect.deleteProperty(window, 'requestIdleCallback');
  });

  it('is the box itself where the app document comes soon', async () => {
    const { element, come } = box();
    await nextTask();
    await nextTask();
    expect(cardOf(element) === null, 'nothing is drawn yet').to.equal(true);
    come();
    await element.updateComplete;
    expect(cardOf(element)?.querySelector('#choose')?.id).to.equal('choose');
  });

  it('is a card of the height to come where it takes longer', async () => {
    const { element, come, lose } = box();
    await nextTask();
    lose();
    await element.updateComplete;
    expect([cardOf(element)?.className.trim(), cardOf(element)?.clientHeight]).to.deep.equal(['card loading', 398]);
    come();
    await until(() => cardOf(element)?.querySelector('#choose') !== null);
    expect(cardOf(element)?.className.trim()).to.equal('card');
  });

  it('has its frame before the rest of the box is loaded, also on a page that rests at once', async () => {
    Object.assign(window, { requestIdleCallback: (act: () => void) => act() });
    const { element, come, rests } = box();
    come();
    await element.updateComplete;
    expect([cardOf(element)?.querySelector('#choose') !== null, rests()]).to.deep.equal([true, 0]);
    await until(() => rests() === 1);
  });

  it('opens the sign-in window within the press, before the rest of the box is loaded', async () => {
    const { element, come, windows } = box();
    come();
    await element.updateComplete;
    [...(element.shadowRoot?.querySelectorAll('button') ?? [])]
      .find((button) => button.textContent === 'Sign in now')
      ?.click();
    expect(windows).to.deep.equal(['opened']);
    // As a page has it done by a button of its own.
    element.signIn();
    expect(windows).to.deep.equal(['opened', 'opened']);
    element.app = 'another';
    await element.updateComplete;
    expect(windows.at(-1)).to.equal('closed');
  });

  it('opens none where the page itself goes to the sign-in', async () => {
    const { element, come, windows, rests } = box();
    element.signInBy = 'redirect';
    come();
    await element.updateComplete;
    element.signIn();
    expect(windows).to.deep.equal([]);
    await until(() => rests() === 1);
  });
});
