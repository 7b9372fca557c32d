import { around } from '../../../src/elements/secure-upload/around.ts';
import { type Page, page } from '../../../src/elements/secure-upload/page.ts';
import type { Surroundings } from '../act.ts';

/** The page of a visitor: the gallery's own address is a builder's, and its policy lets nothing out. */
const VISITORS: Surroundings = {
  place: 'https://www.mysite.com/contact',
  isFramed: false,
  isInApp: false,
  isSecure: true,
  hasOrigin: true,
  isReached: true,
};

/** Turns to draw in which what watches sizes is told of them, and what it draws of that is measured again. */
const TURNS = 4;
/** In a frame that is out of sight WebKit draws once in ten seconds. */
const MOST_TURN_MS = 100;

surround(VISITORS);

/** Plays within other surroundings. They hold while the element is drawn, so it must not be drawn again afterwards. */
export async function within(others: Partial<Surroundings>, play: () => Promise<void>): Promise<void> {
  const secure = Object.getOwnPropertyDescriptor(window, 'isSecureContext');
  surround({ ...VISITORS, ...others });
  if (others.isSecure === false) Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true });
  try {
    await play();
    for (let turn = 0; turn < TURNS; turn += 1) await drawn();
  } finally {
    surround(VISITORS);
    if (secure) Object.defineProperty(window, 'isSecureContext', secure);
    else Reflect.deleteProperty(window, 'isSecureContext');
  }
}

function surround({ place, isFramed, isInApp, hasOrigin, isReached }: Surroundings): void {
  const seen: Page = {
    place: () => new URL(place),
    isFramed: () => isFramed,
    isInApp: () => isInApp,
    reach: () => Promise.resolve(isReached ? 'reached' : 'silent'),
    mayAsk: ({ host }) => Promise.resolve(host !== 'blocked.example'),
  };
  Object.assign(page, seen);
  around.hasOrigin = () => hasOrigin;
}

function drawn(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, MOST_TURN_MS);
  });
}
