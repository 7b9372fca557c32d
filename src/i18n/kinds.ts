/** What people call a kind of file. */
export type Kind =
  | 'photo'
  | 'image'
  | 'video'
  | 'sound'
  | 'pdf'
  | 'document'
  | 'table'
  | 'slides'
  | 'text'
  | 'zip'
  | 'archive'
  | 'program'
  | 'file';

export interface KindWords {
  /** After a size: `1.2 MB, PDF`. */
  readonly one: string;
  /** Within a sentence: `it is a ZIP archive`. */
  readonly a: string;
  /** At the start of a sentence: `Videos are not accepted here.` */
  readonly many: string;
}

const BY_EXTENSION: readonly (readonly [Kind, string])[] = [
  ['photo', 'jpg jpeg heic heif webp'],
  ['image', 'png gif svg bmp tif tiff avif ico'],
  ['video', 'mp4 mov m4v avi mkv webm wmv'],
  ['sound', 'mp3 m4a wav ogg flac aac opus'],
  ['pdf', 'pdf'],
  ['document', 'doc docx odt rtf pages'],
  ['table', 'xls xlsx ods csv numbers'],
  ['slides', 'ppt pptx odp key'],
  ['text', 'txt md log'],
  ['zip', 'zip'],
  ['archive', '7z rar tar gz tgz bz2 xz'],
  ['program', 'exe msi dmg app bat cmd com scr js vbs ps1 sh jar html htm'],
];

const BY_TYPE: readonly (readonly [Kind, RegExp])[] = [
  ['photo', /^image\/(jpeg|heic|heif|webp)$/],
  ['image', /^image\//],
  ['video', /^video\//],
  ['sound', /^audio\//],
  ['pdf', /^application\/pdf$/],
  ['document', /^application\/(msword|rtf|.*wordprocessingml.*|.*opendocument\.text)$/],
  ['table', /^(text\/csv|application\/(vnd\.ms-excel|.*spreadsheetml.*|.*opendocument\.spreadsheet))$/],
  ['slides', /^application\/(vnd\.ms-powerpoint|.*presentationml.*|.*opendocument\.presentation)$/],
  ['zip', /^application\/(x-)?zip(-compressed)?$/],
  ['archive', /^application\/(gzip|x-7z-compressed|x-rar.*|vnd\.rar|x-tar|x-bzip2?|x-xz)$/],
  [
    'program',
    /^(text\/(html|javascript)|application\/(x-msdownload|x-msdos-program|x-sh|java-archive|javascript|xhtml\+xml|x-executable|x-elf|x-mach-binary))$/,
  ],
  ['text', /^text\//],
];

/** By media type first; where that says nothing, by the ending of the name. */
export function kindOf(type: string, name = ''): Kind {
  const byType = BY_TYPE.find(([, pattern]) => pattern.test(type.toLowerCase()));
  return byType ? byType[0] : kindOfExtension(extensionOf(name));
}

export function kindOfExtension(extension: string): Kind {
  const known = BY_EXTENSION.find(([, endings]) => endings.split(' ').includes(extension.toLowerCase()));
  return known ? known[0] : 'file';
}

/** Lower case, without the dot; '' where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && dot < name.length - 1 ? name.slice(dot + 1).toLowerCase() : '';
}
