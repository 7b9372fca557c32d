import type { Lang } from '../base/page.ts';

/** A name inside a sentence of another direction. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** What the sign-in pages say. `at` is a moment that the page writes in the person's own zone. */
const EN = {
  start: {
    title: 'Sign in',
    wait: 'One moment.',
    lost: 'This window cannot sign you in',
    lostText: 'Close it and go back to the page with the upload box. It shows another way.',
  },
  choose: {
    title: 'How do you want to sign in?',
    why: (org: string) => `${org} asks who you are before anything is sent.`,
    where: (site: string) => `You came from ${site}`,
    with: (provider: string) => `Sign in with ${provider}`,
    guest: 'Go on without an account',
    guestHow: 'We email you a code.',
    silent: (provider: string) => `${provider} did not answer. Try again in a moment, or sign in another way.`,
    more: (provider: string) => `For this step ${provider} asks you to confirm once more.`,
  },
  address: {
    title: 'Go on without an account',
    why: (org: string) =>
      `We email you a code to check that the address is yours. ${org} sees the address with what you send.`,
    label: 'Email address',
    agree: 'I have read this and agree',
    send: 'Send me the code',
    back: 'Sign in another way',
    wrong: 'Check the address. It should look like name@example.com.',
    unread: 'Tick the box first, if you agree.',
    limit: 'Too many codes were asked for. You can ask for another one at ',
  },
  code: {
    title: 'Enter the code from your email',
    sent: ['We sent 8 digits to ', '. They work until ', '.'],
    label: 'Code',
    go: 'Continue',
    none: 'No email yet? Look in spam, or send a new code.',
    next: 'You can ask for another code at ',
    again: 'Send a new code',
    other: 'Use another address',
    format: 'The code has 8 digits',
    miss: (left: number) =>
      left === 1
        ? 'That code does not match. You have 1 try left. Check that you use the newest email.'
        : `That code does not match. You have ${left} tries left.`,
    used: 'That code no longer works. Send a new code.',
    old: 'That code is too old. Send a new code.',
  },
  locked: {
    title: 'Too many wrong codes',
    text: 'For your safety, this address gets no code until ',
  },
  lost: {
    title: 'The sign-in took too long or was opened twice',
    text: 'Nothing was sent. Close this window and press “Sign in” again in the upload box.',
  },
  refused: {
    title: 'You were not let in',
    text: 'Close this window. In the upload box you can use another account. Ask the organisation if you should have access.',
  },
  parked: {
    title: 'Signed in',
    text: 'You can close this window and go back to your upload.',
  },
  elsewhere: {
    title: 'You are signed in',
    text: 'Go back to the page that showed you the code. It carries on by itself.',
  },
  cancelled: {
    title: 'Sign-in cancelled',
    text: 'You can close this window.',
  },
  leave: { title: 'Sign out of uploading?', text: 'To stay signed in, close this window.', yes: 'Sign out' },
  left: { title: 'You are signed out', text: 'You can close this window.' },
};

export type SignInWords = typeof EN;

