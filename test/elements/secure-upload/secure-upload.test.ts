import { expect } from '@open-wc/testing';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { APP, EMPTY, item, JO, MOVIE, NO_LINKS, PHOTO, RecordedFlow, SHOP, STATES } from './fixtures.ts';
import { clean, cleanUp, mount, press, textsOf, until } from './mount.ts';

const verbs = (calls: readonly string[]) => calls.filter((call) => !/^(configure|load)/.test(call));

describe('<secure-upload>', () => {
  afterEach(cleanUp);

  it('makes one flow from broker and app, loads it, and gives it the settings', async () => {
    const { flow } = await mount('ready', {
      attributes: { folder: 'folder-1234', context: '{"case":"4711"}', start: 'auto' },
    });
    expect(flow.calls).to.deep.equal([
      'load',
      'configure {"folder":"folder-1234","context":{"case":"4711"},"start":"auto","language":"en","isDisabled":false}',
    ]);
  });

  it('asks for its app as soon as it is on the page, and draws in a task after that', async () => {
    const flow = new RecordedFlow(STATES.review);
    SecureUpload.compose = () => ({ flow, links: NO_LINKS });
    const element = document.createElement('secure-upload');
    Object.assign(element, { broker: 'https://broker.example', app: 'cs-screenshots' });
    document.body.append(element);
    expect(flow.calls).to.include('load');
    await Promise.resolve();
    expect(element.shadowRoot?.querySelector('.card')).to.equal(null);
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('.card')).not.to.equal(null);
    expect(flow.calls.filter((call) => call === 'load')).to.have.length(1);
  });

  it('takes an app that the page names right after it has put the box there', async () => {
    const places: string[] = [];
    const flow = new RecordedFlow(STATES.review);
    SecureUpload.compose = ({ broker, app }) => {
      places.push(`${broker.href} ${app}`);
      return { flow, links: NO_LINKS };
    };
    const element = document.createElement('secure-upload');
    document.body.append(element);
    Object.assign(element, { broker: 'https://broker.example', app: 'cs-screenshots' });
    await element.updateComplete;
    expect(places).to.deep.equal(['https://broker.example/ cs-screenshots']);
  });

  it('takes settings as properties too, as frameworks write them', async () => {
    const { element, flow } = await mount('review');
    Object.assign(element, { start: 'auto', context: { case: '4711' } });
    await element.updateComplete;
    expect(flow.calls.at(-1)).to.equal(
      'configure {"context":{"case":"4711"},"start":"auto","language":"en","isDisabled":false}',
    );
    element.start();
    expect(flow.calls.at(-1)).to.equal('upload');
  });

  it('ends the flow and makes another when the app changes', async () => {
    const { element, flow } = await mount('ready');
    const next = new RecordedFlow(STATES.review);
    SecureUpload.compose = () => ({ flow: next, links: NO_LINKS });
    element.app = 'other';
    await element.updateComplete;
    expect(flow.calls.at(-1)).to.equal('close');
    expect(next.calls).to.include('load');
    expect(textsOf(element.shadowRoot as ShadowRoot)).to.include('Upload 2 files');
  });

  it('keeps its flow when it is moved within the page', async () => {
    const { element, flow, root } = await mount('review');
    const place = document.createElement('main');
    document.body.append(place);
    place.append(element);
    flow.show({ ...STATES.done });
    await element.updateComplete;
    expect(textsOf(root)[0]).to.equal('2 files uploaded');
    expect(flow.calls).not.to.include('close');
    expect(flow.calls.filter((call) => call === 'load')).to.have.length(1);
  });

  it('has one verb for each of the page', async () => {
    const { element, flow } = await mount('review');
    element.start();
    element.cancel();
    element.reset();
    element.signIn();
    await element.signOut();
    expect(verbs(flow.calls)).to.deep.equal(['upload', 'cancelAll', 'reset', 'signIn', 'signOut']);
  });

  it('tells the page what the flow tells, and carries a veto back', async () => {
    const { element, flow } = await mount('review');
    const heard: string[] = [];
    const files = [{ name: 'a.jpg', size: 1, type: 'image/jpeg' }];
    for (const type of [
      'upload-accepted',
      'upload-rejected',
      'upload-progress',
      'upload-done',
      'upload-failed',
      'signed-in',
      'signed-out',
    ]) {
      document.addEventListener(
        type,
        (event) => heard.push(`${type} ${JSON.stringify((event as CustomEvent).detail)}`),
        { once: true },
      );
    }
    element.addEventListener('upload-accepted', (event) => event.preventDefault(), { once: true });
    expect(flow.tell('accepted', { files })).to.equal(false);
    expect(flow.tell('accepted', { files })).to.equal(true);
    flow.tell('rejected', { files: [{ ...files[0], code: 'file_type' }] });
    flow.tell('progress', { sent: 1, total: 2 });
    flow.tell('done', { reference: '7F3K92QD', files: [] });
    flow.tell('failed', { files: [] });
    flow.tell('signed-in', { name: 'Jo Meyer' });
    flow.tell('signed-out', null);
    expect(heard).to.deep.equal([
      'upload-accepted {"files":[{"name":"a.jpg","size":1,"type":"image/jpeg"}]}',
      'upload-rejected {"files":[{"name":"a.jpg","size":1,"type":"image/jpeg","code":"file_type"}]}',
      'upload-progress {"sent":1,"total":2}',
      'upload-done {"reference":"7F3K92QD","files":[]}',
      'upload-failed {"files":[]}',
      'signed-in {"name":"Jo Meyer"}',
      'signed-out null',
    ]);
  });

  it('uploads by one press, and what else one may press does what it says', async () => {
    const presses: [keyof typeof STATES, string, string[]][] = [
      ['signed-out', 'Sign in now', ['signIn']],
      ['ready', 'Sign out', ['signOut']],
      ['review', 'Upload 2 files', ['upload']],
      ['some-refused', 'Upload the other 2', ['upload']],
      ['some-refused', 'Remove that one', ['removeRefused']],
      ['over-count', 'Upload the first 20', ['keepFirst 20', 'upload']],
      ['done-some-set-aside', 'Upload the other 5', ['uploadNext']],
      ['signing-in', 'Show the window', ['showSignInWindow']],
      ['signing-in', 'Cancel', ['cancelSignIn']],
      ['popup-blocked', 'Open sign-in (opens a new page)', ['signIn link']],
      ['popup-blocked-with-code', 'Use a code instead', ['signIn code']],
      ['signing-in-cut-off', 'Sign in on this page', ['signIn page']],
      ['code-sign-in', 'Cancel', ['cancelSignIn']],
      ['stronger-sign-in', 'Continue', ['signIn']],
      ['stronger-sign-in', 'Finish later', ['finishLater']],
      ['wrong-account', 'Use another account', ['signIn']],
      ['sign-in-again', 'Sign in with Acme', ['signIn']],
      ['sign-in-again', 'Finish later', ['finishLater']],
      ['done', 'Upload more files', ['reset']],
      ['not-done', 'Try again', ['retry']],
    ];
    for (const [state, words, expected] of presses) {
      const { root, flow } = await mount(state);
      root.addEventListener('click', (event) => event.preventDefault(), { once: true });
      press(root, words);
      expect(verbs(flow.calls), `${state}: ${words}`).to.deep.equal(expected);
      cleanUp();
    }
  });

  it('answers "Upload" with the sentence while the files together are too large', async () => {
    const { element, root, flow } = await mount('over-total');
    press(root, 'Upload 8 files');
    await element.updateComplete;
    expect(verbs(flow.calls)).to.deep.equal([]);
    expect(root.getElementById('urgent')?.textContent).to.match(/^Together these files are 112/);
    expect(root.activeElement?.id).to.equal('batch-note');
  });

  it('shows both ways where sign-in comes first', async () => {
    const { element, root } = await mount('sign-in-first');
    root.querySelector<HTMLElement>('.zone .button:last-child')?.focus();
    press(root, 'Choose files first');
    await element.updateComplete;
    expect(textsOf(root)).to.include('Choose files');
    expect(root.activeElement?.id).to.equal('choose');
  });

  it('says to whom listens that it is still loading, once that takes long enough', async () => {
    const { root } = await mount('loading');
    const told = () => root.querySelector('.card .hidden-text')?.textContent ?? '';
    expect([told(), root.querySelector('.card')?.getAttribute('aria-busy')]).to.deep.equal(['', 'true']);
    await until(() => told() !== '');
    expect(told()).to.equal('Loading the upload box');
  });

  it('leads out of another app that shows the page, where no sign-in window opens', async () => {
    const agent = 'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) AppleWebKit/537.36 Mobile Safari/537.36';
    Object.defineProperty(navigator, 'userAgent', { configurable: true, value: agent });
    try {
      const { root } = await mount('popup-blocked');
      const note = [...root.querySelectorAll('.note :is(h3, p, button)')].map((one) => clean(one.textContent));
      expect(note).to.deep.equal([
        'Open this page in your browser',
        'You are inside another app, where signing in does not work. Open its menu and choose “Open in browser”. Or copy the address.',
        'Copy the address',
      ]);
    } finally {
      Reflect.deleteProperty(navigator, 'userAgent');
    }
  });

  it('closes the note about the last sign-in by "Not now", until there is a new one', async () => {
    const { element, root, flow } = await mount('not-finished');
    press(root, 'Not now');
    await element.updateComplete;
    expect(textsOf(root)).not.to.include('Not now');
    flow.show({ ...STATES['signing-in'] });
    flow.show({ ...STATES['not-finished'] });
    await element.updateComplete;
    expect(textsOf(root)).to.include('Not now');
  });

  it('opens what there is to know about the files, and closes it again', async () => {
    const { element, root } = await mount('signed-out');
    press(root, 'More about your files');
    await element.updateComplete;
    const facts = [...root.querySelectorAll('.facts > div')].map((fact) => clean(fact.textContent));
    expect(facts).to.deep.equal([
      'Who gets themAcme Support',
      'WhyTo answer your support request',
      'Where they are keptthe European Union',
      'How long90 days, then deleted',
      'Checked for virusesNo',
      'Taking them backAsk Acme Support',
      'Why you sign inSo that Acme Support knows who they are from, and nobody else can see them',
      'Does this box track youNo',
    ]);
    expect(root.querySelector<HTMLAnchorElement>('.about a')?.href).to.equal('mailto:help@acme.example');
    root.querySelector('.about')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await element.updateComplete;
    expect(root.querySelector('.about')).to.equal(null);
    expect(root.activeElement?.id).to.equal('more');
  });

  it('sends a link from the panel when it is done, where the account may', async () => {
    const { element, root } = await mount('done');
    press(root, 'Send to someone');
    await customElements.whenDefined('send-link');
    await new Promise(requestAnimationFrame);
    await element.updateComplete;
    const panel = root.querySelector('send-link');
    expect(panel?.files.map((file) => file.name)).to.deep.equal([PHOTO.name, SHOP.name]);
    expect(panel?.app).to.equal(APP);
    expect(panel?.links).to.equal(NO_LINKS);
    cleanUp();
    const other = await mount({
      ...STATES.done,
      person: { id: 'person-jo', name: 'Jo Meyer', scopes: ['uploads:create'] },
    });
    expect(textsOf(other.root)).not.to.include('Send to someone');
  });

  it('brings the panel for a link into view, and takes it away again on "Done"', async () => {
    const above = Object.assign(document.createElement('div'), { style: `height: ${innerHeight - 100}px` });
    document.body.append(above);
    const { element, root } = await mount('done');
    root.querySelector<HTMLElement>('#send-to-someone')?.focus({ preventScroll: true });
    press(root, 'Send to someone');
    await until(() => root.querySelector('send-link')?.shadowRoot?.querySelector('form') != null);
    const panel = root.querySelector('send-link');
    await until(() => (panel?.getBoundingClientRect().top ?? innerHeight) < innerHeight / 2);
    expect(panel?.shadowRoot?.activeElement?.id).to.equal('heading');
    expect(root.querySelector('#send-to-someone')).to.equal(null);
    panel?.dispatchEvent(new Event('close'));
    await element.updateComplete;
    expect(root.querySelector('send-link')).to.equal(null);
    expect(root.activeElement?.id).to.equal('send-to-someone');
  });

  it('moves the focus to what comes next only where the thing in use is gone', async () => {
    const { element, root, flow } = await mount('review');
    root.querySelector<HTMLElement>('#upload')?.focus();
    flow.show({ ...STATES.uploading });
    await element.updateComplete;
    expect(clean(root.activeElement?.textContent ?? '')).to.equal('Uploading 1 of 4 files');
    flow.show({ ...STATES.done });
    await element.updateComplete;
    expect(clean(root.activeElement?.textContent ?? '')).to.equal('2 files uploaded');
    const elsewhere = document.createElement('input');
    document.body.append(elsewhere);
    elsewhere.focus();
    flow.show({ ...STATES.review });
    await element.updateComplete;
    expect(document.activeElement).to.equal(elsewhere);
  });

  it('asks before the page is left only while files are sent', async () => {
    const asks = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const { element, flow } = await mount('review');
    expect(asks()).to.equal(false);
    flow.show({ ...STATES.uploading });
    expect(asks()).to.equal(true);
    element.remove();
    expect(asks()).to.equal(false);
    document.body.append(element);
    expect(asks()).to.equal(true);
    flow.show({ ...STATES.done });
    expect(asks()).to.equal(false);
  });

  it('names files only as text, whatever they are called', async () => {
    const name = '<img src=x onerror=alert(1)>.jpg';
    const shown: UploadSnapshot = { ...EMPTY, person: JO, items: [item(name, 1, 'image/jpeg'), MOVIE] };
    const { root } = await mount(shown);
    expect(root.querySelector('img')).to.equal(null);
    expect(root.querySelector('.name')?.textContent).to.equal(name);
  });

  it('writes no style attribute inside, so that a strict policy lets it look right', async () => {
    const { root } = await mount('uploading');
    const written = [...root.querySelectorAll('[style]')].map((one) => one.getAttribute('style'));
    expect(written.every((style) => /^--_done: [\d.]+;$/.test(style ?? ''))).to.equal(true);
    expect(root.innerHTML).not.to.match(/<style|javascript:|onclick/i);
  });

  const twice = {
    'secure-upload': [
      () => import('../../../src/elements/secure-upload/define.ts'),
      () => import('../../../src/elements/secure-upload/define.ts?second'),
    ],
    'send-link': [
      () => import('../../../src/elements/send-link/define.ts'),
      () => import('../../../src/elements/send-link/define.ts?second'),
    ],
    'recipient-consent': [
      () => import('../../../src/elements/recipient-consent/define.ts'),
      () => import('../../../src/elements/recipient-consent/define.ts?second'),
    ],
    'secure-upload-frame': [
      () => import('../../../src/embed/define.ts'),
      () => import('../../../src/embed/define.ts?second'),
    ],
  } as const;
  for (const [name, [once, again]] of Object.entries(twice)) {
    it(`can be defined twice: ${name}`, async () => {
      await once();
      const first = customElements.get(name);
      expect(first).to.be.a('function');
      await again();
      expect(customElements.get(name)).to.equal(first);
    });
  }
});

