import { expect } from '@open-wc/testing';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, item, JO, MOVIE, PHOTO, SHOP, STATES, type StateName } from './fixtures.ts';
import { clean, cleanUp, type Mounted, mount, pressable } from './mount.ts';

const MB = 1024 * 1024;
const { review, uploading, done } = STATES;
const LARGE = item('plans.zip', 30 * MB, 'application/zip', 'uploading', { sent: 20 * MB });
const SMALL = item('notes.pdf', MB, 'application/pdf', 'waiting');
const sending: UploadSnapshot = { ...uploading, items: [LARGE, SMALL] };

const ONE = item('one.pdf', MB, 'application/pdf', 'not-done');
const TWO = item('two.pdf', MB, 'application/pdf', 'not-done');
const many = Array.from({ length: 20 }, (_, i) => item(`${i}.pdf`, MB, 'application/pdf', 'waiting'));
const troubled: UploadSnapshot = { ...uploading, items: [ONE, TWO, ...many] };

/** What has the focus, by its name or its words; `nothing` where the focus is lost. */
function focused(root: ShadowRoot): string {
  const { activeElement: at } = root;
  return at ? clean(at.getAttribute('aria-label')) || clean(at.textContent) : 'nothing';
}

/** By keyboard: focus, then press. */
async function pressIn({ root, element }: Mounted, words: string): Promise<void> {
  const found = pressable(root, words);
  found.focus();
  expect(focused(root)).to.equal(words);
  found.click();
  await element.updateComplete;
}

/** Where the focus is after these presses, and after what the flow made of them. */
async function after(from: StateName | UploadSnapshot, presses: string[], to?: UploadSnapshot): Promise<string> {
  const mounted = await mount(from);
  for (const words of presses) await pressIn(mounted, words);
  if (to) mounted.flow.show(to);
  await mounted.element.updateComplete;
  return focused(mounted.root);
}