const DE: SignInWords = {
  start: {
    title: 'Anmelden',
    wait: 'Einen Moment.',
    lost: 'Dieses Fenster kann Sie nicht anmelden',
    lostText: 'Schließen Sie es und gehen Sie zurück zur Seite mit dem Upload-Feld. Dort steht ein anderer Weg.',
  },
  choose: {
    title: 'Wie möchten Sie sich anmelden?',
    why: (org) => `${org} fragt, wer Sie sind, bevor etwas gesendet wird.`,
    where: (site) => `Sie kommen von ${site}`,
    with: (provider) => `Mit ${provider} anmelden`,
    guest: 'Ohne Konto weiter',
    guestHow: 'Wir senden Ihnen einen Code per E-Mail.',
    silent: (provider) =>
      `${provider} hat nicht geantwortet. Versuchen Sie es gleich noch einmal, oder melden Sie sich anders an.`,
    more: (provider) => `Für diesen Schritt bittet ${provider} Sie um eine weitere Bestätigung.`,
  },
  address: {
    title: 'Ohne Konto weiter',
    why: (org) =>
      `Wir senden Ihnen einen Code, um zu prüfen, ob die Adresse Ihre ist. ${org} sieht die Adresse bei dem, was Sie senden.`,
    label: 'E-Mail-Adresse',
    agree: 'Ich habe das gelesen und bin einverstanden',
    send: 'Code senden',
    back: 'Anders anmelden',
    wrong: 'Prüfen Sie die Adresse. Sie sollte aussehen wie name@example.com.',
    unread: 'Setzen Sie zuerst das Häkchen, wenn Sie einverstanden sind.',
    limit: 'Es wurden zu viele Codes angefragt. Einen neuen gibt es ab ',
  },
  code: {
    title: 'Geben Sie den Code aus Ihrer E-Mail ein',
    sent: ['Wir haben 8 Ziffern an ', ' gesendet. Sie gelten bis ', '.'],
    label: 'Code',
    go: 'Weiter',
    none: 'Keine E-Mail? Sehen Sie im Spam nach, oder senden Sie einen neuen Code.',
    next: 'Einen neuen Code gibt es ab ',
    again: 'Neuen Code senden',
    other: 'Andere Adresse verwenden',
    format: 'Der Code hat 8 Ziffern',
    miss: (left) =>
      left === 1
        ? 'Dieser Code stimmt nicht. Sie haben noch 1 Versuch. Prüfen Sie, ob Sie die neueste E-Mail verwenden.'
        : `Dieser Code stimmt nicht. Sie haben noch ${left} Versuche.`,
    used: 'Dieser Code gilt nicht mehr. Senden Sie einen neuen Code.',
    old: 'Dieser Code ist zu alt. Senden Sie einen neuen Code.',
  },
  locked: {
    title: 'Zu viele falsche Codes',
    text: 'Zur Sicherheit gibt es für diese Adresse keine Codes bis ',
  },
  lost: {
    title: 'Die Anmeldung dauerte zu lange oder war zweimal offen',
    text: 'Nichts wurde gesendet. Schließen Sie dieses Fenster und drücken Sie im Upload-Feld noch einmal auf „Anmelden“.',
  },
  refused: {
    title: 'Sie wurden nicht eingelassen',
    text: 'Schließen Sie dieses Fenster. Im Upload-Feld können Sie ein anderes Konto verwenden. Fragen Sie die Organisation, ob Sie Zugang haben sollten.',
  },
  parked: {
    title: 'Angemeldet',
    text: 'Sie können dieses Fenster schließen und zu Ihrem Upload zurückgehen.',
  },
  elsewhere: {
    title: 'Sie sind angemeldet',
    text: 'Gehen Sie zurück zu der Seite, die Ihnen den Code gezeigt hat. Sie macht von selbst weiter.',
  },
  cancelled: {
    title: 'Anmeldung abgebrochen',
    text: 'Sie können dieses Fenster schließen.',
  },
  leave: {
    title: 'Vom Hochladen abmelden?',
    text: 'Um angemeldet zu bleiben, schließen Sie dieses Fenster.',
    yes: 'Abmelden',
  },
  left: { title: 'Sie sind abgemeldet', text: 'Sie können dieses Fenster schließen.' },
};

