import { expect } from '@open-wc/testing';
import { EMBED_PROTOCOL, type FrameSettings } from '../../src/contract/embed.ts';
import { PageSide } from '../../src/embed/page-side.ts';
import { arrive, makeWindow, strangersOf, type TestWindow } from './strangers.ts';

const BROKER = 'https://broker.example';
const SETTINGS: FrameSettings = {
  lang: 'de',
  scheme: 'light',
  viewport: 900,
  inForm: true,
  required: false,
  disabled: false,
};
const FILE = { id: 'upload-0001', receipt: 'aaa.bbb.ccc' };

describe("the page's end of the talk with the broker's frame", () => {
  let right: TestWindow;
  let wrong: TestWindow;
  let side: PageSide;
  let heard: unknown[];

  beforeEach(() => {
    [right, wrong] = [makeWindow(), makeWindow()];
    heard = [];
    side = new PageSide({ win: window, frame: right.frame, origin: BROKER, heard: (message) => heard.push(message) });
  });
  afterEach(() => {
    side.end();
    document.body.replaceChildren();
  });

  const session = (): string => (right.posted.at(-1)?.message as { session: string } | undefined)?.session ?? '';
  const own = () => ({ origin: BROKER, source: right.window });
  const say = (message: object, from = own()): void =>
    arrive({ protocol: EMBED_PROTOCOL, session: session(), ...message }, from);
  const talk = (): void => {
    side.greet(SETTINGS);
    say({ type: 'ready' });
    heard.length = 0;
  };

  it('greets the broker alone, with the settings, and in words of this protocol', () => {
    side.greet(SETTINGS);
    expect(right.posted).to.have.length(1);
    expect(right.posted[0]?.origin).to.equal(BROKER);
    expect(right.posted[0]?.message).to.deep.equal({
      protocol: 'secure-upload-embed/1',
      session: session(),
      type: 'hello',
      settings: SETTINGS,
    });
    expect(session()).to.match(/^[\w-]{22}$/);
  });

  it('hears what the frame says', () => {
    side.greet(SETTINGS);
    say({ type: 'ready' });
    say({ type: 'height', px: 321 });
    say({ type: 'form', files: [FILE], invalid: null });
    say({ type: 'done', reference: '7F3K2M9Q', files: [FILE] });
    say({ type: 'rejected', codes: ['file_large'] });
    say({ type: 'failed', codes: ['store_unreachable'] });
    expect(heard).to.deep.equal([
      { type: 'ready' },
      { type: 'height', px: 321 },
      { type: 'form', files: [FILE], invalid: null },
      { type: 'done', reference: '7F3K2M9Q', files: [FILE] },
      { type: 'rejected', codes: ['file_large'] },
      { type: 'failed', codes: ['store_unreachable'] },
    ]);
  });

  for (const [who] of strangersOf(BROKER, makeWindow(), makeWindow())) {
    it(`hears nothing from ${who}`, () => {
      talk();
      const from = strangersOf(BROKER, right, wrong).find(([name]) => name === who)?.[1];
      if (!from) throw new Error(who);
      arrive({ protocol: EMBED_PROTOCOL, session: session(), type: 'height', px: 1 }, from);
      expect(heard).to.deep.equal([]);
      say({ type: 'height', px: 2 });
      expect(heard).to.deep.equal([{ type: 'height', px: 2 }]);
    });
  }

  const fine = { type: 'form', files: [FILE], invalid: null };
  const strange: Record<string, object> = {
    'another version of the protocol': { ...fine, protocol: 'secure-upload-embed/2' },
    'no protocol': { ...fine, protocol: undefined },
    'a kind that it does not know': { type: 'token' },
    'more than a message holds': { ...fine, name: 'jo' },
    'a file with more than id and receipt': { ...fine, files: [{ ...FILE, name: 'secret.pdf' }] },
    'a receipt that is none': { ...fine, files: [{ ...FILE, receipt: '<img src=x>' }] },
    'a receipt that is too long': { ...fine, files: [{ ...FILE, receipt: `a.${'b'.repeat(8192)}.c` }] },
    'more files than any app takes': { ...fine, files: Array(10_001).fill(FILE) },
    'a message for the person that is too long': { ...fine, invalid: { kind: 'busy', message: 'a'.repeat(401) } },
    'a height that is no number of pixels': { type: 'height', px: '100px' },
    'a height below nothing': { type: 'height', px: -1 },
    'a height without end': { type: 'height', px: 1e9 },
    'a code that is no code': { type: 'failed', codes: ['Could not be sent: https://storage.example/?X-Amz=1'] },
    'no codes': { type: 'failed', codes: [] },
    'a reference that is none': { type: 'done', reference: 'hello', files: [] },
    "the page's own hello": { type: 'hello', settings: SETTINGS },
  };
  for (const [what, message] of Object.entries(strange)) {
    it(`hears nothing that has ${what}`, () => {
      talk();
      say(message);
      expect(heard).to.deep.equal([]);
    });
  }

  for (const data of [null, undefined, 'ready', 7, [], {}, new Date(), new Map([['protocol', EMBED_PROTOCOL]])]) {
    it(`hears nothing in ${Object.prototype.toString.call(data)}`, () => {
      talk();
      arrive(data, own());
      expect(heard).to.deep.equal([]);
    });
  }

  it('hears nothing of an earlier load of the frame, and of the new one nothing before it is ready', () => {
    talk();
    const earlier = session();
    side.greet(SETTINGS);
    expect(session()).not.to.equal(earlier);
    arrive({ protocol: EMBED_PROTOCOL, session: earlier, type: 'ready' }, own());
    arrive({ protocol: EMBED_PROTOCOL, session: earlier, type: 'height', px: 1 }, own());
    say({ type: 'height', px: 2 });
    expect(heard).to.deep.equal([]);
    say({ type: 'ready' });
    say({ type: 'ready' });
    expect(heard).to.deep.equal([{ type: 'ready' }]);
  });

  it('tells settings to a frame that is ready, to the broker alone', () => {
    side.greet(SETTINGS);
    side.tell({ type: 'reset' });
    expect(right.posted).to.have.length(1);
    say({ type: 'ready' });
    side.tell({ type: 'settings', settings: { ...SETTINGS, scheme: 'dark' } });
    expect(right.posted[1]?.origin).to.equal(BROKER);
    expect(right.posted[1]?.message).to.deep.include({ type: 'settings', session: session() });
  });

  it('hears nothing after its end', () => {
    talk();
    side.end();
    say({ type: 'height', px: 1 });
    expect(heard).to.deep.equal([]);
  });
});
