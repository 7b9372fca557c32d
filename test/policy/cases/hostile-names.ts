/** Names that people, scanners, attackers and other systems give to photos, by family, with the verdict of the law. */
export interface Family {
  readonly family: string;
  readonly verdict: string;
  readonly names: readonly string[];
}

const chars = (...codes: readonly (number | readonly [number, number])[]): string[] =>
  codes.flatMap((code) =>
    typeof code === 'number'
      ? [String.fromCodePoint(code)]
      : Array.from({ length: code[1] - code[0] + 1 }, (_, i) => String.fromCodePoint(code[0] + i)),
  );
const words = (text: string): string[] => text.trim().split(/\s+/);
/** Each of these at the start, within, before the ending, within it. */
const around = (all: readonly string[]): string[] =>
  all.flatMap((char) => [`${char}photo.jpg`, `pho${char}to.jpg`, `photo${char}.jpg`, `photo.j${char}pg`]);

const BIDI = chars([0x202a, 0x202e], [0x2066, 0x2069]);
const DEVICES = words(
  'CON PRN AUX NUL COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9 LPT1 LPT2 LPT3 LPT9 COM¹ LPT³ CONIN$ CONOUT$',
);
const PROGRAMS =
  words(`exe com scr pif bat cmd msi cpl dll sys vbs vbe js jse mjs wsf wsh hta ps1 psm1 sh command run elf jar
  class apk dex app lnk url reg inf desktop py pl rb php phtml phar asp aspx jsp cgi swf wasm deb rpm`);

