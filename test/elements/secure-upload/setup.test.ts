import { expect } from '@open-wc/testing';
import { around } from '../../../src/elements/secure-upload/around.ts';
import { page } from '../../../src/elements/secure-upload/page.ts';
import type { Reach } from '../../../src/elements/secure-upload/reach.ts';
import { Setup } from '../../../src/elements/secure-upload/setup.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { APP, EMPTY, STATES } from './fixtures.ts';
import { clean, cleanUp, type Mounted, mount, textsOf, until, VISITORS_PAGE } from './mount.ts';

const BUILDERS_PAGE = new URL('http://localhost:8080/contact');
const unavailable = (code: string, figures?: { why: string }): UploadSnapshot => ({
  ...STATES.unavailable,
  problem: { code, figures },
});
const NOT_HERE = 'Uploads are not available here right now';

/** The panel's own shadow, null where none is drawn. */
function panelIn(root: ShadowRoot): ShadowRoot | null {
  const place = [...root.children].find((child) => child.shadowRoot?.querySelector('.panel'));
  return place?.shadowRoot ?? null;
}

const hintsIn = (root: ShadowRoot): string[] =>
  [...(panelIn(root)?.querySelectorAll('li.warn p') ?? [])].map((one) => clean(one.textContent));
const linesIn = (root: ShadowRoot): string[] =>
  [...(panelIn(root)?.querySelectorAll('li p') ?? [])].map((one) => clean(one.textContent));

