import { expect } from '@open-wc/testing';
import { EMBED_PROTOCOL, type FrameSettings } from '../../src/contract/embed.ts';
import { FrameSide } from '../../src/embed/frame-side.ts';
import { arrive, makeWindow, strangersOf, type TestWindow } from './strangers.ts';

const PAGE = 'https://www.acme.example';
const OTHER = 'https://preview.acme.example';
const SESSION = 'AAAAAAAAAAAAAAAAAAAAAA';
const SETTINGS: FrameSettings = {
  lang: 'en',
  scheme: 'dark',
  viewport: 700,
  inForm: false,
  required: false,
  disabled: false,
};
const hello = { protocol: EMBED_PROTOCOL, session: SESSION, type: 'hello', settings: SETTINGS };

describe("the frame's end of the talk with the page around it", () => {
  let right: TestWindow;
  let wrong: TestWindow;
  let side: FrameSide;
  let told: unknown[];

  beforeEach(() => {
    [right, wrong] = [makeWindow(), makeWindow()];
    told = [];
    side = new FrameSide({
      win: window,
      outside: right.window,
      origins: [PAGE, OTHER],
      ready: () => told.push('ready'),
      settings: (settings) => told.push(settings),
      kept: (files) => told.push(files),
      reset: () => told.push('reset'),
      refused: () => told.push('refused'),
    });
  });
  afterEach(() => document.body.replaceChildren());

  const own = () => ({ origin: PAGE, source: right.window });

  it('says nothing before a page of the app has said hello', () => {
    side.say({ type: 'height', px: 100 });
    expect(right.posted).to.deep.equal([]);
    expect(told).to.deep.equal([]);
  });

  it('answers a page of the app that it is ready, and from then on speaks to that origin alone', () => {
    arrive(hello, { origin: OTHER, source: right.window });
    side.say({ type: 'height', px: 100 });
    expect(told).to.deep.equal([SETTINGS, 'ready']);
    expect(right.posted).to.deep.equal([
      { origin: OTHER, message: { protocol: EMBED_PROTOCOL, session: SESSION, type: 'ready' } },
      { origin: OTHER, message: { protocol: EMBED_PROTOCOL, session: SESSION, type: 'height', px: 100 } },
    ]);
  });

  it('takes what the form held before it says that it is ready, and hears no hello in which anything about that is strange', () => {
    const kept = [{ id: 'upload-0001', receipt: 'aaa.bbb.ccc' }];
    for (const strange of [[{ ...kept[0], name: 'a.pdf' }], [{ id: 'upload-0001' }], kept[0], 'all']) {
      arrive({ ...hello, kept: strange }, own());
    }
    expect(told).to.deep.equal([]);
    arrive({ ...hello, kept }, own());
    expect(told).to.deep.equal([SETTINGS, kept, 'ready']);
  });

  for (const [who] of strangersOf(PAGE, makeWindow(), makeWindow())) {
    it(`hears no hello from ${who}`, () => {
      const from = strangersOf(PAGE, right, wrong).find(([name]) => name === who)?.[1];
      if (!from) throw new Error(who);
      arrive(hello, from);
      side.say({ type: 'height', px: 100 });
      expect([told, right.posted, wrong.posted]).to.deep.equal([[], [], []]);
      arrive(hello, own());
      expect(told).to.deep.equal([SETTINGS, 'ready']);
    });
  }

  it('hears a hello once: the same again, or one with another session, changes nothing', () => {
    arrive(hello, own());
    arrive(hello, own());
    arrive({ ...hello, session: 'BBBBBBBBBBBBBBBBBBBBBB', settings: { ...SETTINGS, lang: 'de' } }, own());
    arrive({ ...hello, session: 'BBBBBBBBBBBBBBBBBBBBBB' }, { origin: OTHER, source: right.window });
    expect(told).to.deep.equal([SETTINGS, 'ready']);
    side.say({ type: 'height', px: 1 });
    expect(right.posted).to.have.length(2);
    expect(right.posted[1]).to.deep.include({ origin: PAGE });
    expect(right.posted[1]?.message).to.deep.include({ session: SESSION });
  });

  it('hears settings, a reset and a refused form of the same talk alone', () => {
    arrive(hello, own());
    told.length = 0;
    const settings = { ...hello, type: 'settings' };
    arrive({ ...settings, session: 'BBBBBBBBBBBBBBBBBBBBBB' }, own());
    arrive(settings, { origin: OTHER, source: right.window });
    for (const type of ['reset', 'refused']) {
      arrive({ protocol: EMBED_PROTOCOL, session: 'BBBBBBBBBBBBBBBBBBBBBB', type }, own());
    }
    expect(told).to.deep.equal([]);
    arrive(settings, own());
    arrive({ protocol: EMBED_PROTOCOL, session: SESSION, type: 'reset' }, own());
    arrive({ protocol: EMBED_PROTOCOL, session: SESSION, type: 'refused' }, own());
    expect(told).to.deep.equal([SETTINGS, 'reset', 'refused']);
  });

  it('hears no settings, no reset and no refused form before a hello', () => {
    arrive({ ...hello, type: 'settings' }, own());
    for (const type of ['reset', 'refused']) arrive({ protocol: EMBED_PROTOCOL, session: SESSION, type }, own());
    expect(told).to.deep.equal([]);
  });

  const strange: Record<string, object> = {
    'another version of the protocol': { protocol: 'secure-upload-embed/2' },
    'a session that is too short to be one': { session: 'AAAA' },
    'more than a hello holds': { broker: 'https://evil.example' },
    'a setting that there is not': { settings: { ...SETTINGS, broker: 'https://evil.example' } },
    'a start without a press': { settings: { ...SETTINGS, start: 'auto' } },
    'a language that is none': { settings: { ...SETTINGS, lang: '"><script>' } },
    'a scheme that is none': { settings: { ...SETTINGS, scheme: 'url(x)' } },
    'a folder that is no id': { settings: { ...SETTINGS, folder: '../../etc' } },
    'a context that is too long': { settings: { ...SETTINGS, context: { note: 'a'.repeat(257) } } },
    'a context of too many labels': {
      settings: { ...SETTINGS, context: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`key${i}`, 'a'])) },
    },
  };
  for (const [what, change] of Object.entries(strange)) {
    it(`hears no hello with ${what}`, () => {
      arrive({ ...hello, ...change }, own());
      expect([told, right.posted]).to.deep.equal([[], []]);
    });
  }
});
