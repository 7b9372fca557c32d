import { ascii, indexOf, latin1, startsWith, uint16 } from './bytes.ts';

const LOCAL = [0x50, 0x4b, 0x03, 0x04];
const CENTRAL = [0x50, 0x4b, 0x01, 0x02];
const END = [0x50, 0x4b, 0x05, 0x06];
const END_BYTES = 22;

/** An archive by its first bytes: a local header, or the end record of an empty one (APPNOTE 4.3.7, 4.3.16). */
export function startsAsZip(head: Uint8Array): boolean {
  return startsWith(head, LOCAL) || startsWith(head, END) || startsWith(head, [0x50, 0x4b, 0x07, 0x08]);
}

/** Programs find an archive by its end, so a picture with one behind it is one too. Its comment must end the file. */
export function endsAsZip(tail: Uint8Array): boolean {
  for (let at = indexOf(tail, END); at !== -1; at = indexOf(tail, END, at + 1)) {
    if (at + END_BYTES + uint16(tail, at + 20) === tail.length) return true;
  }
  return false;
}

/** A directory and its end record behind it, wherever they stand: some programs find an archive with more data behind it. */
export function hasDirectory(tail: Uint8Array): boolean {
  const directory = indexOf(tail, CENTRAL);
  return directory !== -1 && indexOf(tail, END, directory) !== -1;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
/** What an entry's name says about the archive, most telling first. */
const ENTRIES: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)vbaproject\.bin$/i, 'application/vnd.ms-office.vbaproject'],
  [/^androidmanifest\.xml$/i, 'application/vnd.android.package-archive'],
  [/^meta-inf\/manifest\.mf$|^web-inf\/web\.xml$/i, 'application/java-archive'],
  [/^appxmanifest\.xml$|^payload\/[^/]{1,99}\.app\//i, 'application/x-msdownload'],
  [/^word\//i, `${OFFICE}.wordprocessingml.document`],
  [/^xl\//i, `${OFFICE}.spreadsheetml.sheet`],
  [/^ppt\//i, `${OFFICE}.presentationml.presentation`],
];

/** Macros of Excel 4 and of OpenDocument: folders, that mean nothing in an archive of another kind. */
const MACROS = /^(xl\/macrosheets|basic\/[^/]{1,99})\/./i;

/** What kind of archive: Office documents, programs, or just a ZIP. */
export function readZip(head: Uint8Array, tail: Uint8Array): string {
  const names = [...entryNames(head, LOCAL, 26, 30), ...entryNames(tail, CENTRAL, 28, 46)];
  const office = names.some((name) => name === '[Content_Types].xml');
  const declared = declaredType(head);
  if ((office || declared) && names.some((name) => MACROS.test(name))) return 'application/vnd.ms-office.vbaproject';
  for (const [pattern, type] of ENTRIES) {
    if (type.startsWith(OFFICE) && !office) continue; // A folder called "word" alone makes no document.
    if (names.some((name) => pattern.test(name))) return type;
  }
  return declared ?? 'application/zip';
}

const LONGEST_NAME = 1024;

/** Names of the entries whose headers stand in these bytes; the length is at `lengthAt`, the name at `nameAt`. */
function* entryNames(bytes: Uint8Array, header: readonly number[], lengthAt: number, nameAt: number) {
  for (let at = indexOf(bytes, header); at !== -1; at = indexOf(bytes, header, at + header.length)) {
    const length = uint16(bytes, at + lengthAt);
    if (length > LONGEST_NAME) continue; // Data that looks like a header.
    yield latin1(bytes, at + nameAt, at + nameAt + length);
    at += nameAt + length - header.length; // No byte is read twice, however many headers somebody packs.
  }
}

/** OpenDocument and EPUB say their type in a first, stored entry named "mimetype" (ODF 1.3 part 2, section 3.3). */
function declaredType(head: Uint8Array): string | undefined {
  if (!startsWith(head, ascii('mimetype'), 30)) return undefined;
  const found = /^application\/(?:vnd\.oasis\.opendocument\.[a-z-]{4,20}|epub\+zip)/.exec(latin1(head, 38, 110));
  return found?.[0];
}
