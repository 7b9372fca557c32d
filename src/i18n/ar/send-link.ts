import type { SendLinkWords } from '../send-link-en.ts';
import { name } from './count.ts';

export const sendLinkAr: SendLinkWords = {
  heading: 'إرسال الملفات برابط',
  files: 'الملفات',
  filesProblem: 'اختر ملفًا واحدًا على الأقل',
  to: 'إلى',
  toHint: 'عنوان بريد واحد لكل شخص. يصل كل شخص رابط خاص به.',
  toProblem: `اكتب عنوان بريد إلكتروني مثل ${name('name@example.com')}`,
  toWrong: (text) => `«${text}» ليس عنوان بريد إلكتروني`,
  purpose: 'ما الغرض؟',
  purposeHint: 'يُقرأ هذا قبل فتح أي ملف. مثلًا: عقدك الموقّع',
  purposeProblem: 'اكتب الغرض',
  until: 'مدة الرابط',
  untilDate: (date) => `حتى ${date}`,
  proof: 'يثبت المستلم هويته برمز يُرسل إلى هذا العنوان.',
  send: 'إرسال الرابط',
  sent: (address) => `أُرسل الرابط إلى ${address}`,
  sentText: (date, from, reference) =>
    `يعمل حتى ${date}. أخبر المستلم أن رسالة ستصله من ${from}، ورقمها المرجعي ${reference}.`,
  done: 'تم',
  another: 'إرسال إلى شخص آخر',

  problems: {
    notAllowed: (org) => `لا يمكن لحسابك الإرسال إلى خارج ${name(org)}.`,
    busy: (time) => `روابط كثيرة دفعة واحدة. حاول مرة أخرى الساعة ${time}.`,
    busySoon: 'روابط كثيرة دفعة واحدة. حاول مرة أخرى بعد بضع دقائق.',
    signIn: 'انتهى تسجيل دخولك. لم يُرسل شيء. سجّل الدخول مرة أخرى، ثم أرسل الرابط.',
    filesGone: 'أحد هذه الملفات لم يعد محفوظًا. اختر الملفات الأخرى وحاول مرة أخرى.',
    mailDown: 'لم تُرسل الرسالة. حاول مرة أخرى بعد بضع دقائق.',
    unreachable: 'لا يمكننا الوصول إلى الخدمة. لم يُرسل شيء. حاول مرة أخرى.',
    other: 'حدث خلل من جهتنا. لم يُرسل شيء. حاول مرة أخرى.',
  },
};
