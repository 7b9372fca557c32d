import type { Lang } from '../base/page.ts';

/** Ready to be read: nothing of somebody else's that a mail program would turn into a link. */
export interface LinkMailFacts {
  readonly sender: string;
  readonly address: string;
  readonly org: string;
  readonly postal: string;
  readonly region: string;
  readonly recipient: string;
  readonly purpose: string;
  /** Of files. */
  readonly count: number;
  readonly claims: number;
  readonly reference: string;
  readonly until: string;
}
type Say = (facts: LinkMailFacts) => string;

interface LinkMailWords {
  readonly via: (sender: string, org: string) => string;
  readonly purpose: string;
  readonly wasFor: string;
  readonly until: string;
  readonly reference: string;
  readonly link: {
    readonly subject: Say;
    readonly opening: Say;
    readonly see: string;
    readonly next: string;
    readonly steps: (facts: LinkMailFacts, how: { readonly hasCode: boolean }) => readonly string[];
    readonly genuine: string;
    readonly checks: (facts: LinkMailFacts, address: string) => readonly string[];
    readonly nothing: string;
    readonly stop: string;
    readonly foot: Say;
  };
  readonly code: {
    readonly subject: (facts: LinkMailFacts, code: string) => string;
    readonly is: (code: string) => string;
    readonly works: (until: string) => string;
    readonly about: Say;
    readonly reference: Say;
    readonly keep: Say;
    readonly unasked: string;
  };
}

const en = (n: number) => (n === 1 ? '1 file' : `${n} files`);
const de = (n: number) => (n === 1 ? '1 Datei' : `${n} Dateien`);
/** 1, 2, 3–10, 11–99, then by the last two digits (CLDR plural rules). */
function ar(n: number): string {
  const last = n % 100;
  if (n === 1) return 'ملفًا واحدًا';
  if (n === 2) return 'ملفين';
  if (last >= 3 && last <= 10) return `${n} ملفات`;
  return last >= 11 ? `${n} ملفًا` : `${n} ملف`;
}

