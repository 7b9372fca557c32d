import { ALL_ELEMENTS, stateNames } from '../states.ts';

/** Pages that boxes are pasted into, as `hosts.css` makes them. */
const HOSTS = [
  ...['plain', 'small-root', 'capitals', 'spaced', 'centred', 'tight', 'night'],
  ...['flex-row', 'grid', 'reset', 'star', 'boxes', 'elements'],
] as const;

/** Of brands that are hard on words: bright, dark, and none at all. */
export const BRANDS = ['2a5bd7', 'ffd600', 'ff4d8d', '00a651', '001f5b', 'ffffff', 'ff7a00', '000000'] as const;

/** What can be chosen in the address of `/gallery/box`; the first of each is what it shows where the address names none. */
export const CHOICES = {
  element: ALL_ELEMENTS,
  scheme: ['light', 'dark'],
  lang: ['en', 'de', 'ar'],
  width: ['720', '480', '320', '240'],
  brand: BRANDS,
  host: HOSTS,
  pointer: ['mouse', 'finger'],
  /** With their keys, for whoever looks for the place of a sentence. */
  words: ['sentences', 'keys'],
} as const;
export type Choice = keyof typeof CHOICES;

export interface Chosen extends Record<Choice, string> {
  /** One beside the other. */
  readonly states: readonly string[];
  /** Each state in a look of its own (looks.ts), instead of one scheme, language and width for all. */
  readonly visit: number | null;
}

/** A value that is not on offer counts as none. */
export function readChosen(query: URLSearchParams): Chosen {
  const one = (name: Choice): string => {
    const [first = '', ...others] = CHOICES[name];
    const asked = query.get(name);
    return others.find((other) => other === asked) ?? first;
  };
  const element = one('element') as (typeof ALL_ELEMENTS)[number];
  const all = stateNames(element);
  const asked = query.get('state')?.split(',') ?? [];
  return {
    element,
    states: asked.some((state) => all.includes(state)) ? all.filter((state) => asked.includes(state)) : all,
    visit: query.has('visit') ? Number(query.get('visit')) : null,
    scheme: one('scheme'),
    lang: one('lang'),
    width: one('width'),
    brand: one('brand'),
    host: one('host'),
    pointer: one('pointer'),
    words: one('words'),
  };
}
