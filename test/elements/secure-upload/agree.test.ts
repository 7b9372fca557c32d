import { expect } from '@open-wc/testing';
import { receiptJson, receiptPage } from '../../../src/elements/secure-upload/receipt.ts';
import type { ItemSnapshot, UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { STATES } from './fixtures.ts';
import { clean, cleanUp, mount, press, until } from './mount.ts';
import { viewOf } from './view-of.ts';

const verbs = (calls: readonly string[]) => calls.filter((call) => !/^(configure|load)/.test(call));
const boxes = (root: ParentNode) => [...root.querySelectorAll<HTMLInputElement>('.agree input')];
/** What assistive technology is told of a box: its name, and what describes it. */
const told = (root: ShadowRoot, box: HTMLInputElement) => {
  const ids = box.getAttribute('aria-describedby')?.split(' ') ?? [];
  return [box.labels?.[0], ...ids.map((id) => root.getElementById(id))].map((one) => clean(one?.textContent ?? null));
};
const lines = (root: ParentNode) =>
  [...root.querySelectorAll('.purpose > :not(input)')].map((one) => clean(one.textContent));

describe('what is asked before an upload', () => {
  afterEach(cleanUp);

  it('stands between the list and "Upload": empty boxes, the needed one named in words', async () => {
    const { root } = await mount('agree');
    const order = [...root.querySelectorAll('.row, .agree, #upload')].map((one) => one.className.split(' ')[0]);
    expect(order).to.deep.equal(['row', 'row', 'agree', 'button']);
    expect(clean(root.querySelector('#agree-heading')?.textContent ?? null)).to.equal('Before you upload');
    expect(boxes(root).map(({ checked }) => checked)).to.deep.equal([false, false]);
    expect(boxes(root).map((box) => told(root, box))).to.deep.equal([
      ['I may share these files.', 'Needed to upload'],
      ['Acme may use them in training material.', 'Your choice'],
    ]);
    expect(root.querySelector('#upload')?.matches('[disabled], [aria-disabled]')).to.equal(false);
  });

  it('gives what is missing the whole line beside its box', async () => {
    const { root } = await mount('agree-missing');
    const [line, problem] = [root.querySelector('.purpose'), root.querySelector('.purpose > .problem')];
    expect(problem?.getBoundingClientRect().right).to.equal(line?.getBoundingClientRect().right);
  });

  it('keeps the words that have changed clear of the heading, also with the focus around them', async () => {
    const { root } = await mount('agree-changed');
    const heading = root.querySelector('#agree-heading')?.getBoundingClientRect().bottom ?? Number.NaN;
    const note = root.querySelector<HTMLElement>('#agree-changed');
    // An outline of 2 px, and 2 px between.
    expect((note?.getBoundingClientRect().top ?? 0) - heading).to.be.at.least(6);
  });

  it('explains each when asked', async () => {
    const { root } = await mount('agree');
    const meaning = root.querySelector<HTMLDetailsElement>('.agree details');
    expect(meaning?.open).to.equal(false);
    press(root, 'What this means');
    expect(meaning?.open).to.equal(true);
    expect([...root.querySelectorAll('.agree dd')].map((one) => clean(one.textContent))).to.deep.equal([
      'You took the pictures yourself, or whoever took them allows it.',
      'Pictures may be shown in courses for staff, without your name. You can upload without it.',
    ]);
  });

  it('is ticked by its box and by its words', async () => {
    const { root, flow } = await mount('agree');
    boxes(root)[0]?.click();
    boxes(root)[1]?.labels?.[0]?.click();
    boxes(root)[0]?.click();
    expect(verbs(flow.calls)).to.deep.equal(['tick share true', 'tick training true', 'tick share false']);
  });

  it('takes the focus to the first needed box that is empty, and says which, each time "Upload" is pressed', async () => {
    const { element, root, flow } = await mount('agree');
    const [share] = boxes(root);
    for (const calls of [1, 2]) {
      root.querySelector<HTMLElement>('#upload')?.focus();
      press(root, 'Upload 2 files');
      const { agreement } = STATES['agree-missing'];
      flow.show({ ...STATES['agree-missing'], agreement: { ...agreement, calls } });
      await until(() => root.activeElement === share);
      expect(share && told(root, share)).to.deep.equal([
        'I may share these files.',
        'Needed to upload',
        'Tick the box to upload: I may share these files.',
      ]);
      expect(share?.getAttribute('aria-invalid')).to.equal('true');
    }
    flow.show(STATES['agree-ticked']);
    await element.updateComplete;
    expect(share && told(root, share)).to.deep.equal(['I may share these files.', 'Needed to upload']);
    expect([share?.checked, share?.hasAttribute('aria-invalid')]).to.deep.equal([true, false]);
  });

  it('says that its words have changed, and takes the focus there', async () => {
    const { root, flow } = await mount('agree-ticked');
    flow.show(STATES['agree-changed']);
    await until(() => root.activeElement?.id === 'agree-changed');
    expect(clean(root.activeElement?.textContent ?? null)).to.equal(
      'This text has changed. Read it again before you upload.',
    );
    expect(lines(root)).to.deep.equal(['I may share these files.', 'Needed to upload']);
    expect(boxes(root).map(({ checked }) => checked)).to.deep.equal([false]);
  });

  it('comes with files that the broker refused for want of it, as something to be done and no breakdown', async () => {
    const { root } = await mount('agree-refused');
    expect(boxes(root).length).to.equal(2);
    expect(root.querySelector('.note')?.className).to.equal('note warn');
    expect(clean(root.querySelector('#heading')?.textContent ?? null)).to.equal(
      'Tick the boxes that are needed, then upload.',
    );
    expect(root.querySelector('.bad')).to.equal(null);
    const buttons = [...root.querySelectorAll('.card > .buttons > button')].map((one) => clean(one.textContent));
    expect(buttons).to.deep.equal(['Upload 1 file']);
  });

  it('is not all that is wrong where another file failed for another reason', async () => {
    const other = { ...STATES['agree-refused'].items[0], key: 'other', problem: { code: 'damaged' } };
    const items = [...STATES['agree-refused'].items, other as ItemSnapshot];
    const { root } = await mount({ ...STATES['agree-refused'], items });
    expect(root.querySelector('.note')?.className).to.equal('note bad');
    expect([...root.querySelectorAll('.row .status')].map((one) => clean(one.textContent))).to.deep.equal([
      'Tick the boxes that are needed, then upload.',
      'It could not be sent undamaged. Try another network.',
    ]);
  });

  it('is not there where nothing is asked, or where nothing can be uploaded', async () => {
    const refused: UploadSnapshot = { ...STATES['refused-all'], agreement: STATES.agree.agreement };
    for (const state of [STATES.review, STATES.uploading, STATES.done, refused]) {
      expect((await mount(state)).root.querySelector('.agree')).to.equal(null);
    }
  });

  for (const [lang, label, language] of [
    ['de', 'Ich darf diese Dateien weitergeben.', 'de'],
    ['fr', 'I may share these files.', 'en'],
  ] as const) {
    it(`is shown to a page in "${lang}" in one language, and the flow is told which`, async () => {
      const { root, flow } = await mount('agree', { attributes: { lang } });
      await until(() => root.querySelector('.purpose label') !== null);
      const shown = root.querySelector('.purpose label');
      expect([clean(shown?.textContent ?? null), shown?.getAttribute('lang')]).to.deep.equal([label, language]);
      const settings = flow.calls.filter((call) => call.startsWith('configure')).at(-1) ?? '';
      expect(JSON.parse(settings.slice('configure '.length)).language).to.equal(language);
    });
  }
});

describe('the receipt of who agreed', () => {
  afterEach(cleanUp);

  it('lists what was agreed to, and names the notice, on the page, in the panel and for machines', async () => {
    const view = viewOf(STATES['done-agreed']);
    const page = new DOMParser().parseFromString(receiptPage(view), 'text/html');
    const { root } = await mount('done-agreed');
    for (const text of [page.querySelector('main'), root.querySelector('details.more')].map((one) =>
      clean(one?.textContent ?? null),
    )) {
      expect(text).to.contain('Agreed to: I may share these files');
      expect(text).to.match(/Agreed to: Acme may use them in training material(?!\.)/);
      expect(text.split('noticexxx').length).to.equal(2);
    }
    const { agreed_to } = JSON.parse(receiptJson(view)) as { agreed_to: readonly object[] };
    expect(agreed_to[0]).to.deep.equal({
      purpose: 'share',
      version: 1,
      label: 'I may share these files.',
      at: '2026-11-21T13:03:00Z',
      agreement: 'agreement-1',
      notice_sha256: `notice${'x'.repeat(37)}=`,
    });
  });

  it('says nothing of it where nothing was asked', () => {
    const view = viewOf(STATES.done);
    expect(receiptPage(view)).not.to.contain('Agreed');
    expect(receiptJson(view)).not.to.contain('agreed');
  });
});
