import '../../../src/elements/secure-upload/define.ts';
import '../../../src/elements/send-link/define.ts';
import { type Box, Inside } from '../../../src/embed/inside.ts';
import { stateNames } from '../states.ts';
import { SHOW } from './show.ts';

/** The broker's page for a frame, with a recorded state in the place of an app. */
const page = document.documentElement;
const query = new URLSearchParams(location.search);
const state = location.pathname.split('/').at(-1) ?? '';
const main = document.querySelector('main');
const form = document.querySelector('form');
page.lang = query.get('lang') ?? 'en';
page.dir = page.lang === 'ar' ? 'rtl' : 'ltr';
page.style.colorScheme = query.get('scheme') ?? 'light';

// The page around it says hello when this document has loaded, which may be before the state stands.
const early: MessageEvent[] = [];
const hear = (event: MessageEvent) => void early.push(event);
addEventListener('message', hear);

if (main && form && stateNames('secure-upload').includes(state)) {
  await SHOW['secure-upload'](state, main);
  const box = main.querySelector<Box & HTMLElement>('secure-upload');
  if (box) new Inside(box, form, window.parent, [location.origin]);
  removeEventListener('message', hear);
  for (const { data, origin, source } of early) dispatchEvent(new MessageEvent('message', { data, origin, source }));
}
