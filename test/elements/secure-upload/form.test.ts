import { expect } from '@open-wc/testing';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, item, JO, STATES } from './fixtures.ts';
import { clean, cleanUp, mount, press, textsOf, until } from './mount.ts';

function form(): HTMLFormElement {
  const made = document.createElement('form');
  document.body.append(made);
  return made;
}

const inForm = { name: 'documents' };

describe('the box in a form', () => {
  afterEach(cleanUp);

  it('sends the ids of the uploads under its name, and their receipts beside them in the same order', async () => {
    const within = form();
    await mount('done', { attributes: inForm, within });
    const data = new FormData(within);
    expect(data.getAll('documents')).to.deep.equal([
      'upload-IMG_2041jpg',
      'upload-shopwindowfinalversion2026octoberpng',
    ]);
    expect(data.getAll('documents-receipt')).to.deep.equal([
      'jws.IMG_2041.jpg',
      'jws.shop-window-final-version-2026-october.png',
    ]);
    expect([...data.keys()]).to.have.length(4);
  });

  it('asks for a file that is required before anything more of it is loaded', async () => {
    const within = form();
    const { element } = await mount('ready', { attributes: { ...inForm, required: '', broker: '' }, within });
    expect([element.validity.valueMissing, element.validationMessage]).to.deep.equal([
      true,
      'Choose at least one file',
    ]);
    element.required = false;
    await element.updateComplete;
    expect(element.checkValidity()).to.equal(true);
  });

  it('sends nothing of files that are not stored', async () => {
    const within = form();
    await mount('uploading', { attributes: inForm, within });
    expect(new FormData(within).getAll('documents')).to.deep.equal(['upload-IMG_2041jpg']);
  });

  it('says that the form still has to be sent, and shows no reference', async () => {
    const { root } = await mount('done', { attributes: inForm, within: form() });
    const texts = textsOf(root);
    expect(texts.at(-1)).to.equal('2 files added. They are sent with the form.');
    expect(texts).to.include('[Remove IMG_2041.jpg]');
    expect(texts.join()).not.to.contain('7F3K');
  });

  it('uploads by itself there, unless the page says otherwise', async () => {
    const settings = async (attributes: Record<string, string>, within?: Element) => {
      const { flow } = await mount('ready', { attributes, ...(within && { within }) });
      return flow.calls.findLast((call) => call.startsWith('configure'));
    };
    expect(await settings(inForm, form())).to.equal('configure {"start":"auto","language":"en","isDisabled":false}');
    expect(await settings({ ...inForm, start: 'button' }, form())).to.contain('"start":"button"');
    expect(await settings({})).to.equal('configure {"language":"en","isDisabled":false}');
  });

  it('asks for a file where one is required, and says where', async () => {
    const within = form();
    const { element, flow } = await mount('ready', { attributes: { ...inForm, required: '' }, within });
    expect(within.checkValidity()).to.equal(false);
    expect(element.validity.valueMissing).to.equal(true);
    expect(element.validationMessage).to.equal('Choose at least one file');
    flow.show({ ...STATES.done });
    await element.updateComplete;
    expect(within.checkValidity()).to.equal(true);
  });

  it('takes the focus when the form points at it', async () => {
    const within = form();
    const { element, root } = await mount('ready', { attributes: { ...inForm, required: '' }, within });
    within.reportValidity();
    expect(document.activeElement).to.equal(element);
    expect(root.activeElement).to.be.instanceOf(HTMLElement);
  });

  it('holds the form back while files are on their way or wait for "Upload"', async () => {
    const within = form();
    const { element, flow } = await mount('uploading', { attributes: inForm, within });
    expect(element.validationMessage).to.equal('Wait until your files are uploaded');
    flow.show({ ...STATES.review });
    await element.updateComplete;
    expect(element.validationMessage).to.equal('Upload the chosen files first, or remove them');
    flow.show({ ...EMPTY, person: JO, items: [item('a.mov', 1, 'video/mp4', 'refused')] });
    await element.updateComplete;
    expect(element.checkValidity()).to.equal(true);
  });

  it('is empty again when the form is reset, and rests in a fieldset that is switched off', async () => {
    const within = form();
    const fieldset = document.createElement('fieldset');
    within.append(fieldset);
    const { element, flow, root } = await mount('ready', { attributes: inForm, within: fieldset });
    within.reset();
    expect(flow.calls).to.include('reset');
    fieldset.disabled = true;
    await element.updateComplete;
    expect(root.querySelector('.card')?.matches('[inert]')).to.equal(true);
    expect(flow.calls.at(-1)).to.equal('configure {"start":"auto","language":"en","isDisabled":true}');
    fieldset.disabled = false;
    await element.updateComplete;
    expect(root.querySelector('.card')?.matches('[inert]')).to.equal(false);
  });

  it('belongs to a form that it does not stand in, by the form attribute', async () => {
    const apart = Object.assign(form(), { id: 'apart' });
    const { element } = await mount('done', { attributes: { ...inForm, form: 'apart' } });
    expect(element.form).to.equal(apart);
    expect(new FormData(apart).getAll('documents')).to.have.length(2);
  });

  it('stands in one form with others, each with values of its own', async () => {
    const within = form();
    await mount('done', { attributes: { name: 'photos' }, within });
    await mount('uploading', { attributes: { name: 'documents' }, within });
    const data = new FormData(within);
    expect(data.getAll('photos')).to.have.length(2);
    expect(data.getAll('documents')).to.deep.equal(['upload-IMG_2041jpg']);
    expect(within.checkValidity()).to.equal(false);
  });

  it('shows its state to the styles of the page', async () => {
    const within = form();
    const { element, flow } = await mount('review', { attributes: { ...inForm, required: '' }, within });
    const states = () =>
      ['choosing', 'signing-in', 'uploading', 'done', 'failed', 'invalid'].filter((one) =>
        element.matches(`:state(${one})`),
      );
    const show = async (state: UploadSnapshot) => {
      flow.show(state);
      await element.updateComplete;
      return states();
    };
    expect(states()).to.deep.equal(['choosing']);
    expect(await show(STATES['signing-in'])).to.deep.equal(['signing-in']);
    expect(await show(STATES.uploading)).to.deep.equal(['uploading']);
    expect(await show(STATES['part-done'])).to.deep.equal(['failed']);
    expect(await show(STATES.done)).to.deep.equal(['done']);
    flow.show(STATES.ready);
    await element.updateComplete;
    within.checkValidity();
    await element.updateComplete;
    expect(states()).to.deep.equal(['invalid']);
    expect(await show(STATES.done)).to.deep.equal(['done']);
  });
});

