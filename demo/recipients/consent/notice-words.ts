import type { LegalBasis, Notice } from '../../../src/contract/index.ts';
import type { Lang } from '../../base/page.ts';

type Right = Notice['rights'][number];
type Kept = Notice['data_kept'][number];

/** What a notice says, in one language. Names come in isolated, periods and lists formatted. */
export interface NoticeWords {
  readonly question: string;
  readonly accept: string;
  readonly decline: string;
  readonly labels: {
    readonly sender: string;
    readonly purpose: string;
    kept(org: string): string;
    readonly why: string;
    readonly seen: string;
    readonly withdraw: string;
    readonly controller: string;
    readonly contact: string;
    readonly sender_address: string;
    readonly data: string;
    readonly basis: string;
    readonly place: string;
    readonly period: string;
    readonly log: string;
    readonly rights: string;
    readonly authority: string;
    readonly copies: string;
  };
  sender(sender: string, org: string): string;
  kept(data: string, period: string, region: string): string;
  why(org: string): string;
  seen(who: string): string;
  readonly withdraw: string;
  readonly data: Readonly<Record<Kept, string>>;
  readonly basis: Readonly<Record<LegalBasis, string>>;
  period(months: string, days: string): string;
  log(days: string): string;
  readonly networks: string;
  rights(org: string, rights: string): string;
  readonly right: Readonly<Record<Exclude<Right, 'complain'>, string>>;
  readonly anyAuthority: string;
  readonly copies: string;
}