const AR: SignInWords = {
  start: {
    title: 'تسجيل الدخول',
    wait: 'لحظة واحدة.',
    lost: 'لا يمكن لهذه النافذة تسجيل دخولك',
    lostText: 'أغلقها وعُد إلى الصفحة التي فيها مربع الرفع. ستجد هناك طريقة أخرى.',
  },
  choose: {
    title: 'كيف تريد تسجيل الدخول؟',
    why: (org) => `تسأل ${isolated(org)} من أنت قبل إرسال أي شيء.`,
    where: (site) => `جئت من ${isolated(site)}`,
    with: (provider) => `تسجيل الدخول عبر ${isolated(provider)}`,
    guest: 'المتابعة من دون حساب',
    guestHow: 'نرسل إليك رمزًا بالبريد الإلكتروني.',
    silent: (provider) => `لم يُجب ${isolated(provider)}. حاول مرة أخرى بعد قليل، أو سجّل الدخول بطريقة أخرى.`,
    more: (provider) => `لهذه الخطوة يطلب منك ${isolated(provider)} التأكيد مرة أخرى.`,
  },
  address: {
    title: 'المتابعة من دون حساب',
    why: (org) => `نرسل إليك رمزًا للتأكد من أن العنوان لك. ترى ${isolated(org)} العنوان مع ما ترسله.`,
    label: 'البريد الإلكتروني',
    agree: 'قرأت هذا وأوافق',
    send: 'أرسل إليّ الرمز',
    back: 'تسجيل الدخول بطريقة أخرى',
    wrong: `تحقق من العنوان. يكون مثل ${isolated('name@example.com')}.`,
    unread: 'ضع علامة في المربع أولًا إن كنت توافق.',
    limit: 'طُلبت رموز كثيرة جدًا. يمكنك طلب رمز آخر في ',
  },
  code: {
    title: 'أدخل الرمز من بريدك الإلكتروني',
    sent: ['أرسلنا 8 أرقام إلى ', '. تعمل حتى ', '.'],
    label: 'الرمز',
    go: 'متابعة',
    none: 'لم يصل البريد؟ انظر في البريد المزعج، أو أرسل رمزًا جديدًا.',
    next: 'يمكنك طلب رمز آخر في ',
    again: 'أرسل رمزًا جديدًا',
    other: 'استخدام عنوان آخر',
    format: 'الرمز من 8 أرقام',
    miss: (left) =>
      left === 1
        ? 'هذا الرمز غير صحيح. بقيت لك محاولة واحدة. تأكد من أنك تستخدم أحدث رسالة.'
        : `هذا الرمز غير صحيح. المحاولات المتبقية: ${left}.`,
    used: 'لم يعد هذا الرمز يعمل. أرسل رمزًا جديدًا.',
    old: 'هذا الرمز قديم جدًا. أرسل رمزًا جديدًا.',
  },
  locked: {
    title: 'رموز خاطئة كثيرة جدًا',
    text: 'للأمان، أُوقفت الرموز لهذا العنوان حتى ',
  },
  lost: {
    title: 'طال تسجيل الدخول أو فُتح مرتين',
    text: 'لم يُرسل شيء. أغلق هذه النافذة واضغط «تسجيل الدخول» مرة أخرى في مربع الرفع.',
  },
  refused: {
    title: 'لم يُسمح بدخولك',
    text: 'أغلق هذه النافذة. في مربع الرفع يمكنك استخدام حساب آخر. اسأل المؤسسة إن كان الدخول متاحًا لك.',
  },
  parked: {
    title: 'تم تسجيل الدخول',
    text: 'يمكنك إغلاق هذه النافذة والعودة إلى ملفاتك.',
  },
  elsewhere: {
    title: 'تم تسجيل دخولك',
    text: 'عُد إلى الصفحة التي أظهرت لك الرمز. ستتابع من تلقاء نفسها.',
  },
  cancelled: {
    title: 'أُلغي تسجيل الدخول',
    text: 'يمكنك إغلاق هذه النافذة.',
  },
  leave: {
    title: 'هل تريد تسجيل الخروج من الرفع؟',
    text: 'للبقاء مسجّل الدخول، أغلق هذه النافذة.',
    yes: 'تسجيل الخروج',
  },
  left: { title: 'تم تسجيل خروجك', text: 'يمكنك إغلاق هذه النافذة.' },
};

export const SIGN_IN_WORDS: Readonly<Record<Lang, SignInWords>> = { en: EN, de: DE, ar: AR };
