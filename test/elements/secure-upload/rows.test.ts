import { expect } from '@open-wc/testing';
import { EMPTY, item, JO, MOVIE, PHOTO, SHOP, STATES } from './fixtures.ts';
import { clean, cleanUp, mount, press, textsOf } from './mount.ts';

const MB = 1024 * 1024;
const many = Array.from({ length: 25 }, (_, i) =>
  i < 3
    ? item(`bad-${i}.mov`, MB, 'video/quicktime', 'refused', { problem: { code: 'file_type' } })
    : item(`IMG_${i}.jpg`, MB, 'image/jpeg'),
);
const LONG = `${'a'.repeat(60)}-final-version-of-the-contract-with-all-appendices.pdf`;
const key = (name: string) =>
  new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true });
const verbs = (calls: readonly string[]) => calls.filter((call) => !/^(configure|load)/.test(call));

describe('rows', () => {
  afterEach(cleanUp);

  it('are removed at once, with undo in their place and the focus on the next row', async () => {
    const { element, root, flow } = await mount('review');
    root.querySelector<HTMLElement>('[aria-label="Remove \u2068IMG_2041.jpg\u2069"]')?.focus();
    press(root, 'Remove IMG_2041.jpg');
    expect(verbs(flow.calls)).to.deep.equal([`remove ${PHOTO.key}`]);
    flow.show({ ...EMPTY, person: JO, items: [SHOP], removed: { key: PHOTO.key, name: PHOTO.name } });
    await element.updateComplete;
    expect(clean(root.querySelector('.rows')?.firstElementChild?.textContent ?? '')).to.equal(
      'Removed IMG_2041.jpg. Undo',
    );
    expect(clean(root.activeElement?.getAttribute('aria-label') ?? '')).to.equal(`Remove ${SHOP.name}`);
    const undo = [...root.querySelectorAll<HTMLElement>('.removed button')].at(0);
    undo?.focus();
    undo?.click();
    expect(verbs(flow.calls).at(-1)).to.equal('undoRemove');
    flow.show({ ...EMPTY, person: JO, items: [PHOTO, SHOP] });
    await element.updateComplete;
    expect(clean(root.activeElement?.getAttribute('aria-label') ?? '')).to.equal(`Remove ${PHOTO.name}`);
  });

  it('are removed by Delete and Backspace while the focus is in them', async () => {
    const { root, flow } = await mount('review');
    const button = root.querySelector('.row .remove');
    button?.dispatchEvent(key('Delete'));
    button?.dispatchEvent(key('Backspace'));
    expect(verbs(flow.calls)).to.deep.equal([`remove ${PHOTO.key}`, `remove ${PHOTO.key}`]);
  });

  it('cancel at once while little was sent', async () => {
    const { root, flow } = await mount('uploading');
    press(root, 'Cancel contract-signed.pdf');
    expect(verbs(flow.calls)).to.deep.equal(['cancel contract-signed.pdf']);
  });

  it('ask in the row before more than 10 MB are thrown away', async () => {
    const { element, root, flow } = await mount({
      ...STATES.uploading,
      items: [item('film.mp4', 90 * MB, 'video/mp4', 'uploading', { sent: 10 * MB + 1 })],
    });
    press(root, 'Cancel film.mp4');
    await element.updateComplete;
    expect(verbs(flow.calls)).to.deep.equal([]);
    expect(clean(root.querySelector('.question')?.textContent ?? '')).to.equal(
      'Stop film.mp4? What was sent is deleted. Stop Keep going',
    );
    press(root, 'Keep going');
    await element.updateComplete;
    expect(root.querySelector('.question')).to.equal(null);
    press(root, 'Cancel film.mp4');
    await element.updateComplete;
    press(root, 'Stop');
    expect(verbs(flow.calls)).to.deep.equal(['cancel film.mp4']);
  });

  it('go with the time that is left: in hours from 90 minutes on, never in seconds', async () => {
    const told = async (minutes: number) => {
      const { root } = await mount({ ...STATES.uploading, msLeft: minutes * 60_000 });
      return clean(root.querySelector('.sending .top p')?.textContent ?? '');
    };
    expect([await told(0.5), await told(89), await told(90), await told(180)]).to.deep.equal([
      'Less than a minute left',
      'About 89 minutes left',
      'About 2 hours left',
      'About 3 hours left',
    ]);
  });

  it('ask once for all of them together', async () => {
    const { element, root, flow } = await mount({
      ...STATES.uploading,
      items: ['a.mp4', 'b.mp4'].map((name) => item(name, 90 * MB, 'video/mp4', 'uploading', { sent: 6 * MB })),
    });
    press(root, 'Cancel all');
    await element.updateComplete;
    expect(textsOf(root)).to.include('Stop all uploads? What was sent is deleted.');
    press(root, 'Stop');
    expect(verbs(flow.calls)).to.deep.equal(['cancelAll']);
  });

  it('are tried again one by one or all together, and left out', async () => {
    const { root, flow } = await mount('part-done');
    press(root, 'Try contract-signed.pdf again');
    press(root, 'Try that one again');
    press(root, 'Leave it out');
    expect(verbs(flow.calls)).to.deep.equal(['retry contract-signed.pdf', 'retry', 'leaveOut']);
  });

  it('are not offered again where no room is left: a press makes none', async () => {
    for (const state of ['room-short', 'room-full-person', 'room-full-app'] as const) {
      const { root } = await mount(state);
      expect(root.querySelectorAll('.row .button').length, state).to.equal(root.querySelectorAll('.row').length);
    }
  });

  it('that were refused before "Upload" are not in the list of what is in', async () => {
    const { root } = await mount({ ...STATES.done, items: [...STATES.done.items, MOVIE] });
    expect([...root.querySelectorAll<HTMLElement>('.row')].map(({ dataset }) => dataset.key)).to.deep.equal(
      STATES.done.items.map(({ key }) => key),
    );
  });

  it('that would find room keep their size and kind; a word of room stands at the others', async () => {
    const { root } = await mount('room-short');
    expect([...root.querySelectorAll('.row .status')].map((one) => clean(one.textContent ?? ''))).to.deep.equal([
      '12 MB, PDF',
      '12 MB. There is no room for it.',
    ]);
  });

  it('stand above what is left of the room from 70 % on, and above a warning from 90 % on', async () => {
    const cap = 1000 * MB;
    const told = async (left: number) => {
      const { root } = await mount({ ...STATES.review, room: { cap, left: left * MB } });
      return clean(root.querySelector('#room')?.textContent ?? '');
    };
    expect([await told(301), await told(300), await told(101), await told(100)]).to.deep.equal([
      '',
      'You have room for 300 MB more.',
      'You have room for 101 MB more.',
      'Almost full. You have room for 100 MB more.',
    ]);
  });

  it('send only as many as there is room for', async () => {
    const { root, flow } = await mount('room-short');
    press(root, 'Upload the one that fits');
    expect(verbs(flow.calls)).to.deep.equal(['retry contract-signed.pdf']);
  });

  it('that do not all fit are told before anything is sent, and those that do are one press away', async () => {
    const { root, flow } = await mount('room-short-before');
    expect(clean(root.querySelector('#batch-note')?.textContent ?? '')).to.equal(
      'These files need 6.9 MB. There is room for 5 MB.',
    );
    const status = [...root.querySelectorAll('.row .status')].map((one) => clean(one.textContent ?? ''));
    expect(status).to.deep.equal(['4.1 MB, photo', '2.8 MB. There is no room for it.']);
    press(root, 'Upload the one that fits');
    expect(verbs(flow.calls)).to.deep.equal(['keepFirst 1', 'upload']);
    press(root, 'Choose what to leave out');
    expect(root.activeElement?.getAttribute('aria-label')).to.contain('IMG_2041.jpg');
  });

  it('of which none fits have no button that sends', async () => {
    const { root } = await mount({
      ...STATES['room-short-before'],
      batchProblem: { code: 'person_full', figures: { size: 7 * MB, rest: MB } },
    });
    expect(root.querySelectorAll('[part~="primary"]:not(.narrow)')).to.have.length(0);
    const shown = await mount({
      ...STATES['room-short'],
      batchProblem: { code: 'person_full', figures: { rest: MB } },
    });
    expect(clean(shown.root.querySelector('#heading')?.textContent ?? '')).to.equal(
      'These files need 24 MB. There is room for 1 MB.',
    );
  });

  it('keep the ending of a long name on two lines of a phone, and show the whole one on a press', async () => {
    const { element, root } = await mount({ ...EMPTY, items: [item(LONG, MB, 'application/pdf')] }, { width: 320 });
    const button = [...root.querySelectorAll<HTMLElement>('button.name')].find((one) => one.checkVisibility());
    const shown = clean(button?.textContent ?? '');
    expect(shown).to.match(/^a+….*dices\.pdf$/);
    expect(shown).to.have.length(36);
    expect(button?.getAttribute('aria-label')).to.equal(`Show the whole name: ${LONG}`);
    expect(button?.title).to.equal(LONG);
    button?.click();
    await element.updateComplete;
    expect(clean(root.querySelector('.name')?.textContent ?? '')).to.equal(LONG);
  });

  it('show more of a long name where the box is wide, and nothing to press where all of it stands', async () => {
    const names = [LONG, `${'b'.repeat(50)}.pdf`];
    const { root } = await mount(
      { ...EMPTY, items: names.map((name) => item(name, MB, 'application/pdf')) },
      { width: 720 },
    );
    const shown = [...root.querySelectorAll<HTMLElement>('.name')].filter((one) => one.checkVisibility());
    expect(shown.map(({ localName }) => localName)).to.deep.equal(['button', 'div']);
    expect(clean(shown[0]?.textContent ?? ''))
      .to.match(/^a+….*appendices\.pdf$/)
      .and.to.have.length(60);
    expect(shown[1]?.textContent).to.equal(names[1]);
  });

  it('break a name before its ending and not within it, also in the narrowest box', async () => {
    const { root } = await mount({ ...EMPTY, items: [item('IMG_20412041.jpg', MB, 'image/jpeg')] }, { width: 240 });
    const parts = [...(root.querySelector('.name bdi')?.childNodes ?? [])];
    const text = parts.findLast((part) => part instanceof Text && part.data);
    if (!text) throw new Error('no ending');
    const ending = document.createRange();
    ending.selectNodeContents(text);
    expect(ending.toString()).to.equal('.jpg');
    expect(ending.getClientRects()).to.have.length(1);
    const whole = root.querySelector('.name')?.getBoundingClientRect();
    expect(ending.getBoundingClientRect().top).to.be.above((whole?.top ?? 0) + 10);
  });

  for (const [what, name, ending] of [
    ['without gaps', `${'w'.repeat(120)}.jpeg`, 'www.jpeg'],
    ['that is read from the right', `${'صورة '.repeat(20)}نهائية.jpg`, ' نهائية.jpg'],
    ['of joined emoji', `${'👩‍👩‍👧'.repeat(60)}.png`, '.png'],
  ] as const) {
    it(`shorten a name ${what} in the middle, with nothing between the sign and the ending`, async () => {
      const { root } = await mount({ ...EMPTY, items: [item(name, MB, 'image/jpeg')] }, { width: 720 });
      const shown = [...root.querySelectorAll<HTMLElement>('.name')].find((one) => one.checkVisibility());
      const [head = '', tail = ''] = clean(shown?.textContent ?? '').split('…');
      expect(name.startsWith(head)).to.equal(true);
      expect(name.endsWith(tail)).to.equal(true);
      expect(tail.endsWith(ending)).to.equal(true);
      expect(shown?.scrollWidth).to.be.at.most(shown?.clientWidth ?? 0);
    });
  }

  it('render no character that would turn the direction of a name', async () => {
    const { root } = await mount({ ...EMPTY, items: [item('photo\u202Egpj.exe', MB, '', 'ready', { key: 'f1' })] });
    expect(root.querySelector('.name')?.textContent).to.equal('photogpj.exe');
    expect(root.innerHTML).not.to.contain('\u202E');
  });

  it('over twenty are one stop of the Tab key, with arrows, Home and End inside', async () => {
    const { element, root } = await mount({ ...EMPTY, person: JO, items: many });
    const rows = () => [...root.querySelectorAll<HTMLElement>('.row')];
    const stops = () => rows().filter((row) => row.tabIndex === 0);
    expect(stops()).to.have.length(1);
    rows()[0]?.focus();
    for (const [name, index] of [
      ['ArrowDown', 1],
      ['End', 24],
      ['ArrowUp', 23],
      ['Home', 0],
    ] as const) {
      root.activeElement?.dispatchEvent(key(name));
      await element.updateComplete;
      expect(root.activeElement).to.equal(rows()[index]);
      expect(stops()).to.deep.equal([rows()[index]]);
    }
    expect([...root.querySelectorAll<HTMLElement>('.row .remove')].filter((one) => one.tabIndex === 0)).to.have.length(
      1,
    );
  });

  it('over twenty can be narrowed to problems, and skipped', async () => {
    const { element, root } = await mount({ ...EMPTY, person: JO, items: many });
    expect(root.querySelectorAll('.row')).to.have.length(25);
    press(root, 'Problems 3');
    await element.updateComplete;
    expect(root.querySelectorAll('.row')).to.have.length(3);
    press(root, 'All 25');
    await element.updateComplete;
    expect(root.querySelectorAll('.row')).to.have.length(25);
    press(root, 'Skip the list');
    expect(root.activeElement?.id).to.equal('after-list');
  });
});
