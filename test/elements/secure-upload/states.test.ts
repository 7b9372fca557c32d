import { expect } from '@open-wc/testing';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, item, JO, STATES, type StateName } from './fixtures.ts';
import { cleanUp, mount, textsOf } from './mount.ts';

const promise = 'Goes to Acme Support. Kept for 90 days in the European Union. More about your files';
const hint = 'Photos and images, up to 15 MB each, 20 at a time';
const links = 'Links you sent';
const who = 'Signed in as Jo Meyer';
const photo = ['IMG_2041.jpg', '4.1 MB, photo', '[Remove IMG_2041.jpg]'];
const shop = [
  'shop-window-final-version-2026-october.png',
  '2.8 MB, image',
  '[Remove shop-window-final-version-2026-october.png]',
];
const movie = ['holiday.mov', 'Videos are not accepted here. Choose photos or images.', '[Remove holiday.mov]'];
const chosen = ['Upload files', who, 'Add more files', ...photo, ...shop];
const unsigned = ['Upload files', 'Add more files', ...photo, ...shop];
const foot = ['2 files, 6.9 MB', 'Upload 2 files'];
const network = 'Something between you and Acme Support stops uploads. A different network may help.';

/** What a person reads in each state, whole and in order. */
const READ: Partial<Record<StateName, string[]>> = {
  loading: [],
  unavailable: ['Uploads are not available here right now', 'Nothing is wrong with your files. Try again later.', '[]'],
  paused: ['Uploads are paused', 'Acme Support has paused uploads here.', 'Check again', 'Ask Acme Support'],
  closed: [
    'This box is closed',
    'It closed on 2 November 2026. Ask Acme Support if you still need to send something.',
    'Check again',
    'Ask Acme Support',
  ],
  'signed-out': [
    'Upload files',
    promise,
    'Drop files here, or',
    'Choose files',
    hint,
    "You'll sign in with Acme before anything is sent. Sign in now",
  ],
  'sign-in-first': ['Upload files', promise, 'Sign in with Acme', 'Choose files first', hint],
  'single-file': [
    'Upload files',
    promise,
    'Drop a file here, or',
    'Choose a file',
    'Photos and images, up to 15 MB',
    "You'll sign in with Acme before anything is sent. Sign in now",
  ],
  'test-mode': [
    'Test mode. Files are deleted after 24 hours.',
    'Upload files',
    'Goes to Acme Support. Kept for 1 day in the European Union. More about your files',
    'Drop files here, or',
    'Choose files',
    hint,
    "You'll sign in with Acme before anything is sent. Sign in now",
  ],
  ready: ['Upload files', `${who} Sign out`, promise, 'Drop files here, or', 'Choose files', hint, links],
  preparing: [
    ...['Upload files', who, 'Add more files', ...photo],
    ...['IMG_2042.jpg', 'Preparing', '[Remove IMG_2042.jpg]', '2 files, 7.1 MB', 'Upload 2 files'],
  ],
  review: [...chosen, ...foot],
  'some-refused': [...chosen, ...movie, '2 files, 6.9 MB. 1 cannot be uploaded. Remove that one', 'Upload the other 2'],
  'refused-all': ['Upload files', who, 'None of these files can be uploaded', hint, ...movie, 'Choose other files'],
  removed: [
    ...['Upload files', who, 'Add more files', 'Removed IMG_2041.jpg. Undo', ...shop],
    ...['1 file, 2.8 MB', 'Upload 1 file'],
  ],
  'signing-in': [
    ...['Upload files', 'Add more files', ...photo.slice(0, 2), ...shop.slice(0, 2)],
    ...['Finish signing in in the other window.', 'Show the window', 'Cancel'],
  ],
  'popup-blocked': [
    ...unsigned,
    'Your browser blocked the sign-in window',
    'Open it with this button. Your files stay here.',
    'Open sign-in (opens a new page)',
    ...foot,
  ],
  'popup-blocked-with-code': [
    ...unsigned,
    'Your browser blocked the sign-in window',
    'Open it with this button. Your files stay here.',
    ...['Open sign-in (opens a new page)', 'Use a code instead'],
    ...foot,
  ],
  'signing-in-cut-off': [
    ...['Upload files', 'Add more files', ...photo.slice(0, 2), ...shop.slice(0, 2)],
    'The sign-in window cannot reach this page',
    'Close it and sign in here. This page goes to the sign-in and comes back. Then choose your files again.',
    ...['Sign in on this page', 'Cancel'],
  ],
  'code-sign-in': [
    ...['Upload files', 'Add more files', ...photo.slice(0, 2), ...shop.slice(0, 2)],
    'Sign in on another page',
    'This page carries on by itself. The code works until 14:15.',
    ...['Copy address', 'Cancel'],
  ],
  'back-from-sign-in': [
    ...['Upload files', 'One moment. You are being signed in.', 'Cancel', promise],
    ...['Drop files here, or', 'Choose files', hint],
  ],
  'not-finished': [...unsigned, 'The sign-in was not finished. Nothing was sent.', 'Sign in', 'Not now', ...foot],
  'sign-in-refused': [
    ...unsigned,
    'Acme did not let you in. Ask Acme Support if you should have access.',
    'Use another account',
    'Ask Acme Support',
    ...foot,
  ],
  'wrong-account': [
    ...chosen,
    'This account cannot upload here',
    'You are signed in as Jo Meyer. Acme Support has not given this account permission.',
    'Use another account',
    'Ask Acme Support',
    ...foot,
  ],
  uploading: [
    ...['Upload files', who, 'Uploading 1 of 4 files', 'About 2 minutes left', '21 of 55 MB. Keep this page open.'],
    ...['IMG_2041.jpg', 'Uploaded', 'contract-signed.pdf', '6.2 of 18 MB'],
    ...['[Pause contract-signed.pdf]', '[Cancel contract-signed.pdf]', 'plans.zip', 'Finishing'],
    ...['notes.pdf', 'Waiting', '[Pause notes.pdf]', '[Cancel notes.pdf]', 'Pause all', 'Cancel all'],
  ],
  'one-paused': [
    ...['Upload files', who, 'Uploading 1 of 3 files', '21 of 55 MB. Keep this page open.'],
    ...['IMG_2041.jpg', 'Uploaded', 'contract-signed.pdf', 'Paused, 8 of 18 MB sent'],
    ...['[Carry on with contract-signed.pdf]', '[Cancel contract-signed.pdf]'],
    ...['plans.zip', '0 of 30 MB', '[Pause plans.zip]', '[Cancel plans.zip]', 'Pause all', 'Cancel all'],
  ],
  'all-paused': [
    ...['Upload files', who, 'Paused', '12 of 55 MB sent. Nothing is lost.'],
    ...['IMG_2041.jpg', 'Uploaded', 'contract-signed.pdf', 'Paused, 8 of 18 MB sent'],
    ...['[Carry on with contract-signed.pdf]', '[Cancel contract-signed.pdf]'],
    ...['notes.pdf', 'Paused, 0 of 1.2 MB sent', '[Carry on with notes.pdf]', '[Cancel notes.pdf]'],
    ...['Carry on', 'Cancel all'],
  ],
  offline: [
    ...['Upload files', who, 'You are offline', '21 of 55 MB. Keep this page open.'],
    ...['We carry on by ourselves when the connection is back. What was sent is kept.', 'Try now'],
    ...['IMG_2041.jpg', 'Uploaded', 'contract-signed.pdf', 'Waiting for a connection', '[Cancel contract-signed.pdf]'],
    ...['plans.zip', 'Finishing', 'notes.pdf', 'Waiting for a connection', '[Cancel notes.pdf]'],
    ...['Pause all', 'Cancel all'],
  ],
  'sign-in-again': [
    'Upload files',
    'Sign in again to carry on',
    'Your sign-in ended, for your safety. 1 of 2 files are uploaded, the rest wait here.',
    'Sign in with Acme',
    'Finish later',
    ...['IMG_2041.jpg', 'Uploaded, 4.1 MB'],
    ...['contract-signed.pdf', 'Waiting for you to sign in', '[Cancel contract-signed.pdf]'],
  ],
  done: [
    '2 files uploaded',
    'Acme Support has them. You can close this page.',
    ...['Your reference', '7F3K-92QD Copy', 'Copy'],
    ...['IMG_2041.jpg', 'Uploaded, 4.1 MB', 'shop-window-final-version-2026-october.png', 'Uploaded, 2.8 MB'],
    ...['Save receipt', 'Send to someone', 'Upload more files', 'Details'],
  ],
  'done-checking': [
    '2 files uploaded',
    'Acme Support has them. You can close this page. 1 is still being checked.',
    ...['Your reference', '7F3K-92QD Copy', 'Copy'],
    ...['IMG_2041.jpg', 'Uploaded, 4.1 MB', 'plans.zip', 'Checking for viruses. You can close this page.'],
    ...['Save receipt', 'Send to someone', 'Upload more files', 'Details'],
  ],
  'done-held': [
    '1 file uploaded',
    'Acme Support has it. You can close this page. 1 is held. 1 was stopped.',
    ...['Your reference', '7F3K-92QD Copy', 'Copy', 'IMG_2041.jpg', 'Uploaded, 4.1 MB'],
    'plans.zip',
    'Held for a safety check. Nobody can open it for now. This happens with files that have a password or are too deeply packed. Acme Support has been told, and decides.',
    'invoice.zip',
    'Stopped. A virus check found something harmful in it. Nobody can open this file. Check your device before you send files to anyone.',
    ...['Save receipt', 'Upload more files', 'Details'],
  ],
  'part-done': [
    '1 of 2 files uploaded',
    '1 could not be uploaded. It is still on your device.',
    ...['IMG_2041.jpg', 'Uploaded, 4.1 MB'],
    ...['contract-signed.pdf', network, '[Try contract-signed.pdf again]', '[Remove contract-signed.pdf]'],
    ...['Try that one again', 'Leave it out'],
  ],
  'not-done': [
    'The files could not be uploaded',
    'They are still on your device. Nothing was kept.',
    ...['contract-signed.pdf', network, '[Try contract-signed.pdf again]', '[Remove contract-signed.pdf]'],
    ...['plans.pdf', 'It could not be sent undamaged. Try another network.'],
    ...['[Try plans.pdf again]', '[Remove plans.pdf]', 'Try again', 'Copy details'],
  ],
  'room-short': [
    ...['These files need 24 MB. There is room for 13 MB.', 'Upload the one that fits', 'Choose what to leave out'],
    ...['contract-signed.pdf', '12 MB, PDF', '[Remove contract-signed.pdf]'],
    ...['plans.pdf', '12 MB. There is no room for it.', '[Remove plans.pdf]'],
  ],
  'room-full-person': [
    'You have used all of your space',
    'Your files are still on your device. Ask Acme Support for more room.',
    ...['Try again', 'Ask Acme Support'],
    ...['contract-signed.pdf', '12 MB. There is no room for it.', '[Remove contract-signed.pdf]'],
  ],
  'room-full-app': [
    'There is no room for more files right now',
    'Your files are still on your device. Acme Support has been told.',
    ...['Copy details', 'Contact Acme Support'],
    ...['contract-signed.pdf', '12 MB. There is no room for it.', '[Remove contract-signed.pdf]'],
  ],
};

