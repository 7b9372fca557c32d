import type { SendLinkWords } from '../send-link-en.ts';

export const sendLinkDe: SendLinkWords = {
  heading: 'Dateien als Link senden',
  files: 'Dateien',
  filesProblem: 'Wählen Sie mindestens eine Datei aus',
  to: 'Senden an',
  toHint: 'Eine E-Mail-Adresse je Person. Jede bekommt einen eigenen Link.',
  toProblem: 'Geben Sie eine E-Mail-Adresse ein, etwa name@example.com',
  toWrong: (text) => `„${text}“ ist keine E-Mail-Adresse`,
  purpose: 'Wozu ist das?',
  purposeHint: 'Das wird vor dem Öffnen gelesen. Zum Beispiel: Ihr unterschriebener Vertrag',
  purposeProblem: 'Sagen Sie, wozu es ist',
  until: 'Gültig',
  untilDate: (date) => `Bis ${date}`,
  proof: 'Wer die Dateien öffnet, weist sich mit einem Code aus, der an diese Adresse geht.',
  send: 'Link senden',
  goOn: 'Weiter',
  sent: (address) => `Link an ${address} gesendet`,
  sentText: (date, from, reference) =>
    `Er gilt bis ${date}. Kündigen Sie eine E-Mail von ${from} mit dem Zeichen ${reference} an.`,
  done: 'Fertig',
  another: 'An noch jemanden senden',

  problems: {
    notAllowed: (org) => `Ihr Konto darf nichts nach außerhalb von ${org} senden.`,
    busy: (time) => `Zu viele Links auf einmal. Versuchen Sie es um ${time} Uhr noch einmal.`,
    busySoon: 'Zu viele Links auf einmal. Versuchen Sie es in ein paar Minuten noch einmal.',
    purposePlain: 'Nur einfache Worte: keine Adressen von Seiten oder Postfächern. Nach einem Punkt ein Leerzeichen.',
    outsideNeeded: 'Lesen Sie erst, was das Senden nach außen bedeutet, und stimmen Sie zu.',
    mailsStopped: (address) => `${address} möchte keine E-Mails von hier. Erreichen Sie die Person anders.`,
    addressBusy: (time) => `Diese Adresse hat vorerst genug E-Mails. Versuchen Sie es um ${time} Uhr noch einmal.`,
    senderBusy: (limit, time) =>
      `Sie können ${limit} Links am Tag senden. Versuchen Sie es um ${time} Uhr noch einmal.`,
    signIn: 'Ihre Anmeldung ist zu Ende. Nichts wurde gesendet. Melden Sie sich neu an, dann senden Sie den Link.',
    stronger: 'Um einen Link zu senden, bestätigen Sie noch einmal, wer Sie sind. Was Sie geschrieben haben, bleibt.',
    filesGone: 'Eine der Dateien gibt es nicht mehr. Wählen Sie die anderen aus, und versuchen Sie es noch einmal.',
    mailDown: 'Die E-Mail konnte nicht gesendet werden. Versuchen Sie es in ein paar Minuten noch einmal.',
    unreachable: 'Der Dienst ist nicht erreichbar. Nichts wurde gesendet. Versuchen Sie es noch einmal.',
    other: 'Bei uns ist etwas schiefgegangen. Nichts wurde gesendet. Versuchen Sie es noch einmal.',
  },
};
