import { expect } from '@open-wc/testing';
import { Announcements } from '../../../src/elements/secure-upload/announcements.ts';
import type { UnfinishedItem } from '../../../src/flow/unfinished-snapshot.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, JO, STATES } from './fixtures.ts';
import { clean, cleanUp, mount, press, textsOf, until } from './mount.ts';
import { viewOf } from './view-of.ts';

const promise = 'Goes to Acme Support. Kept for 90 days in the European Union. More about your files';
const zone = ['Drop files here, or', 'Choose files', 'Photos and images, up to 15 MB each, 20 at a time'];
const heading = 'You have 1 unfinished upload';
const film = 'holiday-film-2026.mp4';
const plans = 'plans-of-the-new-building-with-every-floor-and-all-appendices.zip';
const shortPlans = 'plans-of-the-new-building-with-ever…r-and-all-appendices.zip';
const choose = 'Choose the same file again. Only the missing part is sent.';
const last = '34% sent on 19 November 2026';

/** What stands between the promise and the zone. */
async function block(state: Parameters<typeof mount>[0]): Promise<string[]> {
  const { root } = await mount(state, { attributes: { lang: 'en' }, width: 720 });
  const texts = textsOf(root);
  return texts.slice(texts.indexOf(promise) + 1, texts.indexOf('Drop files here, or'));
}

const changed = (more: Partial<UnfinishedItem>, state: UploadSnapshot = STATES.unfinished): UploadSnapshot => ({
  ...state,
  unfinished: {
    ...state.unfinished,
    items: state.unfinished.items.map((item, at) => (at === 0 ? { ...item, ...more } : item)),
  },
});

describe('an unfinished upload', () => {
  afterEach(cleanUp);

  it('is told without its name before sign-in', async () => {
    const { root } = await mount('unfinished-signed-out', { attributes: { lang: 'en' }, width: 720 });
    const note = ['You have an unfinished upload. Sign in to see it.', 'Sign in now'];
    expect(textsOf(root)).to.deep.equal([
      ...['Upload files', promise, ...note, ...zone],
      "You'll sign in with Acme before anything is sent.",
    ]);
    const several = await block({ ...EMPTY, unfinished: { count: 3, items: [], isKeptNowhere: false } });
    expect(several[0]).to.equal('You have 3 unfinished uploads. Sign in to see them.');
  });

  it('says its name, how much of it was sent, and when', async () => {
    expect(await block('unfinished')).to.deep.equal([
      ...[heading, choose, film, last, 'Choose it again', 'Delete what was sent'],
    ]);
  });

  it('says how long ago where that was today', async () => {
    const now = Date.now();
    expect(await block(changed({ lastSentAt: now - 12.5 * 60_000 }))).to.include('34% sent 12 minutes ago');
    expect(await block(changed({ lastSentAt: now - 3.2 * 3_600_000 }))).to.include('34% sent 3 hours ago');
  });

  it('needs only a press where the browser knows the file, beside others that must be chosen', async () => {
    expect(await block('unfinished-several')).to.deep.equal([
      ...['You have 2 unfinished uploads', choose],
      ...[film, last, 'Carry on', 'Delete what was sent'],
      ...[shortPlans, '0% sent on 19 November 2026', 'Choose it again', 'Delete what was sent'],
    ]);
  });

  const states = {
    'unfinished-checking': ['Checking that it is the same file', 'Cancel'],
    'unfinished-other': [
      'This is not the same file. Choose the original, or upload this one as new.',
      ...['Choose again', 'Upload as new'],
    ],
    'unfinished-elsewhere': ['This upload is running in another tab.', 'Move it here'],
    'unfinished-over': ['This was not finished in 7 days and has been deleted. Upload it again.', 'Choose it again'],
  } as const;
  for (const [state, words] of Object.entries(states)) {
    it(`says what ${state.replace('unfinished-', '')} means, and offers what helps`, async () => {
      expect(await block(state as keyof typeof states)).to.deep.equal([heading, film, ...words]);
    });
  }

  it('says why the last act came to nothing', async () => {
    expect(await block('unfinished-problem')).to.deep.equal([
      ...[heading, choose, film, 'We cannot reach the service. Try again in a few minutes.'],
      ...['Choose it again', 'Delete what was sent'],
    ]);
  });

  it('goes on under another name and says so, and says before how little is sent', async () => {
    const { root } = await mount('resumed', { width: 720 });
    expect(textsOf(root)).to.include('Same content, new name. Carrying on.');
    const [item] = STATES.resumed.items;
    if (!item) throw new Error('no item');
    const sending = { ...STATES.resumed, items: [{ ...item, phase: 'uploading' as const, sent: item.size / 3 }] };
    expect(textsOf((await mount(sending)).root)).to.include('Same content, new name. Carrying on. 6 of 18 MB');
    const ready = { ...EMPTY, person: JO, items: [{ ...item, phase: 'ready' as const }] };
    expect(textsOf((await mount(ready)).root)).to.include('18 MB, PDF. Only the missing part is sent.');
  });

  it('says that nothing is kept where a large file is on its way in a private window', async () => {
    const line = ({ root }: { root: ShadowRoot }) => textsOf(root).find((text) => text.startsWith('21 of 55 MB'));
    expect(line(await mount('kept-nowhere'))).to.equal(
      '21 of 55 MB. Your browser keeps nothing here (private window). Do not close this page while uploading.',
    );
    const small = STATES.uploading.items.map((item) => ({ ...item, size: 1024, sent: 0 }));
    expect(line(await mount({ ...STATES['kept-nowhere'], items: small }))).to.equal(
      '21 of 55 MB. Keep this page open.',
    );
  });

  it('leaves one filled button on the screen', async () => {
    const filled = ({ root }: { root: ShadowRoot }) =>
      [...root.querySelectorAll('.button.primary:not(.narrow)')].map((button) => clean(button.textContent));
    expect(filled(await mount('unfinished'))).to.deep.equal(['Choose it again']);
    expect(filled(await mount('unfinished-other'))).to.deep.equal(['Choose again']);
    expect(filled(await mount('unfinished-several'))).to.deep.equal(['Choose files']);
    expect(filled(await mount('unfinished-elsewhere'))).to.deep.equal(['Choose files']);
    expect(filled(await mount('unfinished-checking'))).to.deep.equal([]);
  });

  it('gives each button the name of its file for assistive technology', async () => {
    const { root } = await mount('unfinished-several');
    const names = [...root.querySelectorAll('[data-upload] button.button')].map((button) =>
      clean(button.getAttribute('aria-label')),
    );
    expect(names).to.deep.equal([
      ...[`Carry on with ${film}`, `Delete what was sent of ${film}`],
      ...[`Choose it again: ${plans}`, `Delete what was sent of ${plans}`],
    ]);
  });
});

