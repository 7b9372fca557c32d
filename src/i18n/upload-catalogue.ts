import { familiesEn } from './families-en.ts';
import { figuresEn } from './figures-en.ts';
import { kindsEn } from './kinds-en.ts';
import { Catalogue } from './messages.ts';
import { problemsEn } from './problems-en.ts';
import { uploadEn } from './upload-en.ts';
import { uploaderLanguages } from './uploader-languages.ts';
import type { UploadCatalogue } from './uploader-pack.ts';

export const uploadCatalogue = new Catalogue<UploadCatalogue>(
  { words: uploadEn, problems: problemsEn, kinds: kindsEn, families: familiesEn, figures: figuresEn },
  uploaderLanguages,
);
