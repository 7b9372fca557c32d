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
function box(): { element: SecureUpload; come(): void; lose(): void; rests: () => number } {
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
  SecureUpload.compose = () => new FirstLook({ version: '1.0.0', apps: { readApp: () => app }, open });
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
  return { element, come: () => come(APP), lose: () => lose(), rests: () => rests };
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
});
