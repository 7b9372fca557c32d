/** Families of an app's limits, as a hint names them. */
export const familiesEn = {
  photos: 'photos',
  images: 'images',
  documents: 'documents',
  texts: 'texts',
  archives: 'archives',
  videos: 'videos',
  sound: 'sound files',
  tables: 'tables',
  slides: 'slides',
} as const;

/** Any language names them all. */
export type FamilyWords = { readonly [Family in keyof typeof familiesEn]: string };
