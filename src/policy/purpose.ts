import { hasHiddenCharacters } from './name.ts';

/**
 * What mail programs and people read as an address: `word://`, `www.`, `mailto:` and its like, an address of mail, a name of
 * a host (what stands for a full stop there, too: IDNA, RFC 3490 section 3.1), four numbers with dots.
 */
const STOP = '[.\\u3002\\uff0e\\uff61]';
const ADDRESSES = [
  /\p{L}[\p{L}\p{N}+.-]*:(?:\/|\\)/u,
  /\b(?:mailto|tel|sms|javascript|data|file|callto|skype):/i,
  new RegExp(`\\bwww\\d*${STOP}`, 'iu'),
  /\S[@\uff20]\S/u,
  /[\p{L}\p{N}][.\uff0e\uff61]\p{L}{2,}/u,
  /[\p{L}\p{N}]\u3002[a-z]{2,}/iu, // Chinese and Japanese sentences end with it, without a space.
  new RegExp(`[\\p{L}\\p{N}]${STOP}xn--`, 'iu'),
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  /\/\/|\\\\/,
];

/**
 * Whether somebody's words may stand in our mail: nothing hidden, no line break, and nothing that could lead anywhere. A
 * full stop without a space after it counts as an address: `contract.pdf` is the name of a file, and those stay out too.
 */
export const isPlainPurpose = (text: string): boolean =>
  !hasHiddenCharacters(text) && !/[\p{Cc}\u2028\u2029]/u.test(text) && !ADDRESSES.some((one) => one.test(text));
