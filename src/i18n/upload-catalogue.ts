import { familiesEn } from './families-en.ts';
import { figuresEn } from './figures-en.ts';
import type { Figures } from './first-format.ts';
import type { Kind, KindWords } from './kinds.ts';
import { kindsEn } from './kinds-en.ts';
import { Catalogue } from './messages.ts';
import { type ProblemWords, problemsEn } from './problems-en.ts';
import { type UploadWords, uploadEn } from './upload-en.ts';
import { uploaderLanguages } from './uploader-languages.ts';

/** Everything the uploader says. */
export interface UploadCatalogue {
  readonly words: UploadWords;
  readonly problems: ProblemWords;
  readonly kinds: Readonly<Record<Kind, KindWords>>;
  readonly families: Readonly<Record<string, string>>;
  readonly figures: Figures;
}

export const uploadCatalogue = new Catalogue<UploadCatalogue>(
  { words: uploadEn, problems: problemsEn, kinds: kindsEn, families: familiesEn, figures: figuresEn },
  uploaderLanguages,
);