describe('that files are still there', () => {
  afterEach(cleanUp);

  const texts = async (state: UploadSnapshot) => textsOf((await mount(state)).root).join(' | ');

  it('is said once of all of them, and not again in the row of each', async () => {
    const items = ['broker_unexpected', 'store_down', 'sign_in_ended'].map((code, i) =>
      item(`scan-${i}.jpg`, 1024, 'image/jpeg', 'not-done', { problem: { code } }),
    );
    const read = await texts({ ...EMPTY, person: JO, phase: 'not-done', items });
    expect(read.match(/on your device|stay here/g)).to.deep.equal(['on your device']);
    expect(read).to.include('Something went wrong on our side. Try again.');
    expect(read).to.include('We cannot reach the service. Try again in a few minutes.');
    expect(read).to.include('Sign in again. |');
  });

  it('is said in a note while some are chosen, and of none where none is', async () => {
    const unreachable = { signInNote: 'not-finished', problem: { code: 'broker_down' } } as const;
    const blocked = { signInNote: 'popup-blocked' } as const;
    expect(await texts({ ...STATES.review, person: null, ...unreachable })).to.include('safe on your device');
    expect(await texts({ ...STATES.review, person: null, ...blocked })).to.include('Your files stay here.');
    for (const note of [unreachable, blocked]) {
      expect(await texts({ ...EMPTY, ...note })).not.to.match(/your files (are|stay)/i);
    }
  });
});

