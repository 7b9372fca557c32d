import type { BrowserName } from '../support/browsers.ts';

/** Which looks (demo/gallery/looks.ts) an engine has at every state: all of them where it is fast, and half in each other. */
export const VISITS_OF = {
  chromium: [0, 1, 2, 3],
  firefox: [0, 2],
  webkit: [1, 3],
} as const satisfies Record<BrowserName, readonly number[]>;
