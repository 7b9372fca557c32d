import { expect } from '@open-wc/testing';
import axe from 'axe-core';
import { SHOW } from '../../demo/gallery/pages/show.ts';
import { type ElementName, STATES, stateNames } from '../../demo/gallery/states.ts';

/** Both schemes, the widest and the narrowest box, either direction, long words. */
const WAYS = [
  { scheme: 'light', lang: 'en', width: 480 },
  { scheme: 'dark', lang: 'ar', width: 240 },
  { scheme: 'dark', lang: 'de', width: 720 },
] as const;
type Way = (typeof WAYS)[number];

/** What the gallery shows is what is looked at: a state that is new there is a test here. */
export function axeInEveryState(element: ElementName): void {
  // The same rules judge the same document in the other browsers; what they compute differently, one look sees.
  axeLooks(element, stateNames(element), 'chrome' in window ? WAYS.length : 1);
}

/** The same of what somebody brings about by a press, or what is around brings about; each in one of the ways. */
export function axeInActedStates(element: ElementName): void {
  axeLooks(
    element,
    stateNames(element).filter((state) => !(state in STATES[element])),
    1,
  );
}

/** Neighbours are looked at in other ways. */
function axeLooks(element: ElementName, states: readonly string[], looks: number): void {
  describe('axe in the states of the gallery', () => {
    aroundPages();
    for (const [i, state] of states.entries()) {
      for (let look = i; look < i + looks; look += 1) axeFinds(element, state, WAYS[look % WAYS.length] ?? WAYS[0]);
    }
  });
}

function aroundPages(): void {
  const page = document.documentElement;
  const before = { lang: page.lang, dir: page.dir };
  const stay = (submit: Event) => submit.preventDefault();
  // A form that may be sent would take the page of the tests away.
  beforeEach(() => document.addEventListener('submit', stay));
  afterEach(() => {
    document.removeEventListener('submit', stay);
    document.body.replaceChildren();
    Object.assign(page, before);
  });
}

function axeFinds(element: ElementName, state: string, { scheme, lang, width }: Way): void {
  it(`finds nothing in ${state}, ${scheme}, ${lang}, ${width} px`, async () => {
    Object.assign(document.documentElement, { lang, dir: lang === 'ar' ? 'rtl' : 'ltr' });
    const place = document.createElement('main');
    const ground = scheme === 'dark' ? '#000' : '#fff';
    place.style.cssText = `color-scheme: ${scheme}; inline-size: ${width}px; background: ${ground}`;
    document.body.append(place);
    await SHOW[element](state, place);
    const root = place.querySelector(element)?.shadowRoot;
    expect(root?.querySelector('.heading, .loading, .note'), 'something stands there').not.to.equal(null);
    root?.querySelectorAll('details').forEach((details) => {
      details.open = true;
    });
    for (const animation of root?.getAnimations() ?? []) if (!isEndless(animation)) animation.finish();
    const { violations } = await axe.run(place, { resultTypes: ['violations'] });
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(told).to.deep.equal([]);
  });
}

const isEndless = ({ effect }: Animation): boolean => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
