import { figure } from '../plural.ts';
import type { UploadWords } from '../upload-en.ts';
import { count, files, filesAlone, minutes, name } from './count.ts';
import { firstUploadAr } from './first.ts';

/** «ملف لا يمكن رفعه»، «3 ملفات لا يمكن رفعها». */
const cannot = (n: number): string =>
  count(n, {
    zero: '# ملف لا يمكن رفعه',
    one: 'ملف واحد لا يمكن رفعه',
    two: 'ملفان لا يمكن رفعهما',
    few: '# ملفات لا يمكن رفعها',
    many: '# ملفًا لا يمكن رفعها',
    other: '# ملف لا يمكن رفعها',
  });

/** «تعذّر رفع ملف واحد»: «لم يُرفع ملف واحد» قد تُقرأ «ولا ملف». */
const notUploaded = (n: number): string =>
  count(n, {
    zero: 'تعذّر رفع # ملف',
    one: 'تعذّر رفع ملف واحد',
    two: 'تعذّر رفع ملفين',
    few: 'تعذّر رفع # ملفات',
    many: 'تعذّر رفع # ملفًا',
    other: 'تعذّر رفع # ملف',
  });

const others = (n: number): string =>
  count(n, {
    zero: 'رفع الباقي',
    one: 'رفع الملف الآخر',
    two: 'رفع الملفين الآخرين',
    few: 'رفع الملفات الـ# الأخرى',
    many: 'رفع الباقي، # ملفًا',
    other: 'رفع الباقي، # ملف',
  });

const next = (n: number): string =>
  count(n, {
    zero: 'رفع الملفات التالية',
    one: 'رفع الملف التالي',
    two: 'رفع الملفين التاليين',
    few: 'رفع الملفات الـ# التالية',
    many: 'رفع التالي، # ملفًا',
    other: 'رفع التالي، # ملف',
  });

const notYet = (n: number): string =>
  count(n, {
    zero: 'بقي # ملف لم يُرفع بعد. ما زال على جهازك.',
    one: 'بقي ملف واحد لم يُرفع بعد. ما زال على جهازك.',
    two: 'بقي ملفان لم يُرفعا بعد. ما زالا على جهازك.',
    few: 'بقيت # ملفات لم تُرفع بعد. ما زالت على جهازك.',
    many: 'بقي # ملفًا لم تُرفع بعد. ما زالت على جهازك.',
    other: 'بقي # ملف لم تُرفع بعد. ما زالت على جهازك.',
  });

const unfinished = (n: number): string =>
  count(n, {
    zero: 'لديك # رفع لم يكتمل',
    one: 'لديك رفع واحد لم يكتمل',
    two: 'لديك ملفان لم يكتمل رفعهما',
    few: 'لديك # ملفات لم يكتمل رفعها',
    many: 'لديك # ملفًا لم يكتمل رفعها',
    other: 'لديك # ملف لم يكتمل رفعها',
  });

const doneOf = (done: number, n: number): string => `رُفع ${done} من ${files(n)}`;

const chooseThem = (n: number): string =>
  count(n, {
    zero: 'اخترها من جديد.',
    one: 'اختره من جديد.',
    two: 'اخترهما من جديد.',
    few: 'اخترها من جديد.',
    many: 'اخترها من جديد.',
    other: 'اخترها من جديد.',
  });

const chooseOthers = (n: number): string =>
  count(n, {
    zero: 'اختر الملفات الأخرى من جديد.',
    one: 'اختر الملف الآخر من جديد.',
    two: 'اختر الملفين الآخرين من جديد.',
    few: 'اختر الملفات الأخرى من جديد.',
    many: 'اختر الملفات الأخرى من جديد.',
    other: 'اختر الملفات الأخرى من جديد.',
  });

const leftDone = (n: number): string =>
  count(n, {
    zero: 'وصلت ملفات رفعك الأخير كلها، # ملف.',
    one: 'وصل ملف رفعك الأخير.',
    two: 'وصل ملفا رفعك الأخير كلاهما.',
    few: 'وصلت ملفات رفعك الأخير الـ# كلها.',
    many: 'وصلت ملفات رفعك الأخير كلها، # ملفًا.',
    other: 'وصلت ملفات رفعك الأخير كلها، # ملف.',
  });

