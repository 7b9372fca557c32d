import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { lookAt } from '../../demo/gallery/looks.ts';
import { BRANDS, CHOICES } from '../../demo/gallery/pages/choices.ts';
import { ELEMENTS, hasPanel, STATES, stateNames } from '../../demo/gallery/states.ts';
import { lost, SPACE_TEXT, smallTargets } from '../e2e/support/measure-boxes.ts';
import type { BrowserName } from '../support/browsers.ts';
import { brandContrast } from './brand-contrast.ts';
import { type Camera, openCamera } from './cameras.ts';
import { openStates } from './open-states.ts';
import { serveGallery } from './serve.ts';
import { VISITS_OF } from './visits.ts';

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
 * States in which what a row or the foot says is broken into lines in less than a third of its width, or what is wrong with a file less than
 * two thirds beside signs: the buttons belong below it, or it below them.
 */
const PRESSED = `[...document.querySelectorAll('figure')].filter((figure) => {
  const root = figure.querySelector(':is(.place, form) > :not(form)').shadowRoot;
  const isBroken = (said) => said.getBoundingClientRect().height > 1.5 * Number.parseFloat(getComputedStyle(said).lineHeight);
  const isPressed = (row, all, parts) => [...row.querySelectorAll(all)].some((said) => isBroken(said) && said.getBoundingClientRect().width < row.getBoundingClientRect().width / parts);
  return [...root.querySelectorAll('.row, .foot')].some((row) =>
    isPressed(row, '.name, :scope > p', 3)
    || isPressed(row, '.body:has(~ .actions:not(.wide)) .status.bad', 1.5));
}).map(({ id }) => id)`;

/** What went wrong on the page, and what its policy refused. */
const PROBLEMS = `document.documentElement.dataset.problems ?? ''`;

/** What stands on the page "plain", light; a host that reaches into the box changes it. */
const TYPE = `(() => {
  const root = document.querySelector('secure-upload').shadowRoot;
  const names = ['fontSize', 'fontStyle', 'fontWeight', 'letterSpacing', 'textTransform', 'lineHeight', 'textAlign', 'whiteSpace', 'color'];
  const card = getComputedStyle(root.querySelector('.card'));
  const width = Math.round(root.querySelector('.card').getBoundingClientRect().width);
  return [...names.map((name) => card[name]), width].join(' ');
})()`;
const AS_ALWAYS = '16px normal 400 normal none 24px start normal';

/** Of each frame: whether it is seen or the link in its tag, what went wrong in it, and whether its box is cut off. */
const FRAMES = `[...document.querySelectorAll('figure')].map(({ id }) => {
  const frame = document.getElementById(id).querySelector('secure-upload-frame').shadowRoot.querySelector('iframe');
  const inside = frame.hidden ? null : frame.contentDocument?.documentElement;
  const isCut = inside ? inside.scrollHeight > frame.clientHeight || inside.scrollWidth > frame.clientWidth : false;
  return [id, frame.hidden ? 'link' : 'frame', inside?.dataset.problems ?? '', isCut ? 'cut off' : ''].join(' ').trim();
})`;

/** In the short form of the whole run Chromium alone has all looks and brand colours; the others have each state once. */
const isShort = (browser: BrowserName): boolean => process.env.SHORT === '1' && browser !== 'chromium';

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
    const visits = VISITS_OF[browser].slice(0, isShort(browser) ? 1 : undefined);
    const open = (query: Record<string, string>) => openStates(camera, gallery.url, query);
    const see = <Value = string[]>(expression: string) => camera.evaluate<Value>(expression);

    for (const element of ELEMENTS) {
      const states = stateNames(element);
      for (const [turn, visit] of visits.entries()) {
        test(`shows every state of ${element} in look ${visit}: nothing is refused, too wide or too small to press, one thing to do next`, async () => {
          await open({ element, visit: String(visit) });
          assert.deepEqual(await see(`[...document.querySelectorAll('figure')].map(({ id }) => id)`), [...states]);
          assert.deepEqual(await see(WIDE), []);
          assert.deepEqual(await see(SQUEEZED), []);
          assert.deepEqual(await see(PRESSED), []);
          assert.deepEqual(await see(WITH_PANEL), states.filter(hasPanel));
          // A recipient has a button for each file, where the browser cannot save all into a folder.
          if (element !== 'recipient-consent') assert.deepEqual(await see(SEVERAL_NEXT), []);
          // In a narrow uploader targets are a finger's, whatever points; nowhere under what WCAG 2.5.8 asks.
          const isUploader = element === 'secure-upload';
          assert.deepEqual(await see(smallTargets(isUploader ? 36 : 24)), []);
          if (isUploader) assert.deepEqual((await see(smallTargets(44))).filter(isNarrow(visit)), []);
          assert.deepEqual(await see(lost()), []);
          assert.equal(await see(PROBLEMS), '');
          if (turn > 0) return;
          await see(SPACE_TEXT);
          assert.deepEqual(await see(lost()), [], 'with the text spacing of a person');
        });
      }
    }

    for (const visit of visits.slice(0, 1)) {
      test(`shows every state of a frame, or the link in its tag, in look ${visit}: nothing is refused or cut off`, async () => {
        await open({ element: 'secure-upload-frame', visit: String(visit) });
        const shown = Object.entries(STATES['secure-upload-frame']).map(([state, { shows }]) => `${state} ${shows}`);
        assert.deepEqual(await see(FRAMES), shown);
        assert.equal(await see(PROBLEMS), '');
      });
    }

    test('keeps words and widths of a box as they are on every kind of page', async () => {
      await open({ element: 'secure-upload', state: 'review', width: '480' });
      for (const host of CHOICES.host) {
        await see(`document.documentElement.dataset.host = '${host}'`);
        const ink = host === 'night' ? 'rgb(242, 244, 247)' : 'rgb(22, 26, 33)';
        // What a page puts around every element of its own, it puts around the box.
        const width = host === 'boxes' ? 456 : 480;
        assert.equal(await see(TYPE), `${AS_ALWAYS} ${ink} ${width}`, host);
        assert.deepEqual(await see(lost()), [], host);
      }
    });

    for (const element of isShort(browser) ? [] : ELEMENTS) {
      test(`keeps all that a brand colour makes apart from its ground, in every state of ${element} that shows it`, async () => {
        await open({ element, width: '480' });
        const { found, met } = await see<{ found: string[]; met: string[] }>(brandContrast(BRANDS));
        assert.deepEqual(found, []);
        // Where nothing leads on and nothing moves there is no brand colour.
        assert.ok(met.length > stateNames(element).length * 0.75, `only ${met.length} states have been measured`);
      });
    }

    test('tells whoever looks after it what its policy refused', async () => {
      await open({ element: 'send-link', state: 'form' });
      await see(`document.querySelector('send-link').setAttribute('style', 'color: red')`);
      // Browsers tell it in a task of its own.
      let told = '';
      for (let looks = 0; looks < 100 && told === ''; looks += 1) {
        await wait(20);
        told = await see<string>(PROBLEMS);
      }
      assert.match(told, /^style-src-attr refused/);
    });

    const isNarrow = (visit: number) => (found: string) => {
      const index = stateNames('secure-upload').indexOf(found.split(':', 1)[0] ?? '');
      return Number(lookAt(index, visit).width) < 480;
    };
  });
}
