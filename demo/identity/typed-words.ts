import type { Lang } from '../base/page.ts';

/** What the page says on which the code of another page is typed. Pairs stand around a name. */
const EN = {
  title: 'Sign in with a code',
  label: 'Enter the code that your upload page shows',
  go: 'Continue',
  to: ['Upload to ', ''],
  site: ['You sign in for the page at ', '. It can then upload in your name.'],
  unknown: 'an unknown address',
  care: 'Go on only if you opened that page yourself and it shows this code. If somebody gave you the code, stop here.',
  yes: 'Yes, sign in',
  wrong: 'This code does not work. Look at your upload page: it shows the code that does.',
  slow: 'Too many codes were tried. Try again in a minute.',
  down: 'We cannot reach the service. Try again.',
};

const DE: typeof EN = {
  title: 'Mit einem Code anmelden',
  label: 'Geben Sie den Code ein, den Ihre Upload-Seite zeigt',
  go: 'Weiter',
  to: ['An ', ' senden'],
  site: ['Sie melden sich für die Seite auf ', ' an. Sie kann dann in Ihrem Namen hochladen.'],
  unknown: 'einer unbekannten Adresse',
  care: 'Gehen Sie nur weiter, wenn Sie diese Seite selbst geöffnet haben und sie diesen Code zeigt. Hat Ihnen jemand den Code gegeben, hören Sie hier auf.',
  yes: 'Ja, anmelden',
  wrong: 'Dieser Code gilt nicht. Sehen Sie auf Ihre Upload-Seite: Dort steht der Code, der gilt.',
  slow: 'Es wurden zu viele Codes versucht. Versuchen Sie es in einer Minute noch einmal.',
  down: 'Wir erreichen den Dienst nicht. Versuchen Sie es noch einmal.',
};

const AR: typeof EN = {
  title: 'تسجيل الدخول برمز',
  label: 'أدخل الرمز الذي تعرضه صفحة الرفع',
  go: 'متابعة',
  to: ['الرفع إلى ', ''],
  site: ['تسجّل الدخول للصفحة على ', '. يمكنها بعد ذلك الرفع باسمك.'],
  unknown: 'عنوان غير معروف',
  care: 'تابع فقط إن فتحت تلك الصفحة بنفسك وكانت تعرض هذا الرمز. إن أعطاك أحد الرمز فتوقف هنا.',
  yes: 'نعم، سجّل الدخول',
  wrong: 'هذا الرمز لا يعمل. انظر إلى صفحة الرفع: فيها الرمز الصحيح.',
  slow: 'جُرّبت رموز كثيرة جدًا. حاول مرة أخرى بعد دقيقة.',
  down: 'لا يمكننا الوصول إلى الخدمة. حاول مرة أخرى.',
};

export const TYPED_WORDS: Readonly<Record<Lang, typeof EN>> = { en: EN, de: DE, ar: AR };
