import type * as LongList from './long-list.ts';

/** From here on: only the rows in sight are in the page. */
const VERY_LONG = 100;

let part: typeof LongList | null = null;

/**
 * Loads what draws a list of so many rows, before they are drawn. Null where there is nothing to wait for. Never rejects:
 * where it does not come all of them are drawn, until asked anew.
 */
export function loadListFor(count: number): Promise<void> | null {
  if (count <= VERY_LONG || part) return null;
  return import('./long-list.ts').then(
    (loaded) => {
      part = loaded;
    },
    () => {},
  );
}

/** What draws a list of so many rows; null where all of them are drawn. */
export const listFor = (count: number): typeof LongList | null => (count > VERY_LONG ? part : null);

/** The row at this place of a list that `listFor` draws, drawn and in sight; null of any other. */
export const revealRow = (scroller: Element, index: number): HTMLElement | null =>
  part?.revealRow(scroller, index) ?? null;
