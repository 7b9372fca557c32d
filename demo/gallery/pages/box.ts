import '../../../src/elements/recipient-consent/define.ts';
import '../../../src/elements/secure-upload/define.ts';
import '../../../src/elements/send-link/define.ts';
import '../../../src/embed/define.ts';
import { lookAt } from '../looks.ts';
import { type ElementName, stateNames } from '../states.ts';
import { readChosen } from './choices.ts';
import { drawnKeys } from './drawn-keys.ts';
import { allKeys, showKeys } from './keyed-words.ts';
import { isSurrounded, SHOW } from './show.ts';

const chosen = readChosen(new URLSearchParams(location.search));
const element = chosen.element as ElementName;
const main = document.querySelector('main');
const page = document.documentElement;
page.lang = chosen.lang;
page.dir = chosen.lang === 'ar' ? 'rtl' : 'ltr';
page.dataset.host = chosen.host;
page.dataset.scheme = chosen.scheme;
page.style.setProperty('--su-accent', `#${chosen.brand}`);

if (chosen.words === 'keys') {
  showKeys();
  Object.assign(window, { gallery: { allKeys, drawnKeys } });
}

if (chosen.pointer === 'finger') {
  // A page cannot choose what it is touched with; the box asks when it is drawn.
  const ask = window.matchMedia.bind(window);
  window.matchMedia = (query) => ask(query.includes('pointer: coarse') ? 'all' : query);
}

const places = new Map(chosen.states.map((state) => [state, placeFor(state)]));
// One after the other: what composes an element belongs to its class, and what is around it to the page.
const surroundedFirst = [...places].sort(
  ([a], [b]) => Number(isSurrounded(element, b)) - Number(isSurrounded(element, a)),
);
for (const [state, place] of surroundedFirst) await SHOW[element](state, place);
// For whoever takes pictures: everything stands.
page.dataset.shown = 'yes';

function placeFor(state: string): HTMLElement {
  const figure = document.createElement('figure');
  figure.id = state;
  const { visit } = chosen;
  const { width, scheme, lang } = visit === null ? chosen : lookAt(stateNames(element).indexOf(state), visit);
  figure.style.inlineSize = `${width}px`;
  if (visit !== null) Object.assign(figure.dataset, { scheme, width });
  figure.lang = lang;
  figure.dir = lang === 'ar' ? 'rtl' : 'ltr';
  const caption = document.createElement('figcaption');
  caption.textContent = state;
  const place = document.createElement('div');
  place.className = 'place';
  figure.append(caption, place);
  main?.append(figure);
  return place;
}
