import { expect } from '@open-wc/testing';
import { render } from 'lit';
import { boxView } from '../../../src/elements/secure-upload/box.ts';
import type { View } from '../../../src/elements/secure-upload/view.ts';
import { WhileSending } from '../../../src/elements/secure-upload/while-sending.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { formatsFor } from '../../../src/i18n/format.ts';
import { APP, EMPTY, JO, STATES } from './fixtures.ts';
import { cleanUp, textsOf } from './mount.ts';
import { viewOf } from './view-of.ts';

/** The box as a phone draws it. */
function phone(snapshot: UploadSnapshot, more: Partial<View> = {}): HTMLElement {
  const view = viewOf(snapshot, { isTouch: true, ...more });
  const place = document.createElement('div');
  document.body.append(place);
  const box = { snapshot, view, words: view.words, formats: formatsFor('en'), lang: 'en', isTouch: true };
  render(boxView({ ...box, isOff: false, isLate: false, uploadPage: null, picked: () => {} }), place);
  return place;
}

describe('on a phone', () => {
  afterEach(cleanUp);

  it('sign-in comes first, because the page may not survive it later', () => {
    expect(textsOf(phone(EMPTY)).slice(2)).to.deep.equal([
      'Sign in with Acme',
      'Choose files first',
      'Photos and images, up to 15 MB each, 20 at a time',
    ]);
  });

  it('there are two buttons and two inputs, and no word of dropping', () => {
    const place = phone({ ...EMPTY, person: JO });
    expect(textsOf(place).slice(3)).to.deep.equal([
      'Choose files',
      'Take a photo',
      'Photos and images, up to 15 MB each, 20 at a time',
      'Links you sent',
    ]);
    const camera = place.querySelector<HTMLInputElement>('#photo');
    expect(camera?.getAttribute('capture')).to.equal('environment');
    expect(camera?.accept).to.equal('image/jpeg,image/webp');
    expect(place.querySelector<HTMLInputElement>('#files')?.hasAttribute('capture')).to.equal(false);
  });

  it('a second photo is as near as the first', () => {
    const picked: string[] = [];
    const view = viewOf(STATES.review);
    const acts = { ...view.acts, pick: (kind: string) => picked.push(kind) };
    const place = phone(STATES.review, { acts });
    expect(textsOf(place)).to.include.members(['Add more files', 'Take a photo']);
    place.querySelector<HTMLElement>('#add-photo')?.click();
    expect(picked).to.deep.equal(['photo']);
    expect(place.querySelector('#photo')?.getAttribute('capture')).to.equal('environment');
  });

  it('no photo is asked for where photos are not accepted', () => {
    const accepts = [{ name: 'documents' as const, types: ['application/pdf'], extensions: ['pdf'] }];
    const place = phone({ ...EMPTY, person: JO, app: { ...APP, limits: { ...APP.limits, accepts } } });
    expect(textsOf(place)).not.to.include('Take a photo');
    const chosen = phone({ ...STATES.review, app: { ...APP, limits: { ...APP.limits, accepts } } });
    expect(textsOf(chosen)).to.include('Add more files').and.not.to.include('Take a photo');
  });

  it('the sign-in is a tab to come back from', () => {
    expect(textsOf(phone(STATES['signing-in']))).to.include('Finish signing in in the new tab, then come back here.');
  });

  it('while the tab is open, nothing else offers the sign-in', () => {
    const texts = textsOf(phone({ ...EMPTY, phase: 'signing-in' }));
    expect(texts).to.include.members(['Show the window', 'Cancel']);
    expect(texts).not.to.include.members(['Sign in with Acme']);
    expect(texts).not.to.include.members(['Choose files first']);
  });

  it('says that the screen stays on only where it does', () => {
    const line = (isAwake: boolean) => textsOf(phone(STATES.uploading, { isAwake })).find((text) => /Keep/.test(text));
    expect(line(true)).to.equal('21 of 55 MB. Keep this page open. Your screen stays on.');
    expect(line(false)).to.equal('21 of 55 MB. Keep this page open.');
  });
});

describe('the screen', () => {
  const host = { addController() {}, removeController() {}, requestUpdate() {}, updateComplete: Promise.resolve(true) };
  const settle = () => new Promise(requestAnimationFrame);
  let asked: string[] = [];
  let locks: { released: boolean; release(): Promise<void> }[] = [];
  let isAllowed = true;

  beforeEach(() => {
    asked = [];
    locks = [];
    isAllowed = true;
    const request = async (kind: string) => {
      asked.push(kind);
      if (!isAllowed) throw new DOMException('no', 'NotAllowedError');
      const lock = {
        released: false,
        async release() {
          this.released = true;
        },
      };
      locks.push(lock);
      return lock;
    };
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request } });
  });
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'wakeLock');
  });

  it('is kept on while files are sent, and given back at the end', async () => {
    const sending = new WhileSending(host, () => true);
    sending.set(true);
    await settle();
    expect(sending.isAwake).to.equal(true);
    sending.set(false);
    expect(sending.isAwake).to.equal(false);
    expect(locks.map(({ released }) => released)).to.deep.equal([true]);
    expect(asked).to.deep.equal(['screen']);
  });

  it('is given back during a pause, while leaving the page still asks, and kept on again after it', async () => {
    const asks = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const sending = new WhileSending(host, () => true);
    sending.set(true);
    await settle();
    sending.set(true, true);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect([sending.isAwake, asks(), asked]).to.deep.equal([false, true, ['screen']]);
    sending.set(true, false);
    await settle();
    expect([sending.isAwake, asks(), asked]).to.deep.equal([true, true, ['screen', 'screen']]);
    sending.set(false);
    expect([sending.isAwake, asks()]).to.deep.equal([false, false]);
  });

  it('is asked for again when the page comes back', async () => {
    const sending = new WhileSending(host, () => true);
    sending.set(true);
    await settle();
    const [first] = locks;
    if (first) first.released = true;
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(asked).to.deep.equal(['screen', 'screen']);
    expect(sending.isAwake).to.equal(true);
    sending.set(false);
  });

  it('is left alone on a computer, and a refusal is silent', async () => {
    const still = new WhileSending(host, () => false);
    still.set(true);
    await settle();
    still.set(false);
    expect(asked).to.deep.equal([]);
    isAllowed = false;
    const refused = new WhileSending(host, () => true);
    refused.set(true);
    await settle();
    expect(refused.isAwake).to.equal(false);
    refused.set(false);
  });

  it('is given back where the end came before the answer', async () => {
    const sending = new WhileSending(host, () => true);
    sending.set(true);
    sending.set(false);
    await settle();
    expect(locks.map(({ released }) => released)).to.deep.equal([true]);
    expect(sending.isAwake).to.equal(false);
  });
});