export const LINK_MAIL_WORDS: Readonly<Record<Lang, LinkMailWords>> = {
  en: {
    via: (sender, org) => `${sender} via ${org}`,
    purpose: 'What it is for',
    wasFor: 'What it was for',
    until: 'Open until',
    reference: 'Reference',
    link: {
      subject: ({ sender, count, purpose }) => `${sender} sent you ${en(count)}: ${purpose}`,
      opening: ({ sender, address, org, count }) => `${sender} (${address}) at ${org} sent you ${en(count)}.`,
      see: 'See the details',
      next: 'What happens then',
      steps: ({ claims }, { hasCode }) => [
        'You read who sent what, and why. Looking uses nothing up.',
        hasCode
          ? 'We send a code to this address, to check that it is you.'
          : 'You sign in with the account of this address, on its own page, to show that it is you.',
        claims === 1
          ? 'You accept or decline. If you accept, you can download the files once.'
          : `You accept or decline. If you accept, you can download the files on up to ${claims} devices.`,
      ],
      genuine: 'Is this email genuine?',
      checks: ({ sender }, address) => [
        'We never ask for a password, a payment or a bank detail.',
        `The link starts with ${address}`,
        `Not sure? Ask ${sender} for the reference. Use a number or address you already had, not one from this email.`,
      ],
      nothing: 'Not for you? You do not have to do anything.',
      stop: 'Stop emails from this sender',
      foot: ({ org, postal, region }) => `${org}, ${postal}. The files are kept in ${region}.`,
    },
    code: {
      subject: ({ org }, code) => `${code} is your code for files from ${org}`,
      is: (code) => `Your code is ${code}`,
      works: (until) => `It works until ${until}, and only on the page of the link.`,
      about: ({ count, sender, org }) => `It is for ${en(count)} that ${sender} at ${org} sent you.`,
      reference: ({ reference }) => `Reference ${reference}`,
      keep: ({ org }) => `Do not pass this code on. Nobody from ${org} will ask you for it.`,
      unasked:
        'Did you not ask for it? Then somebody has your link. Without this code they cannot open anything. You do not have to do anything.',
    },
  },
  de: {
    via: (sender, org) => `${sender} über ${org}`,
    purpose: 'Wozu',
    wasFor: 'Wozu',
    until: 'Offen bis',
    reference: 'Vorgangsnummer',
    link: {
      subject: ({ sender, count, purpose }) => `${sender} hat Ihnen ${de(count)} gesendet: ${purpose}`,
      opening: ({ sender, address, org, count }) =>
        `${sender} (${address}) von ${org} hat Ihnen ${de(count)} gesendet.`,
      see: 'Ansehen, worum es geht',
      next: 'Wie es weitergeht',
      steps: ({ claims }, { hasCode }) => [
        'Sie lesen, wer was gesendet hat und wozu. Ansehen verbraucht nichts.',
        hasCode
          ? 'Wir senden einen Code an diese Adresse, um zu prüfen, ob Sie es sind.'
          : 'Sie melden sich mit dem Konto dieser Adresse an, auf dessen eigener Seite, und zeigen so, dass Sie es sind.',
        claims === 1
          ? 'Sie nehmen an oder lehnen ab. Wenn Sie annehmen, können Sie die Dateien einmal herunterladen.'
          : `Sie nehmen an oder lehnen ab. Wenn Sie annehmen, können Sie die Dateien auf bis zu ${claims} Geräten herunterladen.`,
      ],
      genuine: 'Ist diese E-Mail echt?',
      checks: ({ sender }, address) => [
        'Wir fragen nie nach einem Passwort, einer Zahlung oder einem Bankkonto.',
        `Der Link beginnt mit ${address}`,
        `Nicht sicher? Fragen Sie ${sender} nach der Vorgangsnummer, über eine Telefonnummer oder Adresse, die Sie schon hatten, nicht über eine aus dieser E-Mail.`,
      ],
      nothing: 'Nicht für Sie? Sie müssen nichts tun.',
      stop: 'Keine E-Mails mehr von diesem Absender',
      foot: ({ org, postal, region }) => `${org}, ${postal}. Ort der Dateien: ${region}.`,
    },
    code: {
      subject: ({ org }, code) => `${code} ist Ihr Code für Dateien von ${org}`,
      is: (code) => `Ihr Code ist ${code}`,
      works: (until) => `Er gilt bis ${until}, und nur auf der Seite des Links.`,
      about: ({ count, sender, org }) => `Er ist für ${de(count)} von ${sender} bei ${org}.`,
      reference: ({ reference }) => `Vorgangsnummer ${reference}`,
      keep: ({ org }) => `Geben Sie diesen Code nicht weiter. Niemand von ${org} fragt Sie danach.`,
      unasked:
        'Sie haben ihn nicht angefordert? Dann hat jemand Ihren Link. Ohne diesen Code lässt sich damit nichts öffnen. Sie müssen nichts tun.',
    },
  },
  ar: {
    via: (sender, org) => `${sender} عبر ${org}`,
    purpose: 'الغرض',
    wasFor: 'الغرض',
    until: 'مفتوح حتى',
    reference: 'الرقم المرجعي',
    link: {
      subject: ({ sender, count, purpose }) => `أرسل إليك ${sender} ${ar(count)}: ${purpose}`,
      opening: ({ sender, address, org, count }) => `أرسل إليك ${sender} (${address}) من ${org} ${ar(count)}.`,
      see: 'عرض التفاصيل',
      next: 'ما الذي يحدث بعد ذلك',
      steps: ({ claims }, { hasCode }) => [
        'تقرأ من أرسل ماذا، ولماذا. النظر لا يستهلك شيئًا.',
        hasCode
          ? 'نرسل رمزًا إلى هذا العنوان للتأكد من أنك أنت.'
          : 'تسجّل الدخول بحساب هذا العنوان، في صفحته هو، لتثبت أنك أنت.',
        claims === 1
          ? 'تقبل أو ترفض. إن قبلت أمكنك تنزيل الملفات مرة واحدة.'
          : `تقبل أو ترفض. إن قبلت أمكنك تنزيل الملفات على أكثر من جهاز، وأقصى عدد للأجهزة ${claims}.`,
      ],
      genuine: 'هل هذه الرسالة حقيقية؟',
      checks: ({ sender }, address) => [
        'لا نطلب أبدًا كلمة مرور أو دفعًا أو بيانات مصرفية.',
        `يبدأ الرابط بـ \u2068${address}\u2069`,
        `لست متأكدًا؟ اسأل ${sender} عن الرقم المرجعي. استخدم رقمًا أو عنوانًا كان لديك من قبل، لا واحدًا من هذه الرسالة.`,
      ],
      nothing: 'ليست لك؟ لا حاجة إلى فعل أي شيء.',
      stop: 'إيقاف الرسائل من هذا المرسل',
      foot: ({ org, postal, region }) => `${org}، ${postal}. مكان حفظ الملفات: ${region}.`,
    },
    code: {
      subject: ({ org }, code) => `${code} هو رمزك لملفات من ${org}`,
      is: (code) => `رمزك هو ${code}`,
      works: (until) => `يعمل حتى ${until}، وفي صفحة الرابط فقط.`,
      about: ({ count, sender, org }) => `هذا الرمز لرسالة فيها ${ar(count)} من ${sender} في ${org}.`,
      reference: ({ reference }) => `الرقم المرجعي ${reference}`,
      keep: ({ org }) => `لا تعط هذا الرمز لأحد. لن يسألك عنه أحد من ${org}.`,
      unasked: 'لم تطلبه؟ إذن رابطك لدى شخص آخر. لا يمكنه فتح أي شيء من دون هذا الرمز. لا حاجة إلى فعل أي شيء.',
    },
  },
};
