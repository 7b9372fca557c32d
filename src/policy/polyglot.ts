import { ascii, indexOf, latin1, startsWith } from './bytes.ts';
import { endsAsZip, hasDirectory, readZip } from './zip.ts';

/** Tags that make a browser, or a server that runs PHP, see a page in any bytes around them. */
const MARKUP = /^<(?:(?:script|html|iframe|svg|body|img|object|embed)[\s>/]|!doctype\s{1,9}html|\?php)/i;
/** The end of a comment that hid a picture from a script engine, with code behind it. */
const CODE = /\*\/[\t\n\r -~]{6}/;
const RAR = [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07];
const SEVEN_ZIP = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c];
/** Readers of PDF look for its first line this far (ISO 32000-1, Annex H, note 13). */
const PDF_WITHIN = 1024;

/**
 * The other kind of file that these bytes are too, null where they are one kind. Phones append films and second
 * pictures to their photos: data behind a picture is nothing bad in itself.
 */
export function hiddenKind(type: string, head: Uint8Array, tail: Uint8Array): string | null {
  if (endsAsZip(tail)) return readZip(head, tail);
  if (!/^(image|video|audio)\//.test(type)) return null;
  // A document may carry an archive along; a picture has no reason to.
  if (hasDirectory(tail)) return readZip(head, tail);
  if (has(RAR, head, tail)) return 'application/vnd.rar';
  if (has(SEVEN_ZIP, head, tail)) return 'application/x-7z-compressed';
  if (indexOf(head.subarray(0, PDF_WITHIN), ascii('%PDF-')) !== -1) return 'application/pdf';
  if (hasMarkup(head) || (tail !== head && hasMarkup(tail))) return 'text/html';
  return isScript(head) && [head, tail].some((bytes) => CODE.test(latin1(bytes))) ? 'text/javascript' : null;
}

/** From `<` to `<`: a pattern over all of the bytes takes ten times as long, and thousands of files are chosen at once. */
function hasMarkup(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x3c); at !== -1; at = bytes.indexOf(0x3c, at + 1)) {
    if (isTagStart(bytes[at + 1] ?? 0) && MARKUP.test(latin1(bytes, at, at + 24))) return true;
  }
  return false;
}

/** `!`, `?`, or one of the letters that the tags begin with. */
const isTagStart = (byte: number): boolean => '!?sShHiIbBoOeE'.includes(String.fromCharCode(byte));

const has = (signature: readonly number[], head: Uint8Array, tail: Uint8Array): boolean =>
  indexOf(head, signature, 1) !== -1 || indexOf(tail, signature, 1) !== -1;

/** A picture whose first figures open a comment: to a script engine the magic is a name, and the rest begins behind it. */
function isScript(head: Uint8Array): boolean {
  return [2, 4, 6].some((at) => startsWith(head, ascii('/*'), at));
}
