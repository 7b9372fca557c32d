/**
 * Pictures of the gallery in test/artifacts/gallery/<engine>/: `npm run gallery:shots -- [--browser firefox]
 * [--element …] [--state …] [--scheme …] [--lang …] [--width …] [--brand …] [--host …] [--pointer …]
 * [--words …]`. A choice that is not given is all of its values, except brand, host, pointer and words, which are the first. `--each` takes a picture of every state by itself, else
 * the states of one combination are on sheets of 16.
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { root } from '../../build/root.ts';
import { CHOICES, type Choice } from '../../demo/gallery/pages/choices.ts';
import { type ElementName, stateNames } from '../../demo/gallery/states.ts';
import { BROWSERS } from '../support/browsers.ts';
import { openCamera } from './cameras.ts';
import { openStates } from './open-states.ts';
import { serveGallery } from './serve.ts';

/** Chromium paints nothing below 16,384 px of a picture. */
const ON_A_SHEET = 16;
const ONE_FOR_ALL: ReadonlySet<Choice> = new Set(['brand', 'host', 'pointer', 'words']);

const names = Object.keys(CHOICES) as Choice[];
const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    each: { type: 'boolean', default: false },
    state: { type: 'string' },
    ...Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true } as const])),
  },
});
const browser = BROWSERS.find((name) => name === values.browser);
if (browser === undefined) throw new Error(`--browser is one of ${BROWSERS.join(', ')}`);
const given = values as Partial<Record<Choice, string[]>>;

/** Every combination of what was asked for. */
const combinations = names.reduce<Partial<Record<Choice, string>>[]>(
  (sofar, name) => {
    const all: readonly string[] = ONE_FOR_ALL.has(name) ? CHOICES[name].slice(0, 1) : CHOICES[name];
    return sofar.flatMap((one) => (given[name] ?? all).map((value) => ({ ...one, [name]: value })));
  },
  [{}],
);

const gallery = await serveGallery();
const camera = await openCamera(browser);
try {
  for (const chosen of combinations) {
    const { element = '', ...others } = chosen;
    const folder = `${root}test/artifacts/gallery/${browser}/${element}`;
    const name = Object.values(others).join('-');
    const { state } = values;
    // Each on a page of its own: of what stands beyond the window, WebKit has no picture.
    const all = stateNames(element as ElementName);
    const each = state !== undefined ? [state] : values.each ? all : [];
    for (const one of each) await shoot({ ...chosen, state: one }, `figure#${one}`, `${folder}/${one}`, name);
    if (each.length > 0) continue;
    for (let from = 0; from < all.length; from += ON_A_SHEET) {
      const some = all.slice(from, from + ON_A_SHEET).join();
      await shoot({ ...chosen, state: some }, 'main', folder, `${name}-${from / ON_A_SHEET + 1}`);
    }
  }
} finally {
  await camera.close();
  gallery.stop();
}

async function shoot(query: Record<string, string>, css: string, folder: string, name: string): Promise<void> {
  await openStates(camera, gallery.url, query);
  mkdirSync(folder, { recursive: true });
  await camera.shoot(css, `${folder}/${name}.png`);
  console.log(`${folder}/${name}.png`);
}
