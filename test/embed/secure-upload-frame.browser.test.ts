import { expect } from '@open-wc/testing';
import '../../src/embed/define.ts';
import { EMBED_PROTOCOL, type ToFrame } from '../../src/contract/embed.ts';
import { ownerText } from '../../src/i18n/owner-text.ts';
import { arrive } from './strangers.ts';

const FILES = [
  { id: 'upload-0001', receipt: 'aaa.bbb.ccc' },
  { id: 'upload-0002', receipt: 'ddd.eee.fff' },
];

/** The tag, its frame, and what it says to the frame; the frame's own document has loaded, and says nothing by itself. */
async function place(attributes: Record<string, string> = {}) {
  const form = document.createElement('form');
  const tag = document.createElement('secure-upload-frame');
  for (const [name, value] of Object.entries({ broker: location.origin, app: 'photos', ...attributes })) {
    tag.setAttribute(name, value);
  }
  tag.innerHTML = '<a href="https://broker.example/u/photos">Upload files</a>';
  form.append(tag);
  document.body.append(form);
  const frame = tag.shadowRoot?.querySelector('iframe');
  const link = tag.shadowRoot?.querySelector('slot');
  if (!frame || !link) throw new Error('no frame');
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  const { contentWindow: window } = frame;
  if (!window) throw new Error('no window');
  const posted: ToFrame[] = [];
  window.postMessage = (message: ToFrame) => void posted.push(message);
  frame.dispatchEvent(new Event('load'));
  const say = (message: object): void =>
    arrive(
      { protocol: EMBED_PROTOCOL, session: posted.findLast(({ type }) => type === 'hello')?.session, ...message },
      { origin: location.origin, source: window },
    );
  return { form, tag, frame, link, posted, say };
}

