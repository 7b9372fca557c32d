import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ELEMENTS, stateNames } from '../../demo/gallery/states.ts';
import { lost, SPACE_TEXT, smallTargets } from '../e2e/support/measure-boxes.ts';
import type { BrowserName } from '../support/browsers.ts';
import { type Camera, openCamera } from './cameras.ts';
import { serveGallery } from './serve.ts';

const SHOWN_MS = 60_000;
/** States whose card, or something in it, is wider than its place. */
const WIDE = `[...document.querySelectorAll('figure')].filter((figure) => {
  const card = figure.querySelector(':is(.place, form) > :not(form)').shadowRoot.querySelector('.card');
  return card.scrollWidth > card.clientWidth || card.getBoundingClientRect().width > figure.clientWidth;
}).map(({ id }) => id)`;

/** States whose parts stand beside each other: something has made a column of its own. */
const SQUEEZED = `[...document.querySelectorAll('figure')].filter((figure) => {
  const card = figure.querySelector(':is(.place, form) > :not(form)').shadowRoot.querySelector('.card');
  return getComputedStyle(card).gridTemplateColumns.trim().split(' ').length > 1;
}).map(({ id }) => id)`;

/** States with a setup panel after the box; one before it counts as none. */
const WITH_PANEL = `[...document.querySelectorAll('figure')].filter((figure) => {
  const root = figure.querySelector(':is(.place, form) > :not(form)').shadowRoot;
  const panel = [...root.children].find((child) => child.shadowRoot !== null);
  return panel && root.querySelector('.card').compareDocumentPosition(panel) & Node.DOCUMENT_POSITION_FOLLOWING;
}).map(({ id }) => id)`;

/** States with more than one filled button, or with one that the page cannot style by its part. */
const SEVERAL_NEXT = `(() => {
  const filled = (root) => [...root.querySelectorAll('*')].flatMap((one) => [
    ...(one.matches('.button.primary') && one.checkVisibility() ? [one] : []),
    ...(one.shadowRoot ? filled(one.shadowRoot) : []),
  ]);
  return [...document.querySelectorAll('figure')]
    .map((figure) => [figure.id, filled(figure)])
    .filter(([, buttons]) => buttons.length > 1 || buttons.some((button) => !button.part.contains('primary')))
    .map(([id, buttons]) => [id, ...buttons.map((button) => button.textContent.trim())].join(': '));
})()`;

/**
 * States in which what a row or the foot says has less than a third of its width, or what is wrong with a file less than
 * two thirds beside signs: the buttons belong below it, or it below them.
 */
const PRESSED = `[...document.querySelectorAll('figure')].filter((figure) => {
  const root = figure.querySelector(':is(.place, form) > :not(form)').shadowRoot;
  const isPressed = (row, said, parts) => said && said.getBoundingClientRect().width < row.getBoundingClientRect().width / parts;
  return [...root.querySelectorAll('.row, .foot')].some((row) =>
    isPressed(row, row.querySelector('p.name, :scope > p'), 3)
    || isPressed(row, row.querySelector('.body:has(~ .actions:not(.wide)) .status.bad'), 1.5));
}).map(({ id }) => id)`;

/** The short form of looking: every state stands, under the strict policy, within its place. */
export function seeGallery(browser: BrowserName): void {
  describe(`the gallery in ${browser}`, () => {
    let gallery: Awaited<ReturnType<typeof serveGallery>>;
    let camera: Camera;
    before(async () => {
      gallery = await serveGallery();
      camera = await openCamera(browser);
    });
    after(async () => {
      await camera.close();
      gallery.stop();
    });

    const open = async (query: Record<string, string>) => {
      await camera.open(`${gallery.url}/box?${new URLSearchParams(query)}`);
      const end = Date.now() + SHOWN_MS;
      while (!(await camera.evaluate<boolean>(`document.documentElement.dataset.shown === 'yes'`))) {
        assert.ok(Date.now() < end, 'the page did not show all of its states');
        await wait(50);
      }
    };

    for (const element of ELEMENTS) {
      for (const width of ['240', '320', '480']) {
        for (const lang of width === '480' ? ['de'] : ['en', 'ar']) {
          test(`shows every state of ${element} in ${width} px and ${lang}: nothing is refused, too wide or too small to press, one thing to do next`, async () => {
            await open({ element, width, lang });
            const shown = await camera.evaluate<string[]>(
              `[...document.querySelectorAll('figure')].map(({ id }) => id)`,
            );
            assert.deepEqual(shown, [...stateNames(element)]);
            assert.equal(await camera.evaluate(`document.documentElement.dataset.problems ?? ''`), '');
            assert.deepEqual(await camera.evaluate(WIDE), []);
            assert.deepEqual(await camera.evaluate(SQUEEZED), []);
            assert.deepEqual(await camera.evaluate(PRESSED), []);
            const forBuilders = element === 'secure-upload' ? ['test-mode', 'setup-address', 'setup-policy'] : [];
            assert.deepEqual(await camera.evaluate(WITH_PANEL), forBuilders);
            // A recipient has a button for each file, where the browser cannot save all into a folder.
            if (element !== 'recipient-consent') assert.deepEqual(await camera.evaluate(SEVERAL_NEXT), []);
            // In a narrow uploader targets are a finger's, whatever points; nowhere under what WCAG 2.5.8 asks.
            const least = element !== 'secure-upload' ? 24 : Number(width) < 480 ? 44 : 36;
            assert.deepEqual(await camera.evaluate(smallTargets(least)), []);
            assert.deepEqual(await camera.evaluate(lost()), []);
            if (width !== '320') return;
            await camera.evaluate(SPACE_TEXT);
            assert.deepEqual(await camera.evaluate(lost()), [], 'with the text spacing of a person');
          });
        }
      }
    }

    for (const host of ['small-root', 'capitals', 'spaced', 'tight', 'star', 'reset', 'elements']) {
      test(`no rule of the page "${host}" reaches the words of a box`, async () => {
        await open({ element: 'secure-upload', state: 'review', width: '480', host });
        const type = `(() => {
        const root = document.querySelector('secure-upload').shadowRoot;
        const { fontSize, letterSpacing, textTransform, lineHeight, textAlign, color } = getComputedStyle(root.querySelector('.card'));
        return [fontSize, letterSpacing, textTransform, lineHeight, textAlign, color].join(' ');
      })()`;
        assert.equal(await camera.evaluate(type), '16px normal none 24px start rgb(22, 26, 33)');
      });
    }
  });
}