describe('hints for whoever builds the page', () => {
  const warn = console.warn;
  let lines: string[] = [];
  beforeEach(() => {
    lines = [];
    console.warn = (line: string) => lines.push(line);
  });
  afterEach(() => {
    console.warn = warn;
    cleanUp();
  });

  it('go to the console, once per code', async () => {
    const { flow } = await mount('unavailable');
    flow.show({ ...STATES.unavailable });
    await until(() => lines.length > 0);
    expect(lines).to.deep.equal([
      '[secure-upload] origin_not_allowed: This address is not on your list: https://www.mysite.com. Add it to the “origins” of the app.',
    ]);
  });

  it('name the slips of a paste; without app or broker the box is unavailable', async () => {
    const slips: [Record<string, string>, string][] = [
      [{ app: '“cs-screenshots”', broker: 'https://broker.example' }, 'quotes_curly'],
      [{ app: '' }, 'app_missing'],
      [{ broker: 'http://broker.example' }, 'broker_missing'],
      [{ broker: 'javascript:alert(1)' }, 'broker_missing'],
      [{ context: 'case=4711' }, 'context_unreadable'],
      [{ context: '{"case":{"id":1}}' }, 'context_unreadable'],
    ];
    for (const [attributes, code] of slips) {
      lines = [];
      const { root, flow } = await mount('ready', { attributes });
      await until(() => lines.length > 0);
      expect(lines.map((line) => line.split(':')[0])).to.deep.equal([`[secure-upload] ${code}`]);
      if (code.startsWith('app') || code.startsWith('broker')) {
        expect(textsOf(root)[0]).to.equal('Uploads are not available here right now');
        expect(flow.calls).to.deep.equal([]);
      }
      cleanUp();
    }
  });
});
