import type { FirstUploadWords } from '../upload-first-en.ts';
import { name } from './count.ts';

export const firstUploadAr: FirstUploadWords = {
  loading: 'جارٍ تحميل مربع الرفع',
  heading: 'رفع الملفات',
  switchedOff: 'الرفع متوقف في هذه الصفحة',
  testMode: (kept) => `وضع التجربة. مدة حفظ الملفات: ${kept}.`,
  oneDay: '24 ساعة',
  promise: (org, kept, region) => `تصل إلى ${name(org)}. مدة الحفظ: ${kept}، المكان: ${name(region)}.`,
  openPage: 'فتح صفحة الرفع',
  dropFiles: 'أفلت الملفات هنا، أو',
  dropFile: 'أفلت ملفًا هنا، أو',
  chooseFiles: 'اختيار ملفات',
  chooseFolder: 'اختيار مجلد',
  chooseFile: 'اختيار ملف',
  chooseFilesFirst: 'اختيار الملفات أولًا',
  takePhoto: 'التقاط صورة',
  hint: (families, max, count) => `${families}، حتى ${max} لكل ملف، العدد في المرة: ${count}`,
  hintOne: (families, max) => `${families}، حتى ${max}`,
  willSignIn: (provider, guests) =>
    `ستسجّل الدخول عبر ${name(provider)}${guests ? ' أو بالبريد الإلكتروني' : ''} قبل إرسال أي شيء.`,
  signInNow: 'تسجيل الدخول الآن',
  signInWith: (provider) => `الدخول عبر ${name(provider)}`,
  unavailableHeading: 'الرفع غير متاح هنا الآن',
  unavailableText: 'ملفاتك سليمة. حاول مرة أخرى لاحقًا.',
  notSecureHeading: 'لا يمكن الرفع بأمان من هذه الصفحة',
  openSecurePage: 'فتح الصفحة الآمنة',
  oldVersion: 'هذه الصفحة قديمة. أعد تحميلها.',
  reload: 'إعادة التحميل',
  more: 'المزيد عن ملفاتك',
  fileMissing: 'اختر ملفًا واحدًا على الأقل',
};
