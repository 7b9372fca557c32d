import { familiesEn } from './families-en.ts';
import { Catalogue } from './messages.ts';
import { type FirstUploadWords, firstUploadEn } from './upload-first-en.ts';
import { uploaderLanguages } from './uploader-languages.ts';

/** What the uploader says in its first paint. */
export interface FirstCatalogue {
  readonly words: FirstUploadWords;
  readonly families: Readonly<Record<string, string>>;
}

export const firstCatalogue = new Catalogue<FirstCatalogue>(
  { words: firstUploadEn, families: familiesEn },
  uploaderLanguages,
);