describe('after a press, the focus is where the next step begins', () => {
  afterEach(cleanUp);

  const removed = (items: UploadSnapshot['items'], name: string): UploadSnapshot => ({
    ...review,
    items,
    removed: { key: name, name },
  });
  const steps: [string, StateName | UploadSnapshot, string[], UploadSnapshot | undefined, string][] = [
    [
      'the next row, after "Remove"',
      review,
      [`Remove ${PHOTO.name}`],
      removed([SHOP], PHOTO.name),
      `Remove ${SHOP.name}`,
    ],
    [
      'the row before, after the last one went',
      review,
      [`Remove ${SHOP.name}`],
      removed([PHOTO], SHOP.name),
      `Remove ${PHOTO.name}`,
    ],
    [
      '"Add more files", after the only one went',
      { ...review, items: [PHOTO] },
      [`Remove ${PHOTO.name}`],
      removed([], PHOTO.name),
      'Add more files',
    ],
    ['the row that came back, after "Undo"', removed([SHOP], PHOTO.name), ['Undo'], review, `Remove ${PHOTO.name}`],
    [
      'the first refused row, after choosing files that were all refused',
      { ...EMPTY, person: JO },
      ['Choose files'],
      STATES['refused-all'],
      `Remove ${MOVIE.name}`,
    ],
    ['"Add more files", after choosing', { ...EMPTY, person: JO }, ['Choose files'], review, 'Add more files'],
    ['"Upload", after the refused ones went', 'some-refused', ['Remove that one'], review, 'Upload 2 files'],
    [
      'what to do in the other window',
      review,
      ['Upload 2 files'],
      STATES['signing-in'],
      'Finish signing in in the other window.',
    ],
    ['the list, after "Cancel" of a sign-in', 'signing-in', ['Cancel'], { ...review, person: null }, 'Add more files'],
    [
      'why it was not finished',
      'signing-in',
      ['Cancel'],
      STATES['not-finished'],
      'The sign-in was not finished. Nothing was sent.',
    ],
    ['"Upload", after "Not now"', 'not-finished', ['Not now'], undefined, 'Upload 2 files'],
    ['the heading of the sending, after "Upload"', review, ['Upload 2 files'], uploading, 'Uploading 1 of 4 files'],
    ['the same, after signing in', 'signing-in', ['Show the window'], uploading, 'Uploading 1 of 4 files'],
    [
      'the next row, after a small file was cancelled',
      { ...sending, items: [SMALL, LARGE] },
      ['Cancel notes.pdf'],
      { ...sending, items: [LARGE] },
      'Pause plans.zip',
    ],
    ['the harmless answer, where a large one is asked about', sending, ['Cancel plans.zip'], undefined, 'Keep going'],
    ['"Cancel" again, after "Keep going"', sending, ['Cancel plans.zip', 'Keep going'], undefined, 'Cancel plans.zip'],
    [
      'the next row, after "Stop"',
      sending,
      ['Cancel plans.zip', 'Stop'],
      { ...sending, items: [SMALL] },
      'Pause notes.pdf',
    ],
    ['the harmless answer about all', sending, ['Cancel all'], undefined, 'Keep going'],
    ['"Cancel all" again', sending, ['Cancel all', 'Keep going'], undefined, 'Cancel all'],
    [
      'why none is in, after all were stopped',
      sending,
      ['Cancel all', 'Stop'],
      STATES['not-done'],
      'The files could not be uploaded',
    ],
    ['"Carry on", after "Pause all"', sending, ['Pause all'], STATES['all-paused'], 'Carry on'],
    ['"Pause all", after "Carry on"', 'all-paused', ['Carry on'], uploading, 'Pause all'],
    [
      'the next problem, where the list is narrowed to them and "Try again" took one out',
      troubled,
      ['Problems 2', 'Try one.pdf again'],
      { ...troubled, items: [{ ...ONE, phase: 'waiting' }, TWO, ...many] },
      'Try two.pdf again',
    ],
    [
      'the problem before, where it was the last one',
      troubled,
      ['Problems 2', 'Try two.pdf again'],
      { ...troubled, items: [ONE, { ...TWO, phase: 'waiting' }, ...many] },
      'Try one.pdf again',
    ],
    ['the heading of the end', sending, ['Pause plans.zip'], done, '2 files uploaded'],
    ['the heading of an end in part', sending, ['Pause plans.zip'], STATES['part-done'], '1 of 2 files uploaded'],
    ['the heading of the sending, after "Try again"', 'not-done', ['Try again'], uploading, 'Uploading 1 of 4 files'],
    ['the heading of the end, after the rest was left out', 'part-done', ['Leave it out'], done, '2 files uploaded'],
    [
      '"Choose files", after "Upload more files"',
      'done',
      ['Upload more files'],
      { ...EMPTY, person: JO },
      'Choose files',
    ],
    ['"Choose files", after "Sign out"', 'ready', ['Sign out'], EMPTY, 'Choose files'],
    [
      'what to do, after the session ended',
      sending,
      ['Pause plans.zip'],
      STATES['sign-in-again'],
      'Sign in again to carry on',
    ],
    [
      'the heading of the sending, after signing in again',
      'sign-in-again',
      ['Sign in with Acme'],
      uploading,
      'Uploading 1 of 4 files',
    ],
    [
      'the first button of an unfinished upload that is checked',
      'unfinished-other',
      ['Upload as new: holiday-film-2026.mp4'],
      STATES['unfinished-checking'],
      'Cancel holiday-film-2026.mp4',
    ],
    [
      'the harmless answer about an unfinished upload',
      'unfinished',
      ['Delete what was sent of holiday-film-2026.mp4'],
      undefined,
      'Keep',
    ],
    [
      '"Choose files", after the last unfinished upload was deleted',
      'unfinished',
      ['Delete what was sent of holiday-film-2026.mp4', 'Delete'],
      { ...EMPTY, person: JO },
      'Choose files',
    ],
  ];
  for (const [where, from, presses, to, expected] of steps) {
    it(where, async () => {
      expect(await after(from, presses, to)).to.equal(expected);
    });
  }

  it('the button in the same or the next row, where a file was through while its button had the focus', async () => {
    const { root, flow, element } = await mount(sending);
    pressable(root, 'Cancel plans.zip').focus();
    flow.show({ ...sending, items: [{ ...LARGE, phase: 'finishing' }, SMALL] });
    await element.updateComplete;
    expect(focused(root)).to.equal('Pause notes.pdf');
  });

  it('and it is left alone where what has it is still there, or where it is elsewhere on the page', async () => {
    const { root, flow, element } = await mount(sending);
    pressable(root, 'Pause all').focus();
    flow.show({ ...sending, sent: 30 * MB });
    await element.updateComplete;
    expect(focused(root)).to.equal('Pause all');
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    flow.show(done);
    await element.updateComplete;
    expect(document.activeElement).to.equal(field);
  });
});
