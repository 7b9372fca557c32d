import type { Kind, KindWords } from './kinds.ts';

export const kindsEn: Readonly<Record<Kind, KindWords>> = {
  photo: { one: 'photo', a: 'a photo', many: 'Photos' },
  image: { one: 'image', a: 'an image', many: 'Images' },
  video: { one: 'video', a: 'a video', many: 'Videos' },
  sound: { one: 'sound file', a: 'a sound file', many: 'Sound files' },
  pdf: { one: 'PDF', a: 'a PDF', many: 'PDFs' },
  document: { one: 'Word document', a: 'a Word document', many: 'Word documents' },
  table: { one: 'table', a: 'a table', many: 'Tables' },
  slides: { one: 'slides', a: 'a set of slides', many: 'Slides' },
  text: { one: 'text', a: 'a text file', many: 'Text files' },
  zip: { one: 'ZIP archive', a: 'a ZIP archive', many: 'ZIP archives' },
  archive: { one: 'archive', a: 'an archive', many: 'Archives' },
  program: { one: 'program', a: 'a program', many: 'Programs' },
  file: { one: 'file', a: 'another kind of file', many: 'Files of this kind' },
};