describe('a press at an unfinished upload', () => {
  afterEach(cleanUp);

  /** Writes down what the flow is asked. */
  async function asked(state: Parameters<typeof mount>[0]) {
    const mounted = await mount(state);
    const calls: string[] = [];
    const { unfinished } = mounted.flow;
    for (const verb of ['choose', 'carryOn', 'moveHere', 'uploadAsNew', 'cancelCheck', 'delete'] as const) {
      Object.defineProperty(unfinished, verb, {
        value: (id: string, file?: File) => calls.push(file ? `${verb} ${id} ${file.name}` : `${verb} ${id}`),
      });
    }
    return { ...mounted, calls };
  }

  it('opens the picker of its own row, and hands over what is picked there', async () => {
    const { root, calls } = await asked('unfinished');
    const input = root.querySelector<HTMLInputElement>('[data-upload] input');
    if (!input) throw new Error('no input');
    let opened = 0;
    input.addEventListener('click', (event) => {
      event.preventDefault();
      opened += 1;
    });
    press(root, 'Choose it again');
    expect(opened).to.equal(1);
    const picked = new DataTransfer();
    picked.items.add(new File(['x'], 'film.mp4'));
    input.files = picked.files;
    input.dispatchEvent(new Event('change'));
    expect(calls).to.deep.equal(['choose upload-film film.mp4']);
    expect(input.value, 'the same file can be picked again').to.equal('');
  });

  it('carries on, moves, uploads as new and cancels', async () => {
    const acts = {
      'unfinished-several': ['Carry on', 'carryOn upload-film'],
      'unfinished-elsewhere': ['Move it here', 'moveHere upload-film'],
      'unfinished-other': ['Upload as new', 'uploadAsNew upload-film'],
      'unfinished-checking': ['Cancel', 'cancelCheck upload-film'],
    } as const;
    for (const [state, [words, call]] of Object.entries(acts)) {
      const { root, calls } = await asked(state as keyof typeof acts);
      press(root, words);
      expect(calls).to.deep.equal([call]);
      cleanUp();
    }
  });

  it('asks before it deletes what took long to send, and keeps the focus in the row', async () => {
    const { element, root, calls } = await asked('unfinished');
    root.querySelector<HTMLElement>('[data-upload] .quiet')?.focus();
    press(root, 'Delete what was sent');
    await element.updateComplete;
    expect(textsOf(root)).to.include.members([`Delete what was sent of ${film}?`, 'Delete', 'Keep']);
    expect(clean(root.activeElement?.textContent ?? ''), 'a held key deletes nothing').to.equal('Keep');
    press(root, 'Keep');
    await element.updateComplete;
    expect(calls).to.deep.equal([]);
    expect(clean(root.activeElement?.textContent ?? '')).to.equal('Choose it again');
    press(root, 'Delete what was sent');
    await element.updateComplete;
    press(root, 'Delete');
    expect(calls).to.deep.equal(['delete upload-film']);
  });

  it('deletes little at once, and the focus goes to the next one', async () => {
    const little = changed({ sent: 1024 }, STATES['unfinished-several']);
    const { element, root, flow, calls } = await asked(little);
    root.querySelector<HTMLElement>('[data-upload=upload-film] .quiet')?.focus();
    press(root, 'Delete what was sent');
    expect(calls).to.deep.equal(['delete upload-film']);
    flow.show({ ...little, unfinished: { ...little.unfinished, items: little.unfinished.items.slice(1) } });
    await element.updateComplete;
    expect(clean(root.activeElement?.getAttribute('aria-label') ?? '')).to.equal(`Choose it again: ${plans}`);
  });

  it('keeps the focus in the row while its file is checked', async () => {
    const { element, root, flow } = await asked('unfinished');
    root.querySelector<HTMLElement>('[data-upload] .primary')?.focus();
    const input = root.querySelector<HTMLInputElement>('[data-upload] input');
    const picked = new DataTransfer();
    picked.items.add(new File(['x'], 'film.mp4'));
    if (input) input.files = picked.files;
    input?.dispatchEvent(new Event('change'));
    flow.show(STATES['unfinished-checking']);
    await element.updateComplete;
    await until(() => root.activeElement !== null);
    expect(clean(root.activeElement?.textContent ?? '')).to.equal('Cancel');
  });
});

