import { familiesEn } from './families-en.ts';
import { figuresEn } from './figures-en.ts';
import type { Figures } from './first-format.ts';
import { Catalogue } from './messages.ts';
import { type FirstUploadWords, firstUploadEn } from './upload-first-en.ts';
import { uploaderLanguages } from './uploader-languages.ts';

/** What the uploader says in its first paint. */
export interface FirstCatalogue {
  readonly words: FirstUploadWords;
  readonly families: Readonly<Record<string, string>>;
  readonly figures: Figures;
}

export const firstCatalogue = new Catalogue<FirstCatalogue>(
  { words: firstUploadEn, families: familiesEn, figures: figuresEn },
  uploaderLanguages,
);
