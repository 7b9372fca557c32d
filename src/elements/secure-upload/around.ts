import { isBuildersPage } from '../../contract/builder-pages.ts';

/** What hints ask of the window around the box. Tests put other windows here. */
export const around = {
  /** Not so in a sandboxed frame, and not for a file (HTML section 7.1.1: an opaque origin). */
  hasOrigin: (): boolean => globalThis.origin !== 'null',
  /** Address of the page whose frame this is; Firefox does not tell it, but where the frame was opened from. */
  parent: (): string => location.ancestorOrigins?.[0] ?? document.referrer,
};

/**
 * Whether only whoever builds it can see the page, by its address. In the broker's own frame the page around it counts:
 * an intranet's broker has a private address, and all of its visitors are there.
 */
export function isBuiltHere(place: URL, broker: URL | null): boolean {
  if (place.origin !== broker?.origin || !place.pathname.startsWith('/embed/')) return isBuildersPage(place);
  const parent = around.parent();
  return URL.canParse(parent) && isBuildersPage(new URL(parent));
}

/** Built by nobody: the page that the broker itself has for visitors. */
export function isUploadPage(place: URL, broker: URL | null): boolean {
  return place.origin === broker?.origin && place.pathname.startsWith('/u/');
}
