import './problems.ts';
import '../../../src/elements/recipient-consent/define.ts';
import '../../../src/elements/secure-upload/define.ts';
import '../../../src/elements/send-link/define.ts';
import { type ElementName, stateNames } from '../states.ts';
import { readChosen } from './choices.ts';
import { SHOW } from './show.ts';

const chosen = readChosen(new URLSearchParams(location.search));
const element = chosen.element as ElementName;
const main = document.querySelector('main');
const page = document.documentElement;
page.lang = chosen.lang;
page.dir = chosen.lang === 'ar' ? 'rtl' : 'ltr';
page.dataset.host = chosen.host;
page.dataset.scheme = chosen.scheme;
page.style.setProperty('--su-accent', `#${chosen.brand}`);

if (chosen.pointer === 'finger') {
  // A page cannot choose what it is touched with; the box asks when it is drawn.
  const ask = window.matchMedia.bind(window);
  window.matchMedia = (query) => ask(query.includes('pointer: coarse') ? 'all' : query);
}

for (const state of chosen.state === null ? stateNames(element) : [chosen.state]) {
  const figure = document.createElement('figure');
  figure.id = state;
  figure.style.inlineSize = `${chosen.width}px`;
  const caption = document.createElement('figcaption');
  caption.textContent = state;
  const place = document.createElement('div');
  place.className = 'place';
  figure.append(caption, place);
  main?.append(figure);
  // One after the other: what composes an element belongs to its class.
  await SHOW[element](state, place);
}
// For whoever takes pictures: everything stands.
page.dataset.shown = 'yes';
