import { expect } from '@open-wc/testing';
import { consentIn, type FakeFlow } from './fake-flow.ts';
import { STATES } from './states.ts';

/** What the eye weighs. */
const LOOKS = [
  'color',
  'backgroundColor',
  'borderTopColor',
  'borderTopWidth',
  'borderTopStyle',
  'borderTopLeftRadius',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'opacity',
  'boxShadow',
  'outlineStyle',
  'textDecorationLine',
  'textTransform',
] as const;

const place = (width: number, setup: (box: HTMLElement) => void = () => {}): HTMLElement => {
  const box = document.createElement('div');
  box.style.inlineSize = `${width}px`;
  setup(box);
  document.body.append(box);
  return box;
};

const pairOf = (root: ShadowRoot): [HTMLElement, HTMLElement] => {
  const [first, second] = root.querySelectorAll<HTMLElement>('.pair > button');
  if (!first || !second) throw new Error('There is no pair');
  return [first, second];
};

const lookOf = (element: Element) => {
  const style = getComputedStyle(element);
  return Object.fromEntries(LOOKS.map((name) => [name, style[name]]));
};

describe('Accept and Decline', () => {
  afterEach(() => document.body.replaceChildren());

  for (const width of [320, 480, 720]) {
    for (const scheme of ['light', 'dark']) {
      it(`have the same size and look at ${width} pixels, ${scheme}`, async () => {
        const box = place(width, (made) => {
          made.style.colorScheme = scheme;
        });
        const { root } = await consentIn(STATES.decision, box);
        const [accept, decline] = pairOf(root);
        const [one, two] = [accept.getBoundingClientRect(), decline.getBoundingClientRect()];
        expect(one.width).to.equal(two.width);
        expect(one.height).to.equal(two.height);
        expect(lookOf(accept)).to.deep.equal(lookOf(decline));
        if (width >= 480) expect(one.top).to.equal(two.top);
        else expect(one.left).to.equal(two.left);
        expect(width >= 480 ? one.left < two.left : one.top < two.top).to.equal(true);
      });
    }
  }

  it('take nothing of a page but its font', async () => {
    const plain = await consentIn(STATES.decision, place(480));
    const before = lookOf(pairOf(plain.root)[0]);
    const loud = place(480, (box) => {
      for (const name of ['accent', 'surface', 'text', 'edge', 'subtle', 'line', 'muted']) {
        box.style.setProperty(`--su-${name}`, 'rgb(255, 0, 0)');
      }
      box.style.setProperty('--su-roundness', '2');
      box.style.setProperty('--su-font', 'serif');
    });
    const { root } = await consentIn(STATES.decision, loud);
    for (const button of pairOf(root)) expect(lookOf(button)).to.deep.equal({ ...before, fontFamily: 'serif' });
  });

  it('are both there with nothing ticked, focused or in the colour of the brand', async () => {
    const { root } = await consentIn(STATES.decision, place(480));
    expect(root.querySelector('input')).to.equal(null);
    expect(root.activeElement).to.equal(null);
    expect(root.querySelector('.primary')).to.equal(null);
  });

  it('say what they do to those who hear them', async () => {
    const { root } = await consentIn(STATES.decision, place(480));
    expect(pairOf(root).map((button) => button.getAttribute('aria-label'))).to.deep.equal([
      'Accept and get the files',
      'Decline, get nothing',
    ]);
  });

  it('hand on that a script pressed them', async () => {
    const { root, flow } = await consentIn(STATES.decision, place(480));
    const [accept, decline] = pairOf(root);
    accept.click();
    decline.click();
    expect(decisions(flow)).to.deep.equal([
      ['decide', 'accept', false],
      ['decide', 'decline', false],
    ]);
  });

  it('withdrawing weighs as much as staying', async () => {
    const { root, element } = await consentIn(STATES.received, place(480));
    root.querySelector<HTMLElement>('.button.quiet')?.click();
    await element.updateComplete;
    const [yes, no] = pairOf(root);
    expect([yes.textContent?.trim(), no.textContent?.trim()]).to.deep.equal(['Withdraw', 'Keep as it is']);
    expect(yes.getBoundingClientRect().width).to.equal(no.getBoundingClientRect().width);
    expect(lookOf(yes)).to.deep.equal(lookOf(no));
  });
});

const decisions = (flow: FakeFlow) => flow.calls.filter(([name]) => name === 'decide');
