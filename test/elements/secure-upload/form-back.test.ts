import { expect } from '@open-wc/testing';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import { UploadFlow } from '../../../src/flow/upload-flow.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { NO_BATCHES } from '../../support/no-batches.ts';
import { NO_LINKS, STATES } from './fixtures.ts';
import { cleanUp, mount, press, tagOf, textsOf, until } from './mount.ts';

const inForm = { name: 'documents' };
const LATER = '2999-01-01T00:00:00Z';

/** Two files are stored, for longer than any test. */
const DONE: UploadSnapshot = {
  ...STATES.done,
  items: STATES.done.items.map(({ stored, ...item }) => ({
    ...item,
    ...(stored && { stored: { ...stored, delete_at: LATER } }),
  })),
};

const never = () => new Promise<never>(() => {});

/** A flow of its own, which can reach nothing but the app's document. */
function flowOf(): UploadFlow {
  const { app } = DONE;
  if (!app) throw new Error('no app');
  const quiet = () => {};
  return new UploadFlow({
    apps: { readApp: async () => app },
    identity: { signIn: never, comeBack: () => null, link: () => '', showWindow: quiet, signOut: async () => {} },
    unfinished: {
      isAvailable: async () => true,
      count: async () => 0,
      list: async () => [],
      check: never,
      reopen: never,
      moveHere: never,
      forget: never,
      forgetAll: never,
    },
    batches: NO_BATCHES,
    transfer: {
      send: never,
      cancel: quiet,
      cancelAll: quiet,
      leaveAll: quiet,
      pause: quiet,
      resume: quiet,
      tryNow: quiet,
      signedIn: quiet,
      close: quiet,
    },
    agreements: { read: never, give: never },
    readRoom: never,
    transform: async (file) => ({ file, locationRemoved: false, before: {}, after: {} }),
    guess: () => '',
    clock: { now: () => Date.now(), after: () => quiet },
  });
}

function form(): HTMLFormElement {
  const made = document.createElement('form');
  document.body.append(made);
  return made;
}

const valuesOf = (within: HTMLFormElement) => [...new FormData(within)].map(([name, value]) => `${name}=${value}`);

/** A page that is come back to, with what the browser kept of its box; `when` it gives that back. */
async function comeBack(
  state: unknown,
  attributes: Record<string, string> = inForm,
  when: 'before it is drawn' | 'late' = 'before it is drawn',
) {
  const flow = flowOf();
  SecureUpload.compose = () => ({ flow, links: NO_LINKS });
  const within = form();
  const element = tagOf(attributes);
  within.append(element);
  const give = () => element.formStateRestoreCallback(state);
  if (when === 'before it is drawn') give();
  await element.updateComplete;
  await until(() => flow.snapshot.phase !== 'loading');
  if (when === 'late') give();
  await element.updateComplete;
  await element.updateComplete;
  const root = element.shadowRoot;
  if (!root) throw new Error('no shadow root');
  return { flow, within, element, root };
}

