import { expect } from '@open-wc/testing';
import axe from 'axe-core';
import { STATES, type StateName } from './fixtures.ts';
import { cleanUp, mount, press } from './mount.ts';

/** Rules about whole pages say nothing about a box on one. */
const PAGE_RULES = ['region', 'page-has-heading-one', 'landmark-one-main', 'bypass', 'html-has-lang', 'document-title'];

async function findings(context: Element): Promise<string[]> {
  const rules = Object.fromEntries(PAGE_RULES.map((rule) => [rule, { enabled: false }]));
  const { violations } = await axe.run(context, { rules, resultTypes: ['violations'] });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`,
  );
}

/** Colours are judged as they come to rest. */
async function atRest(element: Element): Promise<void> {
  await Promise.all(element.getAnimations({ subtree: true }).map((animation) => animation.finished));
  const inside = element.shadowRoot?.getAnimations() ?? [];
  for (const animation of inside) animation.finish();
}

describe('axe', () => {
  before(() => {
    document.documentElement.lang = 'en';
  });
  afterEach(() => {
    document.body.style.removeProperty('background-color');
    cleanUp();
  });

  for (const state of Object.keys(STATES) as StateName[]) {
    it(`finds nothing in ${state}, light or dark`, async () => {
      for (const [background, width] of [
        ['#ffffff', 320],
        ['#101010', 720],
      ] as const) {
        document.body.style.setProperty('background-color', background);
        const { element } = await mount(state, { width });
        await atRest(element);
        expect(await findings(element)).to.deep.equal([]);
        cleanUp();
      }
    });
  }

  it('finds nothing in a box that is switched off', async () => {
    const { element, root } = await mount('review', { attributes: { disabled: '' } });
    await atRest(element);
    expect(await findings(element)).to.deep.equal([]);
    expect(root.textContent).to.contain('Uploads are switched off on this page');
    expect(root.querySelector('.card')?.matches('[inert]')).to.equal(true);
  });

  it('finds nothing with everything opened', async () => {
    const about = await mount('signed-out');
    press(about.root, 'More about your files');
    await about.element.updateComplete;
    expect(await findings(about.element)).to.deep.equal([]);
    const details = await mount('done');
    press(details.root, 'Details');
    await atRest(details.element);
    expect(await findings(details.element)).to.deep.equal([]);
  });
});

describe('targets', () => {
  afterEach(cleanUp);

  it('are 44 px high in compact width, and never under 36 px elsewhere', async () => {
    for (const state of [
      'signed-out',
      'review',
      'uploading',
      'all-paused',
      'offline',
      'done',
      'part-done',
      'not-finished',
    ] as const) {
      for (const [width, least] of [
        [320, 44],
        [720, 36],
      ] as const) {
        const { root } = await mount(state, { width });
        for (const button of root.querySelectorAll('.button:not(.narrow), .slim')) {
          const { height, width: breadth } = button.getBoundingClientRect();
          expect(Math.round(Math.min(height, breadth)), `${state} ${button.textContent}`).to.be.at.least(least);
        }
        cleanUp();
      }
    }
  });

  it('never make the box wider than its place', async () => {
    for (const state of Object.keys(STATES) as StateName[]) {
      const { element, root } = await mount(state, { width: 320 });
      expect(element.scrollWidth, state).to.be.at.most(320);
      expect(root.querySelector('.card')?.scrollWidth, state).to.be.at.most(320);
      cleanUp();
    }
  });
});
