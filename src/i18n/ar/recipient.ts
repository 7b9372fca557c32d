import type { RecipientWords } from '../recipient-en.ts';
import { count, files, filesAlone, minutes } from './count.ts';

const tries = (n: number): string =>
  count(n, {
    zero: '# محاولة',
    one: 'محاولة واحدة',
    two: 'محاولتان',
    few: '# محاولات',
    many: '# محاولة',
    other: '# محاولة',
  });

export const recipientAr: RecipientWords = {
  loading: 'جارٍ التحميل',
  language: 'اللغة',
  tryAgain: 'إعادة المحاولة',
  contact: (org) => `التواصل مع ${org}`,
  reference: 'الرقم المرجعي',

  cutLink: {
    heading: 'جزء من الرابط ناقص',
    text: 'بعض برامج البريد تقطع الروابط أو تغيّرها. عد إلى الرسالة، وانسخ الرابط كاملًا، وألصقه هنا.',
    again: 'افتح الرابط من رسالتك مرة أخرى.',
    againHeading: 'لا تحتفظ هذه الصفحة بالرابط',
    field: 'الرابط',
    problem: 'جزء من هذا الرابط ناقص أيضًا. انسخه كاملًا من الرسالة.',
    open: 'فتح',
  },

  cover: {
    heading: (sender, n) => `وصلك من ${sender} ${filesAlone(n)}`,
    purpose: 'الغرض',
    from: 'من',
    fromText: (sender, address) => `${sender}، ${address}`,
    openUntil: 'متاح حتى',
    looking: (sender) => `النظر في هذه الصفحة لا يستهلك شيئًا، ولا يُبلغ ${sender} بذلك.`,
    why: (masked) => `قبل عرض الملفات نتأكد من أنك أنت. نرسل رمزًا إلى ${masked}.`,
    whyAccount: (masked) => `قبل عرض الملفات نتأكد من أنك أنت. سجّل الدخول بحساب ${masked}.`,
    send: 'إرسال الرمز إليّ',
    signIn: (provider) => `تسجيل الدخول عبر ${provider}`,
    signInInstead: (provider) => `تسجيل الدخول عبر ${provider} بدلًا من ذلك`,
    signInElsewhere: (provider, address) => `يمكنك تسجيل الدخول عبر ${provider} في الصفحة ${address}.`,
    openElsewhere: 'فتحها في علامة تبويب جديدة',
    notMine: 'هذا ليس لي',
    genuine: 'هل هذا حقيقي؟',
    genuineAsk: (sender, reference) =>
      `اسأل ${sender} عن الرقم المرجعي، برقم هاتف أو عنوان كان لديك من قبل. الرقم هو ${reference}.`,
    genuineAddress: (address) => `عنوان هذه الصفحة يبدأ بـ ${address}.`,
    genuineNever: 'لا نطلب أبدًا كلمة مرور أو دفعًا أو بيانات مصرفية.',
    inApp: 'أنت داخل تطبيق آخر، وقد لا يعمل التنزيل هنا. افتح هذه الصفحة في متصفحك أولًا.',
    copyLink: 'نسخ الرابط',
    copied: 'تم النسخ',
  },

  unavailable: {
    heading: 'عذرًا، هذا لا يعمل الآن',
    text: 'لم يُستهلك شيء. حاول مرة أخرى بعد بضع دقائق.',
    reload: 'إعادة تحميل الصفحة',
  },

  notMine: {
    heading: 'شكرًا لك',
    text: (sender) => `يُبلغ ${sender} بأن الرابط ربما وصل إلى شخص آخر. يمكنك إغلاق هذه الصفحة.`,
  },

  signingIn: {
    heading: 'سجّل الدخول في النافذة الأخرى',
    text: 'تتابع هذه الصفحة من تلقاء نفسها عند عودتك.',
    stop: 'رجوع',
    code: 'الحصول على رمز بالبريد',
    blocked: 'منع متصفحك نافذة تسجيل الدخول',
    blockedText: 'افتحها بهذا الزر. تتابع هذه الصفحة من تلقاء نفسها عند عودتك.',
    open: 'فتح تسجيل الدخول',
  },

  code: {
    heading: 'أدخل الرمز من رسالتك',
    sent: (masked, at, until) => `أرسلنا 8 أرقام إلى ${masked} الساعة ${at}. تعمل حتى الساعة ${until}.`,
    field: 'الرمز',
    continue: 'متابعة',
    noMail: 'لم تصل الرسالة بعد؟ انظر في البريد غير المرغوب.',
    noMailFor: (clock) => `لم تصل الرسالة بعد؟ انظر في البريد غير المرغوب، أو أرسل رمزًا جديدًا بعد ${clock}.`,
    newCodeIn: (clock) => `يمكنك إرسال رمز جديد بعد ${clock}.`,
    sendNew: 'إرسال رمز جديد',
    anotherAt: (time) => `يمكنك طلب رمز آخر الساعة ${time}.`,
  },

  locked: {
    heading: 'رموز خاطئة كثيرة',
    text: (time) => `حفاظًا على الأمان تتوقف الرموز حتى الساعة ${time}. يبقى الرابط مفتوحًا.`,
  },

  ask: {
    press: 'طلب رابط جديد',
    asked: (sender) => `أُبلغ ${sender} بطلبك. تصلك رسالة عندما يكون هناك رابط جديد.`,
  },

  decision: {
    full: 'قراءة الإشعار كاملًا',
    purposes: 'ما يمكنك الموافقة عليه أيضًا',
    yourChoice: 'الأمر لك',
    needed: 'لازم للقبول',
    details: 'التفاصيل',
    version: 'إصدار الإشعار',
    language: 'اللغة',
    fingerprint: 'بصمة هذا الإشعار (SHA-256)',
    acceptName: 'قبول واستلام الملفات',
    declineName: 'رفض وعدم استلام شيء',
    either: (sender, date) =>
      `يصل جوابك إلى ${sender} في الحالتين. يمكنك أيضًا المغادرة واتخاذ القرار لاحقًا، حتى ${date}.`,
    staleHeading: 'تغيّر شيء ما',
    stale: (org, what) => `تغيّر لدى ${org}: ${what}. اقرأه من جديد قبل أن تقرر.`,
    staleUnknown: 'اقرأه من جديد قبل أن تقرر.',
    staleParts: {
      sender: 'من يرسل الملفات',
      purpose: 'الغرض منها',
      files: 'الملفات',
      kept: 'مدة حفظ جوابك',
      seen: 'من يرى جوابك',
      choices: 'ما تُسأل عنه أيضًا',
      rest: 'تفاصيل أخرى',
    },
    showNew: 'عرض التفاصيل الجديدة',
    changed: 'تغيّر',
  },

  download: {
    heading: 'ملفاتك جاهزة',
    returning: (date) => `قبلت في ${date}.`,
    before: (date, n) => `نزّل متى شئت، حتى ${date}. بعد أن تبدأ لديك ${minutes(n)} في هذه الصفحة.`,
    stay: (time) => `ابقَ في هذه الصفحة. يمكنك التنزيل حتى الساعة ${time}. بعدها يُغلق الرابط.`,
    ending: (n) => `الوقت الباقي: ${minutes(n)}.`,
    endingSpoken: (n) => `الوقت الباقي للتنزيل: ${minutes(n)}.`,
    get: 'تنزيل',
    getAgain: 'إعادة التنزيل',
    getNamed: (file) => `تنزيل ${file}`,
    getAgainNamed: (file) => `إعادة تنزيل ${file}`,
    getAll: (n) => `تنزيل ${files(n)}`,
    ready: (size, kind) => `${size}، ${kind}`,
    receiving: (part, whole) => `${part} من ${whole}`,
    started: 'بدأ التنزيل. انظر في التنزيلات.',
    received: (size) => `وصل، ${size}. لم يتغيّر شيء في الطريق.`,
    differs: 'ما وصل ليس ما أُرسل، فلم يُحفظ. حاول مرة أخرى.',
    interrupted: 'توقف التنزيل.',
    check: 'فحص الملف',
    checkNamed: (file) => `فحص الملف: اختر ${file} من التنزيلات`,
    checking: 'جارٍ فحص الملف.',
    otherCopy: 'هذا ليس الملف الذي أُرسل. اختر الملف الصحيح أو نزّله مرة أخرى.',
    more: (n) => `تمديد ${minutes(n)}`,
    nothing: 'لم يحدث شيء؟ انظر في تنزيلات متصفحك.',
    over: 'انتهى وقت التنزيل',
    overText: 'إن نقص شيء فاطلب رابطًا جديدًا.',
  },

  receipt: {
    mail: 'إرسال الإيصال بالبريد',
    mailed: (masked) => `الإيصال في طريقه إلى ${masked}.`,
    save: 'حفظ الإيصال',
    withdraw: 'سحب الموافقة',
  },

  log: {
    open: 'ما سُجّل',
    what: 'ما حدث',
    when: 'متى',
    acts: {
      opened: 'فُتح الرابط',
      code_sent: 'أُرسل رمز',
      proven: 'أثبتّ أنك أنت',
      accepted: 'قبلت',
      declined: 'رفضت',
      withdrawn: 'سحبت موافقتك',
      downloaded: 'نزّلت',
      locked: 'أُوقفت الرموز',
    },
    kept: (period) => `مدة حفظ هذا: ${period}. يرى المرسل ما فعلته، ولا يرى أنك نظرت.`,
  },

  declined: {
    heading: 'رفضت الاستلام',
    text: (sender, date) => `أُبلغ ${sender} بذلك. لم تستلم شيئًا. غيّرت رأيك؟ ما زال بإمكانك القبول حتى ${date}.`,
    show: 'عرض التفاصيل مرة أخرى',
  },

  received: {
    heading: 'اكتمل كل شيء',
    text: (n, org, date) => `نزّلت ${files(n)} من ${org} في ${date}.`,
  },

  ended: {
    expired: 'لم يعد هذا الرابط مفتوحًا',
    expiredText: (date) => `كان مفتوحًا حتى ${date}.`,
    used: 'سبق استخدام هذا الرابط',
    usedText: (sender, date) => `استُلمت الملفات في ${date}. إن لم تكن أنت من استلمها فأخبر ${sender}.`,
    usedUndated: 'استُلمت الملفات. إن لم تكن أنت من استلمها فأخبر المرسل.',
    takenBack: 'سُحب هذا الرابط',
    takenBackText: (sender, date) => `أغلقه ${sender} في ${date}.`,
    notMe: 'لم أكن أنا',
    reported: (sender) => `أُبلغ ${sender} بذلك.`,
    withdrawn: (date) => `سحبت موافقتك في ${date}`,
    withdrawnText: 'لم يعد هذا الرابط يعمل.',
    renewed: 'هناك رابط أحدث',
    renewedText: (sender) => `أرسل إليك ${sender} رابطًا جديدًا. افتح الرابط الذي في أحدث رسالة.`,
    notFound: 'لا نعرف هذا الرابط',
    notFoundText: 'ربما كان ناقصًا أو قديمًا جدًا. افتحه من الرسالة مرة أخرى.',
    busy: (time) => `محاولات كثيرة من هنا. حاول مرة أخرى الساعة ${time}.`,
    busyHeading: 'انتظر لحظة',
  },

  withdraw: {
    heading: 'هل تسحب موافقتك؟',
    about: (sender, org, n) => `يتعلق الأمر بملفات أرسلها إليك ${sender} من ${org}. العدد: ${n}.`,
    why: (masked) => `نتأكد أولًا من أنك أنت. نرسل رمزًا إلى ${masked}.`,
    whyAccount: (masked) => `نتأكد أولًا من أنك أنت. سجّل الدخول بحساب ${masked}.`,
    text: (sender) => `يُبلغ ${sender} بذلك. يتوقف الرابط في الحال.`,
    deletes: (org) => `ويُحذف لدى ${org} عنوان بريدك وما يُحفظ عنك.`,
    files: 'الملفات التي حفظتها تبقى على جهازك.',
    mark: 'تبقى في السجل علامة من دون اسمك، كي لا يعيد أحد كتابته.',
    yes: 'سحب الموافقة',
    no: 'إبقاء الحال كما هو',
    done: 'سحبت موافقتك',
    doneText: (sender) => `أُبلغ ${sender} بذلك.`,
    eraseBy: (org, date) => `يُحذف لدى ${org} عنوان بريدك وما يُحفظ عنك حتى ${date}.`,
  },

  problems: {
    codeFormat: 'الرمز من 8 أرقام',
    codeWrong: (n) =>
      n === 1
        ? 'هذا الرمز غير مطابق. بقيت لك محاولة واحدة. تأكد من أنك تستخدم أحدث رسالة.'
        : `هذا الرمز غير مطابق. الباقي لك: ${tries(n)}.`,
    codeWrongUncounted: 'هذا الرمز غير مطابق. تأكد من أنك تستخدم أحدث رسالة.',
    codeEnded: 'لم يعد هذا الرمز يعمل.',
    codeOld: 'هذا الرمز قديم جدًا.',
    mailDown: 'لم تُرسل الرسالة. حاول مرة أخرى بعد بضع دقائق.',
    otherMailbox: 'لهذا الحساب عنوان غير العنوان الذي وصلته الرسالة. استخدم الحساب الصحيح، أو اطلب رمزًا.',
    windowUnopened: 'اضغط على التنزيل أولًا. عندها يبدأ الوقت.',
    windowExtended: 'مُددت المدة مرة من قبل. نزّل ما بقي قبل الوقت المبيّن.',
    notAPerson: 'لم يبدُ ذلك ضغطة من إنسان. اضغط الزر مرة أخرى.',
    notSaved: 'لم يُحفظ جوابك. لم يحدث شيء بعد. حاول مرة أخرى.',
    notEmbedded: 'جوابك يُحسب في صفحتنا نحن فقط. افتح فيها الرابط من رسالتك.',
    proofOver: 'غبت قليلًا، لذلك نتأكد مرة أخرى من أنك أنت. لم يضع شيء.',
    clock: 'ربما كانت ساعة جهازك غير مضبوطة. اضبطها تلقائيًا وحاول مرة أخرى.',
    purposeNeeded: 'ضع علامة في المربعات المطلوبة، أو ارفض.',
    signInLost: 'لم ينجح تسجيل الدخول. حاول مرة أخرى أو اطلب رمزًا.',
    filesGone: 'لم تعد هذه الملفات محفوظة. اسأل المرسل.',
    unreachable: 'لا يمكننا الوصول إلى الخدمة. لم يضع شيء. حاول مرة أخرى.',
    other: 'حدث خلل من جهتنا. لم يُستهلك شيء. حاول مرة أخرى.',
  },
};
