import { PATH_LENGTH } from '../contract/values.ts';
import { hasHiddenCharacters } from './name.ts';
import type { Violation } from './violation.ts';

/** Whoever saves the file in such a folder would write elsewhere, or into one whose name nobody sees. */
const NO_FOLDER = /^[. ]*$|\\/;

/**
 * The folders that a file comes with, joined by '/'; absent where it came alone. Each has a name of its own: no way up,
 * no other system's separator, no hidden character. All of them together have PATH_LENGTH characters at most.
 */
export function checkPath(path: string | undefined): Violation | null {
  if (path === undefined) return null;
  if (path.length > PATH_LENGTH) return { code: 'file_name', figures: { limit: PATH_LENGTH } };
  const isWrong = path.split('/').some((name) => NO_FOLDER.test(name) || hasHiddenCharacters(name));
  return isWrong ? { code: 'file_name' } : null;
}
