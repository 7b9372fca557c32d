import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DrawnKeys } from '../../demo/gallery/pages/drawn-keys.ts';
import { ELEMENTS } from '../../demo/gallery/states.ts';
import { hintText, PAGE_HINTS, setupEn } from '../../src/i18n/setup-en.ts';
import { tagHints } from '../../src/i18n/tag-hints-en.ts';
import { type Camera, openCamera } from './cameras.ts';
import { openStates } from './open-states.ts';
import { serveGallery } from './serve.ts';

/** Sentences that no picture of a state can have, each with where else it is looked at. */
const NOT_DRAWN: Readonly<Record<string, readonly string[]>> = {
  'said to assistive technology in the moment of a change (test/elements/*/announcements.test.ts)': [
    ...['codeSpoken', 'removedUndo', 'quarterDone', 'halfDone', 'threeQuartersDone', 'filePaused', 'fileCarriesOn'],
    ...['offlineSafe', 'connectedAgain', 'added', 'someRefused', 'manyRefused', 'signInOpened', 'sending'],
    ...['doneReference', 'donePartly'],
  ].map((key) => `upload.${key}`),
  'the same, for senders and recipients': [
    ...['sendLink.list.renewedNow', 'sendLink.list.takenBackNow', 'recipient.download.endingSpoken'],
  ],
  'stands in the receipt that is saved (test/elements/secure-upload/receipt.test.ts)': [
    ...['receipt', 'receiptSentence', 'receiptFileName', 'receiptNumber', 'receiptKey', 'receiptProof'],
  ].map((key) => `upload.${key}`),
  'names a pasted picture before it is in the list': ['upload.screenshot'],
  'the box tells it by the sentences of its own state; the words are for a script of the page': [
    ...['folder', 'too_many', 'total_large', 'sign_in_cancelled', 'sign_in_timeout', 'popup_blocked', 'notice_stale'],
  ].map((code) => `problems.${code}`),
};

/** What slips of the paste and ends of an upload are told by, beside the hints about the page. */
const OWNER_HINTS = [
  ...Object.keys(tagHints),
  'context_unreadable',
  'name_missing',
  'store_unreachable',
  'old_version',
];

/** Stands for each fact of a hint; what is between two of them must stand in a panel as it is. */
const ANY = '\u0000';
const FACTS = {
  ...{
    page: ANY,
    app: ANY,
    broker: ANY,
    name: ANY,
    blocked: ANY,
    policy: ANY,
    unknown: ANY,
    setting: ANY,
    values: ANY,
  },
  // Not told apart from text by the sentences that hold it.
  width: ANY as unknown as number,
};
const VARIANTS = [
  { ...FACTS, isFramed: false, meant: undefined },
  { ...FACTS, isFramed: true, meant: ANY },
];

const PANELS = `[...document.querySelectorAll('secure-upload')].flatMap(({ shadowRoot }) =>
  [...shadowRoot.children].flatMap((child) => child.shadowRoot?.textContent.replace(/\\s+/g, ' ') ?? []))`;

describe('every sentence of the catalogue', () => {
  let gallery: Awaited<ReturnType<typeof serveGallery>>;
  let camera: Camera;
  let panels: readonly string[];
  const drawn = new Set<string>();
  let all: readonly string[];

  before(async () => {
    gallery = await serveGallery();
    camera = await openCamera('chromium');
    for (const pointer of ['mouse', 'finger']) {
      for (const element of ELEMENTS) {
        await openStates(camera, gallery.url, { element, pointer, width: '480', words: 'keys' });
        const keys = await camera.evaluate<DrawnKeys>(`gallery.drawnKeys(document.querySelector('main'))`);
        for (const key of [...keys.seen, ...keys.heard]) drawn.add(key);
        if (element === 'secure-upload') panels = await camera.evaluate<string[]>(PANELS);
      }
    }
    all = await camera.evaluate<string[]>('gallery.allKeys()');
  });
  after(async () => {
    await camera.close();
    gallery.stop();
  });

  test('stands in a state of the gallery, save those that no picture can have', () => {
    assert.ok(all.length > 500, 'the catalogue is read');
    const missing = all.filter((key) => !drawn.has(key));
    assert.deepEqual(missing.toSorted(), Object.values(NOT_DRAWN).flat().toSorted());
  });

  test('that only builders read stands in a setup panel of the gallery', () => {
    const stands = (text: string) =>
      panels.some((panel) => text.split(ANY).every((part) => panel.includes(part.replace(/\s+/g, ' ').trim())));
    const codes = [...PAGE_HINTS, ...OWNER_HINTS];
    const hints = codes.flatMap((code) => VARIANTS.map((facts) => hintText(code, facts)));
    const lines = [setupEn.appFound(ANY, ANY as unknown as number), setupEn.windowOpens, setupEn.windowInFrame];
    const texts = new Set([...hints, ...lines, setupEn.reaches, setupEn.heading, setupEn.onlyYou, setupEn.hide]);
    assert.deepEqual(
      [...texts].filter((text) => !stands(text)),
      [],
    );
  });
});