export const NOTICE_WORDS: Readonly<Record<Lang, NoticeWords>> = {
  en: {
    question: 'Do you want to receive these files?',
    accept: 'Accept',
    decline: 'Decline',
    labels: {
      sender: 'From',
      purpose: 'What it is for',
      kept: (org) => `What ${org} keeps about you`,
      why: 'Why',
      seen: 'Who can see that',
      withdraw: 'Changing your mind',
      controller: 'Who is responsible',
      contact: 'Questions',
      sender_address: 'Address of the sender',
      data: 'What is kept about you',
      basis: 'Legal basis',
      place: 'Where it is kept',
      period: 'How long',
      log: 'Log of this link',
      rights: 'Your rights',
      authority: 'Complaints',
      copies: 'Files you saved',
    },
    sender: (sender, org) => `${sender}, ${org}`,
    kept: (data, period, region) => `${data}. For ${period}, in ${region}.`,
    why: (org) => `So that ${org} can show that the files reached you.`,
    seen: (who) => `${who}. Nobody else.`,
    withdraw: 'You can withdraw at any time, from your receipt.',
    data: {
      email_address: 'your email address',
      answer: 'your answer',
      download_time: 'when you downloaded',
      network: 'the first part of your network address',
    },
    basis: {
      consent: 'Your consent (GDPR, Article 6(1)(a)).',
      contract: 'A contract with you (GDPR, Article 6(1)(b)).',
      legal_obligation: 'A duty by law (GDPR, Article 6(1)(c)).',
      public_task: 'A public task (GDPR, Article 6(1)(e)).',
      legitimate_interest: 'A legitimate interest: to show that the files reached you (GDPR, Article 6(1)(f)).',
    },
    period: (months, days) => `${months} after your answer. If you withdraw, it is deleted within ${days}.`,
    log: (days) =>
      `When the link was opened, and what was done with it, is noted for ${days}. The sender sees what you do, not that you looked.`,
    networks: 'The first part of the network address is noted with it.',
    rights: (org, rights) => `You can ask ${org} to ${rights}.`,
    right: {
      access: 'show you what it keeps',
      rectify: 'correct it',
      erase: 'delete it',
      restrict: 'limit its use',
      port: 'hand it over to you',
      object: 'stop using it',
      withdraw: 'end your consent',
    },
    anyAuthority: 'The privacy authority of the place where you live or work.',
    copies: 'They stay on your device. Nobody can take them back.',
  },
  de: {
    question: 'Möchten Sie diese Dateien bekommen?',
    accept: 'Annehmen',
    decline: 'Ablehnen',
    labels: {
      sender: 'Von',
      purpose: 'Wozu',
      kept: (org) => `Was ${org} über Sie aufbewahrt`,
      why: 'Warum',
      seen: 'Wer das sehen kann',
      withdraw: 'Wenn Sie es sich anders überlegen',
      controller: 'Wer verantwortlich ist',
      contact: 'Fragen',
      sender_address: 'Adresse des Absenders',
      data: 'Was über Sie aufbewahrt wird',
      basis: 'Rechtsgrundlage',
      place: 'Wo es liegt',
      period: 'Wie lange',
      log: 'Protokoll dieses Links',
      rights: 'Ihre Rechte',
      authority: 'Beschwerden',
      copies: 'Gespeicherte Dateien',
    },
    sender: (sender, org) => `${sender}, ${org}`,
    kept: (data, period, region) => `${data}. Für ${period}, Ort: ${region}.`,
    why: (org) => `Damit ${org} zeigen kann, dass die Dateien bei Ihnen angekommen sind.`,
    seen: (who) => `${who}. Sonst niemand.`,
    withdraw: 'Sie können jederzeit widerrufen, von Ihrem Beleg aus.',
    data: {
      email_address: 'Ihre E-Mail-Adresse',
      answer: 'Ihre Antwort',
      download_time: 'wann Sie heruntergeladen haben',
      network: 'der Anfang Ihrer Netzadresse',
    },
    basis: {
      consent: 'Ihre Einwilligung (DSGVO, Artikel 6 Absatz 1 Buchstabe a).',
      contract: 'Ein Vertrag mit Ihnen (DSGVO, Artikel 6 Absatz 1 Buchstabe b).',
      legal_obligation: 'Eine Pflicht aus dem Gesetz (DSGVO, Artikel 6 Absatz 1 Buchstabe c).',
      public_task: 'Eine öffentliche Aufgabe (DSGVO, Artikel 6 Absatz 1 Buchstabe e).',
      legitimate_interest:
        'Ein berechtigtes Interesse: zeigen zu können, dass die Dateien angekommen sind (DSGVO, Artikel 6 Absatz 1 Buchstabe f).',
    },
    period: (months, days) => `${months} ab Ihrer Antwort. Wenn Sie widerrufen, wird es gelöscht, Frist: ${days}.`,
    log: (days) =>
      `Wann der Link geöffnet und was mit ihm getan wurde, bleibt ${days} lang notiert. Der Absender sieht, was Sie tun, aber nicht, dass Sie nachgesehen haben.`,
    networks: 'Dabei steht der Anfang der Netzadresse.',
    rights: (org, rights) => `Sie können von ${org} verlangen: ${rights}.`,
    right: {
      access: 'Auskunft',
      rectify: 'Berichtigung',
      erase: 'Löschung',
      restrict: 'eine Einschränkung der Nutzung',
      port: 'die Herausgabe an Sie',
      object: 'ein Ende der Nutzung',
      withdraw: 'ein Ende Ihrer Einwilligung',
    },
    anyAuthority: 'Die Datenschutzaufsicht an dem Ort, an dem Sie leben oder arbeiten.',
    copies: 'Sie bleiben auf Ihrem Gerät. Niemand kann sie zurückholen.',
  },
  ar: {
    question: 'هل تريد استلام هذه الملفات؟',
    accept: 'قبول',
    decline: 'رفض',
    labels: {
      sender: 'من',
      purpose: 'الغرض',
      kept: (org) => `ما يُحفظ عنك لدى ${org}`,
      why: 'لماذا',
      seen: 'من يرى ذلك',
      withdraw: 'إذا غيّرت رأيك',
      controller: 'الجهة المسؤولة',
      contact: 'للأسئلة',
      sender_address: 'عنوان المرسل',
      data: 'ما يُحفظ عنك',
      basis: 'الأساس القانوني',
      place: 'مكان الحفظ',
      period: 'المدة',
      log: 'سجل هذا الرابط',
      rights: 'حقوقك',
      authority: 'الشكاوى',
      copies: 'الملفات التي حفظتها',
    },
    sender: (sender, org) => `${sender}، ${org}`,
    kept: (data, period, region) => `${data}. المدة: ${period}، المكان: ${region}.`,
    why: (org) => `ليكون لدى ${org} ما يثبت أن الملفات وصلتك.`,
    seen: (who) => `${who}. لا أحد غيرهم.`,
    withdraw: 'يمكنك سحب موافقتك في أي وقت، من إيصالك.',
    data: {
      email_address: 'عنوان بريدك',
      answer: 'جوابك',
      download_time: 'وقت التنزيل',
      network: 'الجزء الأول من عنوان شبكتك',
    },
    basis: {
      consent: 'موافقتك (اللائحة العامة لحماية البيانات، المادة 6‏(1)‏(أ)).',
      contract: 'عقد معك (اللائحة العامة لحماية البيانات، المادة 6‏(1)‏(ب)).',
      legal_obligation: 'واجب قانوني (اللائحة العامة لحماية البيانات، المادة 6‏(1)‏(ج)).',
      public_task: 'مهمة عامة (اللائحة العامة لحماية البيانات، المادة 6‏(1)‏(هـ)).',
      legitimate_interest: 'مصلحة مشروعة: إثبات أن الملفات وصلتك (اللائحة العامة لحماية البيانات، المادة 6‏(1)‏(و)).',
    },
    period: (months, days) => `${months} بعد جوابك. إذا سحبت موافقتك يُحذف خلال ${days}.`,
    log: (days) => `يُسجَّل وقت فتح الرابط وما جرى به، ويُحفظ ذلك ${days}. يرى المرسل ما تفعله، ولا يرى أنك نظرت.`,
    networks: 'ويُسجَّل معه الجزء الأول من عنوان الشبكة.',
    rights: (org, rights) => `يمكنك أن تطلب من ${org}: ${rights}.`,
    right: {
      access: 'الاطلاع على ما يُحفظ عنك',
      rectify: 'تصحيحه',
      erase: 'حذفه',
      restrict: 'تقييد استخدامه',
      port: 'تسليمه إليك',
      object: 'وقف استخدامه',
      withdraw: 'إنهاء موافقتك',
    },
    anyAuthority: 'سلطة حماية البيانات في المكان الذي تعيش أو تعمل فيه.',
    copies: 'تبقى على جهازك، ولا يمكن لأحد استعادتها.',
  },
};
