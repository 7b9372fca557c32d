import { expect } from '@open-wc/testing';
import { page } from '../../../src/elements/secure-upload/page.ts';
import { Setup } from '../../../src/elements/secure-upload/setup.ts';
import { cleanUp, mount } from './mount.ts';

const HOSTED = 'https://broker.example/u/cs-screenshots';

describe('a link to the hosted page, which nobody may frame', () => {
  const [isFramed, open] = [page.isFramed, window.open];
  let opened: string[];
  let other: { opener: unknown } | null;
  beforeEach(() => {
    opened = [];
    other = { opener: window };
    window.open = (address) => {
      opened.push(String(address));
      return other as Window | null;
    };
  });
  afterEach(() => {
    page.isFramed = isFramed;
    window.open = open;
    cleanUp();
  });

  /** True where the page itself goes there, or would. */
  function press(link: HTMLAnchorElement | null | undefined): boolean {
    let goes = false;
    const look = (event: Event) => {
      goes = !event.defaultPrevented;
      event.preventDefault();
    };
    document.addEventListener('click', look, { once: true });
    link?.click();
    return goes;
  }

  /** Comes by itself. */
  async function partForFrames(): Promise<void> {
    await import('../../../src/elements/secure-upload/leave-frame.ts');
    await new Promise((resolve) => setTimeout(resolve));
  }

  async function box(state: 'unavailable' | 'review', width = 480) {
    const mounted = await mount(state, { width });
    const pasted = mounted.element.querySelector('a');
    if (pasted) pasted.href = HOSTED;
    await partForFrames();
    return { ...mounted, pasted };
  }

  it('stays as it is outside of frames', async () => {
    const { pasted } = await box('unavailable');
    expect(press(pasted)).to.equal(true);
    expect(opened).to.deep.equal([]);
  });

  it('opens a page of its own from a frame, which cannot reach back', async () => {
    page.isFramed = () => true;
    const { pasted, root } = await box('unavailable');
    expect(press(pasted)).to.equal(false);
    expect(opened).to.deep.equal([HOSTED]);
    expect(other?.opener).to.equal(null);
    expect(root.querySelector('.fallback')?.textContent).to.equal('');
    const narrow = await box('review', 200);
    expect(press(narrow.root.querySelector<HTMLAnchorElement>('.narrow'))).to.equal(false);
    expect(opened).to.deep.equal([HOSTED, HOSTED]);
  });

  it('does so too where there is no app, and the rest of the box is never loaded', async () => {
    const { element, pasted, flow } = await box('unavailable');
    page.isFramed = () => true;
    new Setup(element, () => flow.snapshot);
    await partForFrames();
    expect(press(pasted)).to.equal(false);
    expect(opened).to.deep.equal([HOSTED]);
  });

  it('does so too where the tag names an app that is not there, and the link the right one', async () => {
    page.isFramed = () => true;
    const { element, pasted } = await box('unavailable');
    element.app = 'cs-screenshot';
    expect(press(pasted)).to.equal(false);
    expect(opened).to.deep.equal([HOSTED]);
  });

  it('stands there as an address, once, where the frame lets no window open, and is said', async () => {
    page.isFramed = () => true;
    other = null;
    const { pasted, root } = await box('unavailable');
    press(pasted);
    press(pasted);
    expect(root.querySelector('.fallback')?.textContent).to.equal(HOSTED);
    expect(root.querySelector('[aria-live]')?.textContent).to.contain(HOSTED);
  });

  it('is left alone where it leads elsewhere, or has a window of its own', async () => {
    page.isFramed = () => true;
    const { pasted } = await box('unavailable');
    if (pasted) pasted.target = '_top';
    expect(press(pasted)).to.equal(true);
    if (pasted) Object.assign(pasted, { target: '', href: 'https://www.mysite.com/contact' });
    expect(press(pasted)).to.equal(true);
    expect(opened).to.deep.equal([]);
  });
});
