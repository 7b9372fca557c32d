import {
  ELF,
  EXE,
  gif,
  heic,
  isoMedia,
  join,
  jpeg,
  noise,
  OLE,
  office,
  PDF,
  png,
  text,
  utf16,
  webp,
  zip,
} from './bytes.ts';

/** Files that are not what they seem, and some that only seem so, with the verdict of the law. */
export interface ConfusingFile {
  readonly what: string;
  readonly name: string;
  /** As browsers declare it. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `accepted`, or the code and why. */
  readonly verdict: string;
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg">';
const svg = (inner: string) => text(`${SVG}${inner}</svg>`);
const LONG = 'x'.repeat(200_000);
const zipInJpeg = join(jpeg(), zip(['a.txt']));

const ROWS: readonly (readonly [
  what: string,
  name: string,
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
  verdict: string,
])[] = [
  // What it says is what it is
  ['a photo', 'a.jpg', 'image/jpeg', jpeg(), 'accepted'],
  ['a photo, wrong case', 'A.JPG', 'image/jpeg', jpeg(), 'accepted'],
  ['a photo without declaration', 'a.jpg', '', jpeg(), 'accepted'],
  [
    'a photo with 200 kB behind it, as phones append films',
    'a.jpg',
    'image/jpeg',
    join(jpeg(), isoMedia('mp42'), noise(200_000)),
    'accepted',
  ],
  ['a photo cut in the middle: its head still tells', 'a.jpg', 'image/jpeg', jpeg().slice(0, 30), 'accepted'],
  ['a double ending, the last one true', 'a.pdf.jpg', 'image/jpeg', jpeg(), 'accepted'],
  ['a picture called like a page', 'index.html.png', 'image/png', png(), 'accepted'],
  ['an animation', 'a.gif', 'image/gif', gif(), 'accepted'],
  ['a picture of the web', 'a.webp', 'image/webp', webp(), 'accepted'],
  ['an AVIF that says so second', 'a.avif', 'image/avif', isoMedia('mif1', 'avif', 'miaf'), 'accepted'],
  ['a Word document', 'a.docx', WORD, office('word/document.xml'), 'accepted'],
  ['a Word document as Windows without Word declares it', 'a.docx', '', office('word/document.xml'), 'accepted'],
  ['an old Word document', 'a.doc', 'application/msword', OLE, 'accepted'],
  ['a document called an archive', 'a.zip', 'application/zip', office('word/document.xml'), 'accepted'],
  ['a table as Windows with Excel declares it', 'a.csv', 'application/vnd.ms-excel', text('a;b\n1;2\n'), 'accepted'],
  [
    'a table in the code page that Excel writes',
    'a.csv',
    'text/csv',
    join('Stra', [0xdf], 'e;M', [0xfc], 'nchen\r\n'),
    'accepted',
  ],
  ['a table in UTF-16', 'a.csv', 'text/csv', utf16('a\tb'), 'accepted'],
  ['a text that speaks of tags', 'a.txt', 'text/plain', text('Use <script> and <?php here'), 'accepted'],
  ['notes', 'a.md', '', text('# Notes'), 'accepted'],
  ['an archive', 'a.zip', 'application/x-zip-compressed', zip(['a.exe']), 'accepted'],
  ['a plain drawing', 'a.svg', 'image/svg+xml', svg('<path fill="url(#a)" d="M0 0"/><use href="#a"/>'), 'accepted'],
  [
    'a drawing that carries a picture along',
    'a.svg',
    'image/svg+xml',
    svg('<image href="data:image/png;base64,AA=="/>'),
    'accepted',
  ],
  [
    'a PDF with an archive as attachment',
    'a.pdf',
    'application/pdf',
    join(PDF, zip(['a']), '\nendstream\n%%EOF\n'),
    'accepted',
  ],

  // Name and content differ
  ['a ZIP archive called a PDF', 'a.pdf', 'application/pdf', zip(['a']), 'file_mismatch .pdf application/zip'],
  ['a PNG called a JPEG', 'a.jpg', 'image/jpeg', png(), 'file_mismatch .jpg image/png'],
  ['a JPEG called a WebP', 'a.webp', 'image/webp', jpeg(), 'file_mismatch .webp image/jpeg'],
  ['a PDF called a photo', 'a.jpg', 'image/jpeg', PDF, 'file_mismatch .jpg application/pdf'],
  [
    'a table called a Word document',
    'a.docx',
    WORD,
    office('xl/workbook.xml'),
    'file_mismatch .docx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  [
    'an archive called a Word document',
    'a.docx',
    WORD,
    zip(['word/document.xml']),
    'file_mismatch .docx application/zip',
  ],
  ['an old document called a new one', 'a.docx', WORD, OLE, 'file_mismatch .docx application/x-ole-storage'],
  ['a film called a photo', 'a.jpg', 'image/jpeg', isoMedia('isom'), 'file_mismatch .jpg video/mp4'],
  ['noise called a photo', 'a.jpg', 'image/jpeg', noise(4096), 'file_mismatch .jpg '],
  ['noise called a text', 'a.txt', 'text/plain', noise(4096), 'file_mismatch .txt '],
  ['a text with one NUL', 'a.txt', 'text/plain', text('Dear\0Jo'), 'file_mismatch .txt '],
  ['a text called a table of Excel', 'a.xlsx', '', text('a;b'), 'file_mismatch .xlsx text/plain'],
  ['a harmless drawing called a PNG', 'a.png', 'image/png', svg(''), 'file_mismatch .png image/svg+xml'],
  ['a PNG of which seven bytes came', 'a.png', 'image/png', png().slice(0, 7), 'file_mismatch .png '],
  ['zeros called a PDF', 'a.pdf', 'application/pdf', new Uint8Array(5000), 'file_mismatch .pdf '],

  // Two kinds in one
  ['a photo with an archive behind it', 'a.jpg', 'image/jpeg', zipInJpeg, 'file_mismatch .jpg application/zip inside'],
  [
    'a photo with an archive and a byte behind it',
    'a.jpg',
    'image/jpeg',
    join(zipInJpeg, 'x'),
    'file_mismatch .jpg application/zip inside',
  ],
  [
    'a PDF with an archive behind it',
    'a.pdf',
    'application/pdf',
    join(PDF, zip(['a'])),
    'file_mismatch .pdf application/zip inside',
  ],
  [
    'an animation with a RAR archive behind it',
    'a.gif',
    'image/gif',
    join(gif(), 'Rar!', [0x1a, 7, 0]),
    'file_mismatch .gif application/vnd.rar inside',
  ],
  [
    'a photo that PDF readers open',
    'a.jpg',
    'image/jpeg',
    jpeg(9, 9, PDF),
    'file_mismatch .jpg application/pdf inside',
  ],
  [
    'an animation with a Java program behind it',
    'a.gif',
    'image/gif',
    join(gif(), zip(['META-INF/MANIFEST.MF'])),
    'file_active application/java-archive inside',
  ],
  [
    'an animation that is a script',
    'a.gif',
    'image/gif',
    join('GIF89a/*', gif().slice(8), '*/=1;alert(1)//'),
    'file_active text/javascript inside',
  ],
  [
    'an animation with a page in it',
    'a.gif',
    'image/gif',
    join(gif(), '<ScRiPt>alert(1)</script>'),
    'file_active text/html inside',
  ],
  [
    'a photo with a page in its comment',
    'a.jpg',
    'image/jpeg',
    jpeg(9, 9, '\xff\xfe\0\x20<html><body>'),
    'file_active text/html inside',
  ],
  [
    'a picture with PHP in its last bytes',
    'a.png',
    'image/png',
    join(png(), noise(90_000), '<?php system($_GET[0]);'),
    'file_active text/html inside',
  ],

  // Programs, pages, macros
  ['a program', 'setup.exe', 'application/x-msdownload', EXE, 'file_active'],
  ['a program called a photo', 'a.jpg', 'image/jpeg', EXE, 'file_active'],
  ['a Linux program called a text', 'a.txt', 'text/plain', ELF, 'file_active'],
  ['a photo called a program', 'a.jpg.exe', 'image/jpeg', jpeg(), 'file_active'],
  ['a photo called a program of a web server', 'a.php;.jpg', 'image/jpeg', jpeg(), 'file_active'],
  ['a document with macros', 'a.docm', '', office('word/document.xml', 'word/vbaProject.bin'), 'file_active macros'],
  [
    'a document with macros called one without',
    'a.docx',
    WORD,
    office('word/document.xml', 'word/vbaProject.bin'),
    'file_active macros',
  ],
  [
    'a table with macros of Excel 4',
    'a.xlsx',
    '',
    office('xl/workbook.xml', 'xl/macrosheets/sheet1.xml'),
    'file_active macros',
  ],
  [
    'a Java program called an archive',
    'a.zip',
    'application/zip',
    zip(['META-INF/MANIFEST.MF', 'A.class']),
    'file_active',
  ],
  ['an Android app called an archive', 'a.zip', 'application/zip', zip(['AndroidManifest.xml']), 'file_active'],
  ['a page', 'a.html', 'text/html', text('<!doctype html><p>Hello'), 'file_active page'],
  ['a page called a text', 'a.txt', 'text/plain', text('\n<!-- a --><html>'), 'file_active page'],
  ['a page called a photo', 'a.jpg', 'image/jpeg', text('<script>alert(1)</script>'), 'file_active page'],
  ['a shell script called a text', 'a.txt', 'text/plain', text('#!/bin/sh\n'), 'file_active'],

  // Drawings
  ['a drawing with a script', 'a.svg', 'image/svg+xml', svg('<script>alert(1)</script>'), 'file_active script'],
  ['a drawing with a handler', 'a.svg', 'image/svg+xml', svg('<path onclick = "alert(1)"/>'), 'file_active script'],
  [
    'a drawing with a script behind a prefix',
    'a.svg',
    'image/svg+xml',
    text('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:svg>'),
    'file_active script',
  ],
  ['a drawing with a page in it', 'a.svg', 'image/svg+xml', svg('<foreignObject/>'), 'file_active script'],
  [
    'a drawing that loads a picture',
    'a.svg',
    'image/svg+xml',
    svg('<image href="https://example.com/a.png"/>'),
    'file_active outside',
  ],
  [
    'a drawing that loads a style',
    'a.svg',
    'image/svg+xml',
    svg('<style>@import "//example.com"</style>'),
    'file_active outside',
  ],
  [
    'a drawing that spells in entities',
    'a.svg',
    'image/svg+xml',
    text(`<!DOCTYPE svg [<!ENTITY a "b">]>${SVG}</svg>`),
    'file_active outside',
  ],
  ['a drawing with a script called a PNG', 'a.png', 'image/png', svg('<script/>'), 'file_active script'],
  ['a drawing with a script in UTF-16', 'a.svg', 'image/svg+xml', utf16(`${SVG}<script/></svg>`), 'file_active script'],
  ['a drawing too long to be seen', 'a.svg', 'image/svg+xml', svg(`<path d="${LONG}"/>`), 'file_active unseen'],

  // Not taken here
  ['an iPhone photo', 'a.heic', 'image/heic', heic(), 'file_heic'],
  ['an iPhone photo called a JPEG', 'a.jpg', 'image/jpeg', heic(), 'file_heic'],
  ['a sound', 'a.mp3', 'audio/mpeg', join('ID3', [3, 0, 0, 0, 0, 0, 0]), 'file_type .mp3 audio/mpeg'],
  ['an empty file', 'a.txt', 'text/plain', new Uint8Array(0), 'file_empty'],
  ['an empty photo', 'a.jpg', 'image/jpeg', new Uint8Array(0), 'file_empty'],
];

export const CONFUSING: readonly ConfusingFile[] = ROWS.map(([what, name, type, bytes, verdict]) => ({
  what,
  name,
  type,
  bytes,
  verdict,
}));
