import type { Kind } from '../kinds.ts';
import type { ProblemWords, ProblemWordsFacts } from '../problems-en.ts';
import { minutes, name } from './count.ts';

const TIPS: Partial<Record<Kind, string>> = {
  photo: ' اختر نسخة أصغر.',
  image: ' اختر نسخة أصغر.',
  pdf: ' احفظه بصور أصغر.',
  video: ' أرسل مقطعًا أقصر.',
};

/** لماذا يُعد الملف برنامجًا. */
const ACTIVE: Readonly<Record<string, string>> = {
  macros: 'في هذا المستند وحدات ماكرو قد تشغّل برامج. احفظه من دونها.',
  page: 'هذه صفحة ويب، وقد تشغّل برامج. احفظها بصيغة PDF.',
  script: 'في هذا الرسم نص برمجي، فلا يُقبل. احفظه بصيغة PNG.',
  outside: 'هذا الرسم يحمّل ملفات من مواقع أخرى. احفظه بصيغة PNG.',
  unseen: 'هذا الرسم أطول من أن يُفحص. احفظه بصيغة PNG.',
  inside: 'في هذا الملف برنامج مخفي. افتحه واحفظه من جديد، ثم اختر النسخة.',
};

const NAMES: Readonly<Record<string, string>> = {
  blank: 'ليس في الاسم حروف. غيّر اسم الملف.',
  path: 'في الاسم شرطة مائلة. غيّره.',
  reserved: 'هذا الاسم محجوز لنظام Windows. غيّر اسم الملف.',
};

const elsewhere = 'الرفع غير متاح هنا الآن.';
const unreachable = ({ hasFiles }: ProblemWordsFacts): string =>
  `لا يمكننا الوصول إلى الخدمة.${hasFiles ? ' ملفاتك محفوظة على جهازك.' : ''} حاول مرة أخرى بعد بضع دقائق.`;
const ours = ({ hasFiles }: ProblemWordsFacts): string =>
  `حدث خلل من جهتنا. ${hasFiles ? 'ملفاتك ما زالت على جهازك.' : 'حاول مرة أخرى.'}`;
const noRoom = ({ size }: ProblemWordsFacts): string => (size ? `${size}. لا مساحة كافية له.` : 'لم تبق مساحة.');
const signInAgain = ({ hasFiles }: ProblemWordsFacts): string =>
  `سجّل الدخول مرة أخرى.${hasFiles ? ' ملفاتك باقية هنا.' : ''}`;
const sizes = (width: string, height: string): string => name(`${width}\u00a0×\u00a0${height}`);
const clockMayBeOff = 'ربما كانت ساعة جهازك غير مضبوطة. اضبطها تلقائيًا وحاول مرة أخرى.';

