import type { Lang } from '../base/page.ts';
import type { LinkMailFacts } from './link-mail-words.ts';
import type { linkTold } from './schema.ts';

type Say = (facts: LinkMailFacts) => string;
type What = (typeof linkTold.$inferSelect)['what'];

/** On the way to the list of links, which a sender is told to look at. */
export const SEE_LINKS: Readonly<Record<Lang, string>> = {
  en: 'See the links you sent',
  de: 'Gesendete Links ansehen',
  ar: 'عرض الروابط التي أرسلتها',
};

/** What a sender is told of a link besides answers and downloads: a subject, and what to do. */
export const TOLD_WORDS: Readonly<Record<Lang, Readonly<Record<What, readonly [subject: Say, text: Say]>>>> = {
  en: {
    asked: [
      ({ recipient }) => `${recipient} asks for a new link`,
      ({ recipient }) =>
        `Somebody with the link for ${recipient} asks for a new one. Send it from the list of your links: it goes to the same address.`,
    ],
    not_for_me: [
      ({ recipient }) => `Your link to ${recipient} may have reached the wrong person`,
      ({ recipient }) =>
        `Somebody opened the link for ${recipient} and said that it was not for them. It is still open: no one sees the files without a code to that address. Check the address, or take the link back.`,
    ],
    not_me: [
      ({ recipient }) => `${recipient} says: that was not me`,
      ({ recipient }) =>
        `The files for ${recipient} were collected. Somebody with the link says that it was not them. Ask them. Use a number or address you already had. The log shows when and how the files were collected.`,
    ],
    undeliverable: [
      ({ recipient }) => `Your email to ${recipient} came back`,
      ({ recipient }) => `The mail server does not know ${recipient}. Check the address and send the link again.`,
    ],
    refused: [
      ({ recipient }) => `Your email to ${recipient} was refused`,
      ({ recipient }) =>
        `The mail server of ${recipient} did not take it. It may be full, or its rules stop such emails; it did not say that the address is wrong. Reach them another way, or send a new link to another address of theirs.`,
    ],
    expiring: [
      ({ recipient }) => `Your link to ${recipient} expires tomorrow`,
      ({ recipient, until }) =>
        `Nobody has answered your link to ${recipient} yet. It works until ${until}. After that you can send a new link from the list of your links.`,
    ],
  },
  de: {
    asked: [
      ({ recipient }) => `${recipient} bittet um einen neuen Link`,
      ({ recipient }) =>
        `Jemand mit dem Link für ${recipient} bittet um einen neuen. Senden Sie ihn aus der Liste Ihrer Links: Er geht an dieselbe Adresse.`,
    ],
    not_for_me: [
      ({ recipient }) => `Ihr Link an ${recipient} hat vielleicht die falsche Person erreicht`,
      ({ recipient }) =>
        `Jemand hat den Link für ${recipient} geöffnet und gesagt, dass er nicht für ihn ist. Er ist weiter offen: Ohne einen Code an diese Adresse sieht niemand die Dateien. Prüfen Sie die Adresse, oder nehmen Sie den Link zurück.`,
    ],
    not_me: [
      ({ recipient }) => `${recipient} sagt: Das war ich nicht`,
      ({ recipient }) =>
        `Die Dateien für ${recipient} wurden abgeholt. Jemand mit dem Link sagt, dass er das nicht war. Fragen Sie nach, über eine Nummer oder Adresse, die Sie schon hatten. Im Protokoll steht, wann und wie die Dateien abgeholt wurden.`,
    ],
    undeliverable: [
      ({ recipient }) => `Ihre E-Mail an ${recipient} kam zurück`,
      ({ recipient }) =>
        `Der Mailserver kennt ${recipient} nicht. Prüfen Sie die Adresse, und senden Sie den Link noch einmal.`,
    ],
    refused: [
      ({ recipient }) => `Ihre E-Mail an ${recipient} wurde abgelehnt`,
      ({ recipient }) =>
        `Der Mailserver von ${recipient} hat sie nicht angenommen. Vielleicht ist das Postfach voll, oder seine Regeln halten solche E-Mails auf; dass die Adresse falsch ist, hat er nicht gesagt. Melden Sie sich auf anderem Weg, oder senden Sie einen neuen Link an eine andere Adresse.`,
    ],
    expiring: [
      ({ recipient }) => `Ihr Link an ${recipient} endet morgen`,
      ({ recipient, until }) =>
        `Auf Ihren Link an ${recipient} hat noch niemand geantwortet. Er gilt bis ${until}. Danach können Sie aus der Liste Ihrer Links einen neuen senden.`,
    ],
  },
  ar: {
    asked: [
      ({ recipient }) => `${recipient}: طلب رابط جديد`,
      ({ recipient }) =>
        `طلب شخص لديه الرابط المرسل إلى ${recipient} رابطًا جديدًا. أرسله من قائمة روابطك: يصل إلى العنوان نفسه.`,
    ],
    not_for_me: [
      ({ recipient }) => `ربما وصل رابطك إلى ${recipient} إلى شخص آخر`,
      ({ recipient }) =>
        `فتح شخص الرابط المرسل إلى ${recipient} وقال إنه ليس له. ما زال الرابط مفتوحًا: لا يرى أحد الملفات من دون رمز يصل إلى ذلك العنوان. تحقق من العنوان، أو اسحب الرابط.`,
    ],
    not_me: [
      ({ recipient }) => `${recipient}: لم أكن أنا`,
      ({ recipient }) =>
        `استُلمت الملفات المرسلة إلى ${recipient}. يقول شخص لديه الرابط إنه لم يستلمها. اسأله عبر رقم أو عنوان كان لديك من قبل. يبيّن السجل متى وكيف استُلمت.`,
    ],
    undeliverable: [
      ({ recipient }) => `عادت رسالتك إلى ${recipient}`,
      ({ recipient }) => `خدمة البريد لا تعرف ${recipient}. تحقق من العنوان وأرسل الرابط مرة أخرى.`,
    ],
    refused: [
      ({ recipient }) => `رُفضت رسالتك إلى ${recipient}`,
      ({ recipient }) =>
        `لم تقبلها خدمة بريد ${recipient}. ربما كان الصندوق ممتلئًا أو منعتها قواعدها؛ لم تقل إن العنوان غير صحيح. تواصل مع المستلم بطريقة أخرى، أو أرسل رابطًا جديدًا إلى عنوان آخر له.`,
    ],
    expiring: [
      ({ recipient }) => `ينتهي غدًا رابطك إلى ${recipient}`,
      ({ recipient, until }) =>
        `لم يُجب أحد بعد عن رابطك إلى ${recipient}. يعمل حتى ${until}. بعد ذلك يمكنك إرسال رابط جديد من قائمة روابطك.`,
    ],
  },
};