describe('what builders and visitors are told', () => {
  const warn = console.warn;
  let lines: string[] = [];
  beforeEach(() => {
    lines = [];
    console.warn = (line: string) => lines.push(line);
  });
  afterEach(() => {
    console.warn = warn;
    onPage(VISITORS_PAGE);
    cleanUp();
  });

  function onPage(
    place: URL,
    { isFramed = false, reach = 'reached' }: { isFramed?: boolean; reach?: Reach } = {},
  ): void {
    page.place = () => place;
    page.isFramed = () => isFramed;
    page.reach = () => Promise.resolve(reach);
    page.mayAsk = () => Promise.resolve(reach !== 'blocked');
  }

  /** The same box twice: on a page that is built, and on one that is visited. */
  const MISTAKES: {
    name: string;
    code: string;
    state: UploadSnapshot;
    on?: { isFramed?: boolean; reach?: Reach };
    with?: Parameters<typeof mount>[1];
    isInForm?: boolean;
    visitor: string;
    builder: string;
  }[] = [
    {
      name: 'the address is not on the list',
      code: 'origin_not_allowed',
      state: unavailable('origin_not_allowed'),
      visitor: NOT_HERE,
      builder: 'This address is not on your list: http://localhost:8080. Add it to the “origins” of the app.',
    },
    {
      name: 'no such app',
      code: 'app_unknown',
      state: unavailable('app_unknown'),
      with: { attributes: { app: 'cs-screenshot' } },
      visitor: NOT_HERE,
      builder: 'There is no app called “cs-screenshot” at broker.example. Copy the lines again.',
    },
    {
      name: 'a broker that nobody has under this address',
      code: 'broker_down',
      state: unavailable('broker_down'),
      on: { reach: 'silent' },
      visitor: NOT_HERE,
      builder:
        'The broker cannot be reached from this page: broker.example. Check its address, and connect-src of the page.',
    },
    {
      name: 'quotes of a text editor',
      code: 'quotes_curly',
      state: unavailable('app_unknown'),
      with: { attributes: { app: '“cs-screenshots”' } },
      visitor: NOT_HERE,
      builder:
        'The quotes around the app name are typographic (“ ”). Copy the lines again and paste them as plain text.',
    },
    {
      name: 'a frame without windows',
      code: 'popup_blocked',
      state: STATES['popup-blocked'],
      on: { isFramed: true },
      visitor: 'Open this on its own page (opens a new page)',
      builder:
        'This box sits in a frame that blocks sign-in windows. In Retool: switch on Allow pop-ups. Or use the page link.',
    },
    {
      name: 'too narrow a place',
      code: 'box_narrow',
      state: STATES['signed-out'],
      with: { width: 180 },
      visitor: 'Open the upload page',
      builder: 'This box is 180 px wide. It needs 240.',
    },
    {
      name: 'no name in a form',
      code: 'name_missing',
      state: STATES.ready,
      isInForm: true,
      visitor: 'Choose files',
      builder: 'In a form the box needs a name, or the form sends nothing of it.',
    },
    {
      name: 'a policy that blocks the broker',
      code: 'blocked_page',
      state: unavailable('broker_down'),
      on: { reach: 'blocked' },
      visitor: NOT_HERE,
      builder:
        'Your page does not let the box reach broker.example. Ask whoever runs the page to add: connect-src https://broker.example',
    },
    {
      name: 'a policy that blocks the storage',
      code: 'blocked_page',
      state: STATES['part-done'],
      on: { reach: 'blocked' },
      visitor: `${NOT_HERE}.`,
      builder:
        'Your page does not let the box reach storage.example. Ask whoever runs the page to add: connect-src https://broker.example https://storage.example',
    },
  ];

  const shown = ({ state, with: how, isInForm }: (typeof MISTAKES)[number]): Promise<Mounted> =>
    mount(state, isInForm ? { within: document.body.appendChild(document.createElement('form')) } : how);

  for (const mistake of MISTAKES) {
    const { name, code, on, visitor, builder } = mistake;
    it(`${name}: the builder reads the remedy`, async () => {
      onPage(BUILDERS_PAGE, on);
      const { root } = await shown(mistake);
      await until(() => hintsIn(root).includes(builder));
      expect(lines).to.include(`[secure-upload] ${code}: ${builder}`);
      expect(panelIn(root)?.querySelector('section')?.getAttribute('aria-label')).to.equal('Setup hints');
    });

    it(`${name}: the visitor reads what to do, and nothing of the builder's`, async () => {
      onPage(VISITORS_PAGE, on);
      const { root } = await shown(mistake);
      // The console has it, so everything that could have drawn it is there.
      await until(() => lines.length > 0);
      await until(() => textsOf(root).includes(visitor));
      expect(lines.map((line) => line.split(':')[0])).to.deep.equal([`[secure-upload] ${code}`]);
      expect(panelIn(root)).to.equal(null);
      expect(root.textContent).not.to.match(
        /on your list|Copy the lines|typographic|Retool|connect-src|It needs|needs a name/,
      );
      expect(lines.join()).not.to.contain('session=1');
    });
  }

  describe('on a page without https', () => {
    beforeEach(() => Object.defineProperty(window, 'isSecureContext', { configurable: true, value: false }));
    afterEach(() => {
      Object.defineProperty(window, 'isSecureContext', { configurable: true, value: true });
      history.replaceState(null, '', location.pathname + location.search);
    });

    it('the builder reads the remedy', async () => {
      onPage(new URL('http://192.168.1.20:8080/contact'));
      const { root } = await mount('ready');
      const told =
        'This page has the address http://192.168.1.20:8080, where neither sign-in nor fingerprints work. Serve it over https.';
      await until(() => hintsIn(root).length > 0);
      expect(hintsIn(root)).to.deep.equal([told]);
      expect(lines).to.include(`[secure-upload] not_secure: ${told}`);
    });

    it('the visitor reads it in a heading, and has the way to the secure address without what follows its #', async () => {
      onPage(new URL('http://www.mysite.com/contact'));
      history.replaceState(null, '', '#form');
      const { root } = await mount('ready');
      await until(() => lines.length > 0);
      expect(textsOf(root)).to.deep.equal(['This page cannot upload files safely', 'Open the secure page']);
      expect(root.querySelector('h2')?.textContent).to.equal('This page cannot upload files safely');
      const link = root.querySelector<HTMLAnchorElement>('.card a.primary:not(.narrow)');
      const secure = `https://${location.host}${location.pathname}${location.search}`;
      expect([link?.href, link?.target]).to.deep.equal([secure, '_top']);
      expect(panelIn(root)).to.equal(null);
    });
  });

  it('a box with the name of another in the same form is told so', async () => {
    onPage(BUILDERS_PAGE);
    const form = document.body.appendChild(document.createElement('form'));
    const inForm = { attributes: { name: 'documents' }, within: form };
    await mount('ready', inForm);
    const { root } = await mount('ready', inForm);
    const told = 'Two boxes in this form have the name documents. Give each its own name.';
    await until(() => hintsIn(root).includes(told));
    expect(form.querySelectorAll('secure-upload').length).to.equal(2);
  });

  it('a frame or file without an origin is not told to put its address on the list', async () => {
    onPage(BUILDERS_PAGE);
    const { hasOrigin } = around;
    around.hasOrigin = () => false;
    try {
      const { root } = await mount(unavailable('origin_not_allowed'));
      await until(() => hintsIn(root).length > 0);
      const told =
        'This frame or file has no address of its own that your list could name. Put the page on a server; in a sandboxed frame, add allow-same-origin; or use the link to the upload page.';
      expect(hintsIn(root)).to.deep.equal([told]);
      expect(lines).to.deep.equal([`[secure-upload] origin_none: ${told}`]);
    } finally {
      around.hasOrigin = hasOrigin;
    }
  });

  it('knows a frame without an origin, and a page with one', async () => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = `<script>parent.postMessage(origin, '*')</script>`;
    const said = new Promise((resolve) => addEventListener('message', ({ data }) => resolve(data), { once: true }));
    document.body.append(frame);
    expect([await said, around.hasOrigin()]).to.deep.equal(['null', true]);
  });

  it('reads an app around which an editor left spaces', async () => {
    const { element } = await mount('ready', { attributes: { app: ' cs-screenshots\n', folder: ' f-1 ' } });
    expect([element.app, element.folder]).to.deep.equal(['cs-screenshots', 'f-1']);
  });

  for (const [attributes, told] of [
    [{ start: 'now' }, '“now” is not a value of start. It can be: button, auto'],
    [{ submit: 'send' }, '“send” is not a value of submit. It can be: refuse, wait'],
    [{ 'sign-in': 'popup' }, '“popup” is not a value of sign-in. It can be: redirect'],
    [{ scheme: 'blue' }, '“blue” is not a value of scheme. It can be: light, dark, page'],
    [{ lang: 'xx' }, '“xx” is not a value of lang. It can be: en, de, ar'],
    [{ folders: 'x' }, '“folders” is not a setting. Did you mean “folder”?'],
    [{ colour: 'red' }, '“colour” is not a setting.'],
    [{ required: '' }, 'The box is required, but stands in no form, so nothing waits for it.'],
  ] as const) {
    it(`slips of the tag: ${told}`, async () => {
      onPage(BUILDERS_PAGE);
      const { root } = await mount('ready', { attributes });
      await until(() => hintsIn(root).length > 0);
      expect(hintsIn(root)).to.deep.equal([told]);
    });
  }

  it("what frameworks leave on a tag is nobody's slip", async () => {
    onPage(BUILDERS_PAGE);
    const attributes = {
      'data-v-7ba5bd90': '',
      class: 'a',
      style: '--x: 1',
      'aria-label': 'x',
      'x-data': '',
      start: 'auto',
      scheme: 'page',
      lang: 'de-AT',
    };
    const { root } = await mount('ready', { attributes });
    await until(() => panelIn(root) !== null);
    expect(hintsIn(root)).to.deep.equal([]);
  });
});

