import type { Kind, KindWords } from '../kinds.ts';

/** `a` im Nominativ: „ist ein ZIP-Archiv“. */
export const kindsDe: Readonly<Record<Kind, KindWords>> = {
  photo: { one: 'Foto', a: 'ein Foto', many: 'Fotos' },
  image: { one: 'Bild', a: 'ein Bild', many: 'Bilder' },
  video: { one: 'Video', a: 'ein Video', many: 'Videos' },
  sound: { one: 'Tonaufnahme', a: 'eine Tonaufnahme', many: 'Tonaufnahmen' },
  pdf: { one: 'PDF', a: 'ein PDF', many: 'PDFs' },
  document: { one: 'Word-Dokument', a: 'ein Word-Dokument', many: 'Word-Dokumente' },
  table: { one: 'Tabelle', a: 'eine Tabelle', many: 'Tabellen' },
  slides: { one: 'Präsentation', a: 'eine Präsentation', many: 'Präsentationen' },
  text: { one: 'Text', a: 'eine Textdatei', many: 'Textdateien' },
  zip: { one: 'ZIP-Archiv', a: 'ein ZIP-Archiv', many: 'ZIP-Archive' },
  archive: { one: 'Archiv', a: 'ein Archiv', many: 'Archive' },
  program: { one: 'Programm', a: 'ein Programm', many: 'Programme' },
  file: { one: 'Datei', a: 'eine andere Art von Datei', many: 'Dateien dieser Art' },
};
