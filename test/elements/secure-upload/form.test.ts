import { expect } from '@open-wc/testing';
import { EMPTY, item, JO, STATES } from './fixtures.ts';
import { cleanUp, mount, textsOf } from './mount.ts';

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
    expect(await settings(inForm, form())).to.equal('configure {"start":"auto","isDisabled":false}');
    expect(await settings({ ...inForm, start: 'button' }, form())).to.contain('"start":"button"');
    expect(await settings({})).to.equal('configure {"isDisabled":false}');
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
    expect(flow.calls.at(-1)).to.equal('configure {"start":"auto","isDisabled":true}');
    fieldset.disabled = false;
    await element.updateComplete;
    expect(root.querySelector('.card')?.matches('[inert]')).to.equal(false);
  });
});