describe('a form that was refused', () => {
  afterEach(cleanUp);

  const lineOf = (root: ShadowRoot) => root.querySelector('#form-fault');
  const edged = (root: ShadowRoot) =>
    [...root.querySelectorAll<HTMLElement>('.card, .zone')]
      .filter((one) => getComputedStyle(one).outlineStyle === 'solid')
      .map((one) => one.getAttribute('part'));

  it('leaves the reason under the zone and an edge around it, until there is none', async () => {
    const within = form();
    const { element, flow, root } = await mount('ready', { attributes: { ...inForm, required: '' }, within });
    await element.updateComplete;
    expect([lineOf(root), edged(root)]).to.deep.equal([null, []]);
    within.reportValidity();
    await element.updateComplete;
    expect(clean(lineOf(root)?.textContent ?? '')).to.equal('Choose at least one file');
    expect(lineOf(root)?.previousElementSibling?.part.value).to.equal('zone');
    expect(edged(root)).to.deep.equal(['zone']);
    flow.show(STATES.done);
    await element.updateComplete;
    expect([lineOf(root), edged(root)]).to.deep.equal([null, []]);
    flow.show(STATES.ready);
    await element.updateComplete;
    await element.updateComplete;
    expect([lineOf(root), edged(root)]).to.deep.equal([null, []]);
    expect(root.querySelector('#choose')?.getAttribute('aria-describedby')).to.equal('hint');
  });

  it('forgives when the form is reset, until it asks again', async () => {
    const within = form();
    const { element, root } = await mount('ready', { attributes: { ...inForm, required: '' }, within });
    within.checkValidity();
    await element.updateComplete;
    within.reset();
    await element.updateComplete;
    expect([lineOf(root), edged(root), element.checkValidity()]).to.deep.equal([null, [], false]);
    await element.updateComplete;
    expect(edged(root)).to.deep.equal(['zone']);
  });

  it('describes the button by the reason, moves the focus nowhere and says nothing aloud', async () => {
    const within = form();
    const { element, flow, root } = await mount('ready', { attributes: { ...inForm, required: '' }, within });
    within.reportValidity();
    const focused = root.activeElement;
    await element.updateComplete;
    const button = root.querySelector('#choose');
    expect(button?.getAttribute('aria-describedby')).to.equal('form-fault hint');
    expect(root.activeElement).to.equal(focused);
    expect(root.querySelector('#polite')?.textContent).to.equal('');
    expect(root.querySelector('#urgent')?.textContent).to.equal('');
    flow.show({ ...STATES.ready });
    await element.updateComplete;
    expect(button?.getAttribute('aria-describedby')).to.equal('form-fault hint');
  });

  it('has the reason beside "Upload" where files are chosen and wait for it', async () => {
    const within = form();
    const { element, root } = await mount('review', { attributes: inForm, within });
    within.checkValidity();
    await element.updateComplete;
    expect(clean(lineOf(root)?.textContent ?? '')).to.equal('Upload the chosen files first, or remove them');
    expect(lineOf(root)?.parentElement?.part.value).to.equal('foot');
    expect(root.querySelector('#upload')?.getAttribute('aria-describedby')).to.equal('form-fault');
    expect(edged(root)).to.deep.equal(['card']);
  });

  it('has it once, under the heading, where nothing in the box is to be pressed for it', async () => {
    for (const state of ['uploading', 'signing-in', 'not-done'] as const) {
      const within = form();
      const { element, root } = await mount(state, { attributes: { ...inForm, required: '' }, within });
      within.checkValidity();
      await element.updateComplete;
      expect(root.querySelectorAll('#form-fault')).to.have.length(1);
      const words = state === 'not-done' ? 'Choose at least one file' : 'Wait until your files are uploaded';
      expect(clean(lineOf(root)?.textContent ?? '')).to.equal(words);
      expect(edged(root)).to.deep.equal(['card']);
    }
  });

  it('has it once while somebody signs in with nothing chosen, and in the language of the box', async () => {
    const within = form();
    const state = { ...STATES['signing-in'], items: [] };
    const attributes = { ...inForm, required: '', lang: 'de' };
    const { element, root } = await mount(state, { attributes, within });
    within.checkValidity();
    await element.updateComplete;
    await until(() => lineOf(root) !== null);
    expect(root.querySelectorAll('#form-fault')).to.have.length(1);
    expect(clean(lineOf(root)?.textContent ?? '')).to.equal('Wählen Sie mindestens eine Datei aus');
  });
});

