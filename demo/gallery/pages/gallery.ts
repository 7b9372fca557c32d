import { type ElementName, stateNames } from '../states.ts';
import { CHOICES, type Choice, readChosen } from './choices.ts';

const ALL = 'all';
const bar = document.querySelector('form');
const frame = document.querySelector('iframe');
if (!bar || !frame) throw new Error('The page is not whole');

/** The choices, and beside them the page that they lead to; both stand in the address. */
function show(query: URLSearchParams): void {
  const chosen = readChosen(query);
  const states = [ALL, ...stateNames(chosen.element as ElementName)];
  const { element, ...others } = CHOICES;
  const [state = ALL, ...more] = chosen.states;
  const selects = (Object.entries(others) as [Choice, readonly string[]][]).map(([name, values]) =>
    select(name, values, chosen[name]),
  );
  const first = [select('element', element, chosen.element), select('state', states, more.length > 0 ? ALL : state)];
  bar?.replaceChildren(...first, ...selects);
  const address = `?${query}`;
  history.replaceState(null, '', address);
  frame?.setAttribute('src', `/gallery/box${address}`);
}

function select(name: string, values: readonly string[], value: string): HTMLLabelElement {
  const label = document.createElement('label');
  const control = document.createElement('select');
  control.name = name;
  control.append(...values.map((one) => new Option(one, one, one === value, one === value)));
  label.append(name, control);
  return label;
}

bar.addEventListener('change', ({ target }) => {
  const pairs = [...new FormData(bar)].map(([name, value]) => [name, String(value)]);
  // The states of one element are not those of another.
  const isOther = target instanceof HTMLSelectElement && target.name === 'element';
  show(new URLSearchParams(pairs.filter(([name, value]) => value !== ALL && !(isOther && name === 'state'))));
  if (target instanceof HTMLSelectElement) bar.querySelector<HTMLSelectElement>(`[name=${target.name}]`)?.focus();
});

show(new URLSearchParams(location.search));
