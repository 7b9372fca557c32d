import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ELEMENTS } from '../../demo/gallery/states.ts';
import { COLOURLESS, MOVING } from '../e2e/support/measure-boxes.ts';
import type { BrowserName } from '../support/browsers.ts';
import { type Camera, openCamera, type Wishes } from './cameras.ts';
import { openStates } from './open-states.ts';
import { serveGallery } from './serve.ts';

/** Whether a box to tick is the system's own. */
const DRAWN_TICKS = `[...document.querySelectorAll('figure :is(.place, form) > :not(form)')].flatMap(({ shadowRoot }) =>
  [...shadowRoot.querySelectorAll('[type=checkbox]')].filter((box) => getComputedStyle(box).appearance === 'none').map(({ id }) => id))`;

/** Every recorded state as people set their systems, in an engine that is told so by its own settings. */
export function seeModes(browser: BrowserName, wishes: Wishes): void {
  describe(`every recorded state, as people set their systems, in ${browser}`, () => {
    let gallery: Awaited<ReturnType<typeof serveGallery>>;
    let camera: Camera;
    before(async () => {
      gallery = await serveGallery();
      camera = await openCamera(browser, wishes);
    });
    after(async () => {
      await camera?.close();
      gallery?.stop();
    });

    for (const element of ELEMENTS) {
      test(`${element} ${wishes.ownColours ? "keeps edges, icons, bars and what is chosen in the system's own colours, and " : ''}moves nothing`, async () => {
        await openStates(camera, gallery.url, { element, width: '480' });
        const isTold = (query: string) => camera.evaluate<boolean>(`matchMedia('(${query})').matches`);
        assert.equal(await isTold('prefers-reduced-motion: reduce'), wishes.lessMotion ?? false);
        assert.equal(await isTold('forced-colors: active'), wishes.ownColours ?? false);
        assert.deepEqual(await camera.evaluate(MOVING), []);
        if (!wishes.ownColours) return;
        assert.deepEqual(await camera.evaluate(COLOURLESS), []);
        assert.deepEqual(await camera.evaluate(DRAWN_TICKS), []);
      });
    }
  });
}