export const HOSTILE_NAMES: readonly Family[] = [
  {
    family: 'right-to-left overrides, embeddings, isolates',
    verdict: 'file_name',
    names: [...around(BIDI), 'photo\u202egpj.exe.jpg', 'annexe\u202egpj.jpg'],
  },
  {
    family: 'control characters, NUL, line breaks',
    verdict: 'file_name',
    names: [
      ...chars([0x00, 0x1f], [0x7f, 0x9f]).map((char) => `pho${char}to.jpg`),
      'photo.jpg\0.jpg',
      'photo\r\nSet-Cookie: a=b.jpg',
      'photo\r\n\r\n<script>.jpg',
      '\0.jpg',
      'photo.jpg\n',
    ],
  },
  {
    family: 'zero width, fillers, soft hyphens, tags, separators',
    verdict: 'file_name',
    names: [
      ...around(chars(0xad, 0x34f, 0x115f, 0x17b4, 0x180e, 0x200b, 0x2060, 0x2064, 0x2800, 0x3164, 0xfeff, 0xffa0)),
      ...chars(0x2028, 0x2029, 0xe0001, 0xe0041, 0xfff9).map((char) => `pho${char}to.jpg`),
    ],
  },
  {
    family: 'joiners and marks where they do nothing but hide',
    verdict: 'file_name',
    names: around(chars(0x61c, 0x200c, 0x200d, 0x200e, 0x200f, 0xfe0e, 0xfe0f)),
  },
  { family: 'halves of a character', verdict: 'file_name', names: ['\ud83d.jpg', 'a\udc00.jpg', '\udc00\ud83d.jpg'] },
  {
    family: 'ways to other folders',
    verdict: 'file_name path',
    names:
      words(`../photo.jpg ../../etc/cron.d/a.jpg ..\\photo.jpg ..\\..\\a.jpg /photo.jpg \\photo.jpg a/b.jpg a\\b.jpg a/../b.jpg
      ./photo.jpg .\\photo.jpg C:\\photo.jpg c:/photo.jpg \\\\server\\share\\a.jpg //server/a.jpg \\\\?\\C:\\a.jpg \\\\.\\NUL.jpg
      file:///etc/a.jpg ~/photo.jpg %2e%2e/photo.jpg ....//photo.jpg ..;/photo.jpg photo.jpg/.jpg a/b/c/d/e/f.jpg CON\\a.jpg
      ..%c0%af../a.jpg /dev/null.jpg /proc/self/environ.jpg C:\\fakepath\\photo.jpg </script>.jpg`),
  },
  {
    family: 'names that Windows keeps for devices',
    verdict: 'file_name reserved',
    names: DEVICES.flatMap((device) => [`${device}.jpg`, `${device.toLowerCase()}.tar.jpg`, `${device} .jpg`]).concat(
      'nul:a.jpg',
      ' con.jpg',
    ),
  },
  {
    family: 'endings in letters that only look Latin',
    verdict: 'file_name .jpg lookalike',
    names: [
      'photo.јpg',
      'photo.jрg',
      'photo.jpɡ',
      'photo.јрɡ',
      'photo.ｊｐｇ',
      'photo.jｐg',
      'photo.𝐣𝐩𝐠',
      'photo.𝚓𝚙𝚐',
      'photo.ⓙⓟⓖ',
      'photo.JРG',
    ],
  },
  {
    family: 'endings of programs in such letters',
    verdict: 'file_name .exe lookalike',
    names: ['photo.ехе', 'photo.eхe', 'photo.еxe', 'photo.exе', 'photo.ｅｘｅ', 'photo.𝐞𝐱𝐞', 'photo.jpg.ехе'],
  },
  {
    family: 'programs',
    verdict: 'file_active',
    names: PROGRAMS.flatMap((ending) => [`photo.jpg.${ending}`, `photo.${ending.toUpperCase()}`]).concat(
      ...['. .', '. ', ' ', '...', ' . . '].map((tail) => `photo.exe${tail}`),
      words('photo.php;.jpg photo.asp;a.jpg photo.exe:a.jpg photo.php%00.jpg photo.jsp:.jpg .bat .sh .exe'),
    ),
  },
  {
    family: 'pages',
    verdict: 'file_active page',
    names: words('photo.html photo.HTM photo.xhtml photo.shtml photo.mhtml photo.jpg.html .html photo.xht'),
  },
  {
    family: 'documents with macros',
    verdict: 'file_active macros',
    names: words('a.docm a.XLSM a.pptm a.dotm a.xltm a.xlam a.ppsm'),
  },
  {
    family: 'dots and spaces alone',
    verdict: 'file_name blank',
    names: ['.', '..', '...', ' ', '   ', '. .', '\u00a0', '\u3000'],
  },
  {
    family: 'longer than 200 characters',
    verdict: 'file_name 200',
    names: [
      `${'a'.repeat(197)}.jpg`,
      `${'a'.repeat(251)}.jpg`,
      `${'ä'.repeat(200)}.jpg`,
      `${'🙂'.repeat(197)}.jpg`,
      `${'a'.repeat(1000)}.jpg`,
    ],
  },
  {
    family: 'endings that no family has',
    verdict: 'file_type image/jpeg image/jpeg',
    names: ['photo.jpg:stream', 'photo.jpg%00', 'photo.jp g', 'photo.jpg.', 'photo.xyz'].filter(
      (name) => !/\.$|xyz/.test(name),
    ),
  },
  {
    family: 'markup, which is text to us',
    verdict: 'accepted',
    names: [
      '<img src=x onerror=alert(1)>.jpg',
      '<svg onload=alert(1)>.jpg',
      '"><b>.jpg',
      "'; DROP TABLE upload;--.jpg",
      `$\{alert(1)}.jpg`,
      '{{constructor}}.jpg',
      '`id`.jpg',
      '$(reboot).jpg',
      '-rf.jpg',
      '=1+1.jpg',
      '@SUM(1).jpg',
      '%s%n.jpg',
      '__proto__.jpg',
      'constructor.jpg',
      'javascript:alert(1).jpg',
      'a?b#c.jpg',
      '%2e%2e%2fa.jpg',
      'a&amp;b.jpg',
      'a"; filename="b.jpg',
      'a*|b.jpg',
    ],
  },
  {
    family: 'dots and spaces that Windows would cut off',
    verdict: 'accepted',
    names: [
      'photo.jpg.',
      'photo.jpg ',
      'photo.jpg. .',
      ' photo.jpg',
      '..photo.jpg',
      'photo..jpg',
      '.photo.jpg',
      '.jpg',
    ],
  },
  {
    family: 'wrong case and true double endings',
    verdict: 'accepted',
    names: [
      'PHOTO.JPG',
      'photo.JpG',
      'photo.tar.jpg',
      'photo.pdf.jpg',
      'index.html.jpg',
      'photo.exe.jpg',
      'v1.2.3.jpg',
      'console.jpg',
      'null.jpg',
      'com10.jpg',
    ],
  },
  {
    family: 'emoji, also joined and with tags',
    verdict: 'accepted',
    names: [
      '🙂.jpg',
      '👩\u200d🚀.jpg',
      '👨\u200d👩\u200d👧\u200d👦.jpg',
      '🏳\ufe0f\u200d🌈.jpg',
      '❤\ufe0f.jpg',
      '1\ufe0f\u20e3.jpg',
      '🇩🇪.jpg',
      '👍🏽.jpg',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}.jpg',
      `${'🙂'.repeat(196)}.jpg`,
    ],
  },
  {
    family: 'languages',
    verdict: 'accepted',
    names: [
      'Grüße.jpg',
      'Gru\u0308\u00dfe.jpg',
      'naïve café.jpg',
      'фото.jpg',
      '照片.jpg',
      '写真\u{e0100}.jpg',
      '사진.jpg',
      'صورة.jpg',
      'می\u200cخواهم.jpg',
      'תמונה\u200f.jpg',
      'चित्र.jpg',
      'क्\u200dष.jpg',
      'ภาพ.jpg',
      'Ảnh.jpg',
      'φωτογραφία.jpg',
      'ছবি.jpg',
      'நிழற்படம்.jpg',
      'İstanbul.jpg',
      'Łódź.jpg',
      'ŠĐČ.jpg',
      'ﷺ.jpg',
      'Z̸̨̛͚a̵͓͝l̷̫̈g̵̬̀o̸͉͐.jpg',
      '\uf8ff.jpg',
      '№ 5.jpg',
      '“quoted”.jpg',
      'a—b.jpg',
      'Bildschirmfoto 2026-11-22 um 10.30.12.jpg',
      'Screenshot 10:30.jpg',
    ],
  },
  {
    family: 'exactly 200 characters, and 255 bytes',
    verdict: 'accepted',
    names: [`${'a'.repeat(196)}.jpg`, `${'ä'.repeat(125)}a.jpg`, `${'照'.repeat(83)}aa.jpg`],
  },
];
