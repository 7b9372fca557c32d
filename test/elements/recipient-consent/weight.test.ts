import { expect } from '@open-wc/testing';
import { noticeIn } from '../../../demo/gallery/recipient-samples.ts';
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

/** Size to the tenth of a pixel: engines share out what is left over. */
const sizeOf = (element: Element) => {
  const { width, height } = element.getBoundingClientRect();
  return [width, height].map((px) => Math.round(px * 10) / 10);
};

function weighTheSame(
  [accept, decline]: readonly [HTMLElement, HTMLElement],
  { isRow, isRightToLeft }: { readonly isRow: boolean; readonly isRightToLeft: boolean },
): void {
  const [one, two] = [accept.getBoundingClientRect(), decline.getBoundingClientRect()];
  expect(sizeOf(accept)).to.deep.equal(sizeOf(decline));
  expect(lookOf(accept)).to.deep.equal(lookOf(decline));
  expect([accept.tabIndex, decline.tabIndex]).to.deep.equal([0, 0]);
  expect(isRow ? one.top === two.top : one.left === two.left, 'in one line').to.equal(true);
  const isFirst = isRow ? (isRightToLeft ? one.left > two.left : one.left < two.left) : one.top < two.top;
  expect(isFirst, 'Accept is read first').to.equal(true);
}

function linesOf(button: HTMLElement): number {
  const words = document.createRange();
  words.selectNodeContents(button);
  return new Set([...words.getClientRects()].map(({ top }) => Math.round(top))).size;
}

/** WCAG 2.2, relative luminance and contrast, against the button's own ground. */
const readable = (which: 'color' | 'borderTopColor') => (button: Element) => {
  const style = getComputedStyle(button);
  const [dark, light] = [style[which], style.backgroundColor].map(luminance).sort((a, b) => a - b);
  return Math.round((((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)) * 100) / 100;
};

function luminance(rgb: string): number {
  const [r = 0, g = 0, b = 0] = (rgb.match(/[\d.]+/g) ?? []).map((part) => {
    const c = Number(part) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('Accept and Decline', () => {
  afterEach(() => document.body.replaceChildren());

  /** From the narrowest box on, on either side of where they come to stand side by side. */
  for (const width of [240, 320, 479, 480, 560, 720]) {
    for (const scheme of ['light', 'dark']) {
      for (const language of ['en', 'de', 'ar'] as const) {
        it(`have the same size and look at ${width} pixels, ${scheme}, ${language}`, async () => {
          const box = place(width, (made) => {
            made.style.colorScheme = scheme;
            made.dir = language === 'ar' ? 'rtl' : 'ltr';
          });
          const { root } = await consentIn({ ...STATES.decision, notice: noticeIn(language) }, box);
          weighTheSame(pairOf(root), { isRow: width >= 480, isRightToLeft: language === 'ar' });
        });
      }
    }
  }

  for (const width of [240, 320, 480]) {
    it(`have the same size where the words of one are long, at ${width} pixels`, async () => {
      const choices = { accept: 'Annehmen', decline: 'Empfangsbestätigungsverweigerung, ablehnen' };
      const notice = { ...noticeIn('de'), choices };
      const { root } = await consentIn({ ...STATES.decision, notice }, place(width));
      const [accept, decline] = pairOf(root);
      expect(decline.scrollWidth, 'the words stay inside').to.be.at.most(decline.clientWidth);
      expect(linesOf(decline), 'its words take more lines').to.be.greaterThan(linesOf(accept));
      weighTheSame([accept, decline], { isRow: width >= 480, isRightToLeft: false });
    });
  }

  it('are read as easily as each other: 4.5 to 1 and more, with edges of 3 to 1', async () => {
    for (const scheme of ['light', 'dark']) {
      const box = place(480, (made) => {
        made.style.colorScheme = scheme;
      });
      const { root } = await consentIn(STATES.decision, box);
      const [words, edges] = [readable('color'), readable('borderTopColor')];
      const [accept, decline] = pairOf(root);
      expect(words(accept)).to.equal(words(decline));
      expect(words(accept)).to.be.at.least(4.5);
      expect(edges(accept)).to.equal(edges(decline));
      expect(edges(accept)).to.be.at.least(3);
    }
  });

  it('are one press each: nothing asks again, and the answer to a no can become a yes', async () => {
    const { root, flow, element } = await consentIn(STATES.decision, place(480));
    const press = async (button: HTMLElement | null | undefined) => {
      button?.click();
      await new Promise((resolve) => setTimeout(resolve));
      await element.updateComplete;
    };
    flow.next = STATES.declined;
    await press(pairOf(root)[1]);
    expect(root.querySelector('.heading')?.textContent).to.equal('You declined');
    flow.next = STATES.decision;
    await press(root.querySelector<HTMLElement>('#details'));
    expect(flow.calls.at(-1)).to.deep.equal(['showDetails']);
    flow.next = STATES.download;
    await press(pairOf(root)[0]);
    expect(root.querySelector('.heading')?.textContent).to.equal('Your files are ready');
    expect(decisions(flow).map(([, decision]) => decision)).to.deep.equal(['decline', 'accept']);
  });

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
