import type { FamilyWords } from '../families-en.ts';

/** Im Akkusativ: „Wählen Sie Fotos oder Bilder aus.“ */
export const familiesDe: FamilyWords = {
  photos: 'Fotos',
  images: 'Bilder',
  documents: 'Dokumente',
  texts: 'Texte',
  archives: 'Archive',
  videos: 'Videos',
  sound: 'Tonaufnahmen',
  tables: 'Tabellen',
  slides: 'Präsentationen',
};
