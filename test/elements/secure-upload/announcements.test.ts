import { expect } from '@open-wc/testing';
import { Announcements } from '../../../src/elements/secure-upload/announcements.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, item, JO, MOVIE, PHOTO, SHOP, STATES } from './fixtures.ts';
import { clean, cleanUp, mount } from './mount.ts';
import { viewOf } from './view-of.ts';

const MB = 1024 * 1024;

/** What is said on the way from one state to another; what is urgent is marked. */
function said(from: UploadSnapshot, to: UploadSnapshot): string[] {
  const announcements = new Announcements();
  announcements.of(EMPTY, viewOf(from));
  return announcements.of(from, viewOf(to)).map(({ text, isUrgent }) => `${isUrgent ? '! ' : ''}${clean(text)}`);
}

const { uploading, done } = STATES;
const signedOut: UploadSnapshot = EMPTY;
const moving = item('plans.zip', 30 * MB, 'application/zip', 'uploading');
const held = { ...moving, phase: 'paused' } as const;

describe('announcements', () => {
  it('tell what came in, once its first bytes were read', () => {
    expect(said(EMPTY, { ...EMPTY, items: [PHOTO, { ...SHOP, phase: 'preparing' }] })).to.deep.equal([]);
    expect(said(EMPTY, { ...EMPTY, items: [PHOTO, SHOP] })).to.deep.equal(['2 files added, 6.9 MB.']);
    expect(said({ ...EMPTY, items: [PHOTO] }, { ...EMPTY, items: [PHOTO, SHOP] })).to.deep.equal([
      '1 file added, 2.8 MB.',
    ]);
  });

  it('interrupt with what cannot be uploaded, by name or by number', () => {
    expect(said(EMPTY, { ...EMPTY, items: [PHOTO, SHOP, MOVIE] })).to.deep.equal([
      '2 files added, 6.9 MB.',
      '! 1 of 3 files cannot be uploaded: holiday.mov. Videos are not accepted here. Choose photos or images.',
    ]);
    const four = [1, 2, 3, 4].map((n) => ({ ...MOVIE, key: `m${n}` }));
    expect(said(EMPTY, { ...EMPTY, items: [...four, PHOTO] }).at(-1)).to.equal(
      '! 4 of 5 files cannot be uploaded. See the list.',
    );
  });

  const steps: [string, UploadSnapshot, UploadSnapshot, string[]][] = [
    [
      'a removal, with the way back',
      signedOut,
      { ...EMPTY, removed: { key: 'x', name: 'a.mov' } },
      ['Removed a.mov. Undo is available.'],
    ],
    [
      'what was not uploaded yet, after what was',
      uploading,
      { ...done, aside: 5 },
      [
        '2 files uploaded. Your reference is 7 F 3 K, 9 2 Q D.',
        '5 files were not uploaded yet. They are still on your device.',
      ],
    ],
    ['the sign-in window', signedOut, STATES['signing-in'], ['Sign-in opened in a new window.']],
    [
      'a window that cannot be reached',
      STATES['signing-in'],
      STATES['signing-in-cut-off'],
      ['! The sign-in window cannot reach this page'],
    ],
    [
      'a page that leaves',
      signedOut,
      STATES['signing-in-on-this-page'],
      ['One moment. The sign-in opens on this page.'],
    ],
    [
      'a code, letter by letter',
      STATES['signing-in'],
      STATES['code-sign-in'],
      ['Open uploads.example/code and enter W D J B, M J H T'],
    ],
    [
      'that a call wants more',
      uploading,
      { ...STATES['stronger-sign-in'], person: JO },
      ['! For this step Acme asks you to confirm once more.'],
    ],
    ['who is signed in', { ...EMPTY, phase: 'signing-in' }, { ...EMPTY, person: JO }, ['Signed in as Jo Meyer']],
    [
      'a blocked window',
      signedOut,
      { ...EMPTY, signInNote: 'popup-blocked' },
      ['! Your browser blocked the sign-in window'],
    ],
    [
      'that the owner has paused the app',
      uploading,
      { ...uploading, phase: 'unavailable', problem: { code: 'app_paused' } },
      ['Uploads are paused'],
    ],
    ['the start', { ...uploading, phase: 'choosing' }, uploading, ['Uploading 4 files.']],
    ['a lost connection', uploading, { ...uploading, isOffline: true }, ['You are offline. Nothing is lost.']],
    ['its return', { ...uploading, isOffline: true }, uploading, ['Connected again. Carrying on.']],
    ['a pause of all', uploading, { ...STATES['all-paused'], items: [] }, ['Paused.']],
    ['nothing new while all is paused', STATES['all-paused'], { ...STATES['all-paused'], sent: 50 * MB }, []],
    ['that it carries on', STATES['all-paused'], uploading, ['Uploading 4 files.']],
    ['a pause of one file', { ...uploading, items: [moving] }, { ...uploading, items: [held] }, ['Paused plans.zip.']],
    [
      'that one file carries on',
      { ...uploading, items: [held] },
      { ...uploading, items: [{ ...moving, phase: 'waiting' }] },
      ['Carrying on with plans.zip.'],
    ],
    ['a quarter of the way', { ...uploading, sent: 13 * MB }, { ...uploading, sent: 14 * MB }, ['A quarter done.']],
    ['half of the way', uploading, { ...uploading, sent: 28 * MB }, ['Half done.']],
    ['three quarters of it', uploading, { ...uploading, sent: 42 * MB }, ['Three quarters done.']],
    ['nothing in between', { ...uploading, sent: 28 * MB }, { ...uploading, sent: 29 * MB }, []],
    ['a session that ended', uploading, { ...uploading, phase: 'sign-in-again' }, ['! Sign in again to carry on']],
    [
      'the end, with the reference spelled',
      uploading,
      { ...done, items: done.items.slice(0, 1) },
      ['1 file uploaded. Your reference is 7 F 3 K, 9 2 Q D.'],
    ],
    [
      'what nobody can open apart from what is in',
      uploading,
      STATES['done-held'],
      ['1 file uploaded. Your reference is 7 F 3 K, 9 2 Q D.', '! 1 is held. 1 was stopped.'],
    ],
  ];
  for (const [name, from, to, expected] of steps) {
    it(`tell ${name}`, () => {
      const known = new Announcements();
      known.of(EMPTY, viewOf({ ...EMPTY, items: [...from.items, ...to.items] }));
      const heard = known.of(from, viewOf(to)).map(({ text, isUrgent }) => `${isUrgent ? '! ' : ''}${clean(text)}`);
      expect(heard).to.deep.equal(expected);
    });
  }

  it('interrupt when only a part is in, or nothing', () => {
    const part = STATES['part-done'];
    expect(said({ ...uploading, items: part.items }, part)).to.deep.equal([
      '! 1 of 2 files uploaded. 1 could not be uploaded.',
    ]);
    const none = STATES['not-done'];
    expect(said({ ...uploading, items: none.items }, none)).to.deep.equal(['! The files could not be uploaded']);
  });
});

describe('the live regions', () => {
  afterEach(cleanUp);

  it('are empty when the box appears', async () => {
    const { root } = await mount('signed-out');
    expect(root.getElementById('polite')?.textContent).to.equal('');
    expect(root.getElementById('urgent')?.textContent).to.equal('');
  });

  it('are filled from what the flow tells', async () => {
    const { element, root, flow } = await mount('signed-out');
    flow.show({ ...EMPTY, items: [PHOTO, MOVIE] });
    await element.updateComplete;
    expect(clean(root.getElementById('polite')?.textContent ?? '')).to.equal('1 file added, 4.1 MB.');
    expect(clean(root.getElementById('urgent')?.textContent ?? '')).to.match(/^1 of 2 files cannot be uploaded: /);
  });
});
