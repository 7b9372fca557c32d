import { isActiveExtension } from './kinds.ts';
import type { Violation } from './violation.ts';

/**
 * Characters that nobody sees and that make a name look like another: controls, bidirectional embeddings, overrides and
 * isolates (a reversed "exe.gpj"), zero-width spaces, soft hyphens, fillers, line separators, halves of a character.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\ufff9-\ufffb]/u;
/** Of these the ones that letters and emoji need: joiners, marks of direction, variants, the tags of a flag (UTS 51, C.1). */
const NEEDED =
  /\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f}|[\u061c\u200c-\u200f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
/** Among letters, digits and signs of ASCII they do nothing but hide. */
const IDLE = /(?:^|[ -~])(?:[\u061c\u200c-\u200f]|[\ufe00-\ufe0f])+(?=[ -~]|$)/u;

/** Not a name but a way: somebody who saves the file under it would write elsewhere. No system's own name holds a slash. */
const PATH = /[/\\]/;
const BLANK = /^[.\s]*$/;

/** Devices: a program on Windows that saves a file under one of them writes to nowhere, or to a port. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³]) *(?:[.:]|$)/i;

/** Letters of other scripts that look like Latin ones, as endings are written. NFKC brings the wide and the bold ones. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'аαa',
    'сϲc',
    'ԁd',
    'еεe',
    'ɡg',
    'һh',
    'іιıi',
    'јj',
    'ӏⅼl',
    'мm',
    'пηn',
    'оοσo',
    'рρp',
    'ѕs',
    'тτt',
    'υu',
    'ѵνv',
    'ԝw',
    'хχx',
    'уγy',
    'кκk',
    'гr',
  ].flatMap((row) => Array.from(row.slice(0, -1), (char) => [char, row.slice(-1)])),
);

export const hasHiddenCharacters = (name: string): boolean => HIDDEN.test(name.replace(NEEDED, '')) || IDLE.test(name);

/** Whether a name can be believed and kept. Its ending is another matter. */
export function checkName(name: string): Violation | null {
  if (hasHiddenCharacters(name)) return { code: 'file_name' };
  if (BLANK.test(name)) return { code: 'file_name', figures: { why: 'blank' } };
  if (PATH.test(name)) return { code: 'file_name', figures: { why: 'path' } };
  if (RESERVED.test(name.trimStart())) return { code: 'file_name', figures: { why: 'reserved' } };
  const lookalike = lookedLike(extensionOf(name));
  return lookalike ? { code: 'file_name', figures: { why: 'lookalike', named: `.${lookalike}` } } : null;
}

/** `limit` in characters (code points). */
export function checkLength(name: string, limit: number): Violation | null {
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

/** Whether this name ends, or for some program ends, as programs do: before a colon (NTFS), a semicolon (IIS), a coded NUL. */
export function isActiveName(name: string): boolean {
  const [, early = ''] = /\.(\w{1,10})(?:[:;]|%00)\S*$/.exec(name) ?? [];
  return isActiveExtension(extensionOf(name)) || isActiveExtension(early.toLowerCase());
}

/** The Latin ending that this one only looks like; null where it is what it looks like. */
function lookedLike(extension: string): string | null {
  if (/^[ -~]*$/.test(extension)) return null;
  const plain = Array.from(extension.normalize('NFKC'), (char) => LOOKALIKES[char] ?? char)
    .join('')
    .toLowerCase();
  return /^[a-z0-9]{1,10}$/.test(plain) ? plain : null;
}
