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

  it('forgets the value when the frame loads anew', async () => {
    const { form, frame, say } = await place({ name: 'documents' });
    say({ type: 'ready' });
    say({ type: 'form', files: FILES, invalid: null });
    frame.dispatchEvent(new Event('load'));
    expect([...new FormData(form)]).to.deep.equal([]);
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
