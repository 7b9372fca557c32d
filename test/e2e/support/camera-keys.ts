import assert from 'node:assert/strict';
import type { Demo } from './demo.ts';
import type { TestFile } from './files.ts';
import { landsOn, pickOn, pressOn, signInByKeys, staysOnPage } from './keyboard.ts';
import type { Browser } from './tab.ts';

/** Which controls were pressed, down to the input whose dialog opens. */
const WATCH = `(() => {
  window.__pressed = [];
  addEventListener('click', (event) => __pressed.push(event.composedPath()[0].id), true);
  return true;
})()`;

/** On a touch screen with a keyboard: the camera is opened by Enter, and by the space bar, and what it took is uploaded. */
export async function cameraKeys({ tab, window }: Browser, demo: Demo, photos: readonly TestFile[]): Promise<void> {
  const [first, second] = photos.map(({ path }) => path);
  assert.ok(first && second);
  await tab.open(demo.site);
  await tab.see({ css: 'button', text: 'Choose files first' });
  // A phone may throw the page away behind its sign-in, so that comes before the files.
  await pressOn(tab, /^Sign in with/);
  await signInByKeys(await window(demo.provider));
  await tab.see({ css: '*', text: /^Signed in as Jo Meyer/ });
  await tab.see({ css: 'button', text: 'Take a photo' });
  await staysOnPage(tab);
  await tab.evaluate(WATCH);
  await pickOn(tab, 'Take a photo', '#photo', [first]);
  await landsOn(tab, 'Add more files');
  await pickOn(tab, 'Take a photo', '#photo', [second], ' ');
  await tab.see({ css: 'button', text: 'Upload 2 files' });
  await staysOnPage(tab);
  const pressed = await tab.evaluate<string[]>('window.__pressed');
  assert.deepEqual(
    pressed.filter((id) => id === 'photo' || id === 'files'),
    ['photo', 'photo'],
  );
  await pressOn(tab, 'Upload 2 files');
  await landsOn(tab, '2 files uploaded');
}