describe('<secure-upload-frame>', () => {
  const { warn } = console;
  afterEach(() => {
    console.warn = warn;
    document.body.replaceChildren();
  });

  function listenToConsole(): string[] {
    const told: string[] = [];
    console.warn = (line: string) => told.push(line);
    return told;
  }

  const nextTask = () => new Promise((resolve) => setTimeout(resolve));

  it('shows the page of the app at its broker, in the language and scheme of this page, named by the words of the link', async () => {
    const { frame } = await place({ lang: 'de', scheme: 'dark' });
    expect(frame.src).to.equal(`${location.origin}/embed/photos?lang=de&scheme=dark`);
    expect(frame.title).to.equal('Upload files');
    expect(frame.allow).to.equal('clipboard-write; screen-wake-lock');
    expect(frame.getBoundingClientRect().height).to.equal(390);
  });

  it('keeps the room of a frame that has not spoken, and shows nothing of it: a refused one is a page of the browser', async () => {
    const { frame, tag, say } = await place();
    expect(getComputedStyle(frame).visibility).to.equal('hidden');
    say({ type: 'ready' });
    expect(getComputedStyle(frame).visibility).to.equal('visible');
    tag.setAttribute('app', 'others');
    expect(getComputedStyle(frame).visibility).to.equal('hidden');
    expect(frame.getBoundingClientRect().height).to.equal(390);
  });

  it('says what the page and its form ask, and nothing that makes no sense', async () => {
    const { posted } = await place({
      lang: 'de',
      name: 'documents',
      required: '',
      folder: '../up',
      context: '{"case":"4711"}',
      scheme: 'light',
    });
    const [hello] = posted;
    expect(hello).to.deep.include({ type: 'hello' });
    expect(hello && 'settings' in hello && hello.settings).to.deep.equal({
      lang: 'de',
      scheme: 'light',
      viewport: innerHeight,
      inForm: true,
      required: true,
      disabled: false,
      folder: undefined,
      context: { case: '4711' },
    });
  });

  it('takes the value over into its form, with the receipts beside the ids, and gives it back', async () => {
    const { form, say } = await place({ name: 'documents' });
    say({ type: 'ready' });
    say({ type: 'form', files: FILES, invalid: null });
    expect([...new FormData(form)]).to.deep.equal([
      ['documents', 'upload-0001'],
      ['documents-receipt', 'aaa.bbb.ccc'],
      ['documents', 'upload-0002'],
      ['documents-receipt', 'ddd.eee.fff'],
    ]);
    say({ type: 'form', files: [], invalid: null });
    expect([...new FormData(form)]).to.deep.equal([]);
  });

  it('keeps the form from being sent while the frame says why it cannot be, in the words of the frame', async () => {
    const { form, tag, say } = await place({ name: 'documents' });
    say({ type: 'ready' });
    say({ type: 'form', files: [], invalid: { kind: 'missing', message: 'Add a file.' } });
    expect(form.checkValidity()).to.equal(false);
    expect([tag.validity.valueMissing, tag.validationMessage]).to.deep.equal([true, 'Add a file.']);
    say({ type: 'form', files: FILES, invalid: null });
    expect(form.checkValidity()).to.equal(true);
  });

  it('tells the box that the form was refused, once the form has asked', async () => {
    const { form, posted, say } = await place({ name: 'documents' });
    say({ type: 'ready' });
    say({ type: 'form', files: [], invalid: { kind: 'missing', message: 'Add a file.' } });
    const types = () => posted.slice(1).map(({ type }) => type);
    expect(types()).to.not.include('refused');
    form.checkValidity();
    expect(types().at(-1)).to.equal('refused');
  });

  it('forgets the value when the frame loads anew', async () => {
    const { form, frame, say } = await place({ name: 'documents' });
    say({ type: 'ready' });
    say({ type: 'form', files: FILES, invalid: null });
    frame.dispatchEvent(new Event('load'));
    expect([...new FormData(form)]).to.deep.equal([]);
  });

  const kept = (more: Record<string, unknown> = {}): string => {
    const { version, broker, app, files } = {
      version: 1,
      broker: location.origin,
      app: 'photos',
      files: FILES,
      ...more,
    };
    return JSON.stringify([version, broker, app, files]);
  };
  const values = (form: HTMLFormElement) => [...new FormData(form)].map(([, value]) => value);

  it('has the browser keep what the form carries, and no more', async () => {
    const real = ElementInternals.prototype.setFormValue;
    const states: unknown[] = [];
    ElementInternals.prototype.setFormValue = function (this: ElementInternals, value, state) {
      states.push(state);
      real.call(this, value, state);
    };
    try {
      const { say, form } = await place({ name: 'documents' });
      say({ type: 'ready' });
      say({ type: 'form', files: FILES, invalid: null });
      expect(states.at(-1)).to.equal(kept());
      say({ type: 'form', files: [], invalid: null });
      expect([states.at(-1), values(form)]).to.deep.equal([null, []]);
      // A browser writes it into its history with every step.
      const many = Array.from({ length: 700 }, (_, i) => ({ id: `upload-${i}`, receipt: `a.b.${'c'.repeat(1500)}` }));
      say({ type: 'form', files: many, invalid: null });
      expect([states.at(-1), values(form).length]).to.deep.equal([null, 1400]);
    } finally {
      ElementInternals.prototype.setFormValue = real;
    }
  });

  it('come back to, carries the same at once, and hands it to the next box, once', async () => {
    const { form, tag, frame, posted, say } = await place({ name: 'documents' });
    posted.length = 0;
    tag.formStateRestoreCallback(kept());
    frame.dispatchEvent(new Event('load'));
    expect(values(form)).to.deep.equal(['upload-0001', 'aaa.bbb.ccc', 'upload-0002', 'ddd.eee.fff']);
    const hello = posted.findLast(({ type }) => type === 'hello');
    expect(hello && 'kept' in hello && hello.kept).to.deep.equal(FILES);
    say({ type: 'ready' });
    say({ type: 'form', files: FILES.slice(1), invalid: null });
    expect(values(form)).to.deep.equal(['upload-0002', 'ddd.eee.fff']);
    frame.dispatchEvent(new Event('load'));
    expect(values(form)).to.deep.equal([]);
    expect(posted.findLast(({ type }) => type === 'hello')).to.not.have.property('kept');
  });

  it('come back to after the box was greeted, loads the box anew, which takes it over', async () => {
    const { form, tag, frame, posted, say } = await place({ name: 'documents' });
    say({ type: 'ready' });
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    tag.formStateRestoreCallback(kept());
    await loaded;
    expect(values(form).length).to.equal(4);
    const { contentWindow } = frame;
    if (!contentWindow) throw new Error('no window');
    contentWindow.postMessage = (message: ToFrame) => void posted.push(message);
    frame.dispatchEvent(new Event('load'));
    const hello = posted.at(-1);
    expect(hello && 'kept' in hello && hello.kept).to.deep.equal(FILES);
  });

  it('forgets what was kept when the form is reset, and when the tag is of another app', async () => {
    const { form, tag, frame, posted } = await place({ name: 'documents' });
    tag.formStateRestoreCallback(kept());
    form.reset();
    expect(values(form)).to.deep.equal([]);
    frame.dispatchEvent(new Event('load'));
    expect(posted.at(-1)).to.not.have.property('kept');
    tag.formStateRestoreCallback(kept());
    tag.setAttribute('app', 'others');
    expect(values(form)).to.deep.equal([]);
  });

  it('takes nothing of another box, another version, or that anybody wrote', async () => {
    const { form, tag, frame, posted } = await place({ name: 'documents' });
    const strange = [
      ...[{ broker: 'https://other.example' }, { app: 'others' }, { version: 2 }, { files: null }].map(kept),
      kept({ files: [null] }),
      kept({ files: [{ id: 1, receipt: 'aaa.bbb.ccc' }, { id: 'upload-0001' }] }),
      ...['', '{"', 'null', null, undefined, new FormData()],
    ];
    for (const state of strange) tag.formStateRestoreCallback(state);
    frame.dispatchEvent(new Event('load'));
    expect(values(form)).to.deep.equal([]);
    expect(posted.at(-1)).to.not.have.property('kept');
  });

  it('is as high as the frame says, and tells of what the frame tells', async () => {
    const { tag, frame, say } = await place();
    const told: unknown[] = [];
    tag.addEventListener('frame-upload-done', ({ detail }) => told.push(detail));
    tag.addEventListener('frame-upload-rejected', ({ detail }) => told.push(detail));
    tag.addEventListener('frame-upload-failed', ({ detail }) => told.push(detail));
    say({ type: 'ready' });
    say({ type: 'height', px: 512 });
    expect(frame.getBoundingClientRect().height).to.equal(512);
    say({ type: 'rejected', codes: ['file_large'] });
    say({ type: 'failed', codes: ['offline'] });
    say({ type: 'done', reference: '7F3K2M9Q', files: FILES });
    expect(told).to.deep.equal([
      { codes: ['file_large'] },
      { codes: ['offline'] },
      { reference: '7F3K2M9Q', files: FILES },
    ]);
  });

  it('hands on a reset of the form, a fieldset that is switched off and a page that turns dark', async () => {
    const { form, tag, posted, say } = await place({ name: 'documents' });
    say({ type: 'ready' });
    posted.length = 0;
    form.reset();
    tag.setAttribute('disabled', '');
    tag.setAttribute('scheme', 'dark');
    expect(posted.map((message) => [message.type, 'settings' in message && message.settings.disabled])).to.deep.equal([
      ['reset', false],
      ['settings', true],
      ['settings', true],
    ]);
  });

  it('reads an app around which an editor left spaces', async () => {
    const { frame } = await place({ app: ' photos\n', lang: 'de', scheme: 'dark' });
    expect(frame.src).to.equal(`${location.origin}/embed/photos?lang=de&scheme=dark`);
  });

  it('shows the link where the frame stays silent for ten seconds, and the frame again should it speak later', async () => {
    const told = listenToConsole();
    const { setTimeout: real } = window;
    const waiting: [ms: number | undefined, act: () => void][] = [];
    window.setTimeout = ((act: () => void, ms?: number) => waiting.push([ms, act])) as unknown as typeof setTimeout;
    const placed = place();
    window.setTimeout = real;
    const { frame, link, say } = await placed;
    expect([frame.hidden, link.hidden]).to.deep.equal([false, true]);
    const late = waiting.find(([ms]) => ms === 10_000);
    late?.[1]();
    expect([frame.hidden, link.hidden]).to.deep.equal([true, false]);
    expect(told).to.deep.equal([
      [
        `[secure-upload] frame_silent: Nothing came from ${location.host} for 10 seconds. It is one of these.`,
        `- There is no app called “photos” at ${location.host}. Copy the lines again.`,
        `- This address is not on your list: ${location.origin}. Add it to the “origins” of the app.`,
        `- Your page does not let the frame load. Ask whoever runs the page to add: frame-src ${location.origin}`,
        `- The broker cannot be reached: ${location.origin}. Check its address.`,
      ].join('\n'),
    ]);
    say({ type: 'ready' });
    expect([frame.hidden, link.hidden]).to.deep.equal([false, true]);
  });

  for (const broker of ['', 'http://broker.example', 'javascript:alert(1)', 'data:text/html,hi', 'not an address']) {
    it(`shows the link and loads nothing for the broker "${broker}", and tells the builder once`, async () => {
      const told = listenToConsole();
      const tag = document.createElement('secure-upload-frame');
      tag.setAttribute('broker', broker);
      tag.setAttribute('app', 'photos');
      document.body.append(tag);
      expect(tag.shadowRoot?.querySelector('iframe')?.hasAttribute('src')).to.equal(false);
      expect(tag.shadowRoot?.querySelector('slot')?.hidden).to.equal(false);
      await nextTask();
      expect(told).to.deep.equal([`[secure-upload] broker_missing: ${ownerText('broker_missing')}`]);
    });
  }

  for (const [app, code] of [
    [' ', 'app_missing'],
    ['“photos”', 'quotes_curly'],
  ] as const) {
    it(`tells the builder of the app "${app}": ${code}`, async () => {
      const told = listenToConsole();
      const tag = document.createElement('secure-upload-frame');
      tag.setAttribute('broker', code === 'quotes_curly' ? '“https://broker.example”' : 'https://broker.example');
      tag.setAttribute('app', app);
      document.body.append(tag);
      await nextTask();
      expect(told).to.deep.equal([`[secure-upload] ${code}: ${ownerText(code)}`]);
    });
  }

  it('says nothing of a tag whose attributes come one after the other', async () => {
    const told = listenToConsole();
    const tag = document.createElement('secure-upload-frame');
    document.body.append(tag);
    tag.setAttribute('broker', location.origin);
    tag.setAttribute('app', 'photos');
    await nextTask();
    expect(told).to.deep.equal([]);
  });
});
