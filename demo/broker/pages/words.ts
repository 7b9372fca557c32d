import type { Lang } from '../../base/page.ts';
import { languageOf } from '../../base/page-language.ts';
import type { Ctx } from '../../context/env.ts';

/** What our own pages say around the elements, which bring words of their own. */
const WORDS = {
  en: {
    upload: 'Upload files',
    uploadNeedsScript: 'This page needs JavaScript to upload files safely.',
    files: 'Files for you',
    filesNeedScript: 'This page needs JavaScript to check that it is you. Nothing has been used up.',
    help: 'Help',
  },
  de: {
    upload: 'Dateien hochladen',
    uploadNeedsScript: 'Diese Seite braucht JavaScript, um Dateien sicher hochzuladen.',
    files: 'Dateien für Sie',
    filesNeedScript: 'Diese Seite braucht JavaScript, um zu prüfen, ob Sie es sind. Nichts ist verbraucht.',
    help: 'Hilfe',
  },
  ar: {
    upload: 'رفع الملفات',
    uploadNeedsScript: 'تحتاج هذه الصفحة إلى JavaScript لرفع الملفات بأمان.',
    files: 'ملفات لك',
    filesNeedScript: 'تحتاج هذه الصفحة إلى JavaScript للتأكد من أنك أنت. لم يُستهلك شيء.',
    help: 'مساعدة',
  },
} as const satisfies Record<Lang, unknown>;

export function pageWords(c: Ctx): { readonly lang: Lang; readonly words: (typeof WORDS)[Lang] } {
  const lang = languageOf(c);
  return { lang, words: WORDS[lang] };
}