describe('announcements about unfinished uploads', () => {
  const said = (from: UploadSnapshot, to: UploadSnapshot): string[] =>
    new Announcements().of(from, viewOf(to)).map(({ text, isUrgent }) => `${isUrgent ? '! ' : ''}${clean(text)}`);
  const { unfinished } = STATES;

  it('tell that there are some once their person has signed in, and nothing before', () => {
    expect(said(EMPTY, STATES['unfinished-signed-out'])).to.deep.equal([]);
    expect(said({ ...EMPTY, person: JO }, unfinished)).to.deep.equal([heading]);
  });

  it('tell that a file is checked, and interrupt with the answer where it does not go on', () => {
    expect(said(unfinished, STATES['unfinished-checking'])).to.deep.equal(['Checking that it is the same file']);
    const answers = ['other', 'elsewhere', 'over'] as const;
    expect(answers.map((phase) => said(STATES['unfinished-checking'], changed({ phase })))).to.deep.equal([
      ['! This is not the same file. Choose the original, or upload this one as new.'],
      ['! This upload is running in another tab.'],
      ['! This was not finished in 7 days and has been deleted. Upload it again.'],
    ]);
    const failed = changed({ problem: { code: 'file_unreadable' } });
    expect(said(STATES['unfinished-checking'], failed)).to.have.lengthOf(1);
    expect(said(STATES['unfinished-checking'], unfinished)).to.deep.equal([]);
  });

  it('tell that the content is known under another name', () => {
    const checked = { ...STATES['unfinished-checking'], phase: 'uploading' as const };
    expect(said(checked, STATES.resumed)).to.include('Same content, new name. Carrying on.');
    const later = said(STATES.resumed, { ...STATES.resumed, sent: 1 });
    expect(later).not.to.include('Same content, new name. Carrying on.');
  });
});
