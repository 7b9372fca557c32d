import type { Kind } from '../kinds.ts';
import type { ProblemWords, ProblemWordsFacts } from '../problems-en.ts';

const TIPS: Partial<Record<Kind, string>> = {
  photo: ' Wählen Sie eine kleinere Fassung.',
  image: ' Wählen Sie eine kleinere Fassung.',
  pdf: ' Speichern Sie es mit kleineren Bildern.',
  video: ' Senden Sie ein kürzeres.',
};

/** Darin endet keine Zeile. */
const by = (width: string, height: string): string => `${width}\u00a0×\u00a0${height}`;

/** Warum eine Datei als Programm gilt. */
const ACTIVE: Readonly<Record<string, string>> = {
  macros: 'Das Dokument enthält Makros, die Programme starten können. Speichern Sie es ohne sie.',
  page: 'Das ist eine Webseite, die Programme starten kann. Speichern Sie sie als PDF.',
  script: 'Die Zeichnung enthält ein Skript und wird nicht angenommen. Speichern Sie sie als PNG.',
  outside: 'Die Zeichnung lädt Dateien von anderen Seiten. Speichern Sie sie als PNG.',
  unseen: 'Die Zeichnung ist zu lang, um sie zu prüfen. Speichern Sie sie als PNG.',
  inside: 'In der Datei steckt ein Programm. Öffnen, neu speichern und die Kopie auswählen.',
};

const NAMES: Readonly<Record<string, string>> = {
  blank: 'Der Name hat keine Buchstaben. Benennen Sie die Datei um.',
  path: 'Im Namen ist ein Schrägstrich. Benennen Sie die Datei um.',
  reserved: 'Diesen Namen braucht Windows selbst. Benennen Sie die Datei um.',
};

const elsewhere = 'Hochladen ist hier gerade nicht möglich.';
const unreachable = ({ hasFiles }: ProblemWordsFacts): string =>
  `Der Dienst ist nicht erreichbar.${hasFiles ? ' Ihre Dateien sind sicher auf Ihrem Gerät.' : ''} Gleich noch einmal versuchen.`;
const ours = ({ hasFiles }: ProblemWordsFacts): string =>
  `Bei uns ist etwas schiefgegangen. ${hasFiles ? 'Ihre Dateien sind noch auf Ihrem Gerät.' : 'Noch einmal versuchen.'}`;
const noRoom = ({ size }: ProblemWordsFacts): string =>
  size ? `${size}. Dafür ist kein Platz.` : 'Es ist kein Platz mehr.';
const signInAgain = ({ hasFiles }: ProblemWordsFacts): string =>
  `Melden Sie sich neu an.${hasFiles ? ' Ihre Dateien bleiben hier.' : ''}`;
const clockMayBeOff = 'Vielleicht geht die Uhr Ihres Geräts falsch. Stellen Sie sie auf automatisch.';