describe('a form that is come back to', () => {
  const real = ElementInternals.prototype.setFormValue;
  /** What the browser was given to keep. */
  let kept: unknown[] = [];
  beforeEach(() => {
    kept = [];
    ElementInternals.prototype.setFormValue = function (this: ElementInternals, value, state) {
      kept.push(state);
      real.call(this, value, state);
    };
  });
  afterEach(() => {
    ElementInternals.prototype.setFormValue = real;
    cleanUp();
  });

  async function left(snapshot: UploadSnapshot = DONE, attributes: Record<string, string> = inForm) {
    const within = form();
    const mounted = await mount(snapshot, { attributes, within });
    const values = valuesOf(within);
    return { ...mounted, values, state: kept.at(-1) };
  }

  for (const when of ['before it is drawn', 'late'] as const) {
    it(`holds the same ids and receipts, shows them, and asks nobody: given back ${when}`, async () => {
      const { values, state } = await left();
      const { within, root, element } = await comeBack(state, { ...inForm, required: '' }, when);
      expect(valuesOf(within)).to.deep.equal(values);
      expect(values).to.have.length(4);
      expect(textsOf(root).at(-1)).to.equal('2 files added. They are sent with the form.');
      expect(textsOf(root)).to.include('[Remove IMG_2041.jpg]');
      expect([element.checkValidity(), document.activeElement]).to.deep.equal([true, document.body]);
      expect(kept.at(-1), 'for the next time').to.equal(state);
    });
  }

  it('loses what is taken out there, also for the next time', async () => {
    const { state } = await left();
    const { root, element, within } = await comeBack(state);
    press(root, 'Remove IMG_2041.jpg');
    await element.updateComplete;
    expect(valuesOf(within)).to.have.length(2);
    within.reset();
    await element.updateComplete;
    expect([valuesOf(within), kept.at(-1)]).to.deep.equal([[], null]);
  });

  it('keeps only what is stored, and nothing where no form reads it', async () => {
    const { state } = await left(STATES.uploading);
    expect(String(state)).to.contain('upload-IMG_2041jpg');
    expect(JSON.parse(String(state))[3]).to.have.length(1);
    expect((await left(STATES.review)).state).to.equal(null);
    expect((await left(DONE, {})).state).to.equal(null);
  });

  it('keeps nothing of so many files that a history would have to carry megabytes', async () => {
    const [one] = DONE.items;
    if (!one?.stored) throw new Error('nothing is stored');
    const { stored } = one;
    const items = Array.from({ length: 1000 }, (_, i) => ({
      ...one,
      key: `f${i}`,
      stored: { ...stored, receipt: 'r'.repeat(1000) },
    }));
    expect((await left({ ...DONE, items })).state).to.equal(null);
  });

  it('writes it anew only when another file is stored', async () => {
    const { flow, element, state } = await left();
    const write = JSON.stringify;
    let written = 0;
    JSON.stringify = ((value: unknown) => {
      if (Array.isArray(value) && value[0] === 1) written += 1;
      return write(value);
    }) as typeof JSON.stringify;
    try {
      for (let moves = 0; moves < 5; moves++) {
        flow.show({ ...DONE, items: DONE.items.map((item) => ({ ...item })) });
        await element.updateComplete;
      }
    } finally {
      JSON.stringify = write;
    }
    expect([written, kept.at(-1)]).to.deep.equal([0, state]);
  });

  for (const [what, change] of [
    ['of another app', (state) => [state[0], state[1], 'other-app', state[3]]],
    ['of another broker', (state) => [state[0], 'https://other.example', state[2], state[3]]],
    ['of another version', (state) => [0, ...state.slice(1)]],
    ['without its files', (state) => state.slice(0, 3)],
    ['with files of another shape', (state) => [...state.slice(0, 3), [null, 1, 'a', {}, { stored: { id: 'a' } }]]],
    [
      'with files that are deleted by now, or nobody knows when',
      (state) => [
        ...state.slice(0, 3),
        [withStored(state, { delete_at: '2020-01-01T00:00:00Z' }), withStored(state, { delete_at: 'soon' })],
      ],
    ],
  ] satisfies [string, (state: unknown[]) => unknown][]) {
    it(`is empty, and works, where what was kept is ${what}`, async () => {
      const { state } = await left();
      const { within, flow, root } = await comeBack(JSON.stringify(change(JSON.parse(String(state)))));
      expect([valuesOf(within), flow.snapshot.items, flow.snapshot.phase]).to.deep.equal([[], [], 'choosing']);
      expect(textsOf(root).join()).to.contain('Choose files');
    });
  }

  it('is empty, and works, where what was kept is no text of ours', async () => {
    for (const state of ['', 'null', '{', '"a"', new FormData(), null, undefined, new File([], 'a')]) {
      const { within, flow } = await comeBack(state);
      expect([valuesOf(within), flow.snapshot.phase]).to.deep.equal([[], 'choosing']);
    }
  });
});

function withStored(state: readonly unknown[], change: object): unknown {
  const [first] = state[3] as readonly { readonly stored: object }[];
  return { ...first, stored: { ...first?.stored, ...change } };
}
