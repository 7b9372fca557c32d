import { ELEMENTS, stateNames } from '../states.ts';

/** Pages that boxes are pasted into, as `hosts.css` makes them. */
const HOSTS = [
  ...['plain', 'small-root', 'capitals', 'spaced', 'centred', 'tight', 'night'],
  ...['flex-row', 'grid', 'reset', 'star', 'boxes', 'elements'],
] as const;

/** Of brands that are hard on words: bright, dark, and none at all. */
export const BRANDS = ['2a5bd7', 'ffd600', 'ff4d8d', '00a651', '001f5b', 'ffffff', 'ff7a00', '000000'] as const;

/** What can be chosen in the address of `/gallery/box`; the first of each is what it shows where the address names none. */
export const CHOICES = {
  element: ELEMENTS,
  scheme: ['light', 'dark'],
  lang: ['en', 'de', 'ar'],
  width: ['720', '480', '320', '240'],
  brand: BRANDS,
  host: HOSTS,
  pointer: ['mouse', 'finger'],
} as const;
export type Choice = keyof typeof CHOICES;

export interface Chosen extends Record<Choice, string> {
  /** null: all of them, one beside the other. */
  readonly state: string | null;
}

/** A value that is not on offer counts as none. */
export function readChosen(query: URLSearchParams): Chosen {
  const one = (name: Choice): string => {
    const [first = '', ...others] = CHOICES[name];
    const asked = query.get(name);
    return others.find((other) => other === asked) ?? first;
  };
  const element = one('element') as (typeof ELEMENTS)[number];
  const state = query.get('state');
  return {
    element,
    state: state !== null && stateNames(element).includes(state) ? state : null,
    scheme: one('scheme'),
    lang: one('lang'),
    width: one('width'),
    brand: one('brand'),
    host: one('host'),
    pointer: one('pointer'),
  };
}
