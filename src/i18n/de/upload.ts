import { figure, plural } from '../plural.ts';
import type { UploadWords } from '../upload-en.ts';
import { firstUploadDe } from './first.ts';

const files = (n: number): string => plural('de', n, { one: '# Datei', other: '# Dateien' });
const minutes = (n: number): string => plural('de', n, { one: '# Minute', other: '# Minuten' });
/** Im Dativ: „von 3 Dateien“. */
const ofFiles = files;

export const uploadDe: UploadWords = {
  ...firstUploadDe,
  notUploadedYet: 'Laden Sie die ausgewählten Dateien erst hoch, oder entfernen Sie sie',
  stillUploading: 'Warten Sie, bis Ihre Dateien hochgeladen sind',

  // Vom Betreiber angehalten
  pausedHeading: 'Hochladen macht gerade Pause',
  pausedText: (org) => `${org} nimmt hier gerade keine Dateien an.`,
  checkAgain: 'Noch einmal prüfen',
  closedHeading: 'Hier ist geschlossen',
  closedText: (date, org) => `Geschlossen seit ${date}. Fragen Sie ${org}, wenn Sie noch etwas senden müssen.`,
  closedTextUndated: (org) => `Fragen Sie ${org}, wenn Sie noch etwas senden müssen.`,

  opensNewPage: 'öffnet eine neue Seite',
  openOwnPage: 'Auf eigener Seite öffnen',

  // Auswählen
  addMore: 'Dateien hinzufügen',
  dropToAdd: (n) => (n > 0 ? `Loslassen, um ${files(n)} hinzuzufügen` : 'Loslassen, um Dateien hinzuzufügen'),
  notAcceptedHere: (kinds) => `${kinds} werden hier nicht angenommen`,

  // Anmelden
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  signedInAs: (person) => `Angemeldet als ${person}`,
  finishSignIn: 'Schließen Sie die Anmeldung im anderen Fenster ab.',
  finishSignInTouch: 'Schließen Sie die Anmeldung im neuen Tab ab, dann kommen Sie hierher zurück.',
  showWindow: 'Fenster zeigen',
  blockedHeading: 'Ihr Browser blockiert das Anmeldefenster',
  blockedText: (hasFiles) => `Öffnen Sie es mit diesem Knopf.${hasFiles ? ' Ihre Dateien bleiben hier.' : ''}`,
  openSignIn: 'Anmeldung öffnen',
  cutOffHeading: 'Das Anmeldefenster erreicht diese Seite nicht',
  cutOffText: 'Schließen Sie es und melden Sie sich hier an. Diese Seite geht zur Anmeldung und kommt zurück.',
  cutOffChooseAgain: 'Wählen Sie danach Ihre Dateien noch einmal.',
  cutOffFramed: 'Schließen Sie es und nehmen Sie einen anderen Weg.',
  signInHere: 'Auf dieser Seite anmelden',
  leavingText: 'Einen Moment. Die Anmeldung öffnet sich auf dieser Seite.',
  comingBackText: 'Einen Moment. Sie werden angemeldet.',
  useCode: 'Stattdessen einen Code nehmen',
  codeHeading: 'Auf einer anderen Seite anmelden',
  codeOpen: 'Öffnen Sie',
  codeEnter: 'Geben Sie dort ein:',
  codeText: (until) => `Diese Seite macht von selbst weiter. Der Code gilt bis ${until}.`,
  codeComing: 'Einen Moment. Ihr Code wird erstellt.',
  codeSpoken: (address, code) => `Öffnen Sie ${address} und geben Sie ${code} ein`,
  copyAddress: 'Adresse kopieren',
  inAppHeading: 'Öffnen Sie diese Seite in Ihrem Browser',
  inAppText:
    'Sie sind in einer anderen App, in der die Anmeldung nicht geht. Öffnen Sie das Menü der App und wählen Sie „Im Browser öffnen“, oder kopieren Sie die Adresse.',
  copyPageAddress: 'Die Adresse kopieren',
  goOn: 'Weiter',
  formWaits: 'Das Formular wird gesendet, sobald Ihre Dateien hochgeladen sind.',
  doNotSendForm: 'Noch nicht senden',
  formNotSentEither: 'Das Formular wurde nicht gesendet.',
  formNotSent: 'Das Formular wurde nicht gesendet, weil nicht alle Dateien hochgeladen sind.',
  signInNotFinished: 'Die Anmeldung wurde nicht abgeschlossen. Nichts wurde gesendet.',
  notNow: 'Nicht jetzt',
  wrongAccountHeading: 'Dieses Konto darf hier nicht hochladen',
  wrongAccountText: (person, org) =>
    `Sie sind angemeldet als ${person}. ${org} hat diesem Konto keine Erlaubnis gegeben.`,
  useAnotherAccount: 'Anderes Konto nehmen',
  ask: (org) => `${org} fragen`,
  contact: (org) => `Kontakt: ${org}`,
  signInAgainHeading: 'Zum Weitermachen neu anmelden',
  signInAgainText: (done, n) =>
    `Zu Ihrer Sicherheit endete die Anmeldung. ${done} von ${ofFiles(n)} hochgeladen, der Rest wartet hier.`,
  finishLater: 'Später weitermachen',
  restNotKept: 'Was nicht fertig ist, bleibt nicht erhalten. Wählen Sie diese Dateien beim nächsten Mal neu.',

  // Durchsehen
  sizeAndKind: (size, kind) => `${size}, ${kind}`,
  preparing: 'Wird vorbereitet',
  locationRemoved: 'Ort entfernt',
  madeSmaller: (size) => `Verkleinert, vorher ${size}`,
  remove: 'Entfernen',
  removeFile: (name) => `${name} entfernen`,
  removed: (name) => `${name} entfernt.`,
  undo: 'Rückgängig',
  chosen: (n, size) => `${files(n)}, ${size}`,
  chosenSome: (n, size, refused) =>
    `${files(n)}, ${size}. ${plural('de', refused, { one: '# geht', other: '# gehen' })} nicht.`,
  upload: (n) => `${files(n)} hochladen`,
  uploadOther: (n) => (n === 1 ? 'Die andere hochladen' : `Die anderen ${n} hochladen`),
  removeRefused: (n) => (n === 1 ? 'Diese entfernen' : `Diese ${n} entfernen`),
  allRefused: 'Keine der Dateien kann hochgeladen werden',
  chooseOther: 'Andere auswählen',
  overCount: (limit, n) =>
    `Auf einmal ${limit === 1 ? 'geht' : 'gehen'} höchstens ${files(limit)}. Sie haben ${n} ausgewählt.`,
  yetToCome: (n) =>
    n === 1
      ? 'Noch 1 Datei wartet. Sie können sie danach hochladen.'
      : `Noch ${n} Dateien warten. Sie können sie danach hochladen.`,
  yetOnDevice: (n) =>
    n === 1
      ? '1 Datei ist noch nicht hochgeladen. Sie ist noch auf Ihrem Gerät.'
      : `${n} Dateien sind noch nicht hochgeladen. Sie sind noch auf Ihrem Gerät.`,
  uploadNext: (limit) => (limit === 1 ? 'Die nächste hochladen' : `Die nächsten ${limit} hochladen`),
  uploadFirst: (limit) => (limit === 1 ? 'Die erste hochladen' : `Die ersten ${limit} hochladen`),
  chooseAgain: 'Neu auswählen',
  overTotal: (size, limit, rest) =>
    `Zusammen sind die Dateien ${size}. Die Grenze ist ${limit}. Entfernen Sie mindestens ${rest}.`,
  roomShort: (size, rest) => `Diese Dateien brauchen ${size}. Frei ist noch Platz für ${rest}.`,
  uploadFitting: (n) => (n === 1 ? 'Die passende hochladen' : `Die ${n} passenden laden`),
  roomLeft: (rest) => `Sie haben noch Platz für ${rest}.`,
  almostFull: (rest) => `Fast voll. Sie haben noch Platz für ${rest}.`,
  chooseLeaveOut: 'Auswählen, was wegbleibt',
  personFullHeading: 'Ihr ganzer Platz ist belegt',
  personFullText: (org) => `Ihre Dateien sind noch auf Ihrem Gerät. Bitten Sie ${org} um mehr Platz.`,
  appFullHeading: 'Gerade ist kein Platz für weitere Dateien',
  appFullText: (org) => `Ihre Dateien sind noch auf Ihrem Gerät. ${org} weiß Bescheid.`,
  noFolders: 'Ordner werden hier nicht angenommen. Wählen Sie die Dateien darin aus.',
  readingFolder: (n) => `Der Ordner wird durchgesehen: ${files(n)} gefunden`,
  hiddenSkipped: (n) =>
    n === 1 ? '1 versteckte Datei wurde weggelassen.' : `${n} versteckte Dateien wurden weggelassen.`,
  screenshot: (time) => `Bildschirmfoto ${time}`,
  wholeName: (name) => `Ganzen Namen zeigen: ${name}`,

  // Lange Listen
  agreeHeading: 'Bevor Sie hochladen',
  agreeNeeded: 'Nötig zum Hochladen',
  agreeChoice: 'Ihre Wahl',
  agreeMeaning: 'Was das heißt',
  agreeMissing: (label) => `Kreuzen Sie zum Hochladen an: ${label}`,
  agreeChanged: 'Dieser Text hat sich geändert. Lesen Sie ihn noch einmal, bevor Sie hochladen.',
  list: 'Ausgewählte Dateien',
  filterAll: (n) => `Alle ${n}`,
  filterProblems: (n) => `Probleme ${n}`,
  skipList: 'Liste überspringen',

  // Senden
  uploading: (done, n) => `${done} von ${ofFiles(n)} hochgeladen`,
  minutesLeft: (n) => (n < 1 ? 'Noch weniger als eine Minute' : `Noch etwa ${minutes(n)}`),
  hoursLeft: (n) => `Noch etwa ${plural('de', n, { one: '# Stunde', other: '# Stunden' })}`,
  sentOf: (sent, total) => `${sent} von ${total}`,
  keepOpen: 'Lassen Sie diese Seite offen.',
  keepOpenAwake: 'Lassen Sie diese Seite offen. Der Bildschirm bleibt an.',
  waiting: 'Wartet',
  waitingForConnection: 'Wartet auf eine Verbindung',
  waitingForSignIn: 'Wartet auf Ihre Anmeldung',
  finishing: 'Wird abgeschlossen',
  uploaded: 'Hochgeladen',
  uploadedSize: (size) => `Hochgeladen, ${size}`,
  cancel: 'Abbrechen',
  cancelFile: (name) => `${name} abbrechen`,
  cancelAll: 'Alle abbrechen',
  stopFile: (name) => `Hochladen von ${name} stoppen? Was gesendet ist, wird gelöscht.`,
  stopAll: 'Alles stoppen? Was gesendet ist, wird gelöscht.',
  stop: 'Stoppen',
  keepGoing: 'Weiter hochladen',
  pause: 'Pause',
  pauseFile: (name) => `Pause für ${name}`,
  pauseAll: 'Pause für alle',
  carryOn: 'Weiter',
  carryOnFile: (name) => `Weiter mit ${name}`,
  allPausedHeading: 'Pause',
  allPausedText: (sent, total) => `${sent} von ${total} gesendet. Nichts geht verloren.`,
  pausedAt: (sent, total) => `Pause, ${sent} von ${total} gesendet`,
  tryNow: 'Jetzt versuchen',
  offlineHeading: 'Sie sind offline',
  offlineText: 'Es geht von selbst weiter, wenn die Verbindung da ist. Was gesendet ist, bleibt.',
  back: 'Ihr Gerät hat das Hochladen angehalten, während Sie weg waren. Es geht weiter.',
  slow: 'Langsame Verbindung. Es geht weiter.',
  busy: (wait) => `Gerade laden viele Menschen hoch. Weiter geht es in ${wait}.`,
  lessThanAMinute: 'weniger als einer Minute',
  aboutMinutes: (n) => `etwa ${plural('de', n, { one: '# Minute', other: '# Minuten' })}`,

  noStorage: 'Ihr Browser merkt sich hier nichts (privates Fenster). Lassen Sie die Seite offen.',

  // Vom letzten Besuch
  unfinishedSignIn: (n) =>
    n === 1
      ? 'Ein Upload ist nicht fertig. Melden Sie sich an, um ihn zu sehen.'
      : `${n} Uploads sind nicht fertig. Melden Sie sich an, um sie zu sehen.`,
  unfinishedHeading: (n) => (n === 1 ? 'Ein Upload ist nicht fertig' : `${n} Uploads sind nicht fertig`),
  unfinishedText: 'Wählen Sie dieselbe Datei noch einmal aus. Nur der fehlende Teil wird gesendet.',
  unfinishedSentOn: (percent, date) => `${percent} gesendet am ${date}`,
  unfinishedSentAgo: (percent, ago) => `${percent} gesendet ${ago}`,
  leftAgo: (ago) => `Ihr Upload wurde ${ago} unterbrochen.`,
  leftOn: (date) => `Ihr Upload wurde am ${date} unterbrochen.`,
  leftArrived: (done, n) => {
    if (done === 0) {
      return n === 1 ? 'Die Datei ist nicht angekommen.' : `Von ${ofFiles(n)} ist keine angekommen.`;
    }
    return `${figure('de', done, 0)} von ${ofFiles(n)} ${done === 1 ? 'ist' : 'sind'} angekommen.`;
  },
  leftChoose: (left, done) => {
    if (done === 0) return `Wählen Sie ${left === 1 ? 'sie' : 'die Dateien'} noch einmal aus.`;
    return `Wählen Sie die ${left === 1 ? 'andere' : 'anderen'} noch einmal aus.`;
  },
  leftDone: (n) =>
    n === 1
      ? 'Die Datei Ihres letzten Uploads ist angekommen.'
      : `Alle ${files(n)} Ihres letzten Uploads sind angekommen.`,
  hideThis: 'Ausblenden',
  chooseItAgain: 'Noch einmal auswählen',
  deleteSent: 'Gesendetes löschen',
  deleteSentOf: (name) => `Löschen, was von ${name} gesendet ist`,
  deleteSentQuestion: (name) => `Löschen, was von ${name} gesendet ist?`,
  delete: 'Löschen',
  keep: 'Behalten',
  checkingSame: 'Wird geprüft: Ist es dieselbe Datei?',
  notSame: 'Das ist nicht dieselbe Datei. Wählen Sie das Original, oder laden Sie diese als neue hoch.',
  uploadAsNew: 'Als neue hochladen',
  renamed: 'Gleicher Inhalt, neuer Name. Es geht weiter.',
  onlyMissing: 'Nur der fehlende Teil wird gesendet.',
  runningElsewhere: 'Das Hochladen läuft in einem anderen Tab.',
  moveHere: 'Hierher holen',
  tooOld: (kept) => `Nicht rechtzeitig fertig (Frist: ${kept}) und gelöscht. Laden Sie die Datei neu hoch.`,
  buttonFor: (button, name) => `${button}: ${name}`,

  // Das Ende
  doneHeading: (n) => `${files(n)} hochgeladen`,
  doneText: (org, n) => `${org} hat ${n === 1 ? 'sie' : 'alle'} erhalten. Sie können diese Seite schließen.`,
  stillChecked: (n) => (n === 1 ? '1 wird noch geprüft.' : `${n} werden noch geprüft.`),
  someHeld: (n) => (n === 1 ? '1 ist angehalten.' : `${n} sind angehalten.`),
  someStopped: (n) => (n === 1 ? '1 wurde gestoppt.' : `${n} wurden gestoppt.`),
  virusCheckOpen: 'Wird auf Viren geprüft. Sie können diese Seite schließen.',
  virusHeld: 'Angehalten für eine Sicherheitsprüfung. Vorerst kann sie niemand öffnen.',
  virusHeldWhy: (org) =>
    `Das kommt bei Dateien vor, die ein Passwort haben oder zu tief gepackt sind. ${org} weiß Bescheid und entscheidet.`,
  virusStopped: 'Gestoppt. Die Virenprüfung fand darin etwas Schädliches. Niemand kann diese Datei öffnen.',
  virusStoppedWhy: 'Prüfen Sie Ihr Gerät, bevor Sie jemandem Dateien senden.',
  doneInForm: (n) =>
    n === 1
      ? '1 Datei hinzugefügt. Sie geht mit dem Formular mit.'
      : `${files(n)} hinzugefügt. Sie gehen mit dem Formular mit.`,
  yourReference: 'Ihre Vorgangsnummer',
  copy: 'Kopieren',
  copied: 'Kopiert',
  saveReceipt: 'Beleg speichern',
  sendToSomeone: 'An jemanden senden',
  linksSent: 'Gesendete Links',
  linksSentText: 'Melden Sie sich an, um zu sehen, was daraus wurde, und um einen zurückzunehmen oder neu zu senden.',
  uploadInstead: 'Zurück zum Hochladen',
  uploadMore: 'Mehr hochladen',
  uploadOneMore: 'Noch eine hochladen',
  details: 'Einzelheiten',
  technicalCopy: 'Technische Kopie',
  fingerprint: 'Fingerabdruck (SHA-256)',
  fingerprintOfParts: (size) => `Fingerabdruck (SHA-256 von Teilen zu ${size})`,
  partHeading: (done, n) => `${done} von ${ofFiles(n)} hochgeladen`,
  partText: (left) =>
    left === 1
      ? '1 konnte nicht hochgeladen werden. Sie ist noch auf Ihrem Gerät.'
      : `${left} konnten nicht hochgeladen werden. Sie sind noch auf Ihrem Gerät.`,
  tryThose: (n) => (n === 1 ? 'Diese noch einmal versuchen' : `Diese ${n} noch einmal versuchen`),
  tryAll: (n) => (n === 1 ? 'Noch einmal versuchen' : `Alle ${n} noch einmal`),
  leaveOut: () => 'Weglassen',
  notDoneHeading: (n) => (n === 1 ? 'Die Datei wurde nicht hochgeladen' : 'Die Dateien wurden nicht hochgeladen'),
  notDoneText: (n) =>
    n === 1
      ? 'Sie ist noch auf Ihrem Gerät. Gespeichert wurde nichts.'
      : 'Sie sind noch auf Ihrem Gerät. Gespeichert wurde nichts.',
  tryAgain: 'Noch einmal versuchen',
  tryFileAgain: (name) => `${name} noch einmal versuchen`,
  copyDetails: 'Details kopieren',

  reference: (reference) => `Vorgangsnummer ${reference}`,

  // Mehr über Ihre Dateien
  whoGets: 'Wer sie bekommt',
  why: 'Wozu',
  where: 'Wo sie liegen',
  howLong: 'Wie lange',
  howLongText: (kept) => `${kept}, dann gelöscht`,
  virusCheck: 'Auf Viren geprüft',
  virusCheckYes: 'Ja, bevor jemand sie öffnen kann',
  virusCheckNo: 'Nein',
  takeBack: 'Zurücknehmen',
  takeBackText: (contact) => `Fragen Sie ${contact}`,
  whySignIn: 'Warum Sie sich anmelden',
  whySignInText: (org) => `Damit ${org} weiß, von wem sie sind, und niemand sonst sie sieht`,
  tracking: 'Wird hier Ihr Verhalten aufgezeichnet',
  trackingText: 'Nein',
  help: 'Hilfe',

  // Der Beleg
  receipt: 'Beleg',
  receiptSentence: (n, org) => `Sie haben ${files(n)} an ${org} hochgeladen`,
  receiptKept: (date, region) => `Aufbewahrt bis ${date}, dann gelöscht. Ort: ${region}`,
  agreedTo: (label) => `Zugestimmt: ${label}`,
  agreedNotice: 'Fingerabdruck des Textes, dem Sie zugestimmt haben (SHA-256)',
  receiptFileName: (reference) => `beleg-${reference}`,
  receiptNumber: 'Nummer des Uploads',
  receiptKey: 'Schlüssel der Unterschrift',
  receiptProof: 'Der unterschriebene Beleg jeder Datei steht in der technischen Kopie.',

  // Ansagen
  added: (n, size) => `${files(n)} hinzugefügt, ${size}.`,
  someRefused: (refused, n, name, why) =>
    `${refused} von ${ofFiles(n)} ${refused === 1 ? 'kann' : 'können'} nicht hochgeladen werden: ${name}. ${why}`,
  manyRefused: (refused, n) => `${refused} von ${ofFiles(n)} können nicht hochgeladen werden. Sehen Sie in die Liste.`,
  removedUndo: (name) => `${name} entfernt. Das lässt sich rückgängig machen.`,
  signInOpened: 'Die Anmeldung ist in einem neuen Fenster offen.',
  sending: (n) => `${plural('de', n, { one: '# Datei wird', other: '# Dateien werden' })} hochgeladen.`,
  quarterDone: 'Ein Viertel ist geschafft.',
  halfDone: 'Die Hälfte ist geschafft.',
  threeQuartersDone: 'Drei Viertel sind geschafft.',
  filePaused: (name) => `Pause für ${name}.`,
  fileCarriesOn: (name) => `Weiter mit ${name}.`,
  offlineSafe: 'Sie sind offline. Nichts geht verloren.',
  connectedAgain: 'Wieder verbunden. Es geht weiter.',
  doneReference: (n, spelled) => `${files(n)} hochgeladen. Ihre Vorgangsnummer ist ${spelled}.`,
  donePartly: (done, n) =>
    `${done} von ${ofFiles(n)} hochgeladen. ${n - done} ${n - done === 1 ? 'konnte' : 'konnten'} nicht hochgeladen werden.`,
};
