import { plural } from '../plural.ts';
import type { RecipientWords } from '../recipient-en.ts';

const files = (n: number): string => plural('de', n, { one: '# Datei', other: '# Dateien' });
const minutes = (n: number): string => plural('de', n, { one: '# Minute', other: '# Minuten' });

export const recipientDe: RecipientWords = {
  loading: 'Wird geladen',
  language: 'Sprache',
  tryAgain: 'Noch einmal versuchen',
  wholeName: (name) => `Ganzen Namen zeigen: ${name}`,
  contact: (org) => `Kontakt: ${org}`,
  reference: 'Vorgangsnummer',

  cutLink: {
    heading: 'Ein Teil des Links fehlt',
    text: 'Manche Mailprogramme kürzen Links. Kopieren Sie den ganzen Link aus der E-Mail, und fügen Sie ihn hier ein.',
    again: 'Öffnen Sie den Link aus Ihrer E-Mail noch einmal.',
    againHeading: 'Diese Seite behält den Link nicht',
    field: 'Link',
    problem: 'Auch hier fehlt ein Teil. Kopieren Sie den ganzen Link aus der E-Mail.',
    open: 'Öffnen',
  },

  cover: {
    heading: (sender, n) => `${sender} hat Ihnen ${files(n)} gesendet`,
    purpose: 'Wozu',
    from: 'Von',
    fromText: (name, address) => `${name}, ${address}`,
    openUntil: 'Offen bis',
    looking: (sender) => `Diese Seite anzusehen verbraucht nichts, und ${sender} erfährt nichts davon.`,
    why: (masked) => `Bevor Sie die Dateien sehen, prüfen wir, ob Sie es sind. Wir senden einen Code an ${masked}.`,
    whyAccount: (masked) =>
      `Bevor Sie die Dateien sehen, prüfen wir, ob Sie es sind. Nutzen Sie das Konto von ${masked}.`,
    send: 'Code senden',
    signIn: (provider) => `Mit ${provider} anmelden`,
    signInInstead: (provider) => `Stattdessen mit ${provider} anmelden`,
    signInElsewhere: (provider, address) => `Mit ${provider} können Sie sich auf der Seite ${address} anmelden.`,
    openElsewhere: 'In neuem Tab öffnen',
    notMine: 'Das ist nicht für mich',
    genuine: 'Ist das echt?',
    genuineAsk: (sender, reference) =>
      `Fragen Sie ${sender} nach der Vorgangsnummer, über eine Telefonnummer oder Adresse, die Sie schon hatten. Richtig ist ${reference}.`,
    genuineAddress: (address) => `Die Adresse dieser Seite beginnt mit ${address}.`,
    genuineNever: 'Wir fragen nie nach einem Passwort, einer Zahlung oder einem Bankkonto.',
    inApp:
      'Sie sind in einer anderen App. Herunterladen geht hier vielleicht nicht. Öffnen Sie die Seite erst im Browser.',
    copyLink: 'Link kopieren',
    copied: 'Kopiert',
  },

  unavailable: {
    heading: 'Das geht gerade leider nicht',
    text: 'Nichts ist verbraucht. Versuchen Sie es in ein paar Minuten noch einmal.',
    reload: 'Seite neu laden',
  },

  notMine: {
    heading: 'Danke',
    text: (sender) =>
      `${sender} erfährt, dass der Link vielleicht bei jemand anderem angekommen ist. Sie können diese Seite schließen.`,
  },

  signingIn: {
    heading: 'Melden Sie sich im anderen Fenster an',
    text: 'Diese Seite macht von selbst weiter, wenn Sie zurück sind.',
    stop: 'Zurück',
    code: 'Code per E-Mail erhalten',
    blocked: 'Ihr Browser blockiert das Anmeldefenster',
    blockedText: 'Öffnen Sie es mit diesem Knopf. Diese Seite macht von selbst weiter, wenn Sie zurück sind.',
    open: 'Anmeldung öffnen',
  },

  code: {
    heading: 'Geben Sie den Code aus der E-Mail ein',
    ended: 'Sie brauchen einen neuen Code',
    sent: (masked, at, until) =>
      `Um ${at}\u00a0Uhr gingen 8\u00a0Ziffern an ${masked}. Sie gelten bis ${until}\u00a0Uhr.`,
    field: 'Code',
    continue: 'Weiter',
    noMail: 'Noch keine E-Mail? Sehen Sie im Spam nach.',
    noMailFor: (clock) => `Noch keine E-Mail? Sehen Sie im Spam nach, oder senden Sie in ${clock} einen neuen Code.`,
    newCodeIn: (clock) => `In ${clock} können Sie einen neuen Code senden.`,
    sendNew: 'Neuen Code senden',
    anotherAt: (time) => `Um ${time}\u00a0Uhr können Sie einen neuen Code anfordern.`,
  },

  locked: {
    heading: 'Zu viele falsche Codes',
    text: (time) => `Zur Sicherheit gibt es bis ${time}\u00a0Uhr keine Codes. Der Link bleibt offen.`,
  },

  ask: {
    press: 'Um einen neuen Link bitten',
    asked: (sender) => `${sender} weiß Bescheid. Sie bekommen eine E-Mail, wenn es einen neuen Link gibt.`,
  },

  decision: {
    full: 'Den ganzen Hinweis lesen',
    purposes: 'Wozu Sie außerdem Ja sagen können',
    yourChoice: 'Ihre Wahl',
    needed: 'Zum Annehmen nötig',
    details: 'Einzelheiten',
    version: 'Fassung des Hinweises',
    language: 'Sprache',
    fingerprint: 'Fingerabdruck dieses Hinweises (SHA-256)',
    acceptName: 'Annehmen und die Dateien bekommen',
    declineName: 'Ablehnen und nichts bekommen',
    either: (sender, date) =>
      `${sender} sieht Ihre Antwort in jedem Fall. Sie können auch gehen und später entscheiden, bis ${date}.`,
    staleHeading: 'Etwas hat sich geändert',
    stale: (org, what) => `${org} hat geändert: ${what}. Lesen Sie es noch einmal, bevor Sie entscheiden.`,
    staleUnknown: 'Lesen Sie es noch einmal, bevor Sie entscheiden.',
    staleParts: {
      sender: 'wer die Dateien sendet',
      purpose: 'wozu sie sind',
      files: 'die Dateien',
      kept: 'wie lange Ihre Antwort aufbewahrt wird',
      seen: 'wer Ihre Antwort sehen kann',
      choices: 'was Sie außerdem gefragt werden',
      rest: 'andere Einzelheiten',
    },
    showNew: 'Das Neue zeigen',
    changed: 'Geändert',
  },

  download: {
    heading: 'Ihre Dateien sind bereit',
    returning: (date) => `Sie haben am ${date} angenommen.`,
    before: (date, n) =>
      `Laden Sie herunter, wann Sie möchten, bis ${date}. Nach dem Start haben Sie ${minutes(n)} auf dieser Seite.`,
    stay: (time) => `Bleiben Sie auf dieser Seite. Herunterladen geht bis ${time}\u00a0Uhr. Danach ist der Link zu.`,
    ending: (n) => `Noch ${minutes(n)}.`,
    endingSpoken: (n) => `Noch ${minutes(n)} zum Herunterladen.`,
    get: 'Herunterladen',
    getAgain: 'Noch einmal laden',
    getNamed: (name) => `${name} herunterladen`,
    getAgainNamed: (name) => `${name} noch einmal herunterladen`,
    getAll: (n) => `Alle ${n} herunterladen`,
    ready: (size, kind) => `${size}, ${kind}`,
    receiving: (part, whole) => `${part} von ${whole}`,
    started: 'Begonnen. Sehen Sie in Ihren Downloads nach.',
    received: (size) => `Angekommen, ${size}. Unterwegs wurde nichts verändert.`,
    differs: 'Angekommen ist nicht, was gesendet wurde. Es wurde nicht gespeichert. Versuchen Sie es noch einmal.',
    interrupted: 'Das Herunterladen hat aufgehört.',
    check: 'Datei prüfen',
    checkNamed: (name) => `Datei prüfen: ${name} aus Ihren Downloads auswählen`,
    checking: 'Die Datei wird geprüft.',
    otherCopy: 'Das ist nicht die gesendete Datei. Wählen Sie die richtige aus, oder laden Sie sie noch einmal.',
    more: (n) => `${n}\u00a0Minuten mehr`,
    nothing: 'Nichts passiert? Sehen Sie in den Downloads Ihres Browsers nach.',
    gone: 'Diese Dateien gibt es nicht mehr',
    goneText: (sender) => `Fragen Sie ${sender} nach einem neuen Versand.`,
    over: 'Die Zeit zum Herunterladen ist um',
    overText: 'Wenn etwas fehlt, bitten Sie um einen neuen Link.',
  },

  receipt: {
    mail: 'Beleg per E-Mail',
    mailed: (masked) => `Der Beleg ist unterwegs an ${masked}.`,
    save: 'Beleg speichern',
    withdraw: 'Widerrufen',
  },

  log: {
    open: 'Was notiert wurde',
    what: 'Was geschah',
    when: 'Wann',
    acts: {
      opened: 'Der Link wurde geöffnet',
      code_sent: 'Ein Code wurde gesendet',
      proven: 'Sie haben gezeigt, dass Sie es sind',
      accepted: 'Sie haben angenommen',
      declined: 'Sie haben abgelehnt',
      withdrawn: 'Sie haben widerrufen',
      downloaded: 'Sie haben heruntergeladen',
      locked: 'Codes wurden ausgesetzt',
    },
    kept: (period) =>
      `Wie lange das aufbewahrt wird: ${period}. Der Absender sieht, was Sie getan haben, nicht, dass Sie nachgesehen haben.`,
  },

  declined: {
    heading: 'Sie haben abgelehnt',
    text: (sender, date) =>
      `${sender} weiß Bescheid. Sie haben nichts bekommen. Anders überlegt? Annehmen können Sie noch bis ${date}.`,
    show: 'Noch einmal ansehen',
  },

  received: {
    heading: 'Alles erledigt',
    text: (n, org, date) => `Sie haben ${files(n)} von ${org} am ${date} heruntergeladen.`,
  },

  ended: {
    expired: 'Dieser Link ist nicht mehr offen',
    expiredText: (date) => `Er war offen bis zum ${date}.`,
    used: 'Dieser Link wurde schon benutzt',
    usedText: (sender, date) =>
      `Die Dateien wurden am ${date} abgeholt. Wenn Sie das nicht waren, sagen Sie es ${sender}.`,
    usedUndated: 'Die Dateien wurden abgeholt. Wenn Sie das nicht waren, sagen Sie es dem Absender.',
    takenBack: 'Dieser Link wurde zurückgenommen',
    takenBackText: (sender, date) => `${sender} hat ihn am ${date} geschlossen.`,
    notMe: 'Das war ich nicht',
    reported: (sender) => `${sender} weiß Bescheid.`,
    withdrawn: (date) => `Sie haben am ${date} widerrufen`,
    withdrawnText: 'Dieser Link geht nicht mehr.',
    renewed: 'Es gibt einen neueren Link',
    renewedText: (sender) => `${sender} hat Ihnen einen neuen gesendet. Öffnen Sie den Link der neuesten E-Mail.`,
    notFound: 'Diesen Link kennen wir nicht',
    notFoundText: 'Er ist vielleicht unvollständig oder sehr alt. Öffnen Sie ihn noch einmal aus der E-Mail.',
    busy: (time) => `Zu viele Versuche von hier. Versuchen Sie es um ${time}\u00a0Uhr noch einmal.`,
    busyHeading: 'Warten Sie einen Moment',
  },

  withdraw: {
    heading: 'Widerrufen?',
    about: (sender, org, n) => `Es geht um ${files(n)}, gesendet von ${sender}, ${org}.`,
    why: (masked) => `Erst prüfen wir, ob Sie es sind. Wir senden einen Code an ${masked}.`,
    whyAccount: (masked) => `Erst prüfen wir, ob Sie es sind. Nutzen Sie das Konto von ${masked}.`,
    text: (sender) => `${sender} erfährt davon. Der Link geht sofort nicht mehr.`,
    deletes: (org) => `${org} löscht Ihre E-Mail-Adresse und was sonst über Sie aufbewahrt ist.`,
    files: 'Dateien, die Sie gespeichert haben, bleiben auf Ihrem Gerät.',
    mark: 'Im Protokoll bleibt ein Vermerk ohne Ihren Namen, damit niemand es umschreiben kann.',
    yes: 'Widerrufen',
    no: 'So lassen',
    done: 'Sie haben widerrufen',
    doneText: (sender) => `${sender} weiß Bescheid.`,
    eraseBy: (org, date) => `${org} löscht bis zum ${date} Ihre E-Mail-Adresse und was sonst über Sie aufbewahrt ist.`,
  },

  problems: {
    codeFormat: 'Der Code hat 8\u00a0Ziffern',
    codeWrong: (n) =>
      n === 1
        ? 'Dieser Code passt nicht. Sie haben noch 1\u00a0Versuch. Nehmen Sie die neueste E-Mail.'
        : `Dieser Code passt nicht. Sie haben noch ${n}\u00a0Versuche.`,
    codeWrongUncounted: 'Dieser Code passt nicht. Nehmen Sie die neueste E-Mail.',
    codeEnded: 'Dieser Code geht nicht mehr.',
    codeOld: 'Dieser Code ist zu alt.',
    mailDown: 'Die E-Mail konnte nicht gesendet werden. Versuchen Sie es in ein paar Minuten noch einmal.',
    otherMailbox:
      'Dieses Konto hat eine andere Adresse als die, an die die E-Mail ging. Nehmen Sie das richtige Konto oder einen Code.',
    windowUnopened: 'Laden Sie zuerst herunter. Dann beginnt die Zeit.',
    windowExtended: 'Mehr Zeit gab es schon einmal. Laden Sie bis zur gezeigten Zeit herunter, was noch fehlt.',
    notAPerson: 'Das sah nicht nach einem Menschen aus. Drücken Sie den Knopf noch einmal.',
    notSaved: 'Ihre Antwort wurde nicht gespeichert. Noch ist nichts geschehen. Versuchen Sie es noch einmal.',
    notEmbedded: 'Ihre Antwort zählt nur auf unserer eigenen Seite. Öffnen Sie dort den Link aus Ihrer E-Mail.',
    proofOver: 'Sie waren eine Weile weg, darum prüfen wir neu, ob Sie es sind. Nichts geht verloren.',
    clock: 'Vielleicht geht die Uhr Ihres Geräts falsch. Stellen Sie sie auf automatisch, dann noch einmal.',
    purposeNeeded: 'Kreuzen Sie an, was nötig ist, oder lehnen Sie ab.',
    signInLost:
      'Die Anmeldung hat nicht geklappt. Versuchen Sie es noch einmal, oder lassen Sie sich einen Code senden.',
    filesGone: 'Diese Dateien gibt es nicht mehr. Fragen Sie den Absender.',
    unreachable: 'Der Dienst ist nicht erreichbar. Nichts geht verloren. Versuchen Sie es noch einmal.',
    other: 'Bei uns ist etwas schiefgegangen. Nichts ist verbraucht. Versuchen Sie es noch einmal.',
  },
};