describe('the setup panel', () => {
  afterEach(() => {
    Object.assign(page, { place: () => VISITORS_PAGE, isFramed: () => false, mayAsk: () => Promise.resolve(true) });
    cleanUp();
  });

  const inTest = { ...EMPTY, app: { ...APP, mode: 'test' } } as const satisfies UploadSnapshot;
  const shown = async (state: UploadSnapshot): Promise<Mounted> => {
    const mounted = await mount(state);
    await until(() => panelIn(mounted.root) !== null);
    return mounted;
  };

  it('lists what is well, while the app is in test mode', async () => {
    const { root } = await shown(inTest);
    await until(() => linesIn(root).length === 3);
    expect(linesIn(root)).to.deep.equal([
      'App “cs-screenshots” found, version 1',
      'Sign-in window can open',
      'Page lets the box reach the broker and the storage',
    ]);
    expect(textsOf(root)[0]).to.equal('Test mode. Files are deleted after 90 days.');
  });

  it('leaves out that the sign-in can open, on a page that is not served over https', async () => {
    Object.defineProperty(window, 'isSecureContext', { configurable: true, value: false });
    try {
      const { root } = await shown(inTest);
      await until(() => linesIn(root).length === 3);
      expect(linesIn(root).slice(1)).to.deep.equal([
        'App “cs-screenshots” found, version 1',
        'Page lets the box reach the broker and the storage',
      ]);
    } finally {
      Object.defineProperty(window, 'isSecureContext', { configurable: true, value: true });
    }
  });

  it('shows on a page of visitors where the app that refuses it is in test mode', async () => {
    const { root } = await shown(unavailable('origin_not_allowed', { why: 'test' }));
    expect(hintsIn(root)).to.deep.equal([
      'This address is not on your list: https://www.mysite.com. Add it to the “origins” of the app.',
    ]);
  });

  const INTRANET = 'https://10.0.0.7';
  const onIntranet = { attributes: { broker: INTRANET } };

  for (const [name, state] of [
    ['a private address', EMPTY],
    ['an app in test mode', inTest],
    ['an app that is not open yet', unavailable('origin_not_allowed', { why: 'test' })],
  ] as const) {
    it(`is nothing for visitors of the broker's own page: ${name}`, async () => {
      page.place = () => new URL('/u/cs-screenshots', INTRANET);
      const { root, element } = await mount(state, onIntranet);
      await until(() => root.querySelector('.card') !== null);
      await new Setup(element, () => state).tell('origin_not_allowed');
      expect(linesIn(root)).to.deep.equal([]);
    });
  }

  for (const [parent, isShown] of [
    ['http://localhost:8080', true],
    ['http://localhost:8080/contact', true],
    ['https://www.mysite.com', false],
    ['', false],
    ['null', false],
  ] as const) {
    it(`${isShown ? 'shows' : 'does not show'} in the frame of a broker in the intranet on the page "${parent}"`, async () => {
      page.place = () => new URL('/embed/cs-screenshots', INTRANET);
      const { parent: real } = around;
      around.parent = () => parent;
      try {
        const { root, element } = await mount(EMPTY, onIntranet);
        await until(() => root.querySelector('.card') !== null);
        new Setup(element, () => EMPTY).look();
        expect(panelIn(root) !== null).to.equal(isShown);
      } finally {
        around.parent = real;
      }
    });
  }

  it('looks for the way to the storage only where builders are', async () => {
    let asked = 0;
    page.mayAsk = async () => {
      asked += 1;
      return true;
    };
    const { root } = await mount('signed-out');
    await until(() => root.querySelector('#choose') !== null);
    expect(panelIn(root)).to.equal(null);
    expect(asked).to.equal(0);
  });

  it('stands after the box, is no part of it, and goes at a press on "Hide"', async () => {
    const { root, flow } = await shown(inTest);
    const card = root.querySelector('.card');
    const place = panelIn(root)?.host;
    expect(card && place ? card.compareDocumentPosition(place) : 0).to.equal(Node.DOCUMENT_POSITION_FOLLOWING);
    const hide = panelIn(root)?.querySelector<HTMLElement>('.head button');
    hide?.focus();
    hide?.click();
    expect(panelIn(root)).to.equal(null);
    expect(root.activeElement?.id).to.equal('heading');
    flow.show({ ...inTest, person: { id: 'p', name: 'Jo', scopes: [] } });
    await flow.load();
    expect(panelIn(root)).to.equal(null);
  });

  it('stands after the box also where something was known before the box was drawn', async () => {
    const coming = mount(inTest);
    const element = document.querySelector('secure-upload');
    if (!element) throw new Error('no box');
    expect(element.hasUpdated).to.equal(false);
    new Setup(element, () => inTest).look();
    const { root } = await coming;
    await until(() => panelIn(root) !== null);
    const places = [...root.children].filter((child) => child.shadowRoot !== null);
    const box = root.querySelector('.frame');
    for (const place of places) {
      expect(box?.compareDocumentPosition(place)).to.equal(Node.DOCUMENT_POSITION_FOLLOWING);
    }
  });

  it('says in a frame that the window has to be tried', async () => {
    page.isFramed = () => true;
    const { root } = await shown(inTest);
    expect(linesIn(root)).to.include('This box sits in a frame. Press Sign in once, to see that its window can open.');
  });

  it('copies the line of the policy as it must stand there', async () => {
    page.mayAsk = () => Promise.resolve(false);
    const { root } = await shown(inTest);
    await until(() => panelIn(root)?.querySelector('code') !== null);
    expect(panelIn(root)?.querySelector('code')?.textContent).to.equal(
      'connect-src https://broker.example https://storage.example',
    );
    expect(clean(panelIn(root)?.querySelector('li button')?.textContent ?? '')).to.equal('Copy');
  });

  it('takes back what was said of another app', async () => {
    const { root, element, flow } = await mount(unavailable('origin_not_allowed', { why: 'test' }));
    await until(() => panelIn(root) !== null);
    flow.show(inTest);
    element.app = 'other-app';
    await until(() => hintsIn(root).length === 0);
    expect(linesIn(root)[0]).to.equal('App “cs-screenshots” found, version 1');
  });
});
