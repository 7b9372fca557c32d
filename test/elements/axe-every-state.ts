import { expect } from '@open-wc/testing';
import axe from 'axe-core';
import { SHOW } from '../../demo/gallery/pages/show.ts';
import { type ElementName, stateNames } from '../../demo/gallery/states.ts';

/** Both schemes, the widest and the narrowest box, either direction, long words. */
const WAYS = [
  { scheme: 'light', lang: 'en', width: 480 },
  { scheme: 'dark', lang: 'ar', width: 240 },
  { scheme: 'dark', lang: 'de', width: 720 },
] as const;

/** What the gallery shows is what is looked at: a state that is new there is a test here. */
export function axeInEveryState(element: ElementName): void {
  describe(`axe in every state of the gallery`, () => {
    const page = document.documentElement;
    const before = { lang: page.lang, dir: page.dir };
    afterEach(() => {
      document.body.replaceChildren();
      Object.assign(page, before);
    });

    for (const { scheme, lang, width } of WAYS) {
      for (const state of stateNames(element)) {
        it(`finds nothing in ${state}, ${scheme}, ${lang}, ${width} px`, async () => {
          Object.assign(page, { lang, dir: lang === 'ar' ? 'rtl' : 'ltr' });
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
          await Promise.all(root?.getAnimations().map(({ finished }) => finished) ?? []);
          const { violations } = await axe.run(place, { resultTypes: ['violations'] });
          const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
          expect(told).to.deep.equal([]);
        });
      }
    }
  });
}
