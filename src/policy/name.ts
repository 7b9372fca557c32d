import type { Violation } from './violation.ts';

/**
 * Characters that nobody sees and that make a name look like another: controls, bidirectional embeddings, overrides and
 * isolates (a reversed "exe.gpj"), zero-width spaces, line separators, tags, halves of a character. Joiners and the
 * left-to-right and right-to-left marks stay: emoji, Persian and Hebrew names need them.
 */
const HIDDEN =
  /[\p{Cc}\p{Cs}\u200b\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0001}\u{e0020}-\u{e007f}]/u;

/** Not a name but a way: somebody who saves the file under it would write elsewhere. No system's own name holds a slash. */
const PATH = /\/|\.\.\\|^[. ]*$/;

export const hasHiddenCharacters = (name: string): boolean => HIDDEN.test(name);

/** `limit` in characters (code points). */
export function checkName(name: string, limit: number): Violation | null {
  if (name.trim() === '' || hasHiddenCharacters(name) || PATH.test(name)) return { code: 'file_name' };
  return Array.from(name).length > limit ? { code: 'file_name', figures: { limit } } : null;
}

/**
 * Lower case, without the dot; '' where there is none. As Windows sees it: dots and spaces at the end hide nothing, and
 * `.bat` has an ending like any other.
 */
export function extensionOf(name: string): string {
  const bare = name.replace(/[. ]+$/, '');
  const dot = bare.lastIndexOf('.');
  return dot >= 0 ? bare.slice(dot + 1).toLowerCase() : '';
}
