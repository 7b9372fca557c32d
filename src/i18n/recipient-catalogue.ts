import type { Kind, KindWords } from './kinds.ts';
import { kindsEn } from './kinds-en.ts';
import { Catalogue } from './messages.ts';
import { type RecipientWords, recipientEn } from './recipient-en.ts';
import { recipientLanguages } from './recipient-languages.ts';

/** Everything the recipient's page says. */
export interface RecipientCatalogue {
  readonly words: RecipientWords;
  readonly kinds: Readonly<Record<Kind, KindWords>>;
}

export const recipientCatalogue = new Catalogue<RecipientCatalogue>(
  { words: recipientEn, kinds: kindsEn },
  recipientLanguages,
);