describe('the words of each state', () => {
  afterEach(cleanUp);

  for (const [state, expected] of Object.entries(READ)) {
    it(`says all of ${state}, and nothing else`, async () => {
      const { root } = await mount(state as StateName, { attributes: { lang: 'en' }, width: 720 });
      expect(textsOf(root)).to.deep.equal(expected);
    });
  }

  it('says that whoever has no account signs in by email, where the app lets them in', async () => {
    const app = STATES['signed-out'].app ?? expect.fail('no app');
    const { root } = await mount({ ...STATES['signed-out'], app: { ...app, guests: true } });
    expect(textsOf(root).at(-1)).to.equal("You'll sign in with Acme or by email before anything is sent. Sign in now");
  });

  it('has no filled button while the page leaves to sign in and when it is back', async () => {
    for (const state of ['signing-in-on-this-page', 'back-from-sign-in'] as const) {
      const { root } = await mount(state);
      expect(root.querySelector('#choose'), state).not.to.equal(null);
      expect(root.querySelectorAll('.button.primary:not(.narrow)').length, state).to.equal(0);
    }
  });

  it('tells how many may be uploaded at a time, and offers the first of them', async () => {
    const { root } = await mount('over-count');
    const texts = textsOf(root);
    expect(texts).to.include('You can upload 20 files at a time. You chose 23.');
    expect(texts.slice(-3)).to.deep.equal(['23 files, 66 MB', 'Upload the first 20', 'Choose again']);
  });

  it('tells from the press on what becomes of those beyond the first', async () => {
    const waits = '5 more files wait. You can upload them next.';
    expect(textsOf((await mount('some-set-aside')).root).slice(-3)).to.deep.equal([
      waits,
      '20 files, 60 MB',
      'Upload 20 files',
    ]);
    expect(textsOf((await mount('uploading-some-set-aside')).root)).to.include(waits);
    expect(textsOf((await mount('part-done-some-set-aside')).root)).to.include(waits);
    const done = textsOf((await mount('done-some-set-aside')).root);
    expect(done.slice(0, 2)).to.deep.equal([
      '20 of 25 files uploaded',
      '5 files were not uploaded yet. They are still on your device.',
    ]);
    expect(done.slice(-5)).to.deep.equal([
      ...['Upload the other 5', 'Save receipt', 'Send to someone', 'Upload more files', 'Details'],
    ]);
    expect(textsOf((await mount('done-more-set-aside')).root)).to.include('Upload the next 20');
    const within = document.body.appendChild(document.createElement('form'));
    const inForm = await mount('done-some-set-aside', { attributes: { name: 'documents' }, within });
    expect(textsOf(inForm.root).slice(-3)).to.deep.equal([
      ...[
        '20 files added. They are sent with the form.',
        '5 files were not uploaded yet. They are still on your device.',
      ],
      'Upload the other 5',
    ]);
  });

  it('counts down how much must go while files together are too large', async () => {
    const { root } = await mount('over-total');
    expect(textsOf(root)).to.include('Together these files are 112 MB. The limit is 100 MB. Remove 12 MB or more.');
  });

  it('says that it still tries on a slow connection, and when it carries on where many upload', async () => {
    expect(textsOf((await mount('slow')).root)).to.include('Slow connection. Still trying.');
    const busy = textsOf((await mount('busy')).root);
    expect(busy).to.include('Many people are uploading right now. We carry on in about 2 minutes.');
  });

  it('shows the link inside the tag where the box cannot load, and nowhere else', async () => {
    const isShown = ({ element }: { element: Element }) => element.querySelector('a')?.checkVisibility() ?? false;
    expect(isShown(await mount('unavailable'))).to.equal(true);
    expect(isShown(await mount('signed-out'))).to.equal(false);
    expect(isShown(await mount('loading'))).to.equal(false);
  });

  it('keeps its height while it loads, so that the page does not jump', async () => {
    const { element } = await mount('loading');
    expect(element.getBoundingClientRect().height).to.equal(400);
  });

  it('tells visitors nothing about the setup', async () => {
    const { root } = await mount('unavailable');
    expect(root.textContent).not.to.match(/list|address|app|origin/i);
  });

  it('is a link to the hosted page where it has less than 240 px', async () => {
    const { root } = await mount('review', { width: 200 });
    expect(textsOf(root)).to.deep.equal(['Open the upload page']);
    expect(root.querySelector<HTMLAnchorElement>('.narrow')?.href).to.equal('https://broker.example/u/cs-screenshots');
  });
});
