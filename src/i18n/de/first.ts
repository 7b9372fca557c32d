import type { FirstUploadWords } from '../upload-first-en.ts';

/** Die Wörter, die als erste zu sehen sind. */
export const firstUploadDe: FirstUploadWords = {
  loading: 'Der Upload-Bereich wird geladen',
  heading: 'Dateien hochladen',
  switchedOff: 'Das Hochladen ist auf dieser Seite ausgeschaltet',
  testMode: (kept) => `Testbetrieb. Dateien werden nur ${kept} aufbewahrt.`,
  oneDay: '24 Stunden',
  promise: (org, kept, region) => `Geht an ${org}. Wird ${kept} aufbewahrt, Ort: ${region}.`,
  openPage: 'Zur Upload-Seite',
  dropFiles: 'Dateien hierher ziehen oder',
  dropFile: 'Datei hierher ziehen oder',
  chooseFiles: 'Dateien auswählen',
  chooseFolder: 'Ordner auswählen',
  chooseFile: 'Datei auswählen',
  chooseFilesFirst: 'Erst Dateien auswählen',
  takePhoto: 'Foto aufnehmen',
  hint: (families, max, count) => `${families}, je bis ${max}, ${count}\u00a0auf einmal`,
  hintOne: (families, max) => `${families}, bis ${max}`,
  willSignIn: (provider, guests) =>
    `Bevor etwas gesendet wird, melden Sie sich bei ${provider}${guests ? ' oder per E-Mail' : ''} an.`,
  signInNow: 'Jetzt anmelden',
  signInWith: (provider) => `Anmelden mit ${provider}`,
  unavailableHeading: 'Hochladen ist hier gerade nicht möglich',
  unavailableText: 'Mit Ihren Dateien ist alles in Ordnung. Versuchen Sie es später noch einmal.',
  notSecureHeading: 'Diese Seite kann nicht sicher hochladen',
  openSecurePage: 'Sichere Seite öffnen',
  oldVersion: 'Diese Seite ist nicht mehr aktuell. Laden Sie die Seite neu.',
  reload: 'Neu laden',
  more: 'Mehr über Ihre Dateien',
  fileMissing: 'Wählen Sie mindestens eine Datei aus',
};