export const problemsAr: ProblemWords = {
  // ملف واحد
  file_type: (p) => {
    const what = p.isKindAccepted || p.kind === 'file' ? 'هذا النوع من الملفات غير مقبول' : `${p.kinds} غير مقبولة`;
    return `${what} هنا. اختر ${p.families}.`;
  },
  file_heic: () => 'صورة iPhone ‏(HEIC) غير مقبولة هنا. اختر في iPhone «الخيارات»، ثم «الأكثر توافقًا».',
  file_mismatch: (p) => {
    if (p.why === 'inside' && p.foundA) return `يخفي هذا الملف ${p.foundA}. احفظه من جديد واختر النسخة.`;
    return p.namedEnding && p.foundA
      ? `ينتهي اسمه بـ ${name(p.namedEnding)} لكنه ${p.foundA}. احفظه بالصيغة الصحيحة، أو اطلب الملف الصحيح.`
      : 'اسم الملف ومحتواه لا يتطابقان. اطلب الملف الصحيح.';
  },
  file_active: (p) => ACTIVE[p.why ?? ''] ?? 'قد يشغّل هذا الملف برامج، فلا يُقبل.',
  file_large: (p) =>
    `${p.size && p.limit ? `الحجم ${p.size} أكبر من الحد ${p.limit}.` : 'هذا الملف كبير جدًا.'}${TIPS[p.kind] ?? ''}`,
  file_small: (p) => {
    if (p.width && p.height && p.limitCount) {
      return `مقاس هذه الصورة ${sizes(p.width, p.height)}. المطلوب ${sizes(p.limitCount, p.limitCount)} على الأقل.`;
    }
    return p.size && p.limit ? `حجم هذا الملف ${p.size}. المطلوب ${p.limit} على الأقل.` : 'هذا الملف صغير جدًا.';
  },
  file_dimensions: (p) => {
    if (!p.width || !p.height || !p.limitCount) {
      return 'لا يمكننا معرفة مقاس هذه الصورة. افتحها واحفظها من جديد، ثم اختر النسخة.';
    }
    const limit = p.why === 'pixels' ? `${p.limitCount} بكسل` : sizes(p.limitCount, p.limitCount);
    return `مقاس هذه الصورة ${sizes(p.width, p.height)}. الحد ${limit}. اختر نسخة أصغر.`;
  },
  file_metadata: () => 'لا يمكن إزالة الموقع من هذه الصورة بأمان. التقط صورة للشاشة واخترها.',
  file_empty: () => 'هذا الملف فارغ. افتحه للتأكد، ثم اختره من جديد.',
  file_unreadable: () => 'لا يمكن فتح هذا الملف. ربما نُقل من مكانه. اختره من جديد.',
  file_changed: () => 'تغيّر هذا الملف بعد أن اخترته. اختره من جديد.',
  file_name: (p) => {
    if (p.limitCount) return `الاسم طويل جدًا. أكبر عدد من الأحرف: ${p.limitCount}.`;
    if (p.why === 'lookalike' && p.namedEnding) {
      return `نهاية الاسم تشبه ${name(p.namedEnding)} وليست هي. غيّر اسم الملف.`;
    }
    return NAMES[p.why ?? ''] ?? 'في الاسم رموز لا تُرى. غيّره.';
  },
  file_duplicate: () => 'سبق أن اخترت هذا الملف.',
  folder: () => 'المجلدات غير مقبولة هنا. اختر الملفات التي فيها.',
  damaged: () => 'لم يصل الملف سليمًا. جرّب شبكة أخرى.',
  not_stored_yet: () => 'لم يصل الملف بعد. حاول مرة أخرى بعد لحظات.',
  upload_over: () => 'استغرق هذا وقتًا طويلًا فحُذف. ارفع الملف من جديد.',
  grant_refused: () => 'لم يُرفع الملف. حاول مرة أخرى بعد بضع دقائق.',
  cancelled: () => 'أوقفت رفع هذا الملف.',
  consent_needed: () => 'ضع علامة في المربعات المطلوبة، ثم ابدأ الرفع.',
  notice_stale: () => 'تغيّر هذا النص. اقرأه من جديد قبل الرفع.',

  // الملفات معًا، والمساحة
  too_many: (p) => (p.limitCount ? `أكبر عدد من الملفات في المرة: ${p.limitCount}.` : 'عدد الملفات كبير. اختر أقل.'),
  total_large: (p) =>
    p.limit ? `مجموع هذه الملفات أكبر من ${p.limit}. اختر أقل.` : 'مجموع هذه الملفات كبير جدًا. اختر أقل.',
  person_full: noRoom,
  app_full: noRoom,
  slow_down: () => 'كثيرون يرفعون ملفات الآن. حاول مرة أخرى بعد لحظات.',

  // صاحب الملفات
  sign_in_needed: () => 'سجّل الدخول لترفع الملفات.',
  sign_in_ended: signInAgain,
  sign_in_refused: (p) => `لم يسمح ${name(p.provider)} بدخولك. اسأل ${name(p.org)} إن كان الدخول متاحًا لك.`,
  sign_in_mixed: () => 'جاء الجواب من مكان غير متوقع. لم يُرسل شيء. حاول مرة أخرى.',
  sign_in_lost: () => 'طال تسجيل الدخول أو فُتح مرتين. حاول مرة أخرى.',
  sign_in_cancelled: () => 'لم يكتمل تسجيل الدخول. لم يُرسل شيء.',
  sign_in_timeout: () => 'لم يكتمل تسجيل الدخول. لم يُرسل شيء.',
  sign_in_unkept: () => 'متصفحك لا يحفظ شيئًا لهذه الصفحة. سجّل الدخول في نافذة جديدة.',
  stronger_sign_in: (p) => `يطلب ${name(p.provider)} تأكيدًا آخر منك لهذه الخطوة.`,
  popup_blocked: () => 'منع متصفحك نافذة تسجيل الدخول',
  proof_refused: () => clockMayBeOff,
  clock: (p) =>
    p.minutes === undefined
      ? clockMayBeOff
      : `تختلف ساعة جهازك عن الوقت الصحيح بمقدار ${minutes(p.minutes)}. اضبطها تلقائيًا وحاول مرة أخرى.`,
  proof_nonce: signInAgain,
  not_allowed: (p) => `لم يحصل هذا الحساب على إذن من ${name(p.org)}.`,

  // الطريق إلى هناك
  offline: () => 'لا يوجد اتصال. حاول مرة أخرى حين يعود.',
  store_unreachable: (p) => `شيء ما بينك وبين ${name(p.org)} يمنع الرفع. قد تفيد شبكة أخرى.`,
  store_down: unreachable,
  broker_down: unreachable,
  broker_unexpected: ours,
  internal: ours,
  bad_request: ours,
  body_large: ours,
  not_found: ours,
  elsewhere: () => 'هذا الرفع جارٍ في علامة تبويب أخرى.',
  idempotency_busy: () => 'هذا الملف يُرفع الآن. حاول مرة أخرى بعد لحظات.',
  idempotency_mismatch: ours,
  blocked_page: () => elsewhere,
  bucket_unsafe: () => elsewhere,
  app_unknown: () => elsewhere,
  origin_not_allowed: () => elsewhere,
  app_paused: (p) => `الرفع هنا متوقف مؤقتًا بقرار من ${name(p.org)}.`,
  app_closed: (p) => `أُغلق الرفع هنا. اسأل ${name(p.org)} إن بقي لديك ما ترسله.`,
  old_version: () => 'هذه الصفحة قديمة. أعد تحميلها.',
};