export const uploadAr: UploadWords = {
  ...firstUploadAr,
  notUploadedYet: 'ارفع الملفات المختارة أولًا، أو أزلها',
  stillUploading: 'انتظر حتى يكتمل رفع ملفاتك',

  // أوقفها صاحبها
  pausedHeading: 'الرفع متوقف مؤقتًا',
  pausedText: (org) => `الرفع هنا متوقف مؤقتًا بقرار من ${name(org)}.`,
  checkAgain: 'تحقق مرة أخرى',
  closedHeading: 'أُغلق الرفع هنا',
  closedText: (date, org) => `أُغلق في ${date}. اسأل ${name(org)} إن بقي لديك ما ترسله.`,
  closedTextUndated: (org) => `اسأل ${name(org)} إن بقي لديك ما ترسله.`,

  opensNewPage: 'يفتح صفحة جديدة',
  openOwnPage: 'فتح في صفحة مستقلة',

  // الاختيار
  addMore: 'إضافة ملفات',
  dropToAdd: (n) => (n > 0 ? `أفلت لإضافة ${files(n)}` : 'أفلت لإضافة الملفات'),
  notAcceptedHere: (kinds) => `${kinds} غير مقبولة هنا`,

  // تسجيل الدخول
  signIn: 'تسجيل الدخول',
  signOut: 'تسجيل الخروج',
  signedInAs: (person) => `دخلت باسم ${name(person)}`,
  finishSignIn: 'أكمل تسجيل الدخول في النافذة الأخرى.',
  finishSignInTouch: 'أكمل تسجيل الدخول في علامة التبويب الجديدة، ثم عد إلى هنا.',
  showWindow: 'إظهار النافذة',
  blockedHeading: 'منع متصفحك نافذة تسجيل الدخول',
  blockedText: (hasFiles) => `افتحها بهذا الزر.${hasFiles ? ' ملفاتك باقية هنا.' : ''}`,
  openSignIn: 'فتح تسجيل الدخول',
  cutOffHeading: 'نافذة تسجيل الدخول لا تصل إلى هذه الصفحة',
  cutOffText: 'أغلقها وسجّل الدخول هنا. تذهب هذه الصفحة إلى تسجيل الدخول ثم تعود.',
  cutOffChooseAgain: 'بعدها اختر ملفاتك مرة أخرى.',
  cutOffFramed: 'أغلقها وتابع بطريقة أخرى.',
  signInHere: 'تسجيل الدخول في هذه الصفحة',
  leavingText: 'لحظة. يُفتح تسجيل الدخول في هذه الصفحة.',
  comingBackText: 'لحظة. يجري تسجيل دخولك.',
  useCode: 'استخدام رمز بدلًا من ذلك',
  codeHeading: 'سجّل الدخول في صفحة أخرى',
  codeOpen: 'افتح',
  codeEnter: 'أدخل',
  codeText: (until) => `تتابع هذه الصفحة من تلقاء نفسها. الرمز صالح حتى ${until}.`,
  codeComing: 'لحظة. يجري إعداد رمزك.',
  codeSpoken: (address, code) => `افتح ${address} وأدخل ${code}`,
  copyAddress: 'نسخ العنوان',
  inAppHeading: 'افتح هذه الصفحة في متصفحك',
  inAppText: 'أنت داخل تطبيق آخر لا يعمل فيه تسجيل الدخول. افتح قائمة التطبيق واختر «فتح في المتصفح»، أو انسخ العنوان.',
  copyPageAddress: 'نسخ عنوان الصفحة',
  goOn: 'متابعة',
  formWaits: 'يُرسل النموذج عندما يكتمل رفع ملفاتك.',
  doNotSendForm: 'لا ترسل بعد',
  formNotSentEither: 'لم يُرسل النموذج.',
  formNotSent: 'لم يُرسل النموذج لأن بعض الملفات لم يُرفع.',
  signInNotFinished: 'لم يكتمل تسجيل الدخول. لم يُرسل شيء.',
  notNow: 'ليس الآن',
  wrongAccountHeading: 'لا يمكن الرفع هنا بهذا الحساب',
  wrongAccountText: (person, org) => `دخلت باسم ${name(person)}. لم يحصل هذا الحساب على إذن من ${name(org)}.`,
  useAnotherAccount: 'استخدام حساب آخر',
  ask: (org) => `اسأل ${name(org)}`,
  contact: (org) => `التواصل مع ${name(org)}`,
  signInAgainHeading: 'سجّل الدخول مرة أخرى للمتابعة',
  signInAgainText: (done, n) => `انتهى دخولك حفاظًا على أمانك. ${doneOf(done, n)}، والباقي ينتظر هنا.`,
  finishLater: 'الإكمال لاحقًا',
  restNotKept: 'ما لم يكتمل لا يُحفظ. اختر هذه الملفات من جديد في المرة القادمة.',

  // مراجعة ما اختير
  sizeAndKind: (size, kind) => `${size}، ${kind}`,
  preparing: 'جارٍ التحضير',
  locationRemoved: 'أُزيل الموقع',
  madeSmaller: (size) => `صُغّر، وكان ${size}`,
  remove: 'إزالة',
  removeFile: (file) => `إزالة ${file}`,
  removed: (file) => `أُزيل ${file}.`,
  undo: 'تراجع',
  chosen: (n, size) => `${filesAlone(n)}، ${size}`,
  chosenSome: (n, size, refused) => `${filesAlone(n)}، ${size}. ${cannot(refused)}.`,
  upload: (n) => `رفع ${files(n)}`,
  uploadOther: others,
  removeRefused: (n) =>
    count(n, {
      zero: 'إزالتها',
      one: 'إزالة ذلك الملف',
      two: 'إزالة الملفين',
      few: 'إزالة # ملفات',
      many: 'إزالة # ملفًا',
      other: 'إزالة # ملف',
    }),
  allRefused: 'لا يمكن رفع أي من هذه الملفات',
  chooseOther: 'اختيار ملفات أخرى',
  overCount: (limit, n) => `يمكنك رفع ${files(limit)} في المرة. وقد اخترت ${n}.`,
  uploadFirst: (limit) =>
    count(limit, {
      zero: 'رفع أول الملفات',
      one: 'رفع الملف الأول',
      two: 'رفع أول ملفين',
      few: 'رفع أول # ملفات',
      many: 'رفع أول # ملفًا',
      other: 'رفع أول # ملف',
    }),
  chooseAgain: 'الاختيار من جديد',
  yetToCome: (n) =>
    `${filesAlone(n)} في الانتظار. يمكنك ${n === 1 ? 'رفعه' : n === 2 ? 'رفعهما' : 'رفعها'} بعد هذه الملفات.`,
  yetOnDevice: notYet,
  uploadNext: next,
  overTotal: (size, limit, rest) => `مجموع هذه الملفات ${size}. الحد ${limit}. أزل ${rest} أو أكثر.`,
  roomShort: (size, rest) => `تحتاج هذه الملفات إلى ${size}. المساحة المتاحة ${rest}.`,
  uploadFitting: (n) =>
    count(n, {
      zero: 'رفع ما يتسع له',
      one: 'رفع الملف المناسب',
      two: 'رفع ملفين يناسبان',
      few: 'رفع # ملفات تناسب',
      many: 'رفع # ملفًا تناسب',
      other: 'رفع # ملف تناسب',
    }),
  roomLeft: (rest) => `المساحة المتبقية لك ${rest}.`,
  almostFull: (rest) => `المساحة ممتلئة تقريبًا. المتبقي لك ${rest}.`,
  chooseLeaveOut: 'اختيار ما يُستبعد',
  personFullHeading: 'استخدمت كل مساحتك',
  personFullText: (org) => `ملفاتك ما زالت على جهازك. اطلب من ${name(org)} مساحة أكبر.`,
  appFullHeading: 'لا توجد مساحة لملفات أخرى الآن',
  appFullText: (org) => `ملفاتك ما زالت على جهازك. أُبلغ ${name(org)} بذلك.`,
  noFolders: 'المجلدات غير مقبولة هنا. اختر الملفات التي فيها.',
  readingFolder: (n) => `جارٍ البحث في المجلد. عُثر على ${files(n)}`,
  hiddenSkipped: (n) =>
    `${count(n, {
      zero: 'تُرك # ملف مخفي',
      one: 'تُرك ملف مخفي واحد',
      two: 'تُرك ملفان مخفيان',
      few: 'تُركت # ملفات مخفية',
      many: 'تُرك # ملفًا مخفيًا',
      other: 'تُرك # ملف مخفي',
    })}.`,
  screenshot: (time) => `لقطة شاشة ${time}`,
  wholeName: (file) => `إظهار الاسم كاملًا: ${file}`,

  // القوائم الطويلة
  agreeHeading: 'قبل الرفع',
  agreeNeeded: 'مطلوب للرفع',
  agreeChoice: 'الاختيار لك',
  agreeMeaning: 'ماذا يعني هذا',
  agreeMissing: (label) => `ضع علامة في المربع لبدء الرفع: ${label}`,
  agreeChanged: 'تغيّر هذا النص. اقرأه مرة أخرى قبل الرفع.',
  list: 'الملفات المختارة',
  filterAll: (n) => `الكل ${n}`,
  filterProblems: (n) => `المشكلات ${n}`,
  skipList: 'تخطي القائمة',

  // الإرسال
  uploading: doneOf,
  minutesLeft: (n) => (n < 1 ? 'بقيت أقل من دقيقة' : `الوقت الباقي: نحو ${minutes(n)}`),
  hoursLeft: (n) =>
    `الوقت الباقي: نحو ${count(n, {
      zero: '# ساعة',
      one: 'ساعة واحدة',
      two: 'ساعتين',
      few: '# ساعات',
      many: '# ساعة',
      other: '# ساعة',
    })}`,
  sentOf: (sent, total) => `${sent} من ${total}`,
  keepOpen: 'أبقِ هذه الصفحة مفتوحة.',
  keepOpenAwake: 'أبقِ هذه الصفحة مفتوحة. ستبقى شاشتك مضاءة.',
  waiting: 'في الانتظار',
  waitingForConnection: 'في انتظار الاتصال',
  waitingForSignIn: 'في انتظار تسجيل دخولك',
  finishing: 'جارٍ الإكمال',
  uploaded: 'اكتمل الرفع',
  uploadedSize: (size) => `اكتمل الرفع، ${size}`,
  cancel: 'إلغاء',
  cancelFile: (file) => `إلغاء ${file}`,
  cancelAll: 'إلغاء الكل',
  stopFile: (file) => `هل توقف ${file}؟ سيُحذف ما أُرسل منه.`,
  stopAll: 'هل توقف الرفع كله؟ سيُحذف ما أُرسل.',
  stop: 'إيقاف',
  keepGoing: 'مواصلة',
  pause: 'إيقاف مؤقت',
  pauseFile: (file) => `إيقاف مؤقت: ${file}`,
  pauseAll: 'إيقاف الكل مؤقتًا',
  carryOn: 'متابعة',
  carryOnFile: (file) => `متابعة ${file}`,
  allPausedHeading: 'متوقف مؤقتًا',
  allPausedText: (sent, total) => `أُرسل ${sent} من ${total}. لم يضع شيء.`,
  pausedAt: (sent, total) => `متوقف مؤقتًا، أُرسل ${sent} من ${total}`,
  tryNow: 'المحاولة الآن',
  offlineHeading: 'لا يوجد اتصال',
  offlineText: 'نتابع وحدنا حين يعود الاتصال. ما أُرسل محفوظ.',
  back: 'أوقف جهازك الرفع أثناء غيابك. نتابع الآن.',
  slow: 'الاتصال بطيء. ما زلنا نحاول.',
  busy: (wait) => `كثيرون يرفعون ملفات الآن. نتابع بعد ${wait}.`,
  lessThanAMinute: 'أقل من دقيقة',
  aboutMinutes: (n) => `نحو ${minutes(n)}`,

  noStorage: 'متصفحك لا يحفظ شيئًا هنا (نافذة خاصة). لا تغلق هذه الصفحة أثناء الرفع.',

  // من زيارة سابقة
  unfinishedSignIn: (n) => `${unfinished(n)}. سجّل الدخول لتراه.`,
  unfinishedHeading: unfinished,
  unfinishedText: 'اختر الملف نفسه مرة أخرى. لن يُرسل إلا الجزء الناقص.',
  unfinishedSentOn: (percent, date) => `أُرسل ${percent} في ${date}`,
  unfinishedSentAgo: (percent, ago) => `أُرسل ${percent} ${ago}`,
  leftAgo: (ago) => `توقف رفعك ${ago}.`,
  leftOn: (date) => `توقف رفعك في ${date}.`,
  leftArrived: (done, n) => {
    if (done === 0) return n === 1 ? 'لم يصل الملف.' : `لم يصل أي ملف من ${files(n)}.`;
    return `وصل ${figure('ar-u-nu-latn', done, 0)} من ${files(n)}.`;
  },
  leftChoose: (left, done) => (done === 0 ? chooseThem(left) : chooseOthers(left)),
  leftDone,
  hideThis: 'إخفاء هذا',
  chooseItAgain: 'اختياره من جديد',
  deleteSent: 'حذف ما أُرسل',
  deleteSentOf: (file) => `حذف ما أُرسل من ${file}`,
  deleteSentQuestion: (file) => `هل تحذف ما أُرسل من ${file}؟`,
  delete: 'حذف',
  keep: 'إبقاء',
  checkingSame: 'جارٍ التأكد من أنه الملف نفسه',
  notSame: 'ليس هذا الملف نفسه. اختر الملف الأصلي، أو ارفع هذا كملف جديد.',
  uploadAsNew: 'رفعه كملف جديد',
  renamed: 'المحتوى نفسه باسم جديد. نتابع.',
  onlyMissing: 'لن يُرسل إلا الجزء الناقص.',
  runningElsewhere: 'هذا الرفع جارٍ في علامة تبويب أخرى.',
  moveHere: 'نقله إلى هنا',
  tooOld: (kept) => `لم يكتمل في المهلة (${kept}) فحُذف. ارفعه من جديد.`,
  buttonFor: (button, file) => `${button}: ${file}`,

  // النهاية
  doneHeading: (n) => `تم رفع ${files(n)}`,
  doneText: (org, n) => `${n === 1 ? 'وصل الملف' : 'وصلت الملفات'} إلى ${name(org)}. يمكنك إغلاق هذه الصفحة.`,
  stillChecked: (n) => `ما زال فحص ${files(n)} جاريًا.`,
  someHeld: (n) => `${n > 2 && n < 11 ? 'احتُجزت' : 'احتُجز'} ${filesAlone(n)}.`,
  someStopped: (n) => `${n > 2 && n < 11 ? 'أُوقفت' : 'أُوقف'} ${filesAlone(n)}.`,
  virusCheckOpen: 'جارٍ الفحص بحثًا عن فيروسات. يمكنك إغلاق هذه الصفحة.',
  virusHeld: 'محتجز لفحص السلامة. لا يستطيع أحد فتحه الآن.',
  virusHeldWhy: (org) =>
    `يحدث هذا مع الملفات المحمية بكلمة مرور أو المضغوطة بعمق. أُبلغ ${name(org)} بذلك، وهو من يقرر.`,
  virusStopped: 'أُوقف. وجد فحص الفيروسات شيئًا ضارًا فيه. لا يستطيع أحد فتح هذا الملف.',
  virusStoppedWhy: 'افحص جهازك قبل أن ترسل ملفات إلى أي أحد.',
  doneInForm: (n) => (n === 1 ? 'أُضيف ملف واحد. يُرسل مع النموذج.' : `تمت إضافة ${files(n)}. تُرسل مع النموذج.`),
  yourReference: 'رقمك المرجعي',
  copy: 'نسخ',
  copied: 'تم النسخ',
  saveReceipt: 'حفظ الإيصال',
  sendToSomeone: 'إرسال إلى شخص',
  linksSent: 'الروابط التي أرسلتها',
  linksSentText: 'سجّل الدخول لترى ما صار إليها، ولتسحب رابطًا أو ترسل رابطًا جديدًا.',
  uploadInstead: 'العودة إلى الرفع',
  uploadMore: 'رفع ملفات أخرى',
  uploadOneMore: 'رفع ملف آخر',
  details: 'التفاصيل',
  technicalCopy: 'نسخة تقنية',
  fingerprint: 'البصمة (SHA-256)',
  fingerprintOfParts: (size) => `البصمة (SHA-256 لأجزاء حجمها ${size})`,
  partHeading: doneOf,
  partText: (left) => `${notUploaded(left)}. ${left === 1 ? 'ما زال' : left === 2 ? 'ما زالا' : 'ما زالت'} على جهازك.`,
  tryThose: (n) => `إعادة محاولة ${files(n)}`,
  tryAll: (n) => (n === 1 ? 'إعادة المحاولة' : `إعادة محاولة الكل، ${n}`),
  leaveOut: (n) => (n === 1 ? 'الاستغناء عنه' : 'الاستغناء عنها'),
  notDoneHeading: (n) => (n === 1 ? 'لم يُرفع الملف' : 'لم تُرفع الملفات'),
  notDoneText: (n) => (n === 1 ? 'ما زال على جهازك. لم يُحفظ شيء.' : 'ما زالت على جهازك. لم يُحفظ شيء.'),
  tryAgain: 'إعادة المحاولة',
  tryFileAgain: (file) => `إعادة محاولة ${file}`,
  copyDetails: 'نسخ التفاصيل',

  reference: (reference) => `الرقم المرجعي ${name(reference)}`,

  // المزيد عن ملفاتك
  whoGets: 'من يستلمها',
  why: 'لماذا',
  where: 'أين تُحفظ',
  howLong: 'إلى متى',
  howLongText: (kept) => `${kept}، ثم تُحذف`,
  virusCheck: 'الفحص من الفيروسات',
  virusCheckYes: 'نعم، قبل أن يفتحها أحد',
  virusCheckNo: 'لا',
  takeBack: 'استرجاعها',
  takeBackText: (contact) => `اسأل ${name(contact)}`,
  whySignIn: 'لماذا تسجّل الدخول',
  whySignInText: (org) => `ليُعرف لدى ${name(org)} ممن هي، ولا يراها أحد غيرهم`,
  tracking: 'هل يجري تتبعك هنا',
  trackingText: 'لا',
  help: 'مساعدة',

  // الإيصال
  receipt: 'إيصال',
  receiptSentence: (n, org) => `رفعت ${files(n)} إلى ${name(org)}`,
  receiptKept: (date, region) => `تُحفظ حتى ${date}، ثم تُحذف. المكان: ${name(region)}`,
  agreedTo: (label) => `وافقت على: ${label}`,
  agreedNotice: 'بصمة النص الذي وافقت عليه (SHA-256)',
  receiptFileName: (reference) => `إيصال-${reference}`,
  receiptNumber: 'رقم الرفع',
  receiptKey: 'مفتاح التوقيع',
  receiptProof: 'الإيصال الموقّع لكل ملف موجود في النسخة التقنية.',

  // ما يُقرأ بصوت
  added: (n, size) => `تمت إضافة ${files(n)}، ${size}.`,
  someRefused: (refused, n, file, why) => `${cannot(refused)}، من أصل ${n}: ${file}. ${why}`,
  manyRefused: (refused, n) => `${cannot(refused)}، من أصل ${n}. انظر القائمة.`,
  removedUndo: (file) => `أُزيل ${file}. يمكنك التراجع.`,
  signInOpened: 'فُتح تسجيل الدخول في نافذة جديدة.',
  sending: (n) => `جارٍ رفع ${files(n)}.`,
  quarterDone: 'اكتمل الربع.',
  halfDone: 'اكتمل النصف.',
  threeQuartersDone: 'اكتملت ثلاثة أرباع.',
  filePaused: (file) => `توقف ${file} مؤقتًا.`,
  fileCarriesOn: (file) => `نتابع ${file}.`,
  offlineSafe: 'لا يوجد اتصال. لم يضع شيء.',
  connectedAgain: 'عاد الاتصال. نتابع.',
  doneReference: (n, spelled) => `تم رفع ${files(n)}. رقمك المرجعي ${name(spelled)}.`,
  donePartly: (done, n) => `${doneOf(done, n)}. ${notUploaded(n - done)}.`,
};
