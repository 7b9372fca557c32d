import type { Figures } from './first-format.ts';
import type { Kind, KindWords } from './kinds.ts';
import type { ProblemWords } from './problems-en.ts';
import type { SendLinkWords } from './send-link-en.ts';
import type { UploadWords } from './upload-en.ts';

/** Everything the uploader says, in one language. */
export interface UploadCatalogue {
  readonly words: UploadWords;
  readonly problems: ProblemWords;
  readonly kinds: Readonly<Record<Kind, KindWords>>;
  readonly families: Readonly<Record<string, string>>;
  readonly figures: Figures;
}

/** Everything the form for a link says. */
export interface SendLinkCatalogue {
  readonly sendLink: SendLinkWords;
}

/** Everything that the uploader and its form for a link say. */
export type UploaderPack = UploadCatalogue & SendLinkCatalogue;
