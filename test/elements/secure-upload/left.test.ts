import { expect } from '@open-wc/testing';
import { Announcements } from '../../../src/elements/secure-upload/announcements.ts';
import type { LeftBatch } from '../../../src/flow/left-batch.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, JO, STATES, type StateName } from './fixtures.ts';
import { clean, cleanUp, mount, press, textsOf, until } from './mount.ts';
import { viewOf } from './view-of.ts';

const NOW = Date.parse('2026-11-19T10:12:00Z');
const batch = (more: Partial<LeftBatch> = {}): LeftBatch => ({
  ...{ id: 'batch-1', arrived: 6, of: 10, reference: null },
  ...{ begunAt: NOW - 13 * 60_000, at: NOW - 12 * 60_000 },
  ...more,
});
const withLeft = (...left: LeftBatch[]): UploadSnapshot => ({ ...EMPTY, person: JO, left });

/** What stands in the note. */
async function note(state: StateName | UploadSnapshot, lang = 'en'): Promise<string[]> {
  const { root } = await mount(state, { attributes: { lang }, width: 720 });
  // Another language comes later than the box.
  await until(() => root.querySelector('#left') !== null);
  return [...root.querySelectorAll('#left :is(p, button)')].map((one) => clean(one.textContent ?? ''));
}

describe('what became of files whose page was thrown away', () => {
  afterEach(cleanUp);

  it('stands above the zone, with the reference by which somebody can say which arrived', async () => {
    const { root } = await mount('left', { attributes: { lang: 'en' }, width: 720 });
    const texts = textsOf(root);
    const at = texts.findIndex((text) => text.startsWith('Your upload stopped'));
    expect(texts.slice(at, at + 4)).to.deep.equal([
      'Your upload stopped on 19 November 2026. 6 of 10 files arrived. Choose the others again.',
      'Reference 7F3K-92QD',
      'Hide this',
      'Drop files here, or',
    ]);
  });

  it('says that nothing arrived, without a reference to nothing', async () => {
    expect(await note('left-nothing-arrived')).to.deep.equal([
      'Your upload stopped on 19 November 2026. None of the 3 files arrived. Choose them again.',
      'Hide this',
    ]);
  });

  it('says that all arrived where nobody could see that', async () => {
    expect(await note('left-all-arrived')).to.deep.equal([
      'All 10 files of your last upload arrived.',
      'Reference 7F3K-92QD',
      'Hide this',
    ]);
  });

  it('is one with the files in parts, which have rows of their own', async () => {
    const { root } = await mount('left-beside-unfinished', { attributes: { lang: 'en' }, width: 720 });
    const texts = textsOf(root);
    const at = texts.indexOf('You have 1 unfinished upload');
    expect(texts.slice(at, at + 4)).to.deep.equal([
      'You have 1 unfinished upload',
      'Your upload stopped on 19 November 2026. 6 of 10 files arrived. Choose the others again.',
      ...['Reference 7F3K-92QD', 'Choose the same file again. Only the missing part is sent.'],
    ]);
    expect(root.querySelectorAll('.note')).to.have.length(0);
    expect(root.querySelector('.unfinished #left')).not.to.equal(null);
  });

  it('asks for no other file where the rows have all that is missing', async () => {
    const { unfinished } = STATES['left-beside-unfinished'];
    const said = (of: number) => note({ ...withLeft(batch({ arrived: 0, of })), unfinished });
    expect((await said(1))[0]?.endsWith('The file did not arrive.')).to.equal(true);
    expect((await said(2))[0]?.endsWith('None of the 2 files arrived. Choose the other one again.')).to.equal(true);
  });

  it('is not said before sign-in', async () => {
    const { root } = await mount('unfinished-signed-out', { attributes: { lang: 'en' }, width: 720 });
    expect(root.querySelector('#left')).to.equal(null);
  });

  const forms: Record<string, readonly [arrived: number, of: number, text: string][]> = {
    en: [
      [0, 1, 'The file did not arrive. Choose it again.'],
      [0, 2, 'None of the 2 files arrived. Choose them again.'],
      [1, 2, '1 of 2 files arrived. Choose the other one again.'],
      [1200, 3000, '1,200 of 3,000 files arrived. Choose the others again.'],
    ],
    de: [
      [0, 1, 'Die Datei ist nicht angekommen. Wählen Sie sie noch einmal aus.'],
      [0, 2, 'Von 2 Dateien ist keine angekommen. Wählen Sie die Dateien noch einmal aus.'],
      [1, 2, '1 von 2 Dateien ist angekommen. Wählen Sie die andere noch einmal aus.'],
      [1200, 3000, '1.200 von 3.000 Dateien sind angekommen. Wählen Sie die anderen noch einmal aus.'],
      [6, 10, '6 von 10 Dateien sind angekommen. Wählen Sie die anderen noch einmal aus.'],
    ],
    ar: [
      [0, 1, 'لم يصل الملف. اختره من جديد.'],
      [0, 2, 'لم يصل أي ملف من ملفين. اخترهما من جديد.'],
      [1, 2, 'وصل 1 من ملفين. اختر الملف الآخر من جديد.'],
      [6, 10, 'وصل 6 من 10 ملفات. اختر الملفات الأخرى من جديد.'],
    ],
  };
  for (const [lang, texts] of Object.entries(forms)) {
    it(`agrees in number in ${lang}`, async () => {
      for (const [arrived, of, text] of texts) {
        const [said = ''] = await note(withLeft(batch({ arrived, of, at: Date.parse('2026-11-19T10:00:00Z') })), lang);
        expect(said.endsWith(text), said).to.equal(true);
      }
    });
  }

  it('says how long ago that was, and says so once', () => {
    const view = viewOf(withLeft(batch()), { now: NOW });
    const said = new Announcements().of({ ...STATES.ready, left: [] }, view).map(({ text }) => clean(text));
    expect(said).to.deep.equal(['Your upload stopped 12 minutes ago. 6 of 10 files arrived. Choose the others again.']);
    expect(new Announcements().of(view.snapshot, view)).to.deep.equal([]);
  });

  it('goes by the press, which leads the keyboard on to the zone', async () => {
    const { element, root, flow } = await mount('left', { attributes: { lang: 'en' }, width: 720 });
    root.querySelector<HTMLElement>('#left button')?.focus();
    press(root, 'Hide this');
    expect(flow.calls).to.include('forgetLeft');
    flow.show({ ...STATES.left, left: [] });
    await element.updateComplete;
    expect(root.querySelector('#left')).to.equal(null);
    expect(root.activeElement?.id).to.equal('choose');
  });
});