describe('a form that is submitted while files are on their way', () => {
  afterEach(cleanUp);

  async function submitted(
    attributes: Record<string, string>,
    isValidated = true,
    state: UploadSnapshot = STATES.uploading,
  ) {
    const within = form();
    within.noValidate = !isValidated;
    const button = document.createElement('button');
    Object.assign(button, { name: 'act', value: 'send' });
    const mounted = await mount(state, { attributes: { ...inForm, ...attributes }, within });
    within.append(button);
    const sent: { readonly ids: readonly unknown[]; readonly submitter: HTMLElement | null }[] = [];
    within.addEventListener('submit', (event) => {
      event.preventDefault();
      sent.push({ ids: new FormData(within).getAll('documents'), submitter: event.submitter });
    });
    button.click();
    await mounted.element.updateComplete;
    return { ...mounted, within, button, sent };
  }
  const waits = 'The form is sent when your files are uploaded.';

  it('is refused with the reason', async () => {
    const { sent, element } = await submitted({});
    expect(sent).to.deep.equal([]);
    expect(element.validationMessage).to.equal('Wait until your files are uploaded');
    expect(document.activeElement).to.equal(element);
  });

  it('is refused too where the form validates nothing by itself', async () => {
    const { sent, element } = await submitted({ submit: 'refuse' }, false);
    expect(sent).to.deep.equal([]);
    expect(document.activeElement).to.equal(element);
  });

  it('waits where the page says so, and is then submitted once, by the same button, with every id', async () => {
    const { sent, element, flow, root, button } = await submitted({ submit: 'wait' });
    expect(sent).to.deep.equal([]);
    expect(textsOf(root)).to.include(waits);
    flow.show({ ...STATES.uploading, sent: 30 });
    await element.updateComplete;
    expect(sent).to.deep.equal([]);
    flow.show(STATES.done);
    await element.updateComplete;
    await until(() => sent.length > 0);
    expect(sent).to.deep.equal([
      { ids: ['upload-IMG_2041jpg', 'upload-shopwindowfinalversion2026octoberpng'], submitter: button },
    ]);
    expect(textsOf(root)).not.to.include(waits);
    flow.show({ ...STATES.done });
    await element.updateComplete;
    expect(sent).to.have.length(1);
  });

  it('uploads first what waits for a press on "Upload"', async () => {
    const { sent, flow, element } = await submitted({ submit: 'wait', start: 'button' }, true, STATES.review);
    expect(flow.calls).to.include('upload');
    flow.show(STATES['signing-in']);
    await element.updateComplete;
    flow.show(STATES.done);
    await element.updateComplete;
    await until(() => sent.length > 0);
    expect(sent).to.have.length(1);
  });

  it('goes on waiting after a sign-in, while what was begun on an earlier visit is looked for', async () => {
    const { sent, flow, element, root } = await submitted({ submit: 'wait', start: 'button' }, true, STATES.review);
    for (const state of [STATES['signing-in'], { ...STATES.review, isStarting: true }, STATES.uploading]) {
      flow.show(state);
      await element.updateComplete;
      expect(textsOf(root)).to.include(waits);
    }
    flow.show(STATES.done);
    await element.updateComplete;
    await until(() => sent.length > 0);
    expect(sent).to.have.length(1);
  });

  const unsent = 'The form was not sent, because not all files are uploaded.';
  for (const [what, state, said] of [
    [
      ...['a file could not be uploaded', STATES['part-done']],
      '1 could not be uploaded. It is still on your device. The form was not sent.',
    ],
    [
      ...['none could be uploaded', STATES['not-done']],
      'They are still on your device. Nothing was kept. The form was not sent.',
    ],
    ['there is no room', STATES['room-full-person'], unsent],
    ['the person stopped it', STATES.review, unsent],
    ['more were chosen than go at once', STATES['done-some-set-aside'], unsent],
  ] as [string, UploadSnapshot, string][]) {
    it(`is not sent where ${what}, and says so`, async () => {
      const { sent, element, flow, root } = await submitted({ submit: 'wait' });
      flow.show(state);
      await element.updateComplete;
      await element.updateComplete;
      expect(textsOf(root)).to.include(said);
      expect(
        textsOf(root)
          .join()
          .match(/was not sent/g),
      ).to.have.length(1);
      flow.show(STATES.done);
      await element.updateComplete;
      expect(sent).to.deep.equal([]);
    });
  }

  it('is taken back by a press', async () => {
    const { sent, element, flow, root } = await submitted({ submit: 'wait' });
    press(root, 'Do not send yet');
    await element.updateComplete;
    flow.show(STATES.done);
    await element.updateComplete;
    expect(sent).to.deep.equal([]);
    expect(textsOf(root)).not.to.include(waits);
  });

  it('is submitted at once where nothing is on its way', async () => {
    const { sent } = await submitted({ submit: 'wait' }, true, STATES.done);
    expect(sent).to.have.length(1);
  });

  it('waits for each of several boxes', async () => {
    const first = await submitted({ submit: 'wait' });
    const second = await mount('uploading', { attributes: { name: 'photos', submit: 'wait' }, within: first.within });
    first.flow.show(STATES.done);
    await first.element.updateComplete;
    await until(() => textsOf(second.root).includes(waits));
    expect(first.sent).to.deep.equal([]);
    second.flow.show(STATES.done);
    await until(() => first.sent.length > 0);
    expect(first.sent).to.have.length(1);
  });
});
