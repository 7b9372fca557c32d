import type { Lang } from '../../base/page.ts';
import type { ConsentEvent } from './record.ts';

/** Isolated and inert, and the files counted. */
export interface MailNames {
  readonly sender: string;
  readonly org: string;
  readonly to: string;
  readonly files: string;
}

type Say = (names: MailNames) => string;
/** `downloaded` is told when the addresses are given out: which files then arrive is known to the recipient's browser alone. */
type SenderAct = ConsentEvent | 'downloaded' | 'both';

export interface ConsentMails {
  files(n: number): string;
  reference(reference: string): string;
  readonly receipt: {
    readonly subject: Readonly<Record<ConsentEvent, Say>>;
    readonly did: Readonly<Record<ConsentEvent, Say>>;
    canAccept(until: string): string;
    deleted(names: MailNames, by: string): string;
    readonly withdraw: string;
    readonly check: string;
    readonly attached: string;
  };
  readonly sender: {
    readonly did: Readonly<Record<SenderAct, Say>>;
    /** `until`: the link's end; after a withdrawal, when everything is deleted. */
    readonly more: Readonly<Record<SenderAct, (names: MailNames, until: string) => string>>;
    readonly purpose: string;
    readonly reference: string;
  };
}

export const CONSENT_MAILS: Readonly<Record<Lang, ConsentMails>> = {
  en: {
    files: (n) => (n === 1 ? '1 file' : `${n} files`),
    reference: (reference) => `Reference ${reference}`,
    receipt: {
      subject: {
        accepted: ({ files, org }) => `Your receipt: you accepted ${files} from ${org}`,
        declined: ({ files, org }) => `Your receipt: you declined ${files} from ${org}`,
        withdrawn: ({ org }) => `Your receipt: you withdrew (files from ${org})`,
      },
      did: {
        accepted: ({ files, sender, org }) => `You accepted ${files} from ${sender} at ${org}`,
        declined: ({ files, sender, org }) => `You declined ${files} from ${sender} at ${org}`,
        withdrawn: ({ sender, org }) => `You withdrew. The link of ${sender} at ${org} no longer works.`,
      },
      canAccept: (until) => `Changed your mind? Open the link from the first email again, until ${until}.`,
      deleted: ({ org }, by) =>
        `${org} deletes your email address and what it keeps about you by ${by}. Files you saved stay on your device.`,
      withdraw: 'Withdraw at any time',
      check: 'Check this receipt',
      attached: 'The receipt comes with this email (receipt.json).',
    },
    sender: {
      did: {
        accepted: ({ to }) => `${to} accepted your files`,
        declined: ({ to }) => `${to} declined your files`,
        withdrawn: ({ to }) => `${to} withdrew`,
        downloaded: ({ to }) => `${to} has begun to download your files`,
        both: ({ to }) => `${to} accepted your files and started to get them`,
      },
      more: {
        accepted: ({ files }, until) => `They can download ${files} until ${until}.`,
        declined: (_, until) =>
          `They did not receive anything. The link is closed unless they change their mind before ${until}.`,
        withdrawn: (_, by) =>
          `The link no longer works. What is kept about them is deleted by ${by}. Files they saved stay with them.`,
        downloaded: ({ files }) => `It was about ${files}. The link is used up.`,
        both: ({ files }) => `It was about ${files}. The link is used up.`,
      },
      purpose: 'What it was for',
      reference: 'Reference',
    },
  },
  de: {
    files: (n) => (n === 1 ? '1 Datei' : `${n} Dateien`),
    reference: (reference) => `Vorgangsnummer ${reference}`,
    receipt: {
      subject: {
        accepted: ({ files, org }) => `Ihr Beleg: ${files} von ${org} angenommen`,
        declined: ({ files, org }) => `Ihr Beleg: ${files} von ${org} abgelehnt`,
        withdrawn: ({ org }) => `Ihr Beleg: widerrufen (Dateien von ${org})`,
      },
      did: {
        accepted: ({ files, sender, org }) => `Sie haben ${files} von ${sender} bei ${org} angenommen`,
        declined: ({ files, sender, org }) => `Sie haben ${files} von ${sender} bei ${org} abgelehnt`,
        withdrawn: ({ sender, org }) =>
          `Sie haben widerrufen. Der Link von ${sender} bei ${org} funktioniert nicht mehr.`,
      },
      canAccept: (until) => `Anders überlegt? Öffnen Sie den Link aus der ersten E-Mail noch einmal, bis ${until}.`,
      deleted: ({ org }, by) =>
        `${org} löscht Ihre E-Mail-Adresse und was sonst über Sie aufbewahrt wird, spätestens ${by}. Dateien, die Sie gespeichert haben, bleiben auf Ihrem Gerät.`,
      withdraw: 'Jederzeit widerrufen',
      check: 'Diesen Beleg prüfen',
      attached: 'Der Beleg ist angehängt (receipt.json).',
    },
    sender: {
      did: {
        accepted: ({ to }) => `${to} hat Ihre Dateien angenommen`,
        declined: ({ to }) => `${to} hat Ihre Dateien abgelehnt`,
        withdrawn: ({ to }) => `${to} hat widerrufen`,
        downloaded: ({ to }) => `${to} hat begonnen, Ihre Dateien herunterzuladen`,
        both: ({ to }) => `${to} hat Ihre Dateien angenommen und begonnen, sie herunterzuladen`,
      },
      more: {
        accepted: ({ files }, until) => `${files} können bis ${until} heruntergeladen werden.`,
        declined: (_, until) =>
          `Angekommen ist nichts. Der Link ist zu, es sei denn, die Person überlegt es sich bis ${until} anders.`,
        withdrawn: (_, by) =>
          `Der Link funktioniert nicht mehr. Was über die Person aufbewahrt wird, ist spätestens ${by} gelöscht. Dateien, die sie gespeichert hat, bleiben bei ihr.`,
        downloaded: ({ files }) => `Es ging um ${files}. Der Link ist verbraucht.`,
        both: ({ files }) => `Es ging um ${files}. Der Link ist verbraucht.`,
      },
      purpose: 'Wozu es war',
      reference: 'Vorgangsnummer',
    },
  },
  ar: {
    files: (n) => {
      const forms = { zero: '# ملف', one: 'ملف واحد', two: 'ملفان', few: '# ملفات', many: '# ملفًا', other: '# ملف' };
      return forms[new Intl.PluralRules('ar').select(n)].replace('#', String(n));
    },
    reference: (reference) => `الرقم المرجعي ${reference}`,
    receipt: {
      subject: {
        accepted: ({ files, org }) => `إيصالك: قبلت استلام الملفات من ${org} (${files})`,
        declined: ({ files, org }) => `إيصالك: رفضت استلام الملفات من ${org} (${files})`,
        withdrawn: ({ org }) => `إيصالك: سحبت موافقتك (ملفات من ${org})`,
      },
      did: {
        accepted: ({ files, sender, org }) => `قبلت استلام الملفات من ${sender} لدى ${org} (${files})`,
        declined: ({ files, sender, org }) => `رفضت استلام الملفات من ${sender} لدى ${org} (${files})`,
        withdrawn: ({ sender, org }) => `سحبت موافقتك. لم يعد رابط ${sender} لدى ${org} يعمل.`,
      },
      canAccept: (until) => `غيّرت رأيك؟ افتح الرابط من الرسالة الأولى مرة أخرى، حتى ${until}.`,
      deleted: ({ org }, by) =>
        `يُحذف عنوان بريدك وما يُحفظ عنك لدى ${org} في موعد أقصاه ${by}. الملفات التي حفظتها تبقى على جهازك.`,
      withdraw: 'اسحب موافقتك في أي وقت',
      check: 'تحقق من هذا الإيصال',
      attached: 'الإيصال مرفق (receipt.json).',
    },
    sender: {
      did: {
        accepted: ({ to }) => `${to}: قُبلت ملفاتك`,
        declined: ({ to }) => `${to}: رُفضت ملفاتك`,
        withdrawn: ({ to }) => `${to}: سُحبت الموافقة`,
        downloaded: ({ to }) => `${to}: بدأ تنزيل ملفاتك`,
        both: ({ to }) => `${to}: قُبلت ملفاتك وبدأ تنزيلها`,
      },
      more: {
        accepted: ({ files }, until) => `يمكن تنزيلها حتى ${until} (${files}).`,
        declined: (_, until) => `لم يصل شيء. الرابط مغلق، إلا إذا تغيّر الرأي قبل ${until}.`,
        withdrawn: (_, by) =>
          `لم يعد الرابط يعمل. يُحذف ما يُحفظ عن المستلم في موعد أقصاه ${by}. الملفات التي حفظها تبقى لديه.`,
        downloaded: ({ files }) => `كان ذلك عن: ${files}. استُهلك الرابط.`,
        both: ({ files }) => `كان ذلك عن: ${files}. استُهلك الرابط.`,
      },
      purpose: 'الغرض',
      reference: 'الرقم المرجعي',
    },
  },
};
