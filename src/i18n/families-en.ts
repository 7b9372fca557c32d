/** Families of an app's limits, as a hint names them. */
export const familiesEn: Readonly<Record<string, string>> = {
  photos: 'photos',
  images: 'images',
  documents: 'documents',
  texts: 'texts',
  archives: 'archives',
  videos: 'videos',
  sound: 'sound files',
  tables: 'tables',
  slides: 'slides',
};
