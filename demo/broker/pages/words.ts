import type { Lang } from '../../base/page.ts';
import { languageOf } from '../../base/page-language.ts';
import type { Ctx } from '../../context/env.ts';

/** What our own pages say around the elements, which bring words of their own. */
export const PAGE_WORDS = {
  en: {
    upload: 'Upload files',
    uploadNeedsScript: 'This page needs JavaScript to upload files safely.',
    files: 'Files for you',
    filesNeedScript: 'This page needs JavaScript to check that it is you. Nothing has been used up.',
    help: 'Help',
    problem: {
      notFound: 'There is no page at this address',
      checkAddress: 'Check the address, or ask whoever gave it to you.',
      unavailable: 'This is not available here right now',
      later: 'Try again in a few minutes.',
    },
    stop: {
      heading: 'Stop emails from this sender?',
      from: 'From:',
      to: 'To:',
      what: 'You get no more links from this app by email. A link you have already goes on working, and you can still ask for a code or withdraw.',
      press: 'Stop these emails',
      done: 'You get no more of these emails',
      doneText: 'Whoever wants to send you files is told that this address does not want emails.',
      undo: 'Allow them again',
      unknown: 'We do not know this link',
      unknownText: 'It may be incomplete, or very old. Open it from the email again.',
      problem: 'This does not work right now. Try again in a few minutes.',
      loading: 'Loading',
      needsScript: 'This page needs JavaScript. Nothing has been changed.',
    },
  },
  de: {
    upload: 'Dateien hochladen',
    uploadNeedsScript: 'Diese Seite braucht JavaScript, um Dateien sicher hochzuladen.',
    files: 'Dateien für Sie',
    filesNeedScript: 'Diese Seite braucht JavaScript, um zu prüfen, ob Sie es sind. Nichts ist verbraucht.',
    help: 'Hilfe',
    problem: {
      notFound: 'Unter dieser Adresse gibt es keine Seite',
      checkAddress: 'Prüfen Sie die Adresse, oder fragen Sie, wer sie Ihnen gegeben hat.',
      unavailable: 'Das gibt es hier gerade nicht',
      later: 'Versuchen Sie es in ein paar Minuten noch einmal.',
    },
    stop: {
      heading: 'Keine E-Mails mehr von diesem Absender?',
      from: 'Von:',
      to: 'An:',
      what: 'Sie bekommen von dieser App keine Links mehr per E-Mail. Ein Link, den Sie schon haben, geht weiter; einen Code anfordern oder widerrufen können Sie auch.',
      press: 'Keine E-Mails mehr',
      done: 'Sie bekommen diese E-Mails nicht mehr',
      doneText: 'Wer Ihnen Dateien senden möchte, erfährt, dass diese Adresse keine E-Mails möchte.',
      undo: 'Wieder erlauben',
      unknown: 'Diesen Link kennen wir nicht',
      unknownText: 'Er ist vielleicht unvollständig oder sehr alt. Öffnen Sie ihn noch einmal aus der E-Mail.',
      problem: 'Das geht gerade nicht. Versuchen Sie es in ein paar Minuten noch einmal.',
      loading: 'Wird geladen',
      needsScript: 'Diese Seite braucht JavaScript. Nichts wurde geändert.',
    },
  },
  ar: {
    upload: 'رفع الملفات',
    uploadNeedsScript: 'تحتاج هذه الصفحة إلى JavaScript لرفع الملفات بأمان.',
    files: 'ملفات لك',
    filesNeedScript: 'تحتاج هذه الصفحة إلى JavaScript للتأكد من أنك أنت. لم يُستهلك شيء.',
    help: 'مساعدة',
    problem: {
      notFound: 'لا توجد صفحة في هذا العنوان',
      checkAddress: 'تحقق من العنوان، أو اسأل من أعطاك إياه.',
      unavailable: 'هذا غير متاح هنا الآن',
      later: 'حاول مرة أخرى بعد بضع دقائق.',
    },
    stop: {
      heading: 'هل توقف الرسائل من هذا المرسل؟',
      from: 'من:',
      to: 'إلى:',
      what: 'لن تصلك روابط أخرى من هذا التطبيق بالبريد. الرابط الذي لديك يبقى يعمل، ويمكنك طلب رمز أو سحب موافقتك.',
      press: 'إيقاف هذه الرسائل',
      done: 'لن تصلك هذه الرسائل بعد الآن',
      doneText: 'من يريد إرسال ملفات إليك يُبلغ بأن هذا العنوان لا يريد رسائل.',
      undo: 'السماح بها من جديد',
      unknown: 'لا نعرف هذا الرابط',
      unknownText: 'ربما كان ناقصًا أو قديمًا جدًا. افتحه من الرسالة مرة أخرى.',
      problem: 'هذا لا يعمل الآن. حاول مرة أخرى بعد بضع دقائق.',
      loading: 'جارٍ التحميل',
      needsScript: 'تحتاج هذه الصفحة إلى JavaScript. لم يتغير شيء.',
    },
  },
} as const satisfies Record<Lang, unknown>;

export function pageWords(c: Ctx): { readonly lang: Lang; readonly words: (typeof PAGE_WORDS)[Lang] } {
  const lang = languageOf(c);
  return { lang, words: PAGE_WORDS[lang] };
}