export const problemsDe: ProblemWords = {
  // Eine Datei
  file_type: (p) => {
    const what = p.isKindAccepted || p.kind === 'file' ? 'Diese Art von Datei wird' : `${p.kinds} werden`;
    return `${what} hier nicht angenommen. Wählen Sie ${p.families} aus.`;
  },
  file_heic: () =>
    'iPhone-Foto (HEIC), hier nicht angenommen. Wählen Sie am iPhone Optionen, dann Maximale Kompatibilität.',
  file_mismatch: (p) => {
    if (p.why === 'inside' && p.foundA) {
      return `In dieser Datei steckt ${p.foundA}. Neu speichern und die Kopie auswählen.`;
    }
    return p.namedEnding && p.foundA
      ? `Heißt ${p.namedEnding}, ist aber ${p.foundA}. Als ${p.namedEnding} speichern oder um die richtige Datei bitten.`
      : 'Name und Inhalt passen nicht zusammen. Bitten Sie um die richtige Datei.';
  },
  file_active: (p) => ACTIVE[p.why ?? ''] ?? 'Diese Datei kann Programme starten und wird nicht angenommen.',
  file_large: (p) =>
    `${p.size && p.limit ? `${p.size} sind mehr als die Grenze von ${p.limit}.` : 'Diese Datei ist zu groß.'}${TIPS[p.kind] ?? ''}`,
  file_small: (p) => {
    if (p.width && p.height && p.limitCount) {
      return `Das Bild ist ${by(p.width, p.height)}. Es braucht mindestens ${by(p.limitCount, p.limitCount)}.`;
    }
    return p.size && p.limit
      ? `Die Datei ist ${p.size}. Sie braucht mindestens ${p.limit}.`
      : 'Diese Datei ist zu klein.';
  },
  file_dimensions: (p) => {
    if (!p.width || !p.height || !p.limitCount) {
      return 'Die Größe des Bildes ist nicht zu erkennen. Öffnen, neu speichern und die Kopie auswählen.';
    }
    const limit = p.why === 'pixels' ? `${p.limitCount} Pixel` : by(p.limitCount, p.limitCount);
    return `Das Bild ist ${by(p.width, p.height)}. Die Grenze ist ${limit}. Wählen Sie eine kleinere Fassung.`;
  },
  file_metadata: () => 'Der Ort in diesem Foto lässt sich nicht sicher entfernen. Wählen Sie ein Bildschirmfoto davon.',
  file_empty: () => 'Diese Datei ist leer. Öffnen Sie sie zur Probe, dann wählen Sie sie neu aus.',
  file_unreadable: () => 'Diese Datei lässt sich nicht öffnen. Wurde sie verschoben? Wählen Sie sie neu aus.',
  file_changed: () => 'Diese Datei wurde nach dem Auswählen geändert. Wählen Sie sie neu aus.',
  file_name: (p) => {
    if (p.limitCount) return `Der Name ist zu lang. Nehmen Sie höchstens ${p.limitCount} Zeichen.`;
    if (p.why === 'lookalike' && p.namedEnding) {
      return `Die Endung des Namens sieht nur aus wie ${p.namedEnding}. Benennen Sie die Datei um.`;
    }
    return NAMES[p.why ?? ''] ?? 'Der Name hat unsichtbare Zeichen. Benennen Sie die Datei um.';
  },
  file_duplicate: () => 'Diese Datei haben Sie schon ausgewählt.',
  folder: () => 'Ordner werden hier nicht angenommen. Wählen Sie die Dateien darin aus.',
  damaged: () => 'Sie kam nicht unversehrt an. Versuchen Sie ein anderes Netz.',
  not_stored_yet: () => 'Sie ist noch nicht angekommen. Versuchen Sie es gleich noch einmal.',
  upload_over: () => 'Das hat zu lange gedauert und wurde gelöscht. Laden Sie die Datei neu hoch.',
  grant_refused: () => 'Sie konnte nicht hochgeladen werden. Versuchen Sie es in ein paar Minuten wieder.',
  cancelled: () => 'Sie haben dieses Hochladen beendet.',

  consent_needed: () => 'Kreuzen Sie an, was nötig ist, dann laden Sie hoch.',
  notice_stale: () => 'Dieser Text hat sich geändert. Lesen Sie ihn noch einmal, bevor Sie hochladen.',

  // Alle zusammen, und der Platz
  too_many: (p) =>
    p.limitCount
      ? `Auf einmal gehen höchstens ${p.limitCount} Dateien.`
      : 'Das sind zu viele Dateien. Wählen Sie weniger aus.',
  total_large: (p) =>
    p.limit
      ? `Zusammen sind die Dateien größer als ${p.limit}. Wählen Sie weniger aus.`
      : 'Zusammen sind die Dateien zu groß. Wählen Sie weniger aus.',
  person_full: noRoom,
  app_full: noRoom,
  slow_down: () => 'Gerade laden viele Menschen hoch. Versuchen Sie es gleich noch einmal.',

  // Wer hochlädt
  sign_in_needed: () => 'Melden Sie sich an, um hochzuladen.',
  sign_in_ended: signInAgain,
  sign_in_refused: (p) => `${p.provider} hat Sie nicht eingelassen. Fragen Sie ${p.org}, ob Sie Zugang haben sollten.`,
  sign_in_mixed: () => 'Die Antwort kam von unerwarteter Stelle. Nichts wurde gesendet. Versuchen Sie es noch einmal.',
  sign_in_lost: () => 'Die Anmeldung dauerte zu lange oder war zweimal offen. Versuchen Sie es noch einmal.',
  sign_in_cancelled: () => 'Die Anmeldung wurde nicht abgeschlossen. Nichts wurde gesendet.',
  sign_in_timeout: () => 'Die Anmeldung wurde nicht abgeschlossen. Nichts wurde gesendet.',
  sign_in_unkept: () => 'Ihr Browser merkt sich nichts für diese Seite. Melden Sie sich in einem neuen Fenster an.',
  stronger_sign_in: (p) => `Für diesen Schritt bittet ${p.provider} Sie um eine weitere Bestätigung.`,
  popup_blocked: () => 'Ihr Browser hat das Anmeldefenster blockiert',
  proof_refused: () => clockMayBeOff,
  clock: ({ minutes }) =>
    minutes === undefined
      ? clockMayBeOff
      : `Die Uhr Ihres Geräts geht um ${minutes} Minuten falsch. Stellen Sie sie auf automatisch.`,
  proof_nonce: signInAgain,
  not_allowed: (p) => `${p.org} hat diesem Konto keine Erlaubnis gegeben.`,

  // Der Weg dorthin
  offline: () => 'Sie sind offline. Versuchen Sie es, wenn die Verbindung wieder da ist.',
  store_unreachable: (p) => `Etwas zwischen Ihnen und ${p.org} hält das Hochladen auf. Ein anderes Netz kann helfen.`,
  store_down: unreachable,
  broker_down: unreachable,
  broker_unexpected: ours,
  internal: ours,
  bad_request: ours,
  body_large: ours,
  not_found: ours,
  elsewhere: () => 'Das Hochladen läuft in einem anderen Tab.',
  idempotency_busy: () => 'Sie wird schon hochgeladen. Versuchen Sie es gleich noch einmal.',
  idempotency_mismatch: ours,
  blocked_page: () => elsewhere,
  bucket_unsafe: () => elsewhere,
  app_unknown: () => elsewhere,
  origin_not_allowed: () => elsewhere,
  app_paused: (p) => `${p.org} macht hier gerade eine Pause.`,
  app_closed: (p) => `Hier ist geschlossen. Fragen Sie ${p.org}, wenn Sie noch etwas senden müssen.`,
  old_version: () => 'Diese Seite ist nicht mehr aktuell. Laden Sie die Seite neu.',
};
