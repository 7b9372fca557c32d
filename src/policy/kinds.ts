/** What is known about kinds of files beyond any template. Media types here are in their canonical spelling. */

/** Names that browsers, systems and old programs use for the same kind. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/heif': 'image/heic',
  'image/x-ms-bmp': 'image/bmp',
  'application/x-pdf': 'application/pdf',
  'application/x-zip-compressed': 'application/zip',
  'application/x-zip': 'application/zip',
  'application/x-gzip': 'application/gzip',
  'application/x-rar-compressed': 'application/vnd.rar',
  'application/csv': 'text/csv',
  'text/rtf': 'application/rtf',
  'text/xml': 'application/xml',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'video/x-m4v': 'video/mp4',
  'video/avi': 'video/x-msvideo',
  'video/webm': 'video/x-matroska', // One container; its first bytes are the same.
  'audio/webm': 'video/x-matroska',
  'application/vnd.microsoft.portable-executable': 'application/x-msdownload',
};

/** Lower case, without parameters, one name for one kind; '' where nothing is known. */
export function canonicalType(type: string): string {
  const bare = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return bare === 'application/octet-stream' ? '' : Object.hasOwn(ALIASES, bare) ? (ALIASES[bare] ?? bare) : bare;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';
const TEXT = ['text/plain'];
const OLE = ['application/x-ole-storage'];
const MP4 = ['video/mp4', 'video/quicktime', 'video/3gpp', 'audio/mp4'];
const MATROSKA = ['video/x-matroska'];

/** What the bytes of a file with this ending may be found to be. Endings that are not here are held to the template alone. */
const BY_EXTENSION: Readonly<Record<string, readonly string[]>> = {
  ...each('jpg jpeg jpe jfif', ['image/jpeg']),
  ...each('png', ['image/png']),
  ...each('gif', ['image/gif']),
  ...each('webp', ['image/webp']),
  ...each('heic heif', ['image/heic']),
  ...each('avif', ['image/avif']),
  ...each('bmp', ['image/bmp']),
  ...each('tif tiff', ['image/tiff']),
  ...each('svg', ['image/svg+xml']),
  ...each('pdf', ['application/pdf']),
  ...each('rtf', ['application/rtf']),
  ...each('xml', ['application/xml']),
  ...each('txt text log md csv tsv json ics vcf srt', TEXT),
  ...each('doc xls ppt msg', OLE),
  ...each('docx', [`${OFFICE}.wordprocessingml.document`]),
  ...each('xlsx', [`${OFFICE}.spreadsheetml.sheet`]),
  ...each('pptx', [`${OFFICE}.presentationml.presentation`]),
  ...each('odt', [`${OPEN}.text`]),
  ...each('ods', [`${OPEN}.spreadsheet`]),
  ...each('odp', [`${OPEN}.presentation`]),
  ...each('epub', ['application/epub+zip']),
  ...each('gz', ['application/gzip']),
  ...each('7z', ['application/x-7z-compressed']),
  ...each('rar', ['application/vnd.rar']),
  ...each('mp4 m4v m4a mov 3gp', MP4),
  ...each('webm mkv', MATROSKA),
  ...each('avi', ['video/x-msvideo']),
  ...each('mp3', ['audio/mpeg']),
  ...each('wav', ['audio/wav']),
  ...each('ogg oga ogv opus', ['application/ogg']),
  ...each('flac', ['audio/flac']),
};

/** Whether bytes found to be `found` may bear this ending; null where only the template can tell. */
export function fitsExtension(extension: string, found: string): boolean | null {
  // Documents that are ZIP archives inside may bear the archive's own name.
  if (extension === 'zip') return found === 'application/zip' || found.startsWith(OFFICE) || found.startsWith(OPEN);
  if (!Object.hasOwn(BY_EXTENSION, extension)) return null;
  return BY_EXTENSION[extension]?.includes(found) ?? false;
}

/** Kinds that can run programs where they are opened. No template can allow them. */
const ACTIVE_TYPES = new Set(
  `application/x-msdownload application/x-elf application/x-executable application/x-mach-binary application/wasm
  application/x-ms-shortcut application/x-dex application/x-msdos-program application/x-msi application/hta
  application/java-archive application/vnd.android.package-archive application/vnd.ms-office.vbaproject
  application/vnd.ms-word.document.macroenabled.12 application/vnd.ms-excel.sheet.macroenabled.12
  application/vnd.ms-powerpoint.presentation.macroenabled.12 application/postscript application/x-sh
  application/x-bat application/x-php application/javascript application/x-javascript text/javascript
  text/x-shellscript text/html application/xhtml+xml multipart/related`.split(/\s+/),
);

const ACTIVE_EXTENSIONS = new Set(
  `exe com scr pif bat cmd msi msp msix appx cpl dll sys drv ocx xll vbs vbe vb js jse mjs cjs ws wsf wsh hta ps1 psm1
  psd1 sh bash zsh csh ksh fish command run elf jar class apk dex app lnk url scf reg inf gadget chm hlp desktop py pyw
  pyc pl rb php phtml phar asp aspx jsp cgi htm html xhtml xht shtml mht mhtml svgz swf wasm deb rpm pkg ps eps
  docm dotm xlsm xltm xlam pptm potm ppsm`.split(/\s+/),
);

export const isActiveType = (type: string): boolean => ACTIVE_TYPES.has(type);
export const isActiveExtension = (extension: string): boolean => ACTIVE_EXTENSIONS.has(extension);

const PAGES = /^(text\/html|application\/xhtml\+xml|multipart\/related|[sx]?html?|xht|shtml|mhtml?)$/;
const WITH_MACROS = /macroenabled|vbaproject|^(do[ct]|xl[st]|xla|pp[st]|pot)m$/;

/** Which word says best why this media type or ending is active; none for a plain program. */
export function whyActive(kind: string): 'page' | 'macros' | undefined {
  if (PAGES.test(kind)) return 'page';
  return WITH_MACROS.test(kind) ? 'macros' : undefined;
}

/** What systems declare by the ending alone: Windows with Excel calls each table a worksheet of it. */
const DECLARED: Readonly<Record<string, readonly string[]>> = {
  ...each('csv tsv', ['application/vnd.ms-excel', 'text/plain', 'text/comma-separated-values', 'text/x-csv']),
  ...each('zip', ['application/x-compressed', 'multipart/x-zip']),
  ...each('md', ['text/plain', 'text/markdown', 'text/x-markdown']),
  ...each('log', ['text/plain', 'text/x-log']),
  ...each('heic heif', ['image/heic', 'image/heic-sequence']),
  ...each('xml', ['application/xml']),
  ...each('gz', ['application/gzip']),
};

/** Whether a declaration says nothing that the ending has not said already. */
export const isDeclaredFor = (extension: string, type: string): boolean =>
  Object.hasOwn(DECLARED, extension) && (DECLARED[extension]?.includes(type) ?? false);

function each(extensions: string, types: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, types]));
}
