import { expect, waitUntil } from '@open-wc/testing';
import { linkSender } from '../../../src/elements/secure-upload/link-sender.ts';
import { page } from '../../../src/elements/secure-upload/page.ts';
import { APP, JO, STATES } from './fixtures.ts';
import { clean, cleanUp, mount, textsOf, VISITORS_PAGE } from './mount.ts';

const SIGNED_OUT = { ...STATES.ready, app: APP, person: null };
const SIGNED_IN = { ...STATES.ready, app: APP, person: JO };
const LINKS_PAGE = new URL('https://broker.example/u/cs-screenshots#links-sent');

const entry = (root: ParentNode) => root.querySelector<HTMLElement>('#list-links');

describe('the links that somebody has sent', () => {
  const { load } = linkSender;
  afterEach(() => {
    linkSender.load = load;
    page.place = () => VISITORS_PAGE;
    cleanUp();
  });

  it('are in reach before anything is chosen, for who may have sent some and nobody else', async () => {
    const { root: theirs } = await mount(SIGNED_IN);
    expect(entry(theirs)?.textContent).to.equal('Links you sent');
    const noSender = { ...JO, id: 'person-jo', name: 'Jo Meyer', scopes: ['uploads:create'] };
    for (const state of [
      SIGNED_OUT,
      { ...SIGNED_IN, app: { ...APP, links: null } },
      { ...SIGNED_IN, person: noSender },
      STATES.review,
      STATES.done,
    ]) {
      const { root } = await mount(state);
      expect(entry(root)).to.equal(null);
    }
  });

  it('want a sign-in, within a press of its own', async () => {
    page.place = () => LINKS_PAGE;
    const { element, flow, root } = await mount(SIGNED_OUT);
    await waitUntil(() => root.querySelector('#links-heading'));
    await element.updateComplete;
    expect(textsOf(root)).to.deep.equal([
      'Upload files',
      'Links you sent',
      'Sign in to see what became of them, to take one back or to send a new one.',
      'Sign in with Acme',
      'Back to the upload',
    ]);
    root.querySelector<HTMLElement>('[part=primary]')?.click();
    expect(flow.calls.at(-1)).to.equal('signIn');
    flow.show(SIGNED_IN);
    await element.updateComplete;
    expect(root.querySelector('send-link')?.files).to.deep.equal([]);
  });

  for (const { name, state, button, form } of [
    { name: 'the links', state: SIGNED_IN, button: '#list-links', form: 'Links you sent' },
    { name: 'the form for one', state: STATES.done, button: '#send-to-someone', form: 'Send files by link' },
  ]) {
    it(`say so where what draws ${name} does not come, and come with the next press`, async () => {
      const { element, root } = await mount(state);
      linkSender.load = () => Promise.reject(new TypeError('It does not come'));
      root.querySelector<HTMLElement>(button)?.click();
      const problem = () => clean(root.querySelector('.problem')?.textContent ?? '');
      await waitUntil(() => problem() !== '');
      expect(problem()).to.equal('We cannot reach the service. Try again in a few minutes.');
      expect(clean(root.querySelector('[role=alert]')?.textContent ?? '')).to.equal(problem());
      linkSender.load = load;
      root.querySelector<HTMLElement>(button)?.click();
      await waitUntil(() => root.querySelector('send-link')?.shadowRoot?.querySelector('.heading, .sub-heading'));
      await element.updateComplete;
      expect(problem()).to.equal('');
      expect(root.querySelector('send-link')?.shadowRoot?.textContent).to.contain(form);
    });
  }

  it('leave the focus where it can be gone on from, there and back', async () => {
    const { element, root } = await mount(SIGNED_IN);
    entry(root)?.focus();
    entry(root)?.click();
    const list = () => root.querySelector('send-link')?.shadowRoot;
    await waitUntil(() => list()?.activeElement);
    expect(list()?.activeElement?.textContent).to.equal('Links you sent');
    const back = root.querySelector<HTMLElement>('.buttons .quiet');
    back?.focus();
    back?.click();
    await element.updateComplete;
    expect(root.activeElement?.id).to.equal('list-links');
  });

  it('are what the address of a mail to their sender shows, and no other address', async () => {
    page.place = () => LINKS_PAGE;
    const { root } = await mount(SIGNED_OUT);
    await waitUntil(() => root.querySelector('#links-heading'));
    const without = await mount({ ...SIGNED_OUT, app: { ...APP, links: null } });
    page.place = () => new URL('https://broker.example/u/cs-screenshots#links');
    const other = await mount(SIGNED_IN);
    await waitUntil(() => entry(other.root));
    for (const { root: shown } of [without, other]) expect(shown.querySelector('#links-heading')).to.equal(null);
  });

  it('give way to files that are chosen meanwhile', async () => {
    const { element, flow, root } = await mount(SIGNED_IN);
    entry(root)?.click();
    await waitUntil(() => root.querySelector('send-link'));
    flow.show(STATES.review);
    await element.updateComplete;
    expect(root.querySelector('send-link')).to.equal(null);
  });
});
